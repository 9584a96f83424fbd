using System.Collections.Generic;
using System.Globalization;
using BondTools.Cisco;

namespace BondTools.Planning;

/// <summary>An EtherChannel as somebody wishes it on a Cisco switch, and the IOS lines that make it.</summary>
/// <remarks>
/// What is null is left as the switch has it. The lines stand in the order in which no port is suspended: first the
/// port-channel with all that its members must share, then each member with the same, and only then its
/// <c>channel-group</c>; a port that differs from its port-channel at that moment would be refused or suspended.
/// </remarks>
public sealed record EtherChannelPlan
{
    /// <summary>The highest channel-group number of any platform (NX-OS); many IOS switches end at 48 or 128 and say so.</summary>
    public const int HighestGroup = 4096;

    // IOS takes descriptions of up to 200 or 240 characters, by platform.
    private const int LongestDescription = 200;
    private const int MostMembers = 32;
    private const int MostMinimumLinks = 32;

    /// <summary>The channel-group number, 1 to 4096; the port-channel has the same.</summary>
    public required int Group { get; init; }

    /// <summary>The member ports, each once, at least one.</summary>
    public required IReadOnlyList<CiscoInterfaceName> Interfaces { get; init; }

    /// <summary>How the members join. The default is what a Linux 802.3ad bond wants.</summary>
    public ChannelGroupMode Mode { get; init; } = ChannelGroupMode.Active;

    /// <summary>2 for a switched port-channel, 3 for a routed one.</summary>
    public int Layer { get; init; } = 2;

    /// <summary>The port-channel's description.</summary>
    public string? Description { get; init; }

    /// <summary>Trunk or access (layer 2 only).</summary>
    public CiscoSwitchportMode? SwitchportMode { get; init; }

    /// <summary>
    /// Whether the trunk needs <c>switchport trunk encapsulation dot1q</c>: on platforms that also know ISL (3560, 3750,
    /// 4500, 6500, IOSvL2, IOU) a trunk is refused without it, on others the line itself is.
    /// </summary>
    public bool TrunkEncapsulation { get; init; }

    /// <summary>The VLANs that the trunk carries: <c>10,20-29</c>, <c>all</c> or <c>none</c>.</summary>
    public string? AllowedVlans { get; init; }

    /// <summary>The trunk's untagged VLAN, 1 to 4094.</summary>
    public int? NativeVlan { get; init; }

    /// <summary>The VLAN of an access port, 1 to 4094.</summary>
    public int? AccessVlan { get; init; }

    /// <summary>How many members must be bundled before the port-channel is up, 1 to 32 (LACP only).</summary>
    public int? MinLinks { get; init; }

    /// <summary>How often partners are asked for LACPDUs (LACP only).</summary>
    public CiscoLacpRate? LacpRate { get; init; }

    /// <summary>The lines for configuration mode, without <c>configure terminal</c> and <c>end</c>.</summary>
    /// <exception cref="BondToolsException">The wish contradicts itself or leaves a range (<see cref="BondToolsErrorKind.InvalidConfiguration"/>).</exception>
    public IReadOnlyList<string> ConfigurationLines()
    {
        Validate();
        var shared = SharedLines();
        var lines = new List<string> { "interface " + CiscoInterfaceName.PortChannel(Group).Long };
        if (Description is not null)
            lines.Add(" description " + Description);
        lines.Add(Layer == 2 ? " switchport" : " no switchport");
        lines.AddRange(shared);
        if (MinLinks is { } links)
            lines.Add(" port-channel min-links " + Number(links));

        foreach (var member in Interfaces)
        {
            lines.Add("interface " + member.Long);
            if (Layer == 3)
                lines.Add(" no switchport");
            else if (shared.Count > 0)
                lines.Add(" switchport");
            lines.AddRange(shared);
            lines.Add($" channel-group {Number(Group)} mode {Mode.ToString().ToLowerInvariant()}");
            if (LacpRate is { } rate)
                lines.Add(" lacp rate " + rate.ToString().ToLowerInvariant());
        }
        return lines;
    }

    /// <summary>The lines that take a channel away: the members leave it first, because some platforms shut them down with it.</summary>
    /// <param name="group">The channel-group number, 1 to 4096.</param>
    /// <param name="memberInterfaces">The ports that are members now; none is allowed.</param>
    /// <exception cref="BondToolsException">The group leaves its range, or a port comes twice (<see cref="BondToolsErrorKind.InvalidConfiguration"/>).</exception>
    public static IReadOnlyList<string> RemovalLines(int group, IReadOnlyList<CiscoInterfaceName> memberInterfaces)
    {
        ValidateGroup(group);
        ValidateMembers(memberInterfaces);
        var lines = new List<string>();
        foreach (var member in memberInterfaces)
        {
            lines.Add("interface " + member.Long);
            lines.Add(" no channel-group");
        }
        lines.Add("no interface " + CiscoInterfaceName.PortChannel(group).Long);
        return lines;
    }

    private bool IsLacp => Mode is ChannelGroupMode.Active or ChannelGroupMode.Passive;

    // What the port-channel and its members must have alike.
    private List<string> SharedLines()
    {
        var lines = new List<string>();
        if (SwitchportMode == CiscoSwitchportMode.Trunk)
        {
            if (TrunkEncapsulation)
                lines.Add(" switchport trunk encapsulation dot1q");
            lines.Add(" switchport mode trunk");
            if (NativeVlan is { } native)
                lines.Add(" switchport trunk native vlan " + Number(native));
            if (AllowedVlans is { } allowed)
            {
                var verb = "";
                foreach (var part in CiscoVlanList.Parts(CiscoVlanList.Normalize(allowed)!))
                {
                    lines.Add($" switchport trunk allowed vlan {verb}{part}");
                    verb = "add ";
                }
            }
        }
        else if (SwitchportMode == CiscoSwitchportMode.Access)
        {
            lines.Add(" switchport mode access");
            if (AccessVlan is { } access)
                lines.Add(" switchport access vlan " + Number(access));
        }
        return lines;
    }

    private void Validate()
    {
        ValidateGroup(Group);
        if (Interfaces is null || Interfaces.Count == 0)
            throw Invalid("An EtherChannel needs at least one member port.");
        ValidateMembers(Interfaces);
        if (Layer is not (2 or 3))
            throw Invalid($"An EtherChannel works on layer 2 or 3, not {Layer}.");
        if (Layer == 3 && SwitchportMode is not null)
            throw Invalid("A routed EtherChannel (layer 3) is neither trunk nor access.");
        if (Mode is < ChannelGroupMode.Active or > ChannelGroupMode.Auto)
            throw Invalid("The channel-group mode is none that IOS knows.");
        if (SwitchportMode != CiscoSwitchportMode.Trunk && (AllowedVlans is not null || NativeVlan is not null || TrunkEncapsulation))
            throw Invalid("Allowed VLANs, a native VLAN and an encapsulation belong to a trunk.");
        if (SwitchportMode != CiscoSwitchportMode.Access && AccessVlan is not null)
            throw Invalid("An access VLAN belongs to an access port.");
        ValidateVlan(NativeVlan, "native");
        ValidateVlan(AccessVlan, "access");
        if (AllowedVlans is not null && CiscoVlanList.Normalize(AllowedVlans) is null)
            throw Invalid($"The allowed VLANs are no list such as 10,20-29 of numbers from {CiscoVlanList.First} to {CiscoVlanList.Last}.");
        if (!IsLacp && (MinLinks is not null || LacpRate is not null))
            throw Invalid("Minimum links and the LACP rate need LACP: mode active or passive.");
        if (MinLinks is < 1 or > MostMinimumLinks)
            throw Invalid($"Minimum links are 1 to {MostMinimumLinks}, not {MinLinks}.");
        if (MinLinks > Interfaces.Count)
            throw Invalid($"{MinLinks} links are demanded and there are only {Interfaces.Count} members: the port-channel would never come up.");
        ValidateDescription();
    }

    private void ValidateDescription()
    {
        if (Description is null)
            return;
        if (Description.Trim().Length == 0 || Description.Length > LongestDescription)
            throw Invalid($"A description has 1 to {LongestDescription} characters.");
        foreach (var c in Description)
        {
            if (c is < ' ' or > '~' or '?')
                throw Invalid("A description for IOS holds printable ASCII and no question mark.");
        }
    }

    private static void ValidateGroup(int group)
    {
        if (group is < 1 or > HighestGroup)
            throw Invalid($"A channel-group is numbered 1 to {HighestGroup}, not {group}.");
    }

    private static void ValidateMembers(IReadOnlyList<CiscoInterfaceName> members)
    {
        if (members.Count > MostMembers)
            throw Invalid($"An EtherChannel has at most {MostMembers} members.");
        var seen = new HashSet<CiscoInterfaceName>();
        foreach (var member in members)
        {
            if (!member.IsPhysical)
                throw Invalid($"{member} cannot be a member of an EtherChannel.");
            if (!seen.Add(member))
                throw Invalid($"{member} is named twice.");
        }
    }

    private static void ValidateVlan(int? vlan, string which)
    {
        if (vlan is < CiscoVlanList.First or > CiscoVlanList.Last)
            throw Invalid($"The {which} VLAN is {CiscoVlanList.First} to {CiscoVlanList.Last}, not {vlan}.");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static BondToolsException Invalid(string message) => new(BondToolsErrorKind.InvalidConfiguration, message);
}
