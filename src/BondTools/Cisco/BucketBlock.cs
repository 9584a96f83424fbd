using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// What an IOS-XE router shows of a port-channel with <c>show interfaces port-channel N etherchannel</c>: its configured
/// interfaces, the active ones, and the hash buckets of each.
/// </summary>
internal sealed class BucketBlock
{
    private readonly List<CiscoEtherChannelPort> _ports = [];
    private int _current = -1;
    private Section _section = Section.Configured;

    private enum Section { Configured, Active, Passive, Buckets }

    /// <summary>The load-balance method in force.</summary>
    public string? Method { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <returns>Whether the line is this block's.</returns>
    public bool Read(string[] words, string line, int number)
    {
        if (words.Length > 3 && words[1] == "Member" && words[2] == "List")
        {
            _section = words[0] == "Active" ? Section.Active : Section.Passive;
        }
        else if (line.StartsWith("Load-Balancing method applied:", StringComparison.OrdinalIgnoreCase))
        {
            Method = DetailText.After(line, ':');
        }
        else if (line.StartsWith("Bucket Information", StringComparison.OrdinalIgnoreCase))
        {
            _section = Section.Buckets;
        }
        else if (words[0] == "Port:" && words.Length > 1)
        {
            ReadPort(words, Error);
        }
        else if (words.Length == 3 && words[0] == "LACP" && words[1] == "Mode:" && _current >= 0)
        {
            _ports[_current] = _ports[_current] with { Mode = words[2], Protocol = EtherChannelProtocol.Lacp };
        }
        else if (_section == Section.Buckets && words.Length == 1 && line[line.Length - 1] == ':')
        {
            _current = Find(line.Substring(0, line.Length - 1), Error);
        }
        else if (_section == Section.Buckets && words[0] == "Bucket" && _current >= 0)
        {
            ReadBuckets(line, Error);
        }
        else
        {
            return false;
        }
        return true;

        UnexpectedOutputException Error(string reason) => EtherChannelDetailParser.Error(line, number, reason);
    }

    public IReadOnlyList<CiscoEtherChannelPort> ToRecords() => _ports;

    private void ReadPort(string[] words, Func<string, Exception> error)
    {
        if (_section == Section.Configured)
        {
            int? index = words.Length == 4 && words[2] == "(index:" && CiscoText.TryNumber(words[3].TrimEnd(')'), out var value) ? value : null;
            _ports.Add(new CiscoEtherChannelPort
            {
                Interface = words[1],
                PortState = "Configured",
                State = EtherChannelMemberState.Unknown,
                Bundled = false,
                PortIndex = index,
            });
            return;
        }
        _current = Find(words[1], error);
        var active = _section == Section.Active;
        _ports[_current] = _ports[_current] with
        {
            PortState = active ? "Active" : "Passive",
            State = active ? EtherChannelMemberState.Bundled : EtherChannelMemberState.HotStandby,
            Bundled = active,
        };
    }

    private void ReadBuckets(string line, Func<string, Exception> error)
    {
        var buckets = new List<int>(_ports[_current].Buckets);
        foreach (var part in line.Split(','))
        {
            var words = CiscoText.Words(part);
            if (words.Length == 0)
                continue;
            if (words.Length != 2 || words[0] != "Bucket" || !CiscoText.TryNumber(words[1], out var bucket))
                throw error("this is no list of buckets");
            buckets.Add(bucket);
        }
        _ports[_current] = _ports[_current] with { Buckets = buckets };
    }

    private int Find(string name, Func<string, Exception> error)
    {
        var index = _ports.FindIndex(p => CiscoInterfaceName.Same(p.Interface, name));
        return index >= 0 ? index : throw error($"{name} is none of the configured interfaces");
    }
}
