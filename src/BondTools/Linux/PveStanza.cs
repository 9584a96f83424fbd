using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>What bonds, bridges and VLANs have in common in /etc/network/interfaces.</summary>
public abstract record PveStanza
{
    private protected PveStanza()
    {
    }

    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The MTU in bytes (mtu; for Open vSwitch ovs_mtu).</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; init; } = true;
    /// <summary>The method: <c>manual</c>, <c>static</c> or <c>dhcp</c>; null where the stanza names none.</summary>
    public string? Method { get; init; } = "manual";
    /// <summary>The addresses with their prefix length.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The IPv4 default gateway.</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>The IPv6 default gateway.</summary>
    public IPAddress? Gateway6 { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>The options that have no property, as written.</summary>
    public IReadOnlyList<NamedValue> OtherOptions { get; init => field = RecordList.Of(value); } = [];

    /// <summary>Gives a record what its stanza says beside the options of its own kind.</summary>
    /// <param name="record">The record with those options.</param>
    /// <param name="stanza">The stanza.</param>
    /// <param name="known">The options that have a property.</param>
    private protected static T WithCommon<T>(T record, NetworkInterface stanza, HashSet<string> known)
        where T : PveStanza =>
        (T)((PveStanza)record with
        {
            ComputerName = stanza.ComputerName,
            Auto = stanza.Auto,
            Method = stanza.Method,
            Addresses = stanza.Addresses,
            Gateway = stanza.GatewayOf(AddressFamily.InterNetwork),
            Gateway6 = stanza.GatewayOf(AddressFamily.InterNetworkV6),
            Comment = stanza.Comment,
            OtherOptions = [.. stanza.Options.Where(option => !known.Contains(OptionName.Of(option.Name)) && BondCompanion.OptionOf(stanza.Name, option.Name, option.Value) is null)],
        });
}
