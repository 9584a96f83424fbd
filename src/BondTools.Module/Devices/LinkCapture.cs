using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Lacp;
using BondTools.Module.Cmdlets;

namespace BondTools.Module.Devices;

/// <summary>The capture on one link of a bond: a stream from tcpdump on the host, to files and to whoever looks at its LACPDUs.</summary>
/// <param name="request">What to capture.</param>
/// <param name="computerName">The host.</param>
/// <param name="slave">The link.</param>
/// <param name="observe">Takes each LACPDU as it comes; null where nobody looks.</param>
internal sealed class LinkCapture(CaptureRequest request, string computerName, string slave, Action<LacpFrame>? observe)
{
    private const int ShellNotFound = 127, TimedOut = 124;

    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasBegun, _hasEnough;
    private Exception? _failure;

    /// <summary>Ends when the host captures; never, where it does not come to that.</summary>
    public Task Begun => _begun.Task;

    /// <summary>The files that were kept, also after an error.</summary>
    public IReadOnlyList<BondCaptureFile> Files { get; private set; } = [];

    /// <summary>Captures over a connection of its own, so that a bond with many slaves does not run into the host's limit of sessions on one.</summary>
    /// <param name="link">The host.</param>
    /// <param name="output">Where the command is shown.</param>
    /// <param name="timeout">How long a command may take that is no capture.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(DeviceLink link, IPipelineOutput output, TimeSpan timeout, CancellationToken stop)
    {
        using var connection = await link.OpenFreshAsync(stop).ConfigureAwait(false);
        await RunAsync(new CmdletConnection(connection, link.ComputerName, output, timeout), stop).ConfigureAwait(false);
    }

    /// <summary>Captures until a bound is reached or <paramref name="stop"/> is cancelled.</summary>
    /// <exception cref="BondToolsException">The host has no tcpdump, or it refused; or the connection broke: what came until then is in the files.</exception>
    public async Task RunAsync(IDeviceConnection connection, CancellationToken stop)
    {
        var command = request.CommandFor(slave);
        var result = await connection.StreamAsync(command, Read, stop).ConfigureAwait(false);
        if (_failure is not null)
            throw _failure;
        // Whoever ends it, the status is then as it likes; by itself tcpdump ends early where the interface goes away.
        if (!stop.IsCancellationRequested && !_hasEnough && !(_hasBegun && result.ExitStatus is (0 or TimedOut)))
            throw Refused(command, result);
        var dropped = DroppedFrames(result.Error);
        Files = [.. Files.Select(file => file with { DroppedFrames = dropped })];
    }

    private void Read(Stream stream)
    {
        using var files = new CaptureFiles(request, computerName, slave);
        try
        {
            using var reader = CaptureReader.Open(stream, $"What tcpdump sent from {slave} of {computerName}");
            _hasBegun = true;
            files.Begin(reader.LinkType);
            _begun.TrySetResult(true);
            var origin = new LacpOrigin(slave, null, computerName);
            var bytes = 0L;
            while (reader.Read())
            {
                bytes += PcapWriter.LengthOf(reader);
                _hasEnough = request.MaximumBytes > 0 && bytes > request.MaximumBytes;
                if (_hasEnough)
                    return;
                files.Add(reader);
                if (observe is not null && LacpFrameReader.TryDecode(reader, origin) is { } frame)
                    observe(frame);
            }
        }
        catch (BondToolsException) when (!_hasBegun)
        {
            // How the command ended says more than what its output is not.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            _failure = e;
        }
        finally
        {
            files.Close();
            Files = files.Files;
        }
    }

    private BondToolsException Refused(string command, CommandResult result) => result.ExitStatus == ShellNotFound
        ? new BondToolsException(BondToolsErrorKind.NotFound, $"{computerName} has no tcpdump.")
        {
            Command = command,
            Output = result.Error,
            RecommendedAction = "Install it there: apt-get install tcpdump.",
        }
        : new CommandFailedException(command, result)
        {
            RecommendedAction = "tcpdump's own words say why: a filter that it does not take, a user who may not capture, an interface that went away.",
        };

    /// <summary>What tcpdump says at its end: "3 packets dropped by kernel".</summary>
    private static long? DroppedFrames(string said)
    {
        foreach (var line in said.Split('\n'))
        {
            if (line.TrimEnd().EndsWith("dropped by kernel", StringComparison.Ordinal)
                && long.TryParse(line.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var dropped))
                return dropped;
        }
        return null;
    }
}
