using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Linux;

/// <summary>A bond of Open vSwitch as /etc/network/interfaces configures it (<c>ovs_type OVSBond</c>).</summary>
public sealed record PveOvsBond
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal)
        { "ovs-bonds", "ovs-type", "ovs-bridge", "ovs-mtu", "mtu", "ovs-options", "address", "netmask", "gateway" };

    private const string LacpTime = "other_config:lacp-time";

    /// <summary>The interface's name; on Proxmox VE <c>bond</c> and a number.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The Open vSwitch bridge it is a port of (ovs_bridge).</summary>
    public string? Bridge { get; init; }
    /// <summary>The slaves in the order of the file (ovs_bonds).</summary>
    public IReadOnlyList<string> Slaves { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The mode, with LACP or without; null where the file names none that Proxmox VE knows.</summary>
    public OvsBondMode? Mode { get; init; }
    /// <summary>The rate asked of the partner (other_config:lacp-time).</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>The VLAN whose untagged port the bond is (tag); null for a trunk.</summary>
    public int? VlanTag { get; init; }
    /// <summary>The words of ovs_options that have no property.</summary>
    public IReadOnlyList<string> OvsOptions { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The MTU in bytes (ovs_mtu).</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; init; } = true;
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>The options that have no property, as written.</summary>
    public IReadOnlyList<NamedValue> OtherOptions { get; init => field = RecordList.Of(value); } = [];

    /// <summary>Reads a bond from its stanza.</summary>
    /// <param name="stanza">The stanza of an Open vSwitch bond.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveOvsBond From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        var words = (stanza.Option("ovs-options") ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).ToList();
        string? Take(string key, Func<string, bool> isKnown)
        {
            var word = words.FirstOrDefault(w => w.StartsWith(key + "=", StringComparison.Ordinal) && isKnown(w.Substring(key.Length + 1)));
            if (word is null)
                return null;
            words.Remove(word);
            return word.Substring(key.Length + 1);
        }

        var bondMode = Take("bond_mode", value => OvsBondMode.All.Any(mode => mode.BondMode == value));
        // balance-tcp needs LACP, whether the file says so or not.
        var lacp = bondMode is "balance-slb" or "balance-tcp" && Take("lacp", value => value == "active") is not null || bondMode == "balance-tcp";
        var tag = Take("tag", value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var rate = Take(LacpTime, value => value is "fast" or "slow");
        return new PveOvsBond
        {
            Name = stanza.Name,
            ComputerName = stanza.ComputerName,
            Bridge = stanza.Option("ovs-bridge"),
            Slaves = stanza.OptionWords("ovs-bonds"),
            Mode = OvsBondMode.All.FirstOrDefault(mode => mode.BondMode == bondMode && mode.SpeaksLacp == lacp),
            LacpRate = rate is null ? null : KernelWords.Parse<LacpRate>(rate),
            VlanTag = tag is null ? null : int.Parse(tag, CultureInfo.InvariantCulture),
            OvsOptions = words,
            Mtu = options.Number("ovs-mtu") ?? options.Number("mtu"),
            Auto = stanza.Auto,
            Comment = stanza.Comment,
            OtherOptions = [.. stanza.Options.Where(option => !Known.Contains(OptionName.Of(option.Name)))],
        };
    }

    /// <summary>The value of ovs_options; null for none.</summary>
    internal string? OvsOptionsText()
    {
        var words = new List<string>();
        if (Mode is not null)
            words.Add("bond_mode=" + Mode.BondMode);
        if (Mode is { SpeaksLacp: true })
            words.Add("lacp=active");
        if (LacpRate is { } rate)
            words.Add(LacpTime + "=" + KernelWords.Of(rate));
        if (VlanTag is { } tag)
            words.Add("tag=" + tag.ToString(CultureInfo.InvariantCulture));
        words.AddRange(OvsOptions);
        return words.Count == 0 ? null : string.Join(" ", words);
    }
}
