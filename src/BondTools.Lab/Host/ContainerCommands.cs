using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>What a container of the host has: a shell with what is built into it, ping, and its neighbours' addresses.</summary>
internal static class ContainerCommands
{
    private const int UdpHeader = 8, IpHeader = 20, EthernetHeader = 14;

    /// <summary>Finds a command of a container by its name; null when it has none of that name.</summary>
    public static HostCommand? Find(CommandTable table, string name) => name.Substring(name.LastIndexOf('/') + 1) switch
    {
        "ping" => c => NetworkCommands.PingAsync(c, target => Ask(c.Shell.Inside!, target)),
        "cat" => c => Task.FromResult(Print(c)),
        "hostname" => c =>
        {
            c.Output.Append(c.Shell.Inside!.HostName).Append('\n');
            return Task.FromResult(0);
        },
        "sh" or "bash" or "dash" or "echo" or "seq" or "[" or "test" or "true" or "false" or ":" or "set" or "exit" => table.Find(name),
        _ => null,
    };

    /// <summary>Sends what was written to /dev/udp/ADDRESS/PORT: one datagram, from a port of its own.</summary>
    /// <returns>What is wrong, or null; that nobody listens there is not known to the sender.</returns>
    public static string? Send(LabWorld world, Container container, string target, int bytes)
    {
        var parts = target.Split('/');
        if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var address) || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return $"{target}: No such file or directory";
        lock (world.Gate)
        {
            world.Advance();
            if (Ask(container, address) is not { } source)
                return "connect: Network is unreachable";
            Forwarding.Datagram(world, source, address, bytes + UdpHeader + IpHeader + EthernetHeader, port);
        }
        return null;
    }

    private static PingSource? Ask(Container container, IPAddress target)
    {
        if (container.Address is not { } address || !address.Reaches(target))
            return null;
        container.Asked.Add(target);
        return new PingSource(container.Bridge, address, container.MacAddress, null);
    }

    // Of the files in a container, those that answer to a question about its network.
    private static int Print(CommandContext c)
    {
        if (c.Arguments.Count != 1 || c.Arguments[0] != "/proc/net/arp")
            return c.Fail($"{c.Arguments.FirstOrDefault()}: No such file or directory");
        lock (c.Host.World.Gate)
        {
            c.Output.Append("IP address       HW type     Flags       HW address            Mask     Device\n");
            foreach (var asked in c.Shell.Inside!.Asked)
            {
                if (c.Host.World.Switch.Ports.Find(p => p.LinkUp && p.Pc?.Address == asked.ToString())?.Pc is { } pc)
                    c.Output.Append($"{pc.Address,-16} 0x1         0x2         {pc.MacAddress}     *        eth0\n");
            }
        }
        return 0;
    }
}
