using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Lacp;
using BondTools.Linux;
using BondTools.Module.Cmdlets;

namespace BondTools.Module.Devices;

/// <summary>Captures on every slave of a bond while something else is done, and measures what was captured.</summary>
internal sealed class BondRecording(DeviceLink link, BondStatus bond, IPipelineOutput output, TimeSpan timeout)
{
    // Addresses and ports, behind the longest headers.
    private const int Headers = 128;
    // Should nobody be left to end it.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    // tcpdump takes frames from the kernel once a second.
    private static readonly TimeSpan LastFrames = TimeSpan.FromMilliseconds(1200);

    /// <summary>Records.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="meanwhile">What is done when every link is captured on.</param>
    /// <param name="listed">How many flows the report lists.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BondToolsException">A link cannot be captured on.</exception>
    public async Task<(T Result, CaptureReport Capture)> RunAsync<T>(Func<Task<T>> meanwhile, int listed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "bondtools-" + Guid.NewGuid().ToString("N")));
        try
        {
            var (result, captures) = await CaptureAsync(folder.FullName, meanwhile, cancellationToken).ConfigureAwait(false);
            return (result, Measure(captures.SelectMany(capture => capture.Files), listed, cancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(T Result, IReadOnlyList<LinkCapture> Captures)> CaptureAsync<T>(string folder, Func<Task<T>> meanwhile, CancellationToken cancellationToken)
    {
        var request = new CaptureRequest
        {
            Bond = bond.Name ?? "",
            Filter = "",
            Duration = Longest,
            SnapLength = Headers,
            MaximumPackets = 0,
            MaximumBytes = 0,
            Folder = folder,
            RotateBytes = long.MaxValue,
            KeepFiles = 0,
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var captures = bond.Slaves.Select(slave => new LinkCapture(request, link.ComputerName, slave.Name, null)).ToList();
        var running = captures.Select(capture => capture.RunAsync(link, output, timeout, stop.Token)).ToList();
        try
        {
            foreach (var (capture, run) in captures.Zip(running, (capture, run) => (capture, run)))
                await (await Task.WhenAny(capture.Begun, run).ConfigureAwait(false)).ConfigureAwait(false);
            var result = await meanwhile().ConfigureAwait(false);
            await Task.Delay(LastFrames, cancellationToken).ConfigureAwait(false); // why: see LastFrames.
            return (result, captures);
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    private static CaptureReport Measure(IEnumerable<BondCaptureFile> files, int listed, CancellationToken cancellationToken)
    {
        var sources = new List<(CaptureReader Reader, LacpOrigin Origin)>();
        try
        {
            foreach (var file in files)
                sources.Add((CaptureReader.Open(File.OpenRead(file.FullName), file.FullName), new LacpOrigin(file.Interface, null, file.ComputerName)));
            return CaptureMeter.Measure(sources, listed, [], cancellationToken);
        }
        finally
        {
            sources.ForEach(source => source.Reader.Dispose());
        }
    }
}
