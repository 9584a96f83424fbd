using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Planning;

namespace BondTools.Analysis;

/// <summary>A member port that is not bundled, with all that was read of it and of those that are.</summary>
internal sealed class MemberCase
{
    // LACP bundles this many ports at most; further ones stand by.
    private const int LacpLimit = 8;

    private readonly CiscoEtherChannel _channel;
    private readonly CiscoEtherChannelMember _member;
    private readonly EtherChannelEvidence _evidence;
    private readonly CiscoInterfaceConfiguration? _own, _logical;
    private readonly CiscoInterfaceStatus? _port;
    private readonly List<CiscoEtherChannelMember> _bundled;

    public MemberCase(EtherChannelEvidence evidence, CiscoEtherChannelMember member)
    {
        (_evidence, _channel, _member) = (evidence, evidence.Channel, member);
        (_own, _logical) = (Configuration(member.Interface), Configuration(_channel.PortChannel));
        _port = Port(member.Interface);
        _bundled = [.. _channel.Members.Where(m => m.Bundled && m != member)];
    }

    private bool HasNoLink => _member.State == EtherChannelMemberState.Down;

    /// <summary>What keeps the port or the port-channel from having a link at all.</summary>
    public IEnumerable<UnbundledCause> LinkCauses()
    {
        if (_own is { Shutdown: true } || _port is { Status: "disabled" })
        {
            return [Cause(UnbundledReason.AdministrativelyDown, true, $"{_member.Interface} is shut down.", "Enable it.",
                [_own is { Shutdown: true } ? $"{_own.Interface}: shutdown" : Quote(_port!)], " no shutdown")];
        }
        if (_port is { } port && port.Status.StartsWith("err-dis", StringComparison.Ordinal))
        {
            return [Cause(UnbundledReason.ErrorDisabled, true, $"{_member.Interface} is error-disabled.",
                "Look for the reason with 'show interfaces status err-disabled', remove it, then take the port down and up.", [Quote(port)], " shutdown", " no shutdown")];
        }
        if (_logical is { Shutdown: true })
        {
            return [On(_channel.PortChannel, UnbundledReason.PortChannelShutDown, true, $"{_channel.PortChannel} is shut down.", "Enable the port-channel.",
                [$"{_logical.Interface}: shutdown"], " no shutdown")];
        }
        if (_port is { } without && (without.Status.StartsWith("notconn", StringComparison.Ordinal) || without.Status is "sfpAbsent" or "xcvrAbsen"))
        {
            return [Cause(UnbundledReason.NoCarrier, true, $"{_member.Interface} has no link ({without.Status}).",
                "Check the cable, its transceivers, and that the port at the other end is up.", [Quote(without)])];
        }
        if (!HasNoLink)
            return [];
        return Possible();

        IEnumerable<UnbundledCause> Possible()
        {
            var evidence = new[] { Row };
            if (_own is null && _port is null)
                yield return Cause(UnbundledReason.AdministrativelyDown, false, $"{_member.Interface} is down: it may be shut down.", "Look at 'show running-config interface'.", evidence);
            yield return Cause(UnbundledReason.NoCarrier, false, $"{_member.Interface} is down: it may have no link.", "Check the cable and the port at the other end.", evidence);
            if (_port is null)
                yield return Cause(UnbundledReason.ErrorDisabled, false, $"{_member.Interface} is down: it may be error-disabled.", "Look at 'show interfaces status'.", evidence);
        }
    }

    /// <summary>What the port is configured to otherwise than its port-channel, or than the members that are bundled.</summary>
    public IEnumerable<UnbundledCause> ConfigurationCauses()
    {
        foreach (var cause in ProtocolCauses())
            yield return cause;
        if (_own is not null && _logical is not null)
        {
            var (own, channel) = (SwitchportSettings.Of(_own), SwitchportSettings.Of(_logical));
            if (own.Switched != channel.Switched)
            {
                yield return Differs(UnbundledReason.LayerMismatch, "layer", Layer(own), Layer(channel),
                    // A member cannot change its layer: it has to leave the group meanwhile.
                    " no channel-group", channel.Switched ? " switchport" : " no switchport",
                    $" channel-group {Text(_channel.Group)} mode {Name(_own.Mode ?? ChannelGroupMode.Active)}");
            }
            else if (own.Switched)
            {
                // What has no effect in the port's mode is no reason.
                var trunk = own.Mode != CiscoSwitchportMode.Access && channel.Mode != CiscoSwitchportMode.Access;
                var access = own.Mode != CiscoSwitchportMode.Trunk && channel.Mode != CiscoSwitchportMode.Trunk;
                foreach (var difference in new[]
                {
                    Compare(UnbundledReason.SwitchportModeMismatch, true, s => s.Mode?.ToString().ToLowerInvariant(), "switchport mode", "the default"),
                    Compare(UnbundledReason.EncapsulationMismatch, trunk, s => s.Encapsulation, "switchport trunk encapsulation", "the default"),
                    Compare(UnbundledReason.AccessVlanMismatch, access, s => Text(s.AccessVlan), "switchport access vlan", "1"),
                    Compare(UnbundledReason.NativeVlanMismatch, trunk, s => Text(s.NativeVlan), "switchport trunk native vlan", "1"),
                    Compare(UnbundledReason.AllowedVlansMismatch, trunk, s => s.AllowedVlans, "switchport trunk allowed vlan", "all"),
                }.OfType<UnbundledCause>())
                {
                    yield return difference;
                }
            }
            if (Compare(UnbundledReason.MtuMismatch, true, s => Text(s.Mtu), "mtu", "1500") is { } mtu)
                yield return mtu;
        }
        if (ComparePace(UnbundledReason.SpeedMismatch, "speed", c => c.Speed, p => p.Speed) is { } speed)
            yield return speed;
        if (ComparePace(UnbundledReason.DuplexMismatch, "duplex", c => c.Duplex, p => p.Duplex) is { } duplex)
            yield return duplex;
    }

    /// <summary>What the other end does not say, or says otherwise than to the bundled members.</summary>
    public IEnumerable<UnbundledCause> PartnerCauses()
    {
        if (_evidence.Neighbors is null || _channel.Protocol != EtherChannelProtocol.Lacp || _member.Bundled)
            return [];
        if (Neighbor(_member.Interface) is not { } partner || partner.DeviceId.IsZero)
            return SilentCauses();

        var heard = _bundled.Select(m => Neighbor(m.Interface)).OfType<CiscoLacpNeighbor>().Where(n => !n.DeviceId.IsZero).ToList();
        // Where none is bundled, nobody says which of two partners is the right one.
        var known = heard.Count > 0;
        if (!known)
            heard = [.. _channel.Members.Where(m => m != _member).Select(m => Neighbor(m.Interface)).OfType<CiscoLacpNeighbor>().Where(n => !n.DeviceId.IsZero)];
        var others = known ? "the bundled members'" : "other members'";
        if (heard.Find(n => !n.DeviceId.Equals(partner.DeviceId)) is { } stranger)
        {
            return [Cause(UnbundledReason.OtherPartnerSystem, known, $"The partner of {_member.Interface} is {partner.DeviceId}, {others} is {stranger.DeviceId}.",
                "Plug the cable into the host of the other members, or take the port out of the channel-group.", [Quote(partner), Quote(stranger)])];
        }
        if (heard.Find(n => n.OperKey != partner.OperKey) is { } otherKey)
        {
            return [Cause(UnbundledReason.OtherPartnerKey, known,
                $"The partner's key on {_member.Interface} is {partner.OperKey}, on {others} ports {otherKey.OperKey}: another bond of the same host, or another speed there.",
                "Make the port at the other end a slave of the same bond, at the same speed.", [Quote(partner), Quote(otherKey)])];
        }
        return [];
    }

    /// <summary>What limits the number of bundled ports, and what only takes time.</summary>
    public IEnumerable<UnbundledCause> PolicyCauses()
    {
        if (_member.State == EtherChannelMemberState.HotStandby)
        {
            var limit = _logical?.MaxBundle;
            yield return On(_channel.PortChannel, UnbundledReason.MaxBundleReached, true,
                $"{_member.Interface} stands by: {_bundled.Count} members are bundled{(limit is null ? $" (LACP's own limit is {LacpLimit})" : $", and lacp max-bundle is {limit}")}.",
                "None is needed: it takes over when a bundled member fails. To have it bundled now, raise the limit or give it a lower port priority.",
                [Row, .. _bundled.Select(Priority).Append(Priority(_member)).OfType<string>()],
                limit is null ? [] : [$" lacp max-bundle {Text(Math.Min(LacpLimit, limit.Value + 1))}"]);
        }
        if (_channel.State == EtherChannelState.MinimumLinksNotMet || _member.State == EtherChannelMemberState.MinimumLinksNotMet)
        {
            var needed = _logical?.MinLinks;
            yield return On(_channel.PortChannel, UnbundledReason.MinimumLinksNotMet, true,
                $"{_channel.PortChannel} needs more links than are there{(needed is null ? "" : $": port-channel min-links is {needed}, and it has {_channel.Members.Count} members")}.",
                "Bring up the other members, or lower the minimum.",
                [$"{_channel.PortChannel}({_channel.Flags})"], needed is null or < 2 ? [] : [$" port-channel min-links {Text(needed.Value - 1)}"]);
        }
        if (_member.State == EtherChannelMemberState.Waiting && Neighbor(_member.Interface) is { DeviceId.IsZero: false } partner)
        {
            var ready = (partner.PortState & LacpPortState.Synchronization) != 0;
            yield return Cause(UnbundledReason.Negotiating, true,
                $"{_member.Interface} is negotiating; its partner {(ready ? "is" : "is not")} ready (in sync). For how long was not read.",
                "Look again in a few seconds; LACP takes about two after the link is up, and up to 90 after a partner went away.", [Quote(partner)]);
        }
    }

    /// <summary>The honest answer where nothing else is known.</summary>
    public UnbundledCause Unexplained() =>
        Cause(UnbundledReason.Unknown, false, $"What was read does not explain why {_member.Interface} is not bundled ({_member.Flags}).",
            "Look at 'show etherchannel detail' (Probable reason), 'show logging' and 'show interfaces', and at the other end with Test-LacpLink.", [Row]);

    private string Row => $"{_channel.PortChannel}: {_member.Interface}({_member.Flags})";

    private IEnumerable<UnbundledCause> SilentCauses()
    {
        string[] evidence = [Row, Neighbor(_member.Interface) is { } row ? Quote(row) : $"show lacp neighbor has no row for {_member.Interface}"];
        var passive = _own?.Mode == ChannelGroupMode.Passive;
        if (passive)
        {
            yield return Cause(UnbundledReason.BothPassive, false, $"{_member.Interface} is passive and hears nobody: the other end may be passive too.",
                "Make this end active; then it is enough that the other answers.", evidence, $" channel-group {Text(_channel.Group)} mode active");
        }
        yield return Cause(UnbundledReason.PartnerSilent, !passive, $"No LACPDU comes in on {_member.Interface}: no 802.3ad bond has the port at the other end, or something swallows LACPDUs.",
            "Make the port at the other end a slave of an 802.3ad bond; a static channel (mode on) sends none.", evidence);
    }

    private IEnumerable<UnbundledCause> ProtocolCauses()
    {
        if (_own?.Mode is not { } mode)
            yield break;
        var protocol = Protocol(mode);
        var other = _channel.Members.Where(m => m != _member)
            .Select(m => Configuration(m.Interface)).FirstOrDefault(c => c?.Mode is { } theirs && Protocol(theirs) != protocol);
        if (other is null && protocol == _channel.Protocol)
            yield break;
        var wished = other?.Mode ?? (_channel.Protocol == EtherChannelProtocol.Lacp ? ChannelGroupMode.Active : ChannelGroupMode.On);
        yield return Cause(UnbundledReason.ProtocolMismatch, true,
            $"{_member.Interface} is in mode {Name(mode)}, {(other is null ? $"{_channel.PortChannel} speaks {_channel.Protocol}" : $"{other.Interface} in mode {Name(wished)}")}.",
            "Give all members modes of one protocol.", [$"{_own.Interface}: channel-group {Text(_channel.Group)} mode {Name(mode)}"],
            " no channel-group", $" channel-group {Text(_channel.Group)} mode {Name(wished)}");
    }

    private UnbundledCause? Compare(UnbundledReason reason, bool matters, Func<SwitchportSettings, string?> of, string setting, string otherwise)
    {
        var (own, channel) = (of(SwitchportSettings.Of(_own!)), of(SwitchportSettings.Of(_logical!)));
        // What bundled members have too keeps nobody out.
        return !matters || own == channel || _bundled.Exists(m => Configuration(m.Interface) is { } theirs && of(SwitchportSettings.Of(theirs)) == own)
            ? null
            : Differs(reason, setting, own ?? otherwise, channel ?? otherwise, channel is null ? $" no {setting}" : $" {setting} {channel}");
    }

    private UnbundledCause Differs(UnbundledReason reason, string setting, string own, string channel, params string[] lines) =>
        Cause(reason, _member.State is EtherChannelMemberState.Suspended or EtherChannelMemberState.Unsuitable,
            $"The {setting} of {_member.Interface} is {own}, of {_channel.PortChannel} {channel}.",
            "Configure the member as the port-channel is.",
            [$"{_member.Interface}: {setting} {own}", $"{_channel.PortChannel}: {setting} {channel}"], lines);

    private UnbundledCause? ComparePace(
        UnbundledReason reason, string setting, Func<CiscoInterfaceConfiguration, string?> configured, Func<CiscoInterfaceStatus, string> actual)
    {
        foreach (var other in _bundled)
        {
            var (ours, theirs) = (Value(_member.Interface), Value(other.Interface));
            if (ours.Fixed is null && theirs.Fixed is null && (ours.Actual is null || theirs.Actual is null))
                continue;
            var (own, reference) = ours.Actual is not null && theirs.Actual is not null ? (ours.Actual, theirs.Actual) : (ours.Fixed ?? "auto", theirs.Fixed ?? "auto");
            if (own != reference)
            {
                return Cause(reason, _member.State is EtherChannelMemberState.Suspended or EtherChannelMemberState.Unsuitable,
                    $"The {setting} of {_member.Interface} is {own}, of {other.Interface}, which is bundled, {reference}.",
                    $"Give all members the same {setting}, at both ends.",
                    [$"{_member.Interface}: {setting} {own}", $"{other.Interface}: {setting} {reference}"], $" {setting} {theirs.Fixed ?? "auto"}");
            }
        }
        return null;

        (string? Fixed, string? Actual) Value(string name)
        {
            var set = Configuration(name) is { } configuration ? configured(configuration) : null;
            // "a-1000" is a negotiated 1000; "auto" is none yet.
            var shown = Port(name) is { } port ? actual(port) : null;
            shown = shown is not null && shown.StartsWith("a-", StringComparison.Ordinal) ? shown.Substring(2) : shown;
            return (set is "auto" ? null : set, shown is "auto" ? null : shown);
        }
    }

    private CiscoInterfaceConfiguration? Configuration(string name) =>
        _evidence.Configuration?.FirstOrDefault(c => CiscoInterfaceName.Same(c.Interface, name));

    private CiscoInterfaceStatus? Port(string name) => _evidence.Ports?.FirstOrDefault(p => CiscoInterfaceName.Same(p.Interface, name));

    private CiscoLacpNeighbor? Neighbor(string name) =>
        _evidence.Neighbors?.FirstOrDefault(n => n.Group == _channel.Group && CiscoInterfaceName.Same(n.Interface, name));

    // 32768 is what IOS gives a port that no line gives a priority.
    private string? Priority(CiscoEtherChannelMember member) =>
        Configuration(member.Interface) is { } configuration ? $"{member.Interface}: lacp port-priority {Text(configuration.PortPriority ?? 32768)}" : null;

    private UnbundledCause Cause(UnbundledReason reason, bool certain, string message, string remedy, IReadOnlyList<string> evidence, params string[] lines) =>
        On(_member.Interface, reason, certain, message, remedy, evidence, lines);

    private static UnbundledCause On(
        string name, UnbundledReason reason, bool certain, string message, string remedy, IReadOnlyList<string> evidence, params string[] lines) => new()
    {
        Reason = reason,
        Certain = certain,
        Message = message,
        Evidence = evidence,
        Remedy = remedy,
        Lines = lines.Length == 0 ? [] : ["interface " + (CiscoInterfaceName.TryParse(name, out var full) ? full.Long : name), .. lines],
    };

    private static string Quote(CiscoInterfaceStatus port) => $"{port.Interface}: {port.Status}, duplex {port.Duplex}, speed {port.Speed}";

    private static string Quote(CiscoLacpNeighbor partner) => $"{partner.Interface}: partner {partner.DeviceId}, key {partner.OperKey}, port {partner.PortNumber}, {partner.PortState}";

    private static EtherChannelProtocol Protocol(ChannelGroupMode mode) => mode switch
    {
        ChannelGroupMode.Active or ChannelGroupMode.Passive => EtherChannelProtocol.Lacp,
        ChannelGroupMode.On => EtherChannelProtocol.None,
        _ => EtherChannelProtocol.Pagp,
    };

    private static string Layer(SwitchportSettings settings) => settings.Switched ? "2 (switchport)" : "3 (no switchport)";

    private static string Name(ChannelGroupMode mode) => mode.ToString().ToLowerInvariant();

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
