using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Planning;

namespace BondTools.Analysis;

/// <summary>Lists of VLANs as sets of numbers.</summary>
internal static class VlanSet
{
    /// <summary>What Proxmox VE gives a bridge that filters VLANs: all but the first.</summary>
    public static HashSet<int> Default { get; } = [.. Enumerable.Range(CiscoVlanList.First + 1, CiscoVlanList.Last - CiscoVlanList.First)];

    /// <summary>Reads <c>1,10-12</c>; null for all of them, and for what is no list.</summary>
    public static HashSet<int>? Of(string text)
    {
        if (CiscoVlanList.Normalize(text) is not { } list || list == "all")
            return null;
        var vlans = new HashSet<int>();
        foreach (var part in list == "none" ? [] : list.Split(','))
        {
            var ends = part.Split('-');
            for (var vlan = Number(ends[0]); vlan <= Number(ends[ends.Length - 1]); vlan++)
                vlans.Add(vlan);
        }
        return vlans;
    }

    /// <summary>Writes numbers as a list with ranges.</summary>
    public static string Format(IEnumerable<int> vlans) =>
        CiscoVlanList.Normalize(string.Join(",", vlans.Select(vlan => vlan.ToString(CultureInfo.InvariantCulture))))!;

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
