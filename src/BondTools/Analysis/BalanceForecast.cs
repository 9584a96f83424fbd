using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Where the two ends' hashes put known flows, and where other hashes would.</summary>
internal sealed class BalanceForecast
{
    private readonly IReadOnlyList<WeighedFlow> _sent;
    private readonly IReadOnlyList<WeighedFlow> _received;

    private BalanceForecast(
        IReadOnlyList<FlowTraffic> flows, IReadOnlyList<BondSlave> slaves, TransmitHashPolicy policy, TransmitHashGeneration generation, string? method)
    {
        (Slaves, Policy, Generation) = (slaves, policy, generation);
        Weight = WeightOf(flows);
        _sent = [.. flows.Where(flow => !flow.Received).Select(Weigh)];
        var received = flows.Where(flow => flow.Received).Select(Weigh).ToList();
        // Without word of what came back: an answer to each flow, as heavy as the flow.
        _received = received.Count > 0 ? received : [.. _sent.Select(flow => flow with { Flow = flow.Flow.Reverse() })];
        Transmit = Send(policy, slaves.Count) ?? throw new ArgumentException($"A flow lacks an address that {policy} hashes.", nameof(flows));
        Best = LinkLoads.Greedy(_sent.Select(flow => flow.Weight), slaves.Count);
        if (method is null || Return(method) is not { } loads)
            return;
        (Method, Receive, BestReceive) = (method, loads, LinkLoads.Greedy(_received.Select(flow => flow.Weight), slaves.Count));
    }

    /// <summary>The slaves that the hash chooses from, in the order it indexes.</summary>
    public IReadOnlyList<BondSlave> Slaves { get; }

    /// <summary>The bond's policy.</summary>
    public TransmitHashPolicy Policy { get; }

    /// <summary>Which kernels' formulas.</summary>
    public TransmitHashGeneration Generation { get; }

    /// <summary>What the flows are weighed by.</summary>
    public FlowWeight Weight { get; }

    /// <summary>What the host sends on each usable slave.</summary>
    public LinkLoads Transmit { get; }

    /// <summary>The best split there is of what the host sends.</summary>
    public LinkLoads Best { get; }

    /// <summary>The switch's method, where it can be forecast.</summary>
    public string? Method { get; }

    /// <summary>What the switch sends on each port of the channel, the ports in no known order; null without its method.</summary>
    public LinkLoads? Receive { get; }

    /// <summary>The best split there is of what the switch sends; null without its method.</summary>
    public LinkLoads? BestReceive { get; }

    /// <summary>The flows that the host sends.</summary>
    public IReadOnlyList<WeighedFlow> Sent => _sent;

    /// <summary>The index that the hash knows a slave by; -1 when it does not use it.</summary>
    public int IndexOf(string slave)
    {
        for (var i = 0; i < Slaves.Count; i++)
        {
            if (Slaves[i].Name == slave)
                return i;
        }
        return -1;
    }

    /// <summary>The index of the slave that sends a flow.</summary>
    public int SlaveOf(Flow flow) => LinuxTransmitHash.SelectSlave(Policy, flow, Slaves.Count, Generation);

    /// <summary>How many of the flows a slave sends.</summary>
    public int FlowsOn(string slave) => IndexOf(slave) is >= 0 and var index ? Transmit.Flows[index] : 0;

    /// <summary>The heaviest flow of a direction.</summary>
    public WeighedFlow Heaviest(bool received) => (received ? _received : _sent).OrderByDescending(flow => flow.Weight).First();

    /// <summary>The forecast; null when it cannot be made, with why.</summary>
    /// <exception cref="ArgumentException">A flow lacks an address that the bond's policy hashes.</exception>
    public static BalanceForecast? Of(BondStatus bond, IReadOnlyList<FlowTraffic> flows, BalanceOptions options, out string? reason)
    {
        reason = null;
        if (!flows.Any(flow => !flow.Received))
            reason = "No flow was told that the host sends.";
        else if (!bond.Mode.PicksByHash)
            reason = $"Mode {bond.Mode} does not choose a slave by hash.";
        else if (bond.TransmitHashPolicy is null)
            reason = "The bond's transmit hash policy is not known.";
        else if (LinuxTransmitHash.UsableSlaves(bond) is not { } usable)
            reason = "Which slaves the bond uses is shown to root only.";
        else if (usable.Count == 0)
            reason = "The bond uses no slave.";
        else if (LinuxTransmitHash.GenerationOf(options.KernelVersion ?? bond.DriverVersion) is not { } generation)
            reason = $"Which formula the kernel hashes by cannot be told from '{options.KernelVersion ?? bond.DriverVersion}'.";
        else
            return new BalanceForecast(flows, usable, bond.TransmitHashPolicy, generation, options.LoadBalanceMethod);
        return null;
    }

    /// <summary>What each of so many slaves would send under a policy; null when a flow lacks what it hashes.</summary>
    public LinkLoads? Send(TransmitHashPolicy policy, int slaves) =>
        Deal(_sent, slaves, flow => LinuxTransmitHash.SelectSlave(policy, flow, slaves, Generation));

    /// <summary>What each port of the channel would send under a method, by Cisco's description; null when it is not described, or a flow lacks what it hashes.</summary>
    public LinkLoads? Return(string method) =>
        Slaves.Count > CiscoLoadBalanceForecast.MaximumPorts
            ? null
            : Deal(_received, Slaves.Count, flow => CiscoLoadBalanceForecast.SelectPort(method, flow, Slaves.Count));

    private static LinkLoads? Deal(IReadOnlyList<WeighedFlow> flows, int links, Func<Flow, int> select)
    {
        var loads = new LinkLoads(links);
        try
        {
            foreach (var (flow, weight) in flows)
                loads.Add(select(flow), weight);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return null;
        }
        return loads;
    }

    private static FlowWeight WeightOf(IReadOnlyList<FlowTraffic> flows) =>
        flows.All(flow => flow.Bytes is not null) && flows.Any(flow => flow.Bytes > 0) ? FlowWeight.Bytes
        : flows.All(flow => flow.Packets is not null) && flows.Any(flow => flow.Packets > 0) ? FlowWeight.Packets
        : FlowWeight.Flows;

    private WeighedFlow Weigh(FlowTraffic traffic)
    {
        var weight = Weight switch { FlowWeight.Bytes => traffic.Bytes!.Value, FlowWeight.Packets => traffic.Packets!.Value, _ => 1 };
        return weight >= 0 ? new WeighedFlow(traffic.Flow, weight) : throw new ArgumentException("A flow has no less than nothing.", nameof(traffic));
    }
}

/// <summary>A flow and its weight.</summary>
internal readonly record struct WeighedFlow(Flow Flow, double Weight);
