using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>A port-channel of <c>show etherchannel detail</c> or <c>port-channel</c> while it is read.</summary>
internal sealed class PortChannelBlock(string name, string heading, int headingNumber)
{
    private const string Bundled = "Time since last port bundled:";
    private const string Unbundled = "Time since last port Un-bundled:";

    private readonly List<CiscoPortChannelMember> _ports = [];
    private CiscoPortChannel _channel = new() { Name = name, State = "", InUse = false };
    private bool _inTable;

    /// <summary>Takes a line.</summary>
    /// <returns>Whether the line is this port-channel's.</returns>
    public bool Read(string line, string[] words, int number)
    {
        if (line.StartsWith(Bundled, StringComparison.OrdinalIgnoreCase))
        {
            var (since, port) = Last(line.Substring(Bundled.Length));
            _channel = _channel with { SinceLastBundled = since, LastBundledPort = port };
        }
        else if (line.StartsWith(Unbundled, StringComparison.OrdinalIgnoreCase))
        {
            var (since, port) = Last(line.Substring(Unbundled.Length));
            _channel = _channel with { SinceLastUnbundled = since, LastUnbundledPort = port };
        }
        else if (line.IndexOf('=') > 0)
        {
            foreach (var pair in DetailText.Values(line))
                Set(pair.Key, pair.Value, Error);
        }
        else if (words[0] == "Index" && words.Length > 3)
        {
            _inTable = true;
        }
        else if (_inTable && CiscoText.TryNumber(words[0], out var index))
        {
            ReadRow(words, index, Error);
        }
        else
        {
            return false;
        }
        return true;

        UnexpectedOutputException Error(string reason) => EtherChannelDetailParser.Error(line, number, reason);

        (TimeSpan, string?) Last(string text)
        {
            var parts = CiscoText.Words(text);
            return parts.Length > 0 && DetailText.TryAge(parts[0], out var age) ? (age, parts.Length > 1 ? parts[1] : null) : throw Error("this is no age");
        }
    }

    public CiscoPortChannel ToRecord() =>
        _channel.State.Length > 0
            ? _channel with { Ports = _ports.ToArray() }
            : throw EtherChannelDetailParser.Error(heading, headingNumber, $"the state of {name} is missing");

    // Index Load Port EC-state Bits; the state may have a blank, and the bits are not printed everywhere.
    private void ReadRow(string[] words, int index, Func<string, Exception> error)
    {
        if (words.Length < 4 || !DetailText.TryMask(words[1], out var load) || !CiscoText.LooksLikeInterface(words[2]))
            throw error("this is no row of the ports in the port-channel");
        int? bits = words.Length > 4 && CiscoText.TryNumber(words[words.Length - 1], out var count) ? count : null;
        _ports.Add(new CiscoPortChannelMember
        {
            Index = index,
            Load = load,
            Interface = words[2],
            State = string.Join(" ", words, 3, words.Length - 3 - (bits is null ? 0 : 1)),
            BitCount = bits,
        });
    }

    private void Set(string field, string value, Func<string, Exception> error) => _channel = field switch
    {
        "Age of the Port-channel" => _channel with { Age = DetailText.TryAge(value, out var age) ? age : throw error("this is no age") },
        "Logical slot/port" => _channel with { LogicalSlotPort = DetailText.Optional(value) },
        "Number of ports" or "Number of ports in agport" => _channel with { PortCount = CiscoText.TryNumber(value, out var count) ? count : throw error("the number of ports is none") },
        "HotStandBy port" => _channel with { HotStandbyPorts = DetailText.Optional(value) is { } ports ? CiscoText.Words(ports) : [] },
        "Port state" => _channel with { State = value, InUse = value.IndexOf("Ag-Inuse", StringComparison.OrdinalIgnoreCase) >= 0 },
        "Protocol" => _channel with { Protocol = DetailText.Protocol(value) ?? throw error("this is no protocol") },
        "Port security" => _channel with { PortSecurity = Enabled(value) },
        "Fast-switchover" => _channel with { FastSwitchover = Enabled(value) },
        "Fast-switchover Dampening" => _channel with { FastSwitchoverDampening = Enabled(value) },
        _ => _channel,
    };

    private static bool Enabled(string value) => value.StartsWith("enabled", StringComparison.OrdinalIgnoreCase);
}
