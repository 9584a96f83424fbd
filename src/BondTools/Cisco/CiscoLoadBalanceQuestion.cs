using System;
using System.Collections.Generic;
using System.Globalization;
using BondTools.Hashing;

namespace BondTools.Cisco;

/// <summary>The commands that ask a switch which member of a port-channel a flow would take.</summary>
internal static class CiscoLoadBalanceQuestion
{
    /// <summary>The question as the platforms put it: IOS, Catalyst 6500, Catalyst 9000, NX-OS. A switch takes one of them at most.</summary>
    /// <param name="group">The channel-group.</param>
    /// <param name="method">The configured method: a switch answers rightly only for the kind of address that it hashes (Cisco document 116385).</param>
    /// <param name="flow">The flow.</param>
    /// <returns>The commands; none when the method is one that cannot be asked for.</returns>
    /// <exception cref="ArgumentException">The flow lacks an address that the method hashes.</exception>
    public static IReadOnlyList<string> Commands(int group, string method, Flow flow)
    {
        var kind = method.EndsWith("mac", StringComparison.Ordinal) || !flow.IsIP ? "mac"
            : method.EndsWith("mixed-ip-port", StringComparison.Ordinal) || method.EndsWith("ip-l4port", StringComparison.Ordinal) ? "mixed"
            : method.EndsWith("port", StringComparison.Ordinal) ? "l4port"
            : method.EndsWith("ip", StringComparison.Ordinal) ? "ip"
            : null;
        if (kind is null)
            return [];
        var ends = kind switch
        {
            "mac" => $"{Dotted(flow.SourceMac, "source MAC address")} {Dotted(flow.DestinationMac, "destination MAC address")}",
            "ip" => $"{Flow.Require(flow.SourceAddress, "source address")} {Flow.Require(flow.DestinationAddress, "destination address")}",
            "l4port" => Format("{0} {1}", flow.SourcePort, flow.DestinationPort),
            _ => Format("{0} {1} {2} {3}", Flow.Require(flow.SourceAddress, "source address"), flow.SourcePort, Flow.Require(flow.DestinationAddress, "destination address"), flow.DestinationPort),
        };
        var commands = new List<string>
        {
            Format("test etherchannel load-balance interface port-channel {0} {1} {2}", group, kind, ends),
            Format("show etherchannel load-balance hash-result interface port-channel {0} {1} {2}", group, kind, ends),
        };
        if (kind is "mac" or "ip")
            commands.Add(Format("show platform software fed switch active etherchannel {0} load-balance {1} {2}", group, kind == "mac" ? "mac" : flow.EtherType == Flow.IPv6 ? "ipv6" : "ipv4", ends));
        if (flow.SourceAddress is not null && flow.DestinationAddress is not null)
        {
            commands.Add(Format("show port-channel load-balance forwarding-path interface port-channel {0} src-ip {1} dst-ip {2}", group, flow.SourceAddress, flow.DestinationAddress)
                + (flow.Protocol is 6 or 17 ? Format(" l4-src-port {0} l4-dst-port {1}", flow.SourcePort, flow.DestinationPort) : ""));
        }
        return commands;
    }

    private static string Dotted(MacAddress? address, string field)
    {
        var digits = Flow.Require(address, field).ToString().Replace(":", "");
        return $"{digits.Substring(0, 4)}.{digits.Substring(4, 4)}.{digits.Substring(8, 4)}";
    }

    private static string Format(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
