using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>Ports that may carry one partner's traffic together (bond_3ad.c, struct aggregator).</summary>
internal sealed class LacpAggregator
{
    public LacpAggregator(int id, LacpMember owner) => (Id, Owner) = (id, owner);

    public int Id { get; }
    public LacpMember Owner { get; }
    public bool Active { get; set; }
    public int ActorKey { get; private set; }
    public Lacp.LacpPort? PartnerSystem { get; private set; }
    public List<LacpMember> Ports { get; } = [];

    public bool HasPartner => PartnerSystem is { SystemMacAddress.IsZero: false };
    public int PartnerKey => PartnerSystem?.Key ?? 0;
    public MacAddress PartnerMacAddress => PartnerSystem?.SystemMacAddress ?? MacAddress.Zero;

    public int EnabledPorts
    {
        get
        {
            var count = 0;
            foreach (var port in Ports)
                count += port.Enabled ? 1 : 0;
            return count;
        }
    }

    public int Bandwidth
    {
        get
        {
            var sum = 0;
            foreach (var port in Ports)
                sum += port.Enabled ? port.SpeedMbps : 0;
            return sum;
        }
    }

    public bool Suits(LacpMember port) =>
        PartnerSystem is { } system && port.HasPartner && ActorKey == port.Key && system.Key == port.Partner.Key
        && system.SystemPriority == port.Partner.SystemPriority && system.SystemMacAddress.Equals(port.Partner.SystemMacAddress);

    public void Attach(LacpMember port)
    {
        if (Ports.Count == 0)
            (ActorKey, PartnerSystem) = (port.Key, port.Partner);
        Ports.Add(port);
        port.Aggregator = this;
        port.Selected = true;
    }

    public void Detach(LacpMember port)
    {
        Ports.Remove(port);
        port.Aggregator = null;
        if (Ports.Count == 0)
            (Active, ActorKey, PartnerSystem) = (false, 0, null);
    }

    /// <summary>A port may attach only when every port of its aggregator has waited long enough.</summary>
    public void UpdateReady()
    {
        var ready = true;
        foreach (var port in Ports)
            ready &= port.ReadyNow;
        foreach (var port in Ports)
            port.Ready = ready;
    }
}

/// <summary>
/// The ports of one bond, or of one channel-group of a switch, and the choice of aggregator among them
/// (bond_3ad.c, ad_port_selection_logic and ad_agg_selection_logic).
/// </summary>
internal sealed class LacpGroup
{
    private int _lastAggregatorId;

    public List<LacpMember> Members { get; } = [];
    public required MacAddress SystemMacAddress { get; set; }
    public int SystemPriority { get; set; } = 65535;
    public int PortPriority { get; set; } = 255;
    public bool Active { get; set; } = true;
    public bool Fast { get; set; }
    public int MinLinks { get; set; }
    public AdSelect AdSelect { get; set; }
    /// <summary>Linux: the administrative part of the key, 0 to 1023.</summary>
    public int UserKey { get; set; }
    /// <summary>IOS: the key is the channel-group's number, whatever the speed.</summary>
    public int? FixedKey { get; set; }
    /// <summary>
    /// IOS selects no port that hears no partner; Linux lets one such port carry traffic alone. And while both ends are
    /// passive IOS says nothing, where each change of Linux's machines asks for a LACPDU.
    /// </summary>
    public bool RequiresPartner { get; set; }

    public LacpAggregator? ActiveAggregator
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Own.Active)
                    return member.Own;
            }
            return null;
        }
    }

    /// <summary>Whether enough ports are there to carry traffic (bond_3ad_set_carrier).</summary>
    public bool Carrier => ActiveAggregator is { } active && active.EnabledPorts > 0 && active.EnabledPorts >= MinLinks;

    public LacpMember Add(string name, int number, bool linkUp)
    {
        // bond_3ad_initialize: the numbers begin anew with the first slave of a bond that had none.
        if (Members.Count == 0)
            _lastAggregatorId = 0;
        var member = new LacpMember(this, name, number, ++_lastAggregatorId, linkUp);
        Members.Add(member);
        return member;
    }

    /// <summary>Takes a port out; ports that sat on its aggregator choose again.</summary>
    public void Remove(LacpMember member)
    {
        member.Aggregator?.Detach(member);
        foreach (var other in member.Own.Ports.ToArray())
        {
            member.Own.Detach(other);
            other.Selected = false;
        }
        Members.Remove(member);
        SelectActive();
    }

    public int KeyOf(LacpMember member) => FixedKey ?? ((UserKey << 6) | (member.Enabled ? (SpeedCode(member.SpeedMbps) << 1) | (member.FullDuplex ? 1 : 0) : 0));

    public void Tick()
    {
        foreach (var member in Members)
            member.Tick();
    }

    public void SelectAggregator(LacpMember port)
    {
        if (port.Selected)
            return;
        port.Aggregator?.Detach(port);
        if (port.Held || (RequiresPartner && !port.HasPartner))
        {
            SelectActive();
            return;
        }

        LacpAggregator? free = null, found = null;
        foreach (var member in Members)
        {
            if (member.Own.Ports.Count == 0)
                free ??= member.Own;
            else if (member.Own.Suits(port))
            {
                found = member.Own;
                break;
            }
        }
        var chosen = found ?? free;
        chosen?.Attach(port);
        chosen?.UpdateReady();
        SelectActive();
        if (chosen is { Active: false })
            port.LoseSynchronization();
    }

    public void SelectActive()
    {
        var active = ActiveAggregator;
        var best = active is { EnabledPorts: > 0 } ? active : null;
        foreach (var member in Members)
        {
            member.Own.Active = false;
            if (member.Own.EnabledPorts > 0)
                best = Better(best, member.Own);
        }

        // "stable": an aggregator that works, or that is no worse off than the best, stays (bonding.rst, ad_select).
        if (best is not null && AdSelect == AdSelect.Stable && active is { EnabledPorts: > 0 }
            && (active.HasPartner || !best.HasPartner) && (active.ActorKey != 0 || best.ActorKey == 0))
            best = active;

        if (best is null)
            return;
        if (active is not null && best != active)
        {
            foreach (var port in active.Ports)
                port.Forwarding = false;
        }
        best.Active = true;
        if (best.HasPartner || RequiresPartner)
            return;
        foreach (var port in best.Ports)
            port.Forwarding = port.Enabled;
    }

    private LacpAggregator Better(LacpAggregator? best, LacpAggregator candidate)
    {
        if (best is null)
            return candidate;
        if (best.HasPartner != candidate.HasPartner)
            return candidate.HasPartner ? candidate : best;
        if (AdSelect == AdSelect.Count && candidate.EnabledPorts != best.EnabledPorts)
            return candidate.EnabledPorts > best.EnabledPorts ? candidate : best;
        return candidate.Bandwidth > best.Bandwidth ? candidate : best;
    }

    // bond_3ad.c, enum ad_link_speed_type.
    private static int SpeedCode(int mbps) => mbps switch
    {
        1 => 1, 10 => 2, 100 => 3, 1000 => 4, 2500 => 5, 5000 => 6, 10000 => 7, 20000 => 9, 25000 => 10, 40000 => 11,
        50000 => 12, 100000 => 14, _ => 0,
    };
}
