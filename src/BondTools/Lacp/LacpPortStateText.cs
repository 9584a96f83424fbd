using System.Collections.Generic;

namespace BondTools.Lacp;

/// <summary>Puts the bits of a LACP port's state into words (IEEE 802.1AX-2020, 6.4.2.3 and the machines of 6.4.12 to 6.4.15).</summary>
public static class LacpPortStateText
{
    private const LacpPortState Carrying = LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing;

    /// <summary>What a state means, and then each of its bits.</summary>
    /// <param name="state">The state octet: 0 to 255.</param>
    /// <returns>Such as <c>61: carries traffic (active, asks for an LACPDU every 30 s, may be aggregated, in sync, collecting, distributing)</c>.</returns>
    public static string Explain(this LacpPortState state) => $"{(int)state}: {Meaning(state)} ({string.Join(", ", Bits(state))})";

    /// <summary>What a state means as a whole.</summary>
    private static string Meaning(LacpPortState state)
    {
        if (Has(state, LacpPortState.Expired))
            return Has(state, LacpPortState.Defaulted)
                ? "the partner was lost and defaults have taken its place"
                : "the partner's LACPDUs have stopped coming; it has a last time-out to speak";
        if (Has(state, LacpPortState.Defaulted))
            return "no LACPDU comes from a partner";
        if (!Has(state, LacpPortState.Aggregation))
            return "the port may not be aggregated and works alone";
        if ((state & Carrying) == Carrying)
            return "carries traffic";
        if (!Has(state, LacpPortState.Synchronization))
            return "hears its partner, and is not on the aggregator that it should be on";
        return Has(state, LacpPortState.Collecting)
            ? "takes frames in, and waits for the partner to do so before it sends"
            : "is on its aggregator, and waits for the partner to be in sync too";
    }

    private static IEnumerable<string> Bits(LacpPortState state)
    {
        yield return Has(state, LacpPortState.Activity) ? "active" : "passive";
        yield return Has(state, LacpPortState.ShortTimeout) ? "asks for an LACPDU every second" : "asks for an LACPDU every 30 s";
        yield return Has(state, LacpPortState.Aggregation) ? "may be aggregated" : "individual";
        yield return Has(state, LacpPortState.Synchronization) ? "in sync" : "not in sync";
        yield return Has(state, LacpPortState.Collecting) ? "collecting" : "not collecting";
        yield return Has(state, LacpPortState.Distributing) ? "distributing" : "not distributing";
        if (Has(state, LacpPortState.Defaulted))
            yield return "defaulted";
        if (Has(state, LacpPortState.Expired))
            yield return "expired";
    }

    private static bool Has(LacpPortState state, LacpPortState bit) => (state & bit) != 0;
}
