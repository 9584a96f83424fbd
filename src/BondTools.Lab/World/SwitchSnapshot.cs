using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Lab.World;

/// <summary>The switch's configuration at one moment, without what the protocols made of it.</summary>
internal sealed class SwitchSnapshot
{
    private readonly List<Action<SwitchModel>> _restore = [];

    public SwitchSnapshot(SwitchModel model)
    {
        var (priority, balance, archive) = (model.SystemPriority, model.LoadBalance, model.ArchivePath);
        var numbers = model.Channels.Select(c => c.Number).ToList();
        _restore.Add(m =>
        {
            (m.LoadBalance, m.ArchivePath) = (balance, archive);
            if (m.SystemPriority != priority)
                m.SetSystemPriority(priority);
            // Who leaves its group leaves it before the port-channel goes, which would shut it down.
            foreach (var channel in m.Channels.Where(c => !numbers.Contains(c.Number)).ToList())
            {
                foreach (var port in m.Members(channel.Number).ToList())
                    m.SetGroup(port, null, port.Mode);
                m.RemoveChannel(channel.Number);
            }
        });
        foreach (var channel in model.Channels)
            Keep(channel);
        foreach (var port in model.Ports)
            Keep(port);
    }

    public void Restore(SwitchModel model) => _restore.ForEach(restore => restore(model));

    private void Keep(PortChannel saved)
    {
        var (number, up, links, most, description, switched, mtu) =
            (saved.Number, saved.AdminUp, saved.MinLinks, saved.MaxBundle, saved.Description, saved.Switched, saved.Mtu);
        var lines = saved.SwitchportLines.ToList();
        _restore.Add(model =>
        {
            var channel = model.EnsureChannel(number);
            (channel.AdminUp, channel.MinLinks, channel.MaxBundle, channel.Description, channel.Switched, channel.Mtu) =
                (up, links, most, description, switched, mtu);
            if (channel.Lacp is not null)
                channel.Lacp.MinLinks = links;
            Replace(channel.SwitchportLines, lines);
        });
    }

    private void Keep(SwitchPort saved)
    {
        var (name, up, description, duplex, speed, switched, mtu) =
            (saved.Name, saved.AdminUp, saved.Description, saved.Duplex, saved.Speed, saved.Switched, saved.Mtu);
        var (group, mode, fast, priority) = (saved.Group, saved.Mode, saved.FastRate, saved.PortPriority);
        var lines = saved.SwitchportLines.ToList();
        _restore.Add(model =>
        {
            var port = model.Ports.Find(p => p.Name == name)!;
            (port.AdminUp, port.Description, port.Duplex, port.Speed, port.Switched, port.Mtu) = (up, description, duplex, speed, switched, mtu);
            Replace(port.SwitchportLines, lines);
            if (port.FastRate != fast)
                model.SetRate(port, fast);
            if (port.PortPriority != priority)
                SwitchModel.SetPortPriority(port, priority);
            if (port.Group != group || port.Mode != mode)
                model.SetGroup(port, group, mode);
        });
    }

    private static void Replace(List<string> present, List<string> saved)
    {
        present.Clear();
        present.AddRange(saved);
    }
}
