using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Planning;

/// <summary>The VLANs of a trunk as IOS writes them: <c>1,10-12</c>, <c>all</c> or <c>none</c>.</summary>
internal static class CiscoVlanList
{
    /// <summary>The first VLAN there is.</summary>
    public const int First = 1;

    /// <summary>The last VLAN there is (IEEE 802.1Q; 4095 is reserved).</summary>
    public const int Last = 4094;

    // IOS cuts a line at 254 characters; its own running configuration breaks these lists far earlier, and so do we.
    private const int LongestPart = 160;

    /// <summary>Reads a list and writes it anew: sorted, each VLAN once, neighbours joined to ranges.</summary>
    /// <returns>The list, or null when the text is none.</returns>
    public static string? Normalize(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word is "all" or "none")
            return word;

        var member = new bool[Last + 2];
        foreach (var part in word.Split(','))
        {
            var dash = part.IndexOf('-');
            var low = dash < 0 ? part : part.Substring(0, dash);
            var high = dash < 0 ? part : part.Substring(dash + 1);
            if (!TryVlan(low, out var from) || !TryVlan(high, out var to) || from > to)
                return null;
            for (var vlan = from; vlan <= to; vlan++)
                member[vlan] = true;
        }

        var ranges = new List<string>();
        for (var vlan = First; vlan <= Last; vlan++)
        {
            if (!member[vlan])
                continue;
            var from = vlan;
            while (member[vlan + 1])
                vlan++;
            ranges.Add(from == vlan ? Text(from) : Text(from) + "-" + Text(vlan));
        }
        return string.Join(",", ranges);
    }

    /// <summary>Breaks a normalised list into parts that each fit on a line.</summary>
    public static IReadOnlyList<string> Parts(string list)
    {
        var parts = new List<string>();
        var start = 0;
        while (list.Length - start > LongestPart)
        {
            var comma = list.LastIndexOf(',', start + LongestPart, LongestPart);
            parts.Add(list.Substring(start, comma - start));
            start = comma + 1;
        }
        parts.Add(list.Substring(start));
        return parts;
    }

    private static bool TryVlan(string text, out int vlan) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out vlan) && vlan is >= First and <= Last;

    private static string Text(int vlan) => vlan.ToString(CultureInfo.InvariantCulture);
}
