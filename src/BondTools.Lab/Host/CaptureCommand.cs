using System;
using System.IO;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Hashing;

namespace BondTools.Lab.Host;

/// <summary>tcpdump, as far as it writes what passes one card as a capture: LACPDUs, pings and datagrams.</summary>
internal static class CaptureCommand
{
    private const int EtherTypeAt = 12, ProtocolAt = 23, Icmp = 1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static void Register(CommandTable table) => table.AddWaiting("tcpdump", RunAsync);

    private static async Task<int> RunAsync(CommandContext c)
    {
        var world = c.Host.World;
        foreach (var flag in "pUne")
            c.TakeFlag(flag);
        var (link, file) = (c.TakeOption("-i"), c.TakeOption("-w"));
        if (!int.TryParse(c.TakeOption("-s") ?? "0", out var snapLength) || !int.TryParse(c.TakeOption("-c") ?? "0", out var count))
            return c.Fail("invalid number");
        if (file != "-" || ReadFilter(string.Join(" ", c.Arguments)) is not { } isWanted)
            return c.Fail("the emulated host captures to standard output only (-w -), and knows no filter but icmp and ether proto 0x8809");
        if (world.Network.Nic(link ?? "") is not { } nic)
            return c.Fail($"{link}: No such device exists");

        var bytes = new MemoryStream();
        var writer = new PcapWriter(bytes, CaptureLinkType.Ethernet);
        var captured = 0;
        c.Streams.Error.Append($"tcpdump: listening on {link}, link-type EN10MB (Ethernet), snapshot length {(snapLength == 0 ? CaptureReader.LongestFrame : snapLength)} bytes\n");
        lock (world.Gate)
        {
            world.Advance();
            nic.Passed += Add;
        }
        try
        {
            while (count == 0 || captured < count)
            {
                Print();
                // why: nothing runs in the lab by itself; who waits looks in.
                await c.Shell.WaitAsync(Look).ConfigureAwait(false);
                lock (world.Gate)
                    world.Advance();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end, it prints what it has and ends well.
        }
        finally
        {
            lock (world.Gate)
                nic.Passed -= Add;
            Print();
            c.Streams.Error.Append($"{captured} packets captured\n{captured} packets received by filter\n0 packets dropped by kernel\n");
        }
        return 0;

        void Add(byte[] frame)
        {
            // Who is killed at a time sees nothing after it, however late the one who waits looks in.
            if ((count > 0 && captured == count) || world.Now >= c.Shell.Deadline || !isWanted(frame))
                return;
            captured++;
            writer.Write((world.Now - DateTimeOffset.FromUnixTimeSeconds(0)).Ticks * 100, frame, 0, snapLength == 0 ? frame.Length : Math.Min(snapLength, frame.Length), frame.Length);
        }

        void Print()
        {
            lock (world.Gate)
            {
                c.Output.Append(ByteText.Decode(bytes.ToArray()));
                bytes.SetLength(0);
            }
            c.Streams.Flush();
        }
    }

    private static Predicate<byte[]>? ReadFilter(string filter) => filter switch
    {
        "" => _ => true,
        "icmp" => frame => Bytes.Big16(frame, EtherTypeAt) == Flow.IPv4 && frame[ProtocolAt] == Icmp,
        _ when filter.StartsWith("ether proto 0x8809", StringComparison.Ordinal) => frame => Bytes.Big16(frame, EtherTypeAt) == Flow.SlowProtocols,
        _ => null,
    };
}
