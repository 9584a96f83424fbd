using System;
using System.IO;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>tcpdump, as far as it writes the LACPDUs of one card as a capture.</summary>
internal static class CaptureCommand
{
    private const int LongestFrame = 262144;
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
        var filter = string.Join(" ", c.Arguments);
        if (file != "-" || (filter.Length > 0 && !filter.StartsWith("ether proto 0x8809", StringComparison.Ordinal)))
            return c.Fail("the emulated host captures LACPDUs only, and to standard output (-w -)");
        if (world.Network.Nic(link ?? "") is not { } nic)
            return c.Fail($"{link}: No such device exists");

        var bytes = new MemoryStream();
        var writer = new PcapWriter(bytes, CaptureLinkType.Ethernet);
        var captured = 0;
        c.Streams.Error.Append($"tcpdump: listening on {link}, link-type EN10MB (Ethernet), snapshot length {(snapLength == 0 ? LongestFrame : snapLength)} bytes\n");
        lock (world.Gate)
        {
            world.Advance();
            nic.Passed += Add;
        }
        try
        {
            while (count == 0 || captured < count)
            {
                // why: nothing runs in the lab by itself; who waits looks in.
                await c.Shell.WaitAsync(Look).ConfigureAwait(false);
                lock (world.Gate)
                    world.Advance();
            }
        }
        finally
        {
            lock (world.Gate)
                nic.Passed -= Add;
            c.Output.Append(ByteText.Decode(bytes.ToArray()));
            c.Streams.Error.Append($"{captured} packets captured\n{captured} packets received by filter\n0 packets dropped by kernel\n");
        }
        return 0;

        void Add(LacpMessage message, MacAddress source)
        {
            if (count > 0 && captured == count)
                return;
            captured++;
            var frame = LacpWire.Encode(message, source);
            writer.Write((world.Now - DateTimeOffset.FromUnixTimeSeconds(0)).Ticks * 100, frame, 0, snapLength == 0 ? frame.Length : Math.Min(snapLength, frame.Length), frame.Length);
        }
    }
}
