namespace BondTools.Cisco;

/// <summary>The words with which the views of channels name one state of a member port.</summary>
internal static class EtherChannelStates
{
    /// <summary>The state behind a word of <c>show lacp internal</c>, or of the brackets in some summaries.</summary>
    public static EtherChannelMemberState FromWord(string word) => word.ToLowerInvariant() switch
    {
        "bndl" or "bundled" => EtherChannelMemberState.Bundled,
        "hot-sby" or "hot-stdby" or "hotstdby" => EtherChannelMemberState.HotStandby,
        "susp" or "suspend" or "suspended" => EtherChannelMemberState.Suspended,
        "down" => EtherChannelMemberState.Down,
        "indep" or "independent" or "stndaln" or "stand-alone" => EtherChannelMemberState.StandAlone,
        "wait" or "waiting" => EtherChannelMemberState.Waiting,
        _ => EtherChannelMemberState.Unknown,
    };

    /// <summary>The state behind the words of <c>Port state = Up Mstr Assoc In-Bndl</c>.</summary>
    public static EtherChannelMemberState FromPortState(string[] words)
    {
        var state = EtherChannelMemberState.Unknown;
        foreach (var word in words)
        {
            state = word.ToLowerInvariant() switch
            {
                "in-bndl" => EtherChannelMemberState.Bundled,
                "hot-stdby" or "hot-sby" => EtherChannelMemberState.HotStandby,
                "suspend" or "suspended" => EtherChannelMemberState.Suspended,
                "sngl-port-bndl" or "stndaln" or "stand-alone" => EtherChannelMemberState.StandAlone,
                "down" => EtherChannelMemberState.Down,
                // Up and in no bundle, without a word that says why: the negotiation is not over.
                "not-in-bndl" when state == EtherChannelMemberState.Unknown => EtherChannelMemberState.Waiting,
                _ => state,
            };
        }
        return state;
    }
}
