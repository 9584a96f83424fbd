#if NET
using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.Host;

namespace BondTools.Lab.Serving;

/// <summary>
/// Holds one lab on a Unix domain socket. A connection begins with what it wants: <c>T</c> and a device's name makes it a
/// raw terminal; <c>X</c>, a name and a line runs a command: the answer is <c>N</c> when the command asks for standard
/// input (whereupon the client sends a length and the bytes), then <c>S</c>, status, output and error.
/// </summary>
internal static class LabServer
{
    public const byte Terminal = (byte)'T', Execute = (byte)'X', NeedInput = (byte)'N', Status = (byte)'S';
    private const int LargestInput = 16 * 1024 * 1024;

    public static async Task<int> RunAsync(ProgramOptions options, CancellationToken stop)
    {
        var lab = options.CreateLab();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(options.Socket!));
        try
        {
            listener.Listen(128);
            Console.WriteLine($"listening on {options.Socket}");
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (options.UntilEof)
                _ = WaitForEofAsync(end);
            while (true)
            {
                var connection = await listener.AcceptAsync(end.Token).ConfigureAwait(false);
                _ = ServeAsync(lab, connection, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            File.Delete(options.Socket!);
        }
    }

    private static async Task WaitForEofAsync(CancellationTokenSource end)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null, end.Token).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
    }

    private static async Task ServeAsync(BondLab lab, Socket connection, CancellationToken stop)
    {
        // Off the accepting loop: reading the request below waits for the client.
        await Task.Yield();
        using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            var kind = reader.ReadByte();
            var device = reader.ReadString() == "host" ? lab.Host : lab.Switch;
            if (kind == Terminal)
                await DeviceProgram.JoinAsync(device.OpenTerminal(), stream, stream, stop).ConfigureAwait(false);
            else
                await ExecuteAsync(device, stream, reader, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the lab is closing: this connection is over, the others go on.
        }
    }

    private static async Task ExecuteAsync(IEmulatedDevice device, NetworkStream stream, BinaryReader reader, CancellationToken stop)
    {
        var command = reader.ReadString();
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var input = new Lazy<string>(() =>
        {
            writer.Write(NeedInput);
            var length = reader.ReadInt32();
            return length is >= 0 and <= LargestInput ? ByteText.Decode(reader.ReadBytes(length))
                : throw new IOException("Standard input is too long.");
        });
        var result = await RunAsync(device, command, input, stop).ConfigureAwait(false);
        writer.Write(Status);
        writer.Write(result.ExitStatus);
        WriteText(writer, result.Output);
        WriteText(writer, result.Error);
    }

    /// <summary>Reads what <see cref="WriteText"/> wrote.</summary>
    public static string ReadText(BinaryReader reader) => ByteText.Decode(reader.ReadBytes(reader.ReadInt32()));

    // A string of the writer's would lose the bytes that are no UTF-8.
    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = ByteText.Encode(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static Task<EmulatedResult> RunAsync(IEmulatedDevice device, string command, Lazy<string> input, CancellationToken stop) =>
        device is EmulatedHost host ? host.ExecuteAsync(command, input, stop) : device.ExecuteAsync(command, [], stop);
}
#endif
