using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Planning;

/// <summary>The wished EtherChannel less the present one: the lines between them, in the order in which none is refused and no port is suspended.</summary>
/// <remarks>
/// <list type="number">
/// <item>A member leaves whose mode is not the wished one (two protocols cannot meet in a group), and every member does
/// when the layer changes (a port and its port-channel must be on the same one at every moment, and neither can change it
/// while they belong together).</item>
/// <item>The port-channel takes what it shares with its members. IOS hands those lines to the members that stay; this is
/// relied on, so that no member differs from its port-channel for a moment. A member that still differs is told itself.</item>
/// <item>A joining port takes all of it first, the layer before anything else, and only then its channel-group.</item>
/// </list>
/// </remarks>
internal sealed class EtherChannelDifference
{
    private const int DefaultPriority = 32768;
    private readonly EtherChannelPlan _plan;
    private readonly int? _systemPriority;
    private readonly CiscoInterfaceConfiguration? _channel;
    private readonly List<CiscoInterfaceConfiguration> _members;
    private readonly List<CiscoInterfaceConfiguration> _wished;
    private readonly ChannelGroupMode _mode;
    private readonly SwitchportSettings _settings;

    public EtherChannelDifference(EtherChannelPlan plan, IReadOnlyList<CiscoInterfaceConfiguration> present, int? systemPriority)
    {
        (_plan, _systemPriority) = (plan, systemPriority);
        _channel = present.FirstOrDefault(i => CiscoInterfaceName.Same(i.Interface, Name));
        _members = MembersOf(plan.Group, present);
        _wished = plan.Interfaces is null ? _members : [.. plan.Interfaces.Select(port => Find(present, port))];
        _mode = plan.Mode ?? (_members.Count > 0 ? _members[0].Mode : null) ?? ChannelGroupMode.Active;
        _settings = Resolve();
        Validate();
    }

    private string Name => CiscoInterfaceName.PortChannel(_plan.Group).Long;

    private bool Relayered => _channel is not null && SwitchportSettings.Of(_channel).Switched != _settings.Switched;

    public static List<CiscoInterfaceConfiguration> MembersOf(int group, IReadOnlyList<CiscoInterfaceConfiguration> present) =>
        [.. present.Where(i => i.Group == group)];

    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        Say(lines, "lacp system-priority", _systemPriority, Wished(EtherChannelSetting.SystemPriority, _plan.SystemPriority, _systemPriority), DefaultPriority);
        foreach (var member in _members)
        {
            if (!Stays(member))
                AddSection(lines, member.Interface, [" no channel-group"]);
        }

        var from = _channel is null ? null : SwitchportSettings.Of(_channel);
        AddSection(lines, Name, ChannelLines(from));
        for (var i = 0; i < _wished.Count; i++)
            AddSection(lines, _wished[i].Interface, MemberLines(_wished[i], from, i));
        return lines;
    }

    private bool Stays(CiscoInterfaceConfiguration member) =>
        member.Group == _plan.Group && member.Mode == _mode && !Relayered && _wished.Contains(member);

    private List<string> ChannelLines(SwitchportSettings? from)
    {
        var lines = new List<string>();
        var description = _plan.Description ?? (Clears(EtherChannelSetting.Description) ? null : _channel?.Description);
        if (description != _channel?.Description)
            lines.Add(description is null ? " no description" : " description " + description);
        lines.AddRange(_settings.LinesFrom(from));
        Say(lines, " port-channel min-links", _channel?.MinLinks, Wished(EtherChannelSetting.MinLinks, _plan.MinLinks, _channel?.MinLinks), 1);
        Say(lines, " lacp max-bundle", _channel?.MaxBundle, Wished(EtherChannelSetting.MaxBundle, _plan.MaxBundle, _channel?.MaxBundle), null);
        return lines;
    }

    private List<string> MemberLines(CiscoInterfaceConfiguration member, SwitchportSettings? channelBefore, int index)
    {
        var lines = new List<string>();
        var present = SwitchportSettings.Of(member);
        var stays = Stays(member);
        lines.AddRange(_settings.LinesFrom(stays && channelBefore is not null ? present.Following(channelBefore, _settings) : present));
        if (!stays)
            lines.Add($" channel-group {Text(_plan.Group)} mode {_mode.ToString().ToLowerInvariant()}");

        var rate = Clears(EtherChannelSetting.LacpRate) ? null : _plan.LacpRate ?? member.LacpRate;
        if ((rate ?? CiscoLacpRate.Normal) != (member.LacpRate ?? CiscoLacpRate.Normal))
            lines.Add(rate is null ? " no lacp rate" : " lacp rate " + rate.ToString()!.ToLowerInvariant());
        int? priority = _plan.PortPriorities.Count == 0 ? null : _plan.PortPriorities[_plan.PortPriorities.Count == 1 ? 0 : index];
        Say(lines, " lacp port-priority", member.PortPriority, Wished(EtherChannelSetting.PortPriority, priority, member.PortPriority), DefaultPriority);
        return lines;
    }

    // What is not wished stays as the port-channel has it; a new one begins as its first member is, as IOS would do it.
    private SwitchportSettings Resolve()
    {
        var basis = _channel ?? _wished.FirstOrDefault();
        var settings = basis is null ? new SwitchportSettings() : SwitchportSettings.Of(basis);
        settings = settings with
        {
            Switched = _plan.Layer is { } layer ? layer == 2 : settings.Switched,
            Mode = Clears(EtherChannelSetting.SwitchportMode) ? null : _plan.SwitchportMode ?? settings.Mode,
            NativeVlan = Wished(EtherChannelSetting.NativeVlan, _plan.NativeVlan, settings.NativeVlan),
            AllowedVlans = Clears(EtherChannelSetting.AllowedVlans) ? null
                : _plan.AllowedVlans is { } allowed ? CiscoVlanList.Normalize(allowed) : settings.AllowedVlans,
            AccessVlan = Wished(EtherChannelSetting.AccessVlan, _plan.AccessVlan, settings.AccessVlan),
            Mtu = Wished(EtherChannelSetting.Mtu, _plan.Mtu, settings.Mtu),
        };
        return (settings.Mode == CiscoSwitchportMode.Trunk && _plan.TrunkEncapsulation ? settings with { Encapsulation = "dot1q" } : settings).WithoutDefaults();
    }

    private void Validate()
    {
        if (_wished.Count == 0)
            throw Invalid("An EtherChannel needs at least one member port.", "Name them with -Interface; to take the channel away there is Remove-CiscoEtherChannel.");
        foreach (var port in _wished)
        {
            if (port.Group is { } other && other != _plan.Group)
                throw Invalid($"{port.Interface} is a member of channel-group {Text(other)}.", "Take it out of that one first.");
        }
        if (!_settings.Switched && (_plan.SwitchportMode ?? (object?)_plan.AllowedVlans ?? _plan.NativeVlan ?? _plan.AccessVlan) is not null)
            throw Invalid("A routed EtherChannel (layer 3) is neither trunk nor access.");
        if (_settings.Mode != CiscoSwitchportMode.Trunk && (_plan.AllowedVlans is not null || _plan.NativeVlan is not null))
            throw Invalid("Allowed VLANs and a native VLAN belong to a trunk.");
        if (_settings.Mode != CiscoSwitchportMode.Access && _plan.AccessVlan is not null)
            throw Invalid("An access VLAN belongs to an access port.");
        if (_mode is not (ChannelGroupMode.Active or ChannelGroupMode.Passive)
            && (_plan.MinLinks is not null || _plan.MaxBundle is not null || _plan.LacpRate is not null || _plan.PortPriorities.Count > 0))
            throw Invalid("Minimum links, a largest bundle, the LACP rate and port priorities need LACP: mode active or passive.");
        var links = Wished(EtherChannelSetting.MinLinks, _plan.MinLinks, _plan.Interfaces is null ? null : _channel?.MinLinks);
        if (links > _wished.Count)
            throw Invalid($"{Text(links)} links are demanded and there are only {Text(_wished.Count)} members: the port-channel would never come up.");
        if (_plan.PortPriorities.Count > 1 && _plan.PortPriorities.Count != _wished.Count)
            throw Invalid($"There are {Text(_plan.PortPriorities.Count)} port priorities for {Text(_wished.Count)} members: one for all, or one for each.");
    }

    private static CiscoInterfaceConfiguration Find(IReadOnlyList<CiscoInterfaceConfiguration> present, CiscoInterfaceName port) =>
        present.FirstOrDefault(i => CiscoInterfaceName.Same(i.Interface, port.Long))
        ?? throw new BondToolsException(BondToolsErrorKind.NotFound, $"The switch's running configuration has no interface {port}.");

    private bool Clears(EtherChannelSetting setting) => _plan.Clear.Contains(setting);

    private int? Wished(EtherChannelSetting setting, int? wished, int? present) => Clears(setting) ? null : wished ?? present;

    // A default that is written out and one that is not are the same.
    private static void Say(List<string> lines, string setting, int? present, int? wished, int? byDefault)
    {
        var (old, target) = (present == byDefault ? null : present, wished == byDefault ? null : wished);
        if (old == target)
            return;
        var blank = setting[0] == ' ' ? " " : "";
        lines.Add(target is null ? $"{blank}no {setting.TrimStart()}" : $"{setting} {Text(target)}");
    }

    private void AddSection(List<string> lines, string name, List<string> section)
    {
        if (section.Count == 0 && (_channel is not null || name != Name))
            return;
        lines.Add("interface " + name);
        lines.AddRange(section);
    }

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static BondToolsException Invalid(string message, string? action = null) =>
        new(BondToolsErrorKind.InvalidConfiguration, message) { RecommendedAction = action };
}
