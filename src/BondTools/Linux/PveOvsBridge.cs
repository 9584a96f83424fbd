using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A bridge of Open vSwitch as /etc/network/interfaces configures it (<c>ovs_type OVSBridge</c>).</summary>
public sealed record PveOvsBridge : PveStanza
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "ovs-type", "ovs-ports", "ovs-mtu", "mtu", "address", "netmask", "gateway" };

    /// <summary>The ports in the order of the file: NICs, bonds and internal ports (ovs_ports).</summary>
    public IReadOnlyList<string> Ports { get; init => field = RecordList.Of(value); } = [];

    /// <summary>Reads a bridge from its stanza.</summary>
    /// <param name="stanza">The stanza of an Open vSwitch bridge.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveOvsBridge From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return WithCommon(new PveOvsBridge
        {
            Name = stanza.Name,
            Ports = stanza.OptionWords("ovs-ports"),
            Mtu = options.Number("ovs-mtu") ?? options.Number("mtu"),
        }, stanza, Known);
    }
}
