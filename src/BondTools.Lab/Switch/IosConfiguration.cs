using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>Writes the running configuration from the switch's state.</summary>
internal static class IosConfiguration
{
    public static string Running(EmulatedSwitch device, SwitchModel model)
    {
        var text = new StringBuilder("\nversion 15.2\nservice timestamps debug datetime msec\nservice timestamps log datetime msec\n")
            .Append($"no service password-encryption\n!\nhostname {device.HostName}\n!\nno ip domain-lookup\n");
        if (model.ArchivePath is not null)
            text.Append($"archive\n path {model.ArchivePath}\n");
        if (model.SystemPriority != 32768)
            text.Append($"lacp system-priority {model.SystemPriority}\n");
        text.Append($"port-channel load-balance {model.LoadBalance}\n!\nspanning-tree mode pvst\nspanning-tree extend system-id\n!\n");
        foreach (var channel in model.Channels)
            Append(text, Interface(channel));
        foreach (var port in model.Ports)
            Append(text, Interface(port));
        return text.Append("line con 0\n logging synchronous\nline vty 0 4\n login local\n transport input ssh\n!\nend\n\n").ToString();
    }

    public static string? Interface(SwitchModel model, string name) =>
        model.Ports.Find(p => p.Name == name) is { } port ? Join(Interface(port))
        : model.Channels.FirstOrDefault(c => "Port-channel" + c.Number == name) is { } channel ? Join(Interface(channel)) : null;

    private static List<string> Interface(PortChannel channel)
    {
        var lines = new List<string> { "interface Port-channel" + channel.Number };
        if (channel.Description is not null)
            lines.Add(" description " + channel.Description);
        lines.Add(channel.Switched ? " switchport" : " no switchport");
        lines.AddRange(channel.SwitchportLines.Select(l => " " + l));
        if (channel.Mtu is { } mtu)
            lines.Add(" mtu " + Number(mtu));
        if (!channel.AdminUp)
            lines.Add(" shutdown");
        if (channel.MinLinks > 0)
            lines.Add(" port-channel min-links " + Number(channel.MinLinks));
        if (channel.MaxBundle is { } most)
            lines.Add(" lacp max-bundle " + Number(most));
        return lines;
    }

    private static List<string> Interface(SwitchPort port)
    {
        var lines = new List<string> { "interface " + port.Name };
        if (port.Description is not null)
            lines.Add(" description " + port.Description);
        if (!port.Switched)
            lines.Add(" no switchport");
        lines.AddRange(port.SwitchportLines.Select(l => " " + l));
        if (port.Mtu is { } mtu)
            lines.Add(" mtu " + Number(mtu));
        if (!port.AdminUp)
            lines.Add(" shutdown");
        lines.Add(" duplex " + port.Duplex);
        if (port.Speed is not null)
            lines.Add(" speed " + port.Speed);
        if (port.PortPriority != 32768)
            lines.Add(" lacp port-priority " + Number(port.PortPriority));
        if (port.FastRate)
            lines.Add(" lacp rate fast");
        if (port.Group is { } group)
            lines.Add($" channel-group {group} mode {port.Mode.ToString().ToLowerInvariant()}");
        return lines;
    }

    private static string Join(List<string> lines) => string.Join("\n", lines) + "\nend\n\n";

    private static void Append(StringBuilder text, List<string> lines) => text.Append(string.Join("\n", lines)).Append("\n!\n");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
