using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>The state of reading <c>show etherchannel detail</c>: the group, and the block within it that lines belong to.</summary>
internal sealed class EtherChannelDetailReader(string? computerName)
{
    private readonly List<CiscoEtherChannelDetail> _groups = [];
    private CiscoEtherChannelDetail? _group;
    private List<CiscoEtherChannelPort> _ports = [];
    private List<CiscoPortChannel> _channels = [];
    private EtherChannelPortBlock? _port;
    private PortChannelBlock? _channel;
    private BucketBlock? _buckets;
    // A heading such as "Gi1/0/1:" names the port of the block that follows.
    private string? _named;

    /// <summary>Takes a line without surrounding blanks.</summary>
    public void Read(string line, int number)
    {
        if (line.Length == 0 || line[0] == '-')
            return;
        var words = CiscoText.Words(line);
        if (ReadHeading(words, line, number))
            return;
        if (_channel is not null && _channel.Read(line, words, number))
            return;
        if (_port is not null && _port.Read(line, words, number))
            return;
        if (_buckets is not null && _buckets.Read(words, line, number))
            return;
        ReadGroup(line, words, number);
    }

    /// <summary>The groups that are complete.</summary>
    public IReadOnlyList<CiscoEtherChannelDetail> Finish()
    {
        CloseGroup();
        return _groups;
    }

    private bool ReadHeading(string[] words, string line, int number)
    {
        if (words.Length == 2 && words[0] == "Group:" && CiscoText.TryNumber(words[1], out var group))
        {
            CloseGroup();
            _group = NewGroup() with { Group = group };
        }
        else if (_buckets is null && words.Length == 2 && words[0] == "Port:" && CiscoText.LooksLikeInterface(words[1]))
        {
            Open();
            _named = words[1];
        }
        else if (_buckets is null && words.Length == 1 && line[line.Length - 1] == ':' && CiscoText.LooksLikeInterface(line.Substring(0, line.Length - 1)))
        {
            Open();
            _named = line.Substring(0, line.Length - 1);
        }
        else if (words.Length >= 2 && words[0] == "Port-channel:" && CiscoText.LooksLikeInterface(words[1]))
        {
            OpenChannel(words[1], line, number);
        }
        else if (words.Length >= 2 && words[1] == "(Primary" && CiscoInterfaceName.TryParse(words[0].TrimEnd(':'), out var name) && name.IsPortChannel)
        {
            OpenChannel(words[0].TrimEnd(':'), line, number);
        }
        else if (line.StartsWith("Port state", StringComparison.Ordinal) && line.IndexOf('=') > 0 && _channel is null)
        {
            Open();
            _port = new EtherChannelPortBlock(_named, computerName, line, number);
            _named = null;
        }
        else if (line.StartsWith("All IDBs List contains", StringComparison.Ordinal))
        {
            Open();
            _buckets = new BucketBlock();
        }
        else
        {
            return false;
        }
        return true;
    }

    private void OpenChannel(string name, string line, int number)
    {
        Open();
        _channel = new PortChannelBlock(name, line, number);
    }

    // What stands above the ports: the group's own limits.
    private void ReadGroup(string line, string[] words, int number)
    {
        if (line.StartsWith("Group state", StringComparison.Ordinal))
        {
            // The only group of "show etherchannel N detail" begins here; below "Group: N" this is its first line.
            if (_group is null || _group.GroupState is not null || _ports.Count + _channels.Count > 0)
            {
                CloseGroup();
                _group = NewGroup();
            }
            _group = _group with { GroupState = DetailText.After(line, '=') };
        }
        else if (words[0] == "Ports:" && words.Length >= 5 && words[2] == "Maxports")
        {
            _group = (_group ?? NewGroup()) with { PortCount = Number(words[1]), MaximumPorts = Number(words[words.Length - 1]) };
        }
        else if (words[0] == "Port-channels:" && words.Length >= 6 && words[2] == "Max")
        {
            _group = (_group ?? NewGroup()) with { PortChannelCount = Number(words[1]), MaximumPortChannels = Number(words[words.Length - 1]) };
        }
        else if (words[0] == "Protocol:" && _group is not null)
        {
            _group = _group with { Protocol = DetailText.Protocol(DetailText.After(line, ':')) ?? throw Error("this is no protocol") };
        }
        else if (words[0] == "Minimum" && words.Length == 3 && words[1] == "Links:" && _group is not null)
        {
            _group = _group with { MinLinks = Number(words[2]) };
        }

        int Number(string word) => CiscoText.TryNumber(word, out var value) ? value : throw Error($"'{word}' is no number");

        UnexpectedOutputException Error(string reason) => EtherChannelDetailParser.Error(line, number, reason);
    }

    private CiscoEtherChannelDetail NewGroup() => new() { ComputerName = computerName, Ports = [], PortChannels = [] };

    // Closes the block that is open, so that another can be.
    private void Open()
    {
        if (_port is not null)
            _ports.Add(_port.ToRecord());
        if (_channel is not null)
            _channels.Add(_channel.ToRecord());
        if (_buckets is not null)
        {
            _group = (_group ?? NewGroup()) with { LoadBalanceMethod = _buckets.Method };
            _ports.AddRange(_buckets.ToRecords());
        }
        (_port, _channel, _buckets) = (null, null, null);
    }

    private void CloseGroup()
    {
        Open();
        _named = null;
        if (_group is null && _ports.Count + _channels.Count == 0)
            return;
        if (_group is not null)
            AddHeaded(_group);
        else
            AddByNumber();
        _group = null;
        (_ports, _channels) = ([], []);
    }

    private void AddHeaded(CiscoEtherChannelDetail group)
    {
        var number = group.Group ?? (_ports.Count > 0 ? _ports[0].Group : _channels.Count > 0 ? NumberOf(_channels[0]) : null);
        _groups.Add(group with { Group = number, Ports = _ports.ToArray(), PortChannels = _channels.ToArray() });
    }

    // "show interfaces etherchannel" prints ports and port-channels of all groups without a heading for the group.
    private void AddByNumber()
    {
        var byNumber = new SortedDictionary<int, (List<CiscoEtherChannelPort> Ports, List<CiscoPortChannel> Channels)>();
        foreach (var port in _ports)
            Of(port.Group).Ports.Add(port);
        foreach (var channel in _channels)
            Of(NumberOf(channel)).Channels.Add(channel);
        foreach (var pair in byNumber)
            _groups.Add(NewGroup() with { Group = pair.Key == 0 ? null : pair.Key, Ports = pair.Value.Ports, PortChannels = pair.Value.Channels });

        (List<CiscoEtherChannelPort> Ports, List<CiscoPortChannel> Channels) Of(int? number)
        {
            if (!byNumber.TryGetValue(number ?? 0, out var lists))
                byNumber[number ?? 0] = lists = ([], []);
            return lists;
        }
    }

    private static int? NumberOf(CiscoPortChannel channel) => CiscoInterfaceName.TryParse(channel.Name, out var name) ? name.Number : null;
}
