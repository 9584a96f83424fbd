using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A bridge as /etc/network/interfaces configures it. What the file does not say is null.</summary>
public sealed record PveBridge : PveStanza
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bridge-ports", "bridge-vlan-aware", "bridge-vids", "bridge-pvid", "bridge-stp", "bridge-fd", "mtu", "address", "netmask", "gateway",
    };

    /// <summary>The ports in the order of the file.</summary>
    public IReadOnlyList<string> Ports { get; init => field = RecordList.Of(value); } = [];
    /// <summary>Whether the bridge filters VLANs (bridge-vlan-aware).</summary>
    public bool VlanAware { get; init; }
    /// <summary>The VLANs of every port, as written (<c>2-4094</c>); null where the file does not say.</summary>
    public string? VlanIds { get; init; }
    /// <summary>The VLAN of what arrives without a tag (bridge-pvid); null where the file does not say: 1.</summary>
    public int? DefaultVlanId { get; init; }
    /// <summary>Whether the bridge speaks the spanning tree protocol (bridge-stp).</summary>
    public bool? Stp { get; init; }
    /// <summary>The forward delay (bridge-fd).</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>Reads a bridge from its stanza.</summary>
    /// <param name="stanza">The stanza of a bridge.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveBridge From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return WithCommon(new PveBridge
        {
            Name = stanza.Name,
            Ports = stanza.OptionWords("bridge-ports"),
            VlanAware = options.Flag("bridge-vlan-aware") ?? false,
            VlanIds = stanza.Option("bridge-vids"),
            DefaultVlanId = options.Number("bridge-pvid"),
            Stp = options.Flag("bridge-stp"),
            ForwardDelay = options.Seconds("bridge-fd"),
            Mtu = options.Number("mtu"),
        }, stanza, Known);
    }
}
