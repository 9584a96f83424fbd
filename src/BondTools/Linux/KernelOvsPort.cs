using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Linux;

/// <summary>A port as Open vSwitch has it (ovs-vsctl, ovs-appctl bond/show).</summary>
internal sealed class KernelOvsPort
{
    /// <summary>The bridge it is a port of.</summary>
    public string Bridge { get; set; } = "";
    /// <summary>The mode of a bond; empty for another port.</summary>
    public string BondMode { get; set; } = "";
    /// <summary><c>active</c>, <c>passive</c> or empty.</summary>
    public string Lacp { get; set; } = "";
    /// <summary>The VLAN whose untagged port it is; empty for a trunk.</summary>
    public string Tag { get; set; } = "";
    /// <summary>The other settings (<c>lacp-time=fast</c>).</summary>
    public IReadOnlyList<string> OtherConfig { get; set; } = [];
    /// <summary>The slaves of a bond.</summary>
    public List<string> Members { get; } = [];
}

/// <summary>Reads what Open vSwitch says of its ports, each line behind a word of its own.</summary>
internal sealed class KernelOvsReader
{
    /// <summary>The command; it prints nothing where there is no Open vSwitch.</summary>
    public const string Command =
        "if command -v ovs-vsctl > /dev/null; then v='ovs-vsctl --timeout=5'; "
        + "$v --format=csv --data=bare --no-headings --columns=name,bond_mode,lacp,tag,other_config list port | sed 's/^/ovs-port:/'; "
        + "for b in $($v list-br); do $v list-ports $b | sed \"s/^/ovs-bridge:$b:/\"; done; ovs-appctl -T 5 bond/show | sed 's/^/ovs-bond:/'; fi";

    private const string Port = "ovs-port:";
    private const string Bridge = "ovs-bridge:";
    private const string Bond = "ovs-bond:";

    private string? _bond;

    /// <summary>The ports by their name.</summary>
    public Dictionary<string, KernelOvsPort> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a line, if it is one of Open vSwitch's.</summary>
    public bool TryRead(string line)
    {
        if (line.StartsWith(Port, StringComparison.Ordinal))
            ReadPort(line.Substring(Port.Length).Split(','));
        else if (line.StartsWith(Bridge, StringComparison.Ordinal) && line.Split(':') is { Length: 3 } words)
            Of(words[2]).Bridge = words[1];
        else if (line.StartsWith(Bond, StringComparison.Ordinal))
            ReadBond(line.Substring(Bond.Length));
        else
            return false;
        return true;
    }

    // "bond0,balance-tcp,active,,lacp-time=fast"
    private void ReadPort(string[] fields)
    {
        if (fields.Length < 5)
            return;
        var port = Of(fields[0]);
        (port.BondMode, port.Lacp, port.Tag) = (fields[1], fields[2], fields[3]);
        port.OtherConfig = string.Join(" ", fields.Skip(4)).Trim('"').Split([' '], StringSplitOptions.RemoveEmptyEntries);
    }

    // "---- bond0 ----", and below it "member eno1: enabled", or "slave eno1: enabled" before Open vSwitch 2.16.
    private void ReadBond(string text)
    {
        var words = text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 3 && words[0] == "----")
            _bond = words[1];
        else if (_bond is not null && words.Length == 3 && words[0] is "member" or "slave" && words[1].EndsWith(":", StringComparison.Ordinal))
            Of(_bond).Members.Add(words[1].TrimEnd(':'));
    }

    private KernelOvsPort Of(string name)
    {
        if (!Ports.TryGetValue(name, out var port))
            Ports.Add(name, port = new KernelOvsPort());
        return port;
    }
}
