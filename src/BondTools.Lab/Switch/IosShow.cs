using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>Renders what IOS shows of channels, LACP and interfaces.</summary>
internal sealed class IosShow
{
    private readonly LabWorld _world;
    private readonly EmulatedSwitch _device;

    public IosShow(LabWorld world, EmulatedSwitch device) => (_world, _device) = (world, device);

    private SwitchModel Model => _world.Switch;

    public string EtherChannelSummary(int? group)
    {
        var channels = Model.Channels.Where(c => group is null || c.Number == group).ToList();
        var text = new StringBuilder("""
            Flags:  D - down        P - bundled in port-channel
                    I - stand-alone s - suspended
                    H - Hot-standby (LACP only)
                    R - Layer3      S - Layer2
                    U - in use      f - failed to allocate aggregator

                    M - not in use, minimum links not met
                    u - unsuitable for bundling
                    w - waiting to be aggregated
                    d - default port



            """.Replace("\r\n", "\n"));
        text.Append($"Number of channel-groups in use: {channels.Count}\nNumber of aggregators:           {channels.Count}\n\n")
            .Append("Group  Port-channel  Protocol    Ports\n------+-------------+-----------+-----------------------------------------------\n");
        foreach (var channel in channels)
        {
            var members = Model.Members(channel.Number).ToList();
            var column = 0;
            text.Append($"{channel.Number,-7}{channel.ShortName + "(" + ChannelFlags(channel) + ")",-16}{Protocol(members),-12}");
            foreach (var port in members)
            {
                // IOS prints three ports on a line.
                if (column > 0 && column % 3 == 0)
                    text.Append('\n').Append(' ', 35);
                text.Append($"{port.ShortName + "(" + Model.MemberFlag(port) + ")",-12}");
                column++;
            }
            text.Append('\n');
        }
        return text.Append('\n').ToString();
    }

    private string ChannelFlags(PortChannel channel)
    {
        var bundled = Model.Members(channel.Number).Count(Model.IsBundled);
        if (bundled > 0)
            return "SU";
        var starved = channel.Lacp is { MinLinks: > 0 } lacp && lacp.Members.Exists(m => m.Bundled);
        return starved ? "SM" : "SD";
    }

    private static string Protocol(List<SwitchPort> members) => members.Count == 0 ? "-" : members[0].Mode switch
    {
        ChannelMode.On => "-",
        ChannelMode.Desirable or ChannelMode.Auto => "PAgP",
        _ => "LACP",
    };

    public string LoadBalance()
    {
        var (ends, field) = Model.LoadBalance switch
        {
            var m when m.StartsWith("src-dst-", StringComparison.Ordinal) => ("Source XOR Destination", m.Substring(8)),
            var m when m.StartsWith("src-", StringComparison.Ordinal) => ("Source", m.Substring(4)),
            var m => ("Destination", m.Substring(4)),
        };
        var kind = field == "mac" ? "MAC" : "IP";
        return $"""
            EtherChannel Load-Balancing Configuration:
                    {Model.LoadBalance}

            EtherChannel Load-Balancing Addresses Used Per-Protocol:
            Non-IP: {ends} MAC address
              IPv4: {ends} {kind} address
              IPv6: {ends} {kind} address


            """.Replace("\r\n", "\n");
    }

    public string LacpNeighbor(int? group)
    {
        var text = new StringBuilder("Flags:  S - Device is requesting Slow LACPDUs \n        F - Device is requesting Fast LACPDUs\n")
            .Append("        A - Device is in Active mode       P - Device is in Passive mode     \n");
        foreach (var channel in LacpChannels(group))
        {
            text.Append($"\nChannel group {channel.Number} neighbors\n\nPartner's information:\n\n")
                .Append("                  LACP port                        Admin  Oper   Port    Port\n")
                .Append("Port      Flags   Priority  Dev ID          Age    key    Key    Number  State\n");
            foreach (var port in Model.Members(channel.Number))
            {
                if (port.Lacp is { } member)
                    text.Append(NeighborRow(port, member));
            }
        }
        return text.Append('\n').ToString();
    }

    public string LacpInternal(int? group)
    {
        var text = new StringBuilder("Flags:  S - Device is requesting Slow LACPDUs \n        F - Device is requesting Fast LACPDUs\n")
            .Append("        A - Device is in Active mode       P - Device is in Passive mode     \n");
        foreach (var channel in LacpChannels(group))
        {
            text.Append($"\nChannel group {channel.Number}\n")
                .Append("                            LACP port     Admin     Oper    Port        Port\n")
                .Append("Port      Flags   State     Priority      Key       Key     Number      State\n");
            foreach (var port in Model.Members(channel.Number))
            {
                if (port.Lacp is { } member)
                    text.Append(InternalRow(Model, channel, port, member));
            }
        }
        return text.Append('\n').ToString();
    }

    /// <summary>A row of the table of partners.</summary>
    internal static string NeighborRow(SwitchPort port, LacpMember member)
    {
        var p = member.Partner;
        // A port without a link has forgotten whom it heard.
        var heard = member is { HasPartner: true, Enabled: true };
        return $"{port.ShortName,-10}{(heard ? Flags(p.State) : "SP"),-8}{(heard ? p.PortPriority : 0),-10}{Dotted(heard ? p.SystemMacAddress : MacAddress.Zero),-14}"
            + $"{(heard ? member.Age / 10 : 0),4}s    0x0    {Hex(heard ? p.Key : 0),-7}{Hex(heard ? p.PortNumber : 0),-8}{Hex(heard ? (int)p.State : 0)}\n";
    }

    /// <summary>A row of the table of the switch's own LACP ports.</summary>
    internal static string InternalRow(SwitchModel model, PortChannel channel, SwitchPort port, LacpMember member)
    {
        var state = model.MemberFlag(port) switch { "P" => "bndl", "D" => "down", "w" => "wait", "H" => "hot-sby", _ => "susp" };
        return $"{port.ShortName,-10}{Flags(member.State),-8}{state,-10}{member.PortPriority,-14}{Hex(channel.Number),-10}{Hex(member.Key),-8}"
            + $"{Hex(member.Number),-12}{Hex((int)member.State)}\n";
    }

    public string LacpSystemId() => $"{Model.SystemPriority}, {Dotted(Model.BaseAddress)}\n";

    public string Interfaces(string? name)
    {
        var text = new StringBuilder();
        foreach (var port in Model.Ports.Where(p => name is null || p.Name == name))
            text.Append(Interface(port.Name, LineState(port), port.AdminUp, "AmdP2", port.Address, 10000, port.Description, port.Mtu, Pace(port), port.Counters));
        foreach (var channel in Model.Channels.Where(c => name is null || "Port-channel" + c.Number == name))
        {
            var bundled = Model.Members(channel.Number).Where(Model.IsBundled).ToList();
            var total = new Counters();
            var body = Interface("Port-channel" + channel.Number, bundled.Count > 0, channel.AdminUp, "EtherChannel",
                bundled.Count > 0 ? bundled[0].Address : Model.BaseAddress, 10000 * Math.Max(1, bundled.Count), channel.Description, channel.Mtu, "Auto-duplex, Auto-speed", total,
                Model.Members(channel.Number).Select(p => p.Counters));
            if (bundled.Count > 0)
                body = body.Replace("  ARP type:", $"  Members in this channel: {string.Join(" ", bundled.Select(b => b.ShortName))} \n  ARP type:");
            text.Append(body);
        }
        return text.ToString();
    }

    private bool LineState(SwitchPort port) => port.LinkUp && (port.Group is null || Model.MemberFlag(port) is "P" or "I");

    private static string Interface(
        string name, bool up, bool adminUp, string hardware, MacAddress address, int kilobits, string? description, int? mtu, string pace, Counters own,
        IEnumerable<Counters>? parts = null)
    {
        var all = (parts ?? [own]).ToList();
        long Sum(Func<Counters, long> of) => all.Sum(of);
        var state = !adminUp ? "administratively down" : up ? "up" : "down";
        var connected = up ? " (connected)" : adminUp ? " (notconnect)" : " (disabled)";
        return $"""
            {name} is {state}, line protocol is {(up ? "up" : "down")}{connected}
              Hardware is {hardware}, address is {Dotted(address)} (bia {Dotted(address)})
            {(description is null ? "" : $"  Description: {description}\n")}  MTU {mtu ?? 1500} bytes, BW {kilobits} Kbit/sec, DLY 1000 usec,
                 reliability 255/255, txload 1/255, rxload 1/255
              Encapsulation ARPA, loopback not set
              Keepalive set (10 sec)
              {pace}, media type is unknown
              input flow-control is off, output flow-control is unsupported
              ARP type: ARPA, ARP Timeout 04:00:00
              Last input 00:00:01, output 00:00:01, output hang never
              Last clearing of "show interface" counters never
              Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: 0
              Queueing strategy: fifo
              Output queue: 0/0 (size/max)
              5 minute input rate 0 bits/sec, 0 packets/sec
              5 minute output rate 0 bits/sec, 0 packets/sec
                 {Sum(c => c.RxPackets)} packets input, {Sum(c => c.RxBytes)} bytes, 0 no buffer
                 Received {Sum(c => c.RxMulticast)} broadcasts ({Sum(c => c.RxMulticast)} multicasts)
                 0 runts, 0 giants, 0 throttles
                 0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
                 0 input packets with dribble condition detected
                 {Sum(c => c.TxPackets)} packets output, {Sum(c => c.TxBytes)} bytes, 0 underruns
                 0 output errors, 0 collisions, 2 interface resets
                 0 unknown protocol drops
                 0 babbles, 0 late collision, 0 deferred
                 0 lost carrier, 0 no carrier
                 0 output buffer failures, 0 output buffers swapped out

            """.Replace("\r\n", "\n");
    }

    public string InterfacesStatus()
    {
        var text = new StringBuilder("\nPort      Name               Status       Vlan       Duplex  Speed Type\n");
        foreach (var port in Model.Ports)
        {
            var status = !port.AdminUp ? "disabled" : !port.LinkUp ? "notconnect"
                : port.Group is not null && Model.MemberFlag(port) is "s" or "w" ? "suspended" : "connected";
            text.Append($"{port.ShortName,-10}{Cut(port.Description),-19}{status,-13}{"1",-13}{Duplex(port),5}{Speed(port),7} unknown\n");
        }
        foreach (var channel in Model.Channels)
        {
            var up = Model.Members(channel.Number).Any(Model.IsBundled);
            text.Append($"{channel.ShortName,-10}{Cut(channel.Description),-19}{(up ? "connected" : "notconnect"),-13}{"1",-13}{(up ? "a-full" : "auto"),5}{"auto",7} \n");
        }
        return text.ToString();
    }

    // The simulated ports know no speed while nobody has set one and the cable is sound.
    private static bool IsPlain(SwitchPort port) => port is { Speed: null, Duplex: "auto", SpeedMbps: Cable.GigabitMbps };

    private static string Pace(SwitchPort port) => IsPlain(port) || !port.LinkUp ? "Auto-duplex, Auto-speed"
        : $"{(port.FullDuplex ? "Full" : "Half")}-duplex, {port.SpeedMbps}Mb/s";

    private static string Duplex(SwitchPort port) => port.Duplex != "auto" ? port.Duplex : IsPlain(port) || !port.LinkUp ? "auto" : "a-full";

    private static string Speed(SwitchPort port) => port.Speed ?? (IsPlain(port) || !port.LinkUp ? "auto" : $"a-{port.SpeedMbps}");

    public string Version() => $"""
        Cisco IOS Software, Linux Software (I86BI_LINUXL2-ADVENTERPRISEK9-M), Emulated by BondTools.Lab
        ROM: Bootstrap program is Linux

        {_device.HostName} uptime is {(int)(_world.Now - _device.Started).TotalMinutes + 2} minutes
        System image file is "unix:emulated"

        Linux Unix (Intel-x86) processor with 416912K bytes of memory.
        8 Ethernet interfaces

        Configuration register is 0x0


        """.Replace("\r\n", "\n");

    private IEnumerable<PortChannel> LacpChannels(int? group) =>
        Model.Channels.Where(c => (group is null || c.Number == group) && Model.Members(c.Number).Any(p => p.Lacp is not null));

    private static string Flags(Lacp.LacpPortState state) =>
        ((state & Lacp.LacpPortState.ShortTimeout) != 0 ? "F" : "S") + ((state & Lacp.LacpPortState.Activity) != 0 ? "A" : "P");

    private static string Hex(int value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);

    private static string Cut(string? text) => text is { Length: > 18 } ? text.Substring(0, 18) : text ?? "";

    private static string Dotted(MacAddress address)
    {
        var digits = address.ToString().Replace(":", "");
        return $"{digits.Substring(0, 4)}.{digits.Substring(4, 4)}.{digits.Substring(8, 4)}";
    }
}
