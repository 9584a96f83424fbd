using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces switchport</c>: a block a port, each line a name and a value.</summary>
public static class SwitchportParser
{
    private const string Expected = "show interfaces switchport";
    private const string Name = "Name: ";
    private const int HighestVlan = 4095;

    /// <summary>Reads all ports.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no block, or one is cut or has a VLAN that is none.</exception>
    public static IReadOnlyList<CiscoSwitchport> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoSwitchport>();
        CiscoSwitchport? port = null;
        bool named = false, switchport = false, inList = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            var colon = line.IndexOf(':');
            if (line.StartsWith(Name, StringComparison.Ordinal) && CiscoText.LooksLikeInterface(line.Substring(Name.Length).Trim()))
            {
                Close(i);
                (named, switchport) = (true, false);
                port = new CiscoSwitchport { ComputerName = computerName, Interface = line.Substring(Name.Length).Trim(), Enabled = false };
            }
            else if (named && inList && colon < 0 && IsList(line))
            {
                // A long list goes on in the next lines.
                port = port! with { TrunkingVlans = port.TrunkingVlans + line.Replace(" ", "") };
                continue;
            }
            else if (named && colon > 0)
            {
                var key = line.Substring(0, colon);
                switchport |= key == "Switchport";
                port = Add(port!, key, line.Substring(colon + 1).Trim())
                    ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, $"this is no {key}");
            }
            inList = line.StartsWith("Trunking VLANs Enabled:", StringComparison.Ordinal);
        }
        Close(lines.Length);
        return ports.Count > 0 ? ports : throw CiscoText.NotFound(Expected, lines, "there is no line 'Name: …' with a port");

        void Close(int next)
        {
            if (!named)
                return;
            // A routed port ends behind the second line, a port without its hardware behind the administrative mode.
            if (!switchport || (port!.Enabled && port.AdministrativeMode is null && port.OperationalMode is null) || (port.OperationalMode is not null && port.TrunkingVlans is null))
                throw new UnexpectedOutputException(Expected, next < lines.Length ? lines[next] : "", next < lines.Length ? next + 1 : 0, $"the lines of {port!.Interface} are not complete");
            ports.Add(port);
        }
    }

    // The record with what a line adds to it; null when its value cannot be.
    private static CiscoSwitchport? Add(CiscoSwitchport port, string key, string value)
    {
        switch (key)
        {
            case "Switchport":
                return value is "Enabled" or "Disabled" ? port with { Enabled = value == "Enabled" } : null;
            case "Administrative Mode":
                return port with { AdministrativeMode = value };
            case "Operational Mode":
                return Mode(port, value);
            case "Administrative Trunking Encapsulation":
                return port with { AdministrativeEncapsulation = value };
            case "Operational Trunking Encapsulation":
                return port with { OperationalEncapsulation = value };
            case "Negotiation of Trunking":
                return value is "On" or "Off" ? port with { NegotiatesTrunking = value == "On" } : null;
            case "Access Mode VLAN":
                return TryVlan(value, out var access) ? port with { AccessVlan = access } : null;
            case "Trunking Native Mode VLAN":
                return TryVlan(value, out var native) ? port with { NativeVlan = native } : null;
            case "Voice VLAN":
                return TryVlan(value, out var voice) ? port with { VoiceVlan = voice } : null;
            case "Trunking VLANs Enabled" or "Trunking VLANs Allowed":
                return value.Length > 0 ? port with { TrunkingVlans = value.Replace(" ", "") } : null;
            default:
                return port;
        }
    }

    // "trunk", "trunk (member of bundle Po1)", "down (suspended member of bundle Po2)"
    private static CiscoSwitchport Mode(CiscoSwitchport port, string value)
    {
        const string member = "member of bundle ";
        var at = value.IndexOf(member, StringComparison.Ordinal);
        var open = value.IndexOf('(');
        return at > open && open > 0
            ? port with
            {
                OperationalMode = value.Substring(0, open).Trim(),
                Bundle = value.Substring(at + member.Length).TrimEnd(')').Trim(),
                Suspended = value.IndexOf("suspended", open, StringComparison.Ordinal) >= 0,
            }
            : port with { OperationalMode = value };
    }

    // "80 (Security)", "unassigned", "none"
    private static bool TryVlan(string value, out int? vlan)
    {
        vlan = null;
        var words = CiscoText.Words(value);
        if (words.Length == 0)
            return false;
        if (!CiscoText.IsLetter(words[0][0]))
        {
            if (!CiscoText.TryNumber(words[0], out var number) || number > HighestVlan)
                return false;
            vlan = number;
        }
        return true;
    }

    private static bool IsList(string line)
    {
        foreach (var c in line)
        {
            if (c is not (',' or '-' or ' ' or (>= '0' and <= '9')))
                return false;
        }
        return true;
    }
}
