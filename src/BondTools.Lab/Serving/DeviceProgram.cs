#if NET
using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab.Serving;

/// <summary>One device on standard input and output: a command, or a terminal.</summary>
internal static class DeviceProgram
{
    private const int BufferSize = 4096;

    public static async Task<int> RunAsync(ProgramOptions options, CancellationToken stop)
    {
        if (options.Socket is null)
        {
            var lab = options.CreateLab();
            var device = options.Verb == "host" ? lab.Host : lab.Switch;
            if (options.Command is null)
                return await TerminalAsync(device.OpenTerminal(), stop).ConfigureAwait(false);
            var input = new Lazy<string>(() => ByteText.Decode(ReadInput()));
            return Print(await LabServer.RunAsync(device, options.Command, input, stop).ConfigureAwait(false));
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(options.Socket), stop).ConfigureAwait(false);
        using var stream = new NetworkStream(socket, ownsSocket: false);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(options.Command is null ? LabServer.Terminal : LabServer.Execute);
        writer.Write(options.Verb);
        if (options.Command is null)
            return await TerminalAsync(stream, stop).ConfigureAwait(false);
        writer.Write(options.Command);
        using var closing = stop.Register(socket.Dispose);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        for (var kind = reader.ReadByte(); kind == LabServer.NeedInput; kind = reader.ReadByte())
        {
            var input = ReadInput();
            writer.Write(input.Length);
            writer.Write(input);
        }
        var status = reader.ReadInt32();
        var output = LabServer.ReadText(reader);
        return Print(new EmulatedResult(status, output, LabServer.ReadText(reader)));
    }

    /// <summary>Joins a device's terminal to a person's streams until either side ends.</summary>
    public static async Task JoinAsync(Stream terminal, Stream input, Stream output, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var typing = CopyAsync(input, terminal, ended.Token);
        var showing = CopyAsync(terminal, output, ended.Token);
        if (await Task.WhenAny(typing, showing).ConfigureAwait(false) == typing)
        {
            // Nobody types any more: the device hangs up, and what it had shown still goes out.
            ((TerminalStream)terminal).EndInput();
            await showing.ConfigureAwait(false);
        }
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private static async Task<int> TerminalAsync(Stream terminal, CancellationToken stop)
    {
        using var raw = new RawTerminal();
        if (terminal is NetworkStream remote)
            await JoinRemoteAsync(remote, stop).ConfigureAwait(false);
        else
            await JoinAsync(terminal, OpenInput(), OpenOutput(1), stop).ConfigureAwait(false);
        return 0;
    }

    // Across the socket the end of the typing is a half-closed connection, so that the last words still arrive.
    private static async Task JoinRemoteAsync(NetworkStream remote, CancellationToken stop)
    {
        var typing = CopyAsync(OpenInput(), remote, stop);
        var showing = CopyAsync(remote, OpenOutput(1), stop);
        if (await Task.WhenAny(typing, showing).ConfigureAwait(false) == typing)
        {
            remote.Socket.Shutdown(SocketShutdown.Send);
            await showing.ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        var buffer = new byte[BufferSize];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                await to.FlushAsync(stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, which ends the copy as its end would.
        }
    }

    // Not the console's streams: on a terminal those edit lines, echo and send key codes by themselves.
    private static FileStream OpenInput() =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    private static FileStream OpenOutput(int descriptor) =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    private static byte[] ReadInput()
    {
        using var bytes = new MemoryStream();
        using var input = OpenInput();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int Print(EmulatedResult result)
    {
        using (var output = OpenOutput(1))
            output.Write(ByteText.Encode(result.Output));
        using (var error = OpenOutput(2))
            error.Write(ByteText.Encode(result.Error));
        return result.ExitStatus;
    }
}
#endif
