using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace BondTools.Linux;

/// <summary>A bond as /etc/network/interfaces configures it. What the file does not say is null: the driver's default holds.</summary>
public sealed record PveBond
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bond-slaves", "bond-mode", "bond-xmit-hash-policy", "bond-miimon", "bond-updelay", "bond-downdelay", "bond-lacp-rate",
        "bond-min-links", "bond-ad-select", "bond-primary", "mtu", "address", "netmask", "gateway",
    };

    /// <summary>The interface's name; on Proxmox VE <c>bond</c> and a number.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The slaves in the order of the file, which is the order the transmit hash indexes.</summary>
    public IReadOnlyList<string> Slaves { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The mode (bond-mode); the driver's default is balance-rr.</summary>
    public BondMode? Mode { get; init; }
    /// <summary>The transmit hash policy (bond-xmit-hash-policy).</summary>
    public TransmitHashPolicy? TransmitHashPolicy { get; init; }
    /// <summary>How often the link is looked at (bond-miimon).</summary>
    public TimeSpan? MiiPollingInterval { get; init; }
    /// <summary>How long a link must be up before it is used (bond-updelay).</summary>
    public TimeSpan? UpDelay { get; init; }
    /// <summary>How long a link must be down before it is dropped (bond-downdelay).</summary>
    public TimeSpan? DownDelay { get; init; }
    /// <summary>The rate asked of the partner (bond-lacp-rate); 802.3ad.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>How many ports must be up for the bond to be up (bond-min-links); 802.3ad.</summary>
    public int? MinLinks { get; init; }
    /// <summary>How the active aggregator is chosen (bond-ad-select); 802.3ad.</summary>
    public AdSelect? AdSelect { get; init; }
    /// <summary>The preferred slave (bond-primary).</summary>
    public string? PrimarySlave { get; init; }
    /// <summary>The MTU in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; init; } = true;
    /// <summary>The method: <c>manual</c>, <c>static</c> or <c>dhcp</c>; null where the stanza names none.</summary>
    public string? Method { get; init; } = "manual";
    /// <summary>The addresses with their prefix length.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The default gateway.</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>The options that have no property, as written.</summary>
    public IReadOnlyList<NamedValue> OtherOptions { get; init => field = RecordList.Of(value); } = [];

    /// <summary>Reads a bond from its stanza.</summary>
    /// <param name="stanza">The stanza of a bond.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that the driver does not take.</exception>
    public static PveBond From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return new PveBond
        {
            Name = stanza.Name,
            ComputerName = stanza.ComputerName,
            Slaves = stanza.OptionWords("bond-slaves"),
            Mode = options.Read("bond-mode", BondMode.Parse),
            TransmitHashPolicy = options.Read("bond-xmit-hash-policy", BondTools.Linux.TransmitHashPolicy.Parse),
            MiiPollingInterval = options.Milliseconds("bond-miimon"),
            UpDelay = options.Milliseconds("bond-updelay"),
            DownDelay = options.Milliseconds("bond-downdelay"),
            LacpRate = options.Enum<LacpRate>("bond-lacp-rate"),
            MinLinks = options.Number("bond-min-links"),
            AdSelect = options.Enum<AdSelect>("bond-ad-select"),
            PrimarySlave = stanza.Option("bond-primary"),
            Mtu = options.Number("mtu"),
            Auto = stanza.Auto,
            Method = stanza.Method,
            Addresses = stanza.Addresses,
            Gateway = stanza.Gateway,
            Comment = stanza.Comment,
            OtherOptions = [.. stanza.Options.Where(option => !Known.Contains(OptionName.Of(option.Name)))],
        };
    }
}
