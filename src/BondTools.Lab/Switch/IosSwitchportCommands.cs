using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>
/// What is switched or routed, trunk or access. What is said to a port-channel is said to its members too; a port that
/// is a member cannot change its layer alone.
/// </summary>
internal sealed class IosSwitchportCommands
{
    private readonly IosSession _session;
    private readonly SwitchModel _model;

    public IosSwitchportCommands(IosSession session, SwitchModel model) => (_session, _model) = (session, model);

    public void Register(CommandTree tree)
    {
        tree.Add("switchport", () => SetLayer(true));
        tree.Add("no switchport", () => SetLayer(false));
        foreach (var mode in new[] { "access", "trunk", "dynamic auto", "dynamic desirable" })
            tree.Add("switchport mode " + mode, () => mode == "trunk" && Interfaces().Any(i => !i.Lines.Contains("switchport trunk encapsulation dot1q"))
                ? "Command rejected: An interface whose trunk encapsulation is \"Auto\" can not be configured to \"trunk\" mode.\n"
                : Set("switchport mode", mode));
        foreach (var encapsulation in new[] { "dot1q", "isl" })
            tree.Add("switchport trunk encapsulation " + encapsulation, () => Set("switchport trunk encapsulation", encapsulation));
        tree.Add("switchport trunk encapsulation negotiate", () => Set("switchport trunk encapsulation", null));
        AddVlan(tree, "switchport access vlan");
        AddVlan(tree, "switchport trunk native vlan");
        const string allowed = "switchport trunk allowed vlan";
        tree.Add(allowed + " all", () => Set(allowed, null));
        tree.Add(allowed + " none", () => Set(allowed, "none"));
        tree.Add(allowed + " add WORD", v => AllowMore(allowed, v[0]));
        tree.Add(allowed + " WORD", v => IsVlanList(v[0]) ? Set(allowed, v[0]) : "Command rejected: Bad VLAN allowed list\n");
        foreach (var setting in new[] { "switchport mode", "switchport trunk encapsulation", "switchport access vlan", "switchport trunk native vlan", allowed })
            tree.Add("no " + setting, () => Set(setting, null));
        tree.Add("switchport nonegotiate", () => "");
    }

    /// <summary>Writes show interfaces X switchport, as far as configuration goes.</summary>
    public static string Show(SwitchModel model, string name)
    {
        var (switched, lines) = model.Ports.Find(p => p.Name == name) is { } port ? (port.Switched, port.SwitchportLines)
            : model.Channels.FirstOrDefault(c => "Port-channel" + c.Number == name) is { } channel ? (channel.Switched, channel.SwitchportLines) : (false, null);
        if (lines is null)
            return "% Invalid input detected at '^' marker.\n\n";
        var mode = Value("switchport mode") ?? "dynamic auto";
        return new StringBuilder($"Name: {(name[0] == 'P' ? "Po" + name.Substring("Port-channel".Length) : "Et" + name.Substring("Ethernet".Length))}\n")
            .Append($"Switchport: {(switched ? "Enabled" : "Disabled")}\n")
            .Append($"Administrative Mode: {(mode == "access" ? "static access" : mode)}\n")
            .Append($"Administrative Trunking Encapsulation: {Value("switchport trunk encapsulation") ?? "negotiate"}\n")
            .Append($"Access Mode VLAN: {Value("switchport access vlan") ?? "1 (default)"}\n")
            .Append($"Trunking Native Mode VLAN: {Value("switchport trunk native vlan") ?? "1 (default)"}\n")
            .Append($"Trunking VLANs Enabled: {Value("switchport trunk allowed vlan") ?? "ALL"}\n\n").ToString();

        string? Value(string setting) => lines.Find(l => l.StartsWith(setting + " ", StringComparison.Ordinal))?.Substring(setting.Length + 1);
    }

    private void AddVlan(CommandTree tree, string setting) =>
        tree.Add(setting + " <1-4094>", v => Set(setting, v[0] == "1" ? null : v[0]));

    private string SetLayer(bool switched)
    {
        foreach (var name in _session.Interfaces)
        {
            if (_model.Ports.Find(p => p.Name == name) is { } port)
            {
                if (port.Group is { } group && port.Switched != switched)
                    return $"Command rejected: {port.ShortName} is a member of Po{group}; its layer is the port-channel's\n";
                port.Switched = switched;
            }
            else if (Channel(name) is { } channel)
            {
                if (channel.Switched != switched && _model.Members(channel.Number).Any())
                    return $"Command rejected: {channel.ShortName} has members; they cannot change their layer within it\n";
                channel.Switched = switched;
            }
        }
        return "";
    }

    private string AllowMore(string setting, string vlans)
    {
        if (!IsVlanList(vlans))
            return "Command rejected: Bad VLAN allowed list\n";
        foreach (var (_, lines) in Interfaces())
        {
            var present = lines.Find(l => l.StartsWith(setting + " ", StringComparison.Ordinal))?.Substring(setting.Length + 1);
            if (present is not null)
                Replace(lines, setting, present == "none" ? vlans : present + "," + vlans);
        }
        return "";
    }

    private string Set(string setting, string? value)
    {
        foreach (var (_, lines) in Interfaces())
            Replace(lines, setting, value);
        return "";
    }

    private static void Replace(List<string> lines, string setting, string? value)
    {
        lines.RemoveAll(l => l.StartsWith(setting + " ", StringComparison.Ordinal));
        if (value is not null)
            lines.Add(setting + " " + value);
        // The order of the running configuration: the encapsulation before the mode that needs it.
        lines.Sort(StringComparer.Ordinal);
        var mode = lines.FindIndex(l => l.StartsWith("switchport mode", StringComparison.Ordinal));
        if (mode < 0)
            return;
        lines.Add(lines[mode]);
        lines.RemoveAt(mode);
    }

    // The interfaces that are being configured, and behind a port-channel its members.
    private IEnumerable<(string Name, List<string> Lines)> Interfaces()
    {
        foreach (var name in _session.Interfaces)
        {
            if (_model.Ports.Find(p => p.Name == name) is { } port)
                yield return (name, port.SwitchportLines);
            if (Channel(name) is not { } channel)
                continue;
            yield return (name, channel.SwitchportLines);
            foreach (var member in _model.Members(channel.Number))
                yield return (member.Name, member.SwitchportLines);
        }
    }

    private PortChannel? Channel(string name) => _model.Channels.FirstOrDefault(c => "Port-channel" + c.Number == name);

    private static bool IsVlanList(string text) =>
        text.Length > 0 && text.Split(',').All(part => part.Split('-') is { Length: 1 or 2 } ends && ends.All(e => ushort.TryParse(e, out var vlan) && vlan is >= 1 and <= 4094));
}
