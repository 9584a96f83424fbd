using System.Collections.Generic;

namespace BondTools.Lab.World;

/// <summary>Another Linux host with a bond of its own, of which no more is there than what the switch hears.</summary>
internal sealed class OtherHost
{
    private readonly LacpGroup _bond;
    private readonly List<SwitchPort> _ports = [];

    public OtherHost(MacAddress address) => _bond = new LacpGroup { SystemMacAddress = address };

    /// <summary>Cables its next card to a port of the switch.</summary>
    public void Plug(SwitchPort port)
    {
        _ports.Add(port);
        port.Guest = _bond.Add("eth" + (_ports.Count - 1), _ports.Count, port.LinkUp);
        port.Guest.Send = message =>
        {
            if (port.LinkUp)
                LabWorld.Deliver(port, message);
        };
    }

    /// <summary>Takes all its cables out of the switch.</summary>
    public void Unplug()
    {
        foreach (var port in _ports)
            port.Guest = null;
        _ports.Clear();
    }

    public void Tick()
    {
        foreach (var port in _ports)
            port.Guest!.SetLink(port.Enabled);
        _bond.Tick();
    }
}
