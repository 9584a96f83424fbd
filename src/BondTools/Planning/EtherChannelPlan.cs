using System;
using System.Collections.Generic;
using BondTools.Cisco;

namespace BondTools.Planning;

/// <summary>An EtherChannel as somebody wishes it on a Cisco switch, and the IOS lines that make it.</summary>
/// <remarks>What is null is left as the switch has it. The lines are the difference to what is there; where there is none, there are no lines.</remarks>
public sealed record EtherChannelPlan
{
    /// <summary>The highest channel-group number of any platform (NX-OS); many IOS switches end at 48 or 128 and say so.</summary>
    public const int HighestGroup = 4096;

    // IOS takes descriptions of up to 200 or 240 characters, by platform.
    private const int LongestDescription = 200;
    private const int MostMembers = 32;
    private const int HighestPriority = 0xFFFF;
    private const int LeastMtu = 64;
    private const int MostMtu = 9216;

    /// <summary>The channel-group number, 1 to 4096; the port-channel has the same.</summary>
    public required int Group { get; init; }

    /// <summary>The member ports that there shall be, each once; null leaves them as they are.</summary>
    public IReadOnlyList<CiscoInterfaceName>? Interfaces { get; init; }

    /// <summary>How the members join. A new channel is what a Linux 802.3ad bond wants (active).</summary>
    public ChannelGroupMode? Mode { get; init; }

    /// <summary>2 for a switched port-channel, 3 for a routed one.</summary>
    public int? Layer { get; init; }

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

    /// <summary>How many members are bundled at most, 1 to 32; the others stand by (LACP only).</summary>
    public int? MaxBundle { get; init; }

    /// <summary>The LACP port priority, 0 to 65535: one for all members, or one for each in their order (LACP only). The lowest are bundled first.</summary>
    public IReadOnlyList<int> PortPriorities { get; init => field = RecordList.Of(value); } = [];

    /// <summary>The LACP system priority of the whole switch, 0 to 65535. The end with the lower one decides which ports are bundled.</summary>
    public int? SystemPriority { get; init; }

    /// <summary>The MTU of the port-channel and its members in bytes, 64 to 9216.</summary>
    public int? Mtu { get; init; }

    /// <summary>The settings to take away.</summary>
    public IReadOnlyList<EtherChannelSetting> Clear { get; init => field = RecordList.Of(value); } = [];

    /// <summary>The lines for configuration mode, without <c>configure terminal</c> and <c>end</c>; none when all is so already.</summary>
    /// <param name="present">All interfaces of the running configuration.</param>
    /// <param name="systemPriority">The present LACP system priority; null for the default.</param>
    /// <exception cref="BondToolsException">
    /// The wish contradicts itself or what is there, or leaves a range (<see cref="BondToolsErrorKind.InvalidConfiguration"/>);
    /// a port is not there (<see cref="BondToolsErrorKind.NotFound"/>).
    /// </exception>
    public IReadOnlyList<string> ConfigurationLines(IReadOnlyList<CiscoInterfaceConfiguration> present, int? systemPriority = null)
    {
        if (present is null)
            throw new ArgumentNullException(nameof(present));
        Validate();
        return new EtherChannelDifference(this, present, systemPriority).Lines();
    }

    /// <summary>The lines that take a channel away: the members leave it first, because some platforms shut them down with it; none when it is not there.</summary>
    /// <param name="group">The channel-group number, 1 to 4096.</param>
    /// <param name="present">All interfaces of the running configuration.</param>
    /// <exception cref="BondToolsException">The group leaves its range (<see cref="BondToolsErrorKind.InvalidConfiguration"/>).</exception>
    public static IReadOnlyList<string> RemovalLines(int group, IReadOnlyList<CiscoInterfaceConfiguration> present)
    {
        if (present is null)
            throw new ArgumentNullException(nameof(present));
        ValidateGroup(group);
        var lines = new List<string>();
        foreach (var member in EtherChannelDifference.MembersOf(group, present))
        {
            lines.Add("interface " + member.Interface);
            lines.Add(" no channel-group");
        }
        foreach (var channel in present)
        {
            if (CiscoInterfaceName.Same(channel.Interface, CiscoInterfaceName.PortChannel(group).Long))
                lines.Add("no interface " + channel.Interface);
        }
        return lines;
    }

    private void Validate()
    {
        ValidateGroup(Group);
        if (Interfaces is not null)
            ValidateMembers(Interfaces);
        if (Layer is not (null or 2 or 3))
            throw Invalid($"An EtherChannel works on layer 2 or 3, not {Layer}.");
        if (Mode is < ChannelGroupMode.Active or > ChannelGroupMode.Auto)
            throw Invalid("The channel-group mode is none that IOS knows.");
        ValidateRange(NativeVlan, CiscoVlanList.First, CiscoVlanList.Last, "The native VLAN");
        ValidateRange(AccessVlan, CiscoVlanList.First, CiscoVlanList.Last, "The access VLAN");
        ValidateRange(MinLinks, 1, MostMembers, "The number of minimum links");
        ValidateRange(MaxBundle, 1, MostMembers, "The largest bundle");
        ValidateRange(SystemPriority, 0, HighestPriority, "The LACP system priority");
        ValidateRange(Mtu, LeastMtu, MostMtu, "The MTU");
        foreach (var priority in PortPriorities)
            ValidateRange(priority, 0, HighestPriority, "An LACP port priority");
        if (AllowedVlans is not null && CiscoVlanList.Normalize(AllowedVlans) is null)
            throw Invalid($"The allowed VLANs are no list such as 10,20-29 of numbers from {CiscoVlanList.First} to {CiscoVlanList.Last}.");
        if (MinLinks > MaxBundle)
            throw Invalid($"{MinLinks} links are demanded and at most {MaxBundle} are bundled: the port-channel would never come up.");
        foreach (var setting in Clear)
        {
            if (IsWished(setting))
                throw Invalid($"{setting} is given and taken away at once.");
        }
        ValidateDescription();
    }

    private bool IsWished(EtherChannelSetting setting) => setting switch
    {
        EtherChannelSetting.Description => Description is not null,
        EtherChannelSetting.SwitchportMode => SwitchportMode is not null,
        EtherChannelSetting.AllowedVlans => AllowedVlans is not null,
        EtherChannelSetting.NativeVlan => NativeVlan is not null,
        EtherChannelSetting.AccessVlan => AccessVlan is not null,
        EtherChannelSetting.Mtu => Mtu is not null,
        EtherChannelSetting.MinLinks => MinLinks is not null,
        EtherChannelSetting.MaxBundle => MaxBundle is not null,
        EtherChannelSetting.LacpRate => LacpRate is not null,
        EtherChannelSetting.PortPriority => PortPriorities.Count > 0,
        EtherChannelSetting.SystemPriority => SystemPriority is not null,
        _ => throw Invalid("There is no such setting to take away."),
    };

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

    private static void ValidateRange(int? value, int least, int most, string what)
    {
        if (value < least || value > most)
            throw Invalid($"{what} is {least} to {most}, not {value}.");
    }

    private static BondToolsException Invalid(string message) => new(BondToolsErrorKind.InvalidConfiguration, message);
}
