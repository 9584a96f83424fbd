using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>Compares a bond as the file wishes it with the bond that the kernel shows.</summary>
internal static class BondVerification
{
    /// <summary>What is missing, as a sentence; null when everything asked for is there.</summary>
    public static string? Missing(PveBond wish, BondStatus? status, PublishVerification verification)
    {
        if (verification == PublishVerification.Reachable)
            return null;
        if (status is null)
            return $"{wish.Name} does not exist in the kernel.";
        if (wish.Mode is not null && !wish.Mode.Equals(status.Mode))
            return $"{wish.Name} is in mode {status.Mode}, not {wish.Mode}.";

        var absent = wish.Slaves.Except(status.Slaves.Select(s => s.Name)).ToList();
        if (absent.Count > 0)
            return $"{wish.Name} lacks {string.Join(", ", absent)}.";
        if (status.MiiStatus != MiiStatus.Up)
            return $"{wish.Name} is {status.MiiStatus.ToString().ToLowerInvariant()}: {status.Reason}";

        return verification == PublishVerification.Negotiated && status.Mode.Equals(BondMode.Lacp) && status.Negotiated != true
            ? $"{wish.Name} is not negotiated: {status.Reason}"
            : null;
    }
}
