using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Lacp;

/// <summary>LACP ports in words.</summary>
internal static class LacpText
{
    // Timeout and activity may be set as one likes at each link.
    private const LacpPortState Telling =
        LacpPortState.Aggregation | LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing | LacpPortState.Defaulted | LacpPortState.Expired;

    private const int StateBits = 8;

    /// <summary>A state as its octet and the names of its bits.</summary>
    public static string Of(LacpPortState state) => string.Format(CultureInfo.InvariantCulture, "state {0} ({1})", (int)state, state);

    /// <summary>A port's state and key.</summary>
    public static string Of(LacpPort port) => string.Format(CultureInfo.InvariantCulture, "{0}, key {1}", Of(port.State), port.Key);

    /// <summary>A partner as a port names it.</summary>
    public static string PartnerOf(LacpPort partner) => partner.SystemMacAddress.IsZero
        ? "none"
        : string.Format(CultureInfo.InvariantCulture, "{0} port {1} key {2}", partner.SystemMacAddress, partner.PortNumber, partner.Key);

    /// <summary>What a state gained and lost.</summary>
    public static string Change(LacpPortState before, LacpPortState after)
    {
        var words = new List<string>();
        for (var bit = 0; bit < StateBits; bit++)
        {
            var flag = (LacpPortState)(1 << bit);
            if (((before ^ after) & flag) != 0)
                words.Add(((after & flag) != 0 ? "+" : "-") + flag);
        }
        return string.Join(" ", words) + ": " + Of(after);
    }

    /// <summary>What changed in a port's key and in the partner that it names; null when neither did.</summary>
    public static string? Change(LacpPort actorBefore, LacpPort actor, LacpPort partnerBefore, LacpPort partner)
    {
        var words = new List<string>();
        if (actorBefore.Key != actor.Key)
            words.Add(string.Format(CultureInfo.InvariantCulture, "Key {0} became {1}", actorBefore.Key, actor.Key));
        if (PartnerOf(partnerBefore) is var before && PartnerOf(partner) is var after && before != after)
            words.Add($"Partner {before} became {after}");
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    /// <summary>How two links of a system differ in what keeps them from carrying traffic together; null when they agree.</summary>
    public static string? Difference(LacpPortHistory port, LacpPortHistory other)
    {
        var words = new List<string>();
        if (((port.Actor.State ^ other.Actor.State) & Telling) != 0)
            words.Add($"{Of(port.Actor.State)} and {Of(other.Actor.State)}");
        if (port.Actor.Key != other.Actor.Key)
            words.Add(string.Format(CultureInfo.InvariantCulture, "keys {0} and {1}", port.Actor.Key, other.Actor.Key));
        if (!port.Partner.SystemMacAddress.Equals(other.Partner.SystemMacAddress))
            words.Add($"partners {port.Partner.SystemMacAddress} and {other.Partner.SystemMacAddress}");
        else if (port.Partner.Key != other.Partner.Key)
            words.Add(string.Format(CultureInfo.InvariantCulture, "partner keys {0} and {1}", port.Partner.Key, other.Partner.Key));
        return words.Count == 0 ? null : string.Join("; ", words);
    }
}
