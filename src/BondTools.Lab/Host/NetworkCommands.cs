using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>Network commands of the host: ip, ifreload, ifquery, ping.</summary>
internal static class NetworkCommands
{
    private const int IcmpHeader = 8, IpHeader = 20, EthernetHeader = 14;

    public static void Register(CommandTable table)
    {
        table.Add("ip", Ip);
        table.AddWaiting("ifreload", ReloadAsync);
        table.Add("ifquery", Query);
        table.AddWaiting("ping", c => PingAsync(c, target => HostSource(c.Host.World.Network, target)));
    }

    private static int Ip(CommandContext c)
    {
        bool statistics = false, details = false, json = false, brief = false;
        while (c.Arguments.Count > 0 && c.Arguments[0].StartsWith("-", StringComparison.Ordinal))
        {
            switch (c.Arguments[0].TrimStart('-'))
            {
                case "s" or "stats" or "statistics":
                    statistics = true;
                    break;
                case "d" or "details":
                    details = true;
                    break;
                case "j" or "json":
                    json = true;
                    break;
                case "br" or "brief":
                    brief = true;
                    break;
                case "o" or "4" or "p":
                    break;
                default:
                    c.Streams.Error.Append($"Option \"{c.Arguments[0]}\" is unknown, try \"ip -help\".\n");
                    return 255;
            }
            c.Arguments.RemoveAt(0);
        }
        var subject = c.Arguments.Count > 0 ? c.Arguments[0] : "";
        var isLink = subject.Length > 0 && "link".StartsWith(subject, StringComparison.Ordinal);
        var isAddress = subject.Length > 0 && ("address".StartsWith(subject, StringComparison.Ordinal) || subject == "addr");
        if (!isLink && !(isAddress && brief))
        {
            c.Streams.Error.Append($"Object \"{subject}\" is unknown, try \"ip help\".\n");
            return 255;
        }
        var rest = c.Arguments.Skip(1).ToList();
        if (rest.Count > 0 && rest[0] == "set")
            return SetLink(c, rest.Skip(1).ToList());
        rest.RemoveAll(a => a is "show" or "sh" or "s" or "list" or "ls" or "dev");
        var links = IpLink.All(c.Host.World.Network);
        if (rest.Count == 2 && rest[0] == "master")
            links.RemoveAll(l => l.Master != rest[1]);
        else if (rest.Count == 1)
        {
            if (!links.Exists(l => l.Name == rest[0]))
            {
                c.Streams.Error.Append($"Device \"{rest[0]}\" does not exist.\n");
                return 1;
            }
            links.RemoveAll(l => l.Name != rest[0]);
        }
        c.Output.Append(json ? IpLink.Json(links, statistics, details) : isAddress ? IpLink.BriefAddresses(links)
            : brief ? IpLink.BriefLinks(links) : IpLink.Text(links, statistics, details));
        return 0;
    }

    private static int SetLink(CommandContext c, List<string> arguments)
    {
        arguments.Remove("dev");
        var network = c.Host.World.Network;
        var name = arguments.Count > 0 ? arguments[0] : "";
        var (nic, bond) = (network.Nic(name), network.Bond(name));
        if (nic is null && bond is null)
        {
            c.Streams.Error.Append($"Cannot find device \"{name}\"\n");
            return 1;
        }
        switch (string.Join(" ", arguments.Skip(1).Take(3)))
        {
            case "up" or "down" when nic is not null:
                nic.AdminUp = arguments[1] == "up";
                return 0;
            case "up" or "down":
                bond!.AdminUp = arguments[1] == "up";
                return 0;
            case var words when words.StartsWith("mtu ", StringComparison.Ordinal) && arguments.Count == 3
                && int.TryParse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out var mtu):
                if (nic is not null)
                    nic.Mtu = mtu;
                // A bond passes its own MTU on to its slaves.
                foreach (var slave in bond?.Slaves ?? [])
                    slave.Nic.Mtu = mtu;
                if (bond is not null)
                    bond.Mtu = mtu;
                return 0;
            case "nomaster" when nic?.Bond is { } left:
                HostNetwork.Release(left, nic);
                nic.AdminUp = false;
                return 0;
            case "nomaster":
                network.BridgeOf(name)?.Ports.Remove(name);
                return 0;
            case var words when words.StartsWith("master ", StringComparison.Ordinal) && arguments.Count == 3 && network.Bridge(arguments[2]) is { } bridge:
                if (nic?.Bond is not null)
                {
                    c.Streams.Error.Append("RTNETLINK answers: Device or resource busy\n");
                    return 2;
                }
                network.BridgeOf(name)?.Ports.Remove(name);
                bridge.Ports.Add(name);
                return 0;
            case var words when nic is not null && words.StartsWith("master ", StringComparison.Ordinal) && arguments.Count == 3 && network.Bond(arguments[2]) is { } master:
                if (nic.AdminUp || nic.Bond is not null)
                {
                    c.Streams.Error.Append("Error: Device can not be enslaved while up.\n");
                    return 2;
                }
                HostNetwork.Enslave(master, nic);
                return 0;
            case "type bond ns_ip6_target" when bond is not null && arguments.Count == 5:
                bond.Change(bond.Options with { NeighbourTargets = arguments[4].Replace(',', ' ') });
                return 0;
            default:
                c.Streams.Error.Append("The emulated ip sets links up and down, their MTU, slaves and ports, and the neighbour targets of bonds only.\n");
                return 255;
        }
    }

    private static async Task<int> ReloadAsync(CommandContext c)
    {
        if (!c.Arguments.Contains("-a") && !c.Arguments.Contains("--all"))
            return c.Fail("error: '-a' option is required");
        await NetworkReload.RunAsync(c.Host, c.Streams.Error, c.Cancellation).ConfigureAwait(false);
        return 0;
    }

    private static int Query(CommandContext c)
    {
        var stanzas = InterfaceStanzas.Read(c.Files.Read("/etc/network/interfaces") ?? "");
        var all = c.Arguments.Remove("-a");
        c.Arguments.RemoveAll(a => a[0] == '-');
        foreach (var name in c.Arguments)
        {
            if (!stanzas.Exists(s => s.Name == name))
                return c.Fail($"error: cannot find interfaces: {name}");
        }
        foreach (var stanza in stanzas.Where(s => all ? s.Auto : c.Arguments.Contains(s.Name)))
        {
            if (stanza.Auto)
                c.Output.Append($"auto {stanza.Name}\n");
            c.Output.Append($"iface {stanza.Name} inet {stanza.Method}\n");
            foreach (var (key, value) in stanza.Options)
                c.Output.Append($"\t{key} {value}\n");
            c.Output.Append('\n');
        }
        return 0;
    }

    private static PingSource? HostSource(HostNetwork network, IPAddress target)
    {
        var bridge = network.Bridges.Find(b => b.Address?.Reaches(target) ?? false);
        return bridge is null ? null : new PingSource(bridge.Name, bridge.Address!, network.AddressOf(bridge), bridge.Gateway);
    }

    /// <summary>ping of iputils: waits between packets on the lab's clock, and prints what iputils prints.</summary>
    /// <param name="c">The command.</param>
    /// <param name="find">Who pings, for a target; null when there is no route. Called with the gate held.</param>
    public static async Task<int> PingAsync(CommandContext c, Func<IPAddress, PingSource?> find)
    {
        var count = c.TakeOption("-c");
        var interval = c.TakeOption("-i");
        var wait = c.TakeOption("-W");
        var size = c.TakeOption("-s") ?? "56";
        _ = c.TakeOption("-w");
        var quiet = c.TakeFlag('q');
        c.Arguments.RemoveAll(a => a is "-n" or "-4" or "--" or "-A");
        if (c.Arguments.Count != 1 || !IPAddress.TryParse(c.Arguments[0], out var target))
            return c.Fail(c.Arguments.Count == 0 ? "usage error: Destination address required"
                : $"{c.Arguments[c.Arguments.Count - 1]}: Name or service not known", 2);
        if (!int.TryParse(count ?? "1000000", NumberStyles.None, CultureInfo.InvariantCulture, out var packets) || packets < 1)
            return c.Fail($"invalid argument: '{count}'");
        if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > 65507)
            return c.Fail($"invalid argument: '{size}'");
        if (RunnerCommands.ParseDuration(interval ?? "1") is not { } pause || RunnerCommands.ParseDuration(wait ?? "1") is not { } linger)
            return c.Fail($"invalid argument: '{interval ?? wait}'");

        var report = new PingReport(target, bytes, quiet);
        var world = c.Host.World;
        var identifier = (ushort)(world.Now.Ticks / TimeSpan.TicksPerMillisecond);
        var start = world.Clock.Now;
        report.Begin(c.Output);
        for (var sequence = 1; sequence <= packets; sequence++)
        {
            lock (world.Gate)
            {
                world.Advance();
                if (find(target) is not { } source)
                    return c.Fail("connect: Network is unreachable", 2);
                var answered = Forwarding.Ping(world, source, target, bytes + IcmpHeader + IpHeader + EthernetHeader, identifier, (ushort)sequence);
                report.Add(c.Output, sequence, answered, source.Address.Address);
            }
            if (sequence < packets)
                await c.Shell.WaitAsync(pause).ConfigureAwait(false);
        }
        if (report.Lost)
            await c.Shell.WaitAsync(linger).ConfigureAwait(false);
        return report.End(c.Output, world.Clock.Now - start);
    }

    /// <summary>The text that ping prints, and its figures.</summary>
    private sealed class PingReport
    {
        private readonly IPAddress _target;
        private readonly int _bytes;
        private readonly bool _quiet;
        private int _sent, _received, _errors;
        private double _least = double.MaxValue, _most, _sum, _squares;

        public PingReport(IPAddress target, int bytes, bool quiet) => (_target, _bytes, _quiet) = (target, bytes, quiet);

        public bool Lost => _received < _sent;

        public void Begin(StringBuilder output) =>
            output.Append($"PING {_target} ({_target}) {_bytes}({_bytes + IcmpHeader + IpHeader}) bytes of data.\n");

        public void Add(StringBuilder output, int sequence, bool answered, IPAddress source)
        {
            _sent++;
            if (!answered)
            {
                // Nobody answers ARP either, once nothing has ever come back.
                if (_received > 0)
                    return;
                _errors++;
                if (!_quiet)
                    output.Append($"From {source} icmp_seq={sequence} Destination Host Unreachable\n");
                return;
            }
            _received++;
            // A time that looks like one: 0.3 to 0.9 ms, the same for the same packet.
            var time = 0.3 + ((sequence * 37 + _target.GetAddressBytes()[3] * 11) % 60) / 100.0;
            (_least, _most, _sum, _squares) = (Math.Min(_least, time), Math.Max(_most, time), _sum + time, _squares + time * time);
            if (!_quiet)
                output.Append($"{_bytes + IcmpHeader} bytes from {_target}: icmp_seq={sequence} ttl=64 time={Three(time)} ms\n");
        }

        public int End(StringBuilder output, TimeSpan elapsed)
        {
            var loss = 100.0 * (_sent - _received) / _sent;
            var errors = _errors > 0 ? $"+{_errors} errors, " : "";
            output.Append($"\n--- {_target} ping statistics ---\n{_sent} packets transmitted, {_received} received, {errors}")
                .Append($"{loss.ToString("0.######", CultureInfo.InvariantCulture)}% packet loss, time {(long)elapsed.TotalMilliseconds}ms\n");
            if (_received > 0)
            {
                var mean = _sum / _received;
                var deviation = Math.Sqrt(Math.Max(0, _squares / _received - mean * mean));
                output.Append($"rtt min/avg/max/mdev = {Three(_least)}/{Three(mean)}/{Three(_most)}/{Three(deviation)} ms\n");
            }
            else
                output.Append('\n');
            return _received > 0 ? 0 : 1;
        }

        private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
