using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Hashing;

/// <summary>Tells which member port a switch sends a flow on: by its own answer, or else by what Cisco documents, as a forecast.</summary>
internal static class CiscoLinkResolver
{
    /// <summary>The ports of a channel that carry traffic, in the switch's order.</summary>
    public static IReadOnlyList<string> BundledPorts(CiscoEtherChannel channel) =>
        [.. channel.Members.Where(member => member.Bundled).Select(member => member.Interface)];

    /// <summary>The switch's own answer.</summary>
    public static BondLinkChoice Answered(CiscoLoadBalanceAnswer answer, IReadOnlyList<string> ports, Flow flow)
    {
        var index = ports.ToList().FindIndex(port => CiscoInterfaceName.Same(port, answer.Interface));
        return new BondLinkChoice
        {
            End = BondLinkEnd.Switch,
            Link = index < 0 ? answer.Interface : ports[index],
            SlaveIndex = index < 0 ? null : index,
            Hash = answer.Hash,
            Certainty = LinkCertainty.Answered,
            Reason = $"{answer.ComputerName ?? "the switch"} says that it would select {answer.Interface}",
            Flow = flow,
        };
    }

    /// <summary>The forecast for small switches: XOR of the low-order bits, eight buckets dealt to the ports.</summary>
    /// <param name="method">The switch's load-balance method.</param>
    /// <param name="ports">The ports that are bundled.</param>
    /// <param name="flow">The flow, as the switch sends it.</param>
    /// <exception cref="ArgumentException">The flow lacks a field that the method hashes.</exception>
    public static BondLinkChoice Forecast(string method, IReadOnlyList<string?> ports, Flow flow)
    {
        if (ports.Count is 0 or > CiscoLoadBalanceForecast.MaximumPorts)
            return Untold(ports.Count == 0 ? "no port is bundled" : $"a channel of {ports.Count} ports is dealt buckets in a way that is not documented", flow);
        try
        {
            var bucket = CiscoLoadBalanceForecast.Bucket(method, flow);
            var index = bucket % ports.Count;
            return new BondLinkChoice
            {
                End = BondLinkEnd.Switch,
                Link = ports[index],
                SlaveIndex = index,
                Hash = bucket,
                Certainty = LinkCertainty.Forecast,
                Reason = string.Format(CultureInfo.InvariantCulture, "{0} bucket {1} of 8, dealt to {2} ports; the switch itself may choose otherwise", method, bucket, ports.Count),
                Flow = flow,
            };
        }
        catch (FormatException error)
        {
            return Untold(error.Message, flow);
        }
    }

    private static BondLinkChoice Untold(string reason, Flow flow) =>
        new() { End = BondLinkEnd.Switch, Certainty = LinkCertainty.Unknown, Reason = reason, Flow = flow };
}
