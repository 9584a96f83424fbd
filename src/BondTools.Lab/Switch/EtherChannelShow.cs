using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using BondTools.Hashing;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>Renders <c>show etherchannel detail</c>, <c>port-channel</c> and <c>protocol</c>, and answers <c>test etherchannel load-balance</c>.</summary>
internal sealed class EtherChannelShow(LabWorld world)
{
    private const int MaximumPorts = 16;

    private SwitchModel Model => world.Switch;

    /// <summary>Everything of one group or of all.</summary>
    public string Detail(int? group) => Listing(group, (text, channel, members) =>
    {
        text.Append($"Group state = L2 \nPorts: {members.Count}   Maxports = {MaximumPorts}\nPort-channels: 1 Max Port-channels = {MaximumPorts}\n")
            .Append($"Protocol:   {Protocol(members)}\nMinimum Links: {channel.MinLinks}\n\n\n\t\tPorts in the group:\n\t\t-------------------\n");
        foreach (var port in members)
            AppendPort(text, channel, port);
        AppendChannel(text, channel, members);
    });

    /// <summary>The port-channel of one group or of all.</summary>
    public string PortChannels(int? group) => Listing(group, AppendChannel);

    /// <summary>The protocol of one group or of all.</summary>
    public string Protocols(int? group) => Listing(group, (text, _, members) => text.Append($"Protocol:   {Protocol(members)}\n\n"));

    /// <summary>The member that the switch sends a frame between two addresses on, as its forwarding decides.</summary>
    public string TestLoadBalance(int group, string kind, string source, string destination)
    {
        var members = Model.Members(group).Where(Model.IsBundled).ToList();
        if (members.Count == 0)
            return $"% Port-channel{group} has no member that is bundled\n";
        Flow flow;
        if (kind == "mac")
        {
            if (!MacAddress.TryParse(source, out var from) || !MacAddress.TryParse(destination, out var to))
                return "% Invalid input detected at '^' marker.\n\n";
            flow = new Flow { SourceMac = from, DestinationMac = to, EtherType = 0x88B5 };
        }
        else
        {
            if (!IPAddress.TryParse(source, out var from) || !IPAddress.TryParse(destination, out var to))
                return "% Invalid input detected at '^' marker.\n\n";
            flow = Flow.Between(from, to);
        }
        // A switch that hashes MAC addresses is not told them with a flow of IP addresses; its answer means nothing then.
        var known = flow with { SourceMac = flow.SourceMac ?? MacAddress.Zero, DestinationMac = flow.DestinationMac ?? MacAddress.Zero };
        var member = members[CiscoLoadBalanceForecast.SelectPort(Model.LoadBalance, known, members.Count)];
        return $"Computed RBH: 0x{CiscoLoadBalanceForecast.Bucket(Model.LoadBalance, known):X}\nWould select {member.ShortName} of Po{group}\n\n";
    }

    private string Listing(int? group, Action<StringBuilder, PortChannel, List<SwitchPort>> append)
    {
        var text = new StringBuilder();
        if (group is null)
            text.Append("\t\tChannel-group listing: \n\t\t----------------------\n\n");
        foreach (var channel in Model.Channels.Where(c => group is null || c.Number == group))
        {
            if (group is null)
                text.Append($"Group: {channel.Number} \n----------\n");
            append(text, channel, Model.Members(channel.Number).ToList());
        }
        return text.ToString();
    }

    private void AppendPort(StringBuilder text, PortChannel channel, SwitchPort port)
    {
        var bundled = Model.IsBundled(port);
        text.Append($"Port: {port.ShortName}\n------------\n\nPort state    = {PortState(port)} \n")
            .Append($"Channel group = {channel.Number,-11} Mode = {Mode(port.Mode),-15} Gcchange = -\n")
            .Append($"Port-channel  = {(bundled ? channel.ShortName : "null"),-11} GC   =   -             Pseudo port-channel = {channel.ShortName}\n")
            .Append($"Port index    = {Index(port),-11} Load = 0x{Load(port):X2}            Protocol =   {Protocol([port])}\n\n");
        if (port.Lacp is { } member)
            AppendLacp(text, channel, port, member);
        text.Append($"Age of the port in the current state: {Age(world.Now - port.Changed)}\n\n");
    }

    private void AppendLacp(StringBuilder text, PortChannel channel, SwitchPort port, LacpMember member)
    {
        text.Append("Flags:  S - Device is sending Slow LACPDUs   F - Device is sending fast LACPDUs.\n")
            .Append("        A - Device is in active mode.        P - Device is in passive mode.\n\nLocal information:\n")
            .Append("                            LACP port     Admin     Oper    Port        Port\n")
            .Append("Port      Flags   State     Priority      Key       Key     Number      State\n")
            .Append(IosShow.InternalRow(Model, channel, port, member)).Append('\n');
        if (member is not { HasPartner: true, Enabled: true })
            return;
        text.Append(" Partner's information:\n\n                  LACP port                        Admin  Oper   Port    Port\n")
            .Append("Port      Flags   Priority  Dev ID          Age    key    Key    Number  State\n")
            .Append(IosShow.NeighborRow(port, member)).Append('\n');
    }

    private void AppendChannel(StringBuilder text, PortChannel channel, List<SwitchPort> members)
    {
        var bundled = members.Where(Model.IsBundled).ToList();
        var standby = members.Where(p => Model.MemberFlag(p) == "H").Select(p => p.ShortName).ToList();
        text.Append("\t\tPort-channels in the group: \n\t\t---------------------------\n\n")
            .Append($"Port-channel: {channel.ShortName}    (Primary Aggregator)\n\n------------\n\n")
            .Append($"Age of the Port-channel   = {Age(world.Now - channel.Created)}\n")
            .Append($"Logical slot/port   = 16/{channel.Number - 1}          Number of ports = {bundled.Count}\n")
            .Append($"HotStandBy port = {(standby.Count > 0 ? string.Join(" ", standby) + " " : "null ")}\n")
            .Append($"Port state          = Port-channel {(bundled.Count > 0 ? "Ag-Inuse" : "Ag-Not-Inuse")} \n")
            .Append($"Protocol            =   {Protocol(members)}\nPort security       = Disabled\n\n");
        if (bundled.Count == 0)
            return;
        text.Append("Ports in the Port-channel: \n\nIndex   Load   Port     EC state        No of bits\n------+------+------+------------------+-----------\n");
        foreach (var port in bundled)
            text.Append($"{Index(port),3}     {Load(port):X2}     {port.ShortName,-8} {Mode(port.Mode),-18}{BitCount(Load(port))}\n");
        var last = bundled.OrderBy(p => p.Changed).Last();
        text.Append($"\nTime since last port bundled:    {Age(world.Now - last.Changed)}    {last.ShortName}\n\n");
    }

    private string PortState(SwitchPort port) => Model.MemberFlag(port) switch
    {
        "P" => port.UsesLacp ? "Up Mstr Assoc In-Bndl" : "Up Mstr In-Bndl",
        "D" => "Down Not-in-Bndl",
        "I" => "Up Sngl-port-Bndl Mstr Not-in-Bndl",
        "H" => "Up Mstr Assoc Hot-stdby Not-in-Bndl",
        "w" => "Up Mstr Assoc Not-in-Bndl",
        _ => "Up Cnt-bndl Suspend Not-in-Bndl",
    };

    private int Index(SwitchPort port) => Math.Max(0, Bundled(port).IndexOf(port));

    // The eight results of the hash are dealt to the members in turn (Cisco document 12023-4).
    private int Load(SwitchPort port)
    {
        var members = Bundled(port);
        var index = members.IndexOf(port);
        var mask = 0;
        for (var value = 0; index >= 0 && value < 8; value++)
            mask |= value % members.Count == index ? 1 << value : 0;
        return mask;
    }

    private List<SwitchPort> Bundled(SwitchPort port) => Model.Members(port.Group!.Value).Where(Model.IsBundled).ToList();

    private static int BitCount(int mask)
    {
        var count = 0;
        for (; mask != 0; mask &= mask - 1)
            count++;
        return count;
    }

    private static string Mode(ChannelMode mode) => mode switch
    {
        ChannelMode.Desirable => "Desirable-Sl",
        ChannelMode.Auto => "Automatic-Sl",
        _ => mode.ToString(),
    };

    private static string Protocol(List<SwitchPort> members) => members.Count == 0 ? "-" : members[0].Mode switch
    {
        ChannelMode.On => "-",
        ChannelMode.Desirable or ChannelMode.Auto => "PAgP",
        _ => "LACP",
    };

    private static string Age(TimeSpan age) => string.Format(CultureInfo.InvariantCulture, "{0}d:{1:00}h:{2:00}m:{3:00}s", age.Days, age.Hours, age.Minutes, age.Seconds);
}
