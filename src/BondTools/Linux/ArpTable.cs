using System;
using System.Collections.Generic;
using System.Net;

namespace BondTools.Linux;

/// <summary>Reads /proc/net/arp (net/ipv4/arp.c): which MAC address an IPv4 address has.</summary>
internal static class ArpTable
{
    private const int Columns = 6, Address = 0, Flags = 2, Hardware = 3;

    /// <summary>Reads the neighbours that have answered; a heading, and what is no row, is passed over.</summary>
    public static IReadOnlyDictionary<IPAddress, MacAddress> Parse(string text)
    {
        var found = new Dictionary<IPAddress, MacAddress>();
        foreach (var line in TextLine.Split(text))
        {
            var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            // Without the flag 2 (ATF_COM) nobody has answered.
            if (words.Length == Columns && words[Flags] != "0x0" && IPAddress.TryParse(words[Address], out var address)
                && MacAddress.TryParse(words[Hardware], out var mac) && !mac.IsZero)
                found[address] = mac;
        }
        return found;
    }
}
