using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show bundle</c> of IOS XR: bundles are its port-channels, and their ports the members.</summary>
public static class BundleParser
{
    private const string Expected = "show bundle";

    /// <summary>Reads all bundles of a text.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The router it came from, if it is known.</param>
    /// <returns>
    /// One record a bundle. Flags are the words that IOS XR prints (<c>Up</c>, <c>Active</c>, <c>Configured</c>); the layer
    /// is not told.
    /// </returns>
    /// <exception cref="UnexpectedOutputException">There is no bundle, or one is not complete.</exception>
    public static IReadOnlyList<CiscoEtherChannel> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var bundles = new List<CiscoEtherChannel>();
        var members = new List<CiscoEtherChannelMember>();
        CiscoEtherChannel? bundle = null;
        bool hasStatus = false, inTable = false;
        var heading = 0;

        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (words.Length == 1 && CiscoInterfaceName.TryParse(words[0], out var name) && name.Type == "Bundle-Ether")
            {
                Close();
                bundle = new CiscoEtherChannel
                {
                    ComputerName = computerName, Group = name.Number, PortChannel = words[0], Flags = "", InUse = false, Protocol = EtherChannelProtocol.None, Members = [],
                };
                (heading, hasStatus, inTable) = (i, false, false);
            }
            else if (bundle is null)
            {
                // Prose before the first bundle.
            }
            else if (words[0] == "Status:" && words.Length > 1)
            {
                var status = string.Join(" ", words, 1, words.Length - 1);
                bundle = bundle with { Flags = status, InUse = status.Equals("Up", StringComparison.OrdinalIgnoreCase) };
                hasStatus = true;
            }
            else if (words[0] == "LACP:" && words.Length > 1)
            {
                bundle = bundle with { Protocol = words[1].Equals("Operational", StringComparison.OrdinalIgnoreCase) ? EtherChannelProtocol.Lacp : EtherChannelProtocol.None };
            }
            else if (words[0] == "Port" && words.Length > 3 && words[1] == "Device" && words[2] == "State")
            {
                inTable = true;
            }
            else if (inTable && CiscoText.LooksLikeInterface(words[0]))
            {
                members.Add(Member(words) ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "this is no row of the bundle's ports"));
            }
            else if (members.Count > 0 && lines[i].IndexOf("Link is down", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                // The reason stands below its port.
                members[members.Count - 1] = members[members.Count - 1] with { State = EtherChannelMemberState.Down };
            }
        }
        Close();
        return bundles.Count > 0 ? bundles : throw CiscoText.NotFound(Expected, lines, "there is no line with the name of a bundle");

        void Close()
        {
            if (bundle is null)
                return;
            if (!hasStatus)
                throw new UnexpectedOutputException(Expected, lines[heading], heading + 1, "the status of this bundle is missing");
            bundles.Add(bundle with { Members = members.ToArray() });
            members.Clear();
        }
    }

    // Port, device, state of one or two words, then the port id (two numbers with a comma) and the bandwidth.
    private static CiscoEtherChannelMember? Member(string[] words)
    {
        var state = 2;
        while (state < words.Length && !words[state].StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            state++;
        if (state < 3 || state == words.Length)
            return null;
        var flags = string.Join(" ", words, 2, state - 2);
        var member = flags.ToLowerInvariant() switch
        {
            "active" => EtherChannelMemberState.Bundled,
            "standby" or "hot standby" => EtherChannelMemberState.HotStandby,
            "negotiating" or "bfd running" => EtherChannelMemberState.Waiting,
            _ => EtherChannelMemberState.Unknown,
        };
        return new CiscoEtherChannelMember { Interface = words[0], Flags = flags, State = member, Bundled = member == EtherChannelMemberState.Bundled };
    }
}
