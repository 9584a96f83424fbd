using System;

namespace BondTools.Cisco;

/// <summary>A port of <c>show etherchannel detail</c> while it is read, from its line <c>Port state = …</c> on.</summary>
internal sealed class EtherChannelPortBlock
{
    private readonly string? _computerName;
    private CiscoEtherChannelPort _port;
    private Section _section;

    private enum Section { None, Local, Partner }

    public EtherChannelPortBlock(string? name, string? computerName, string line, int number)
    {
        _computerName = computerName;
        var text = DetailText.After(line, '=');
        if (text.Length == 0)
            throw EtherChannelDetailParser.Error(line, number, "the port has no state");
        var state = EtherChannelStates.FromPortState(CiscoText.Words(text));
        _port = new CiscoEtherChannelPort { Interface = name, PortState = text, State = state, Bundled = state == EtherChannelMemberState.Bundled };
    }

    /// <summary>Takes a line.</summary>
    /// <returns>Whether the line is this port's.</returns>
    public bool Read(string line, string[] words, int number)
    {
        const string age = "Age of the port in the current state:";
        if (line.StartsWith(age, StringComparison.Ordinal))
        {
            _port = _port with { Age = DetailText.TryAge(line.Substring(age.Length).Trim(), out var value) ? value : throw Error("this is no age") };
            _section = Section.None;
        }
        else if (line.StartsWith("Local information", StringComparison.Ordinal))
        {
            _section = Section.Local;
        }
        else if (line.StartsWith("Partner's information", StringComparison.Ordinal))
        {
            // PAgP's partner has a name and a device, and nothing of LACP.
            _section = _port.Protocol == EtherChannelProtocol.Lacp ? Section.Partner : Section.None;
        }
        else if (line.IndexOf('=') > 0)
        {
            foreach (var pair in DetailText.Values(line))
                Set(pair.Key, pair.Value, Error);
        }
        else if (_section != Section.None && CiscoText.LooksLikeInterface(words[0]))
        {
            ReadRow(words, Error);
            _section = Section.None;
        }
        else
        {
            return false;
        }
        return true;

        UnexpectedOutputException Error(string reason) => EtherChannelDetailParser.Error(line, number, reason);
    }

    public CiscoEtherChannelPort ToRecord() => _port;

    private void ReadRow(string[] words, Func<string, Exception> error)
    {
        var group = _port.Group ?? throw error("the port's channel group stands nowhere above its LACP values");
        if (_section == Section.Local && _port.Protocol != EtherChannelProtocol.Lacp)
            return;
        _port = _section == Section.Local
            ? _port with { Local = LacpInternalParser.TryRow(words, group, _computerName) ?? throw error("these are no LACP values of a port") }
            : _port with { Partner = LacpNeighborParser.ShortRow(words, true, group, _computerName) ?? throw error("these are no LACP values of a partner") };
        _port = _port with { Interface = _port.Interface ?? words[0] };
    }

    private void Set(string name, string value, Func<string, Exception> error) => _port = name switch
    {
        "Channel group" => _port with { Group = CiscoText.TryNumber(value, out var group) ? group : throw error("the channel group is no number") },
        "Mode" => _port with { Mode = DetailText.Optional(value) },
        "Gcchange" => _port with { GroupChange = DetailText.Optional(value) },
        "GC" => _port with { GroupCapability = DetailText.Optional(value) },
        "Port-channel" => _port with { PortChannel = DetailText.Optional(value) },
        "Pseudo port-channel" => _port with { PseudoPortChannel = DetailText.Optional(value) },
        "Port index" => _port with { PortIndex = CiscoText.TryNumber(value, out var index) ? index : throw error("the port index is no number") },
        "Load" => _port with { Load = DetailText.TryMask(value, out var load) ? load : throw error("the load is no mask") },
        "Protocol" => _port with { Protocol = DetailText.Protocol(value) ?? throw error("this is no protocol") },
        _ => _port,
    };
}
