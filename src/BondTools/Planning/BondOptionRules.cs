using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>Which options fit which mode, and which values the driver takes (bond_options.c, bonding.rst).</summary>
internal static class BondOptionRules
{
    /// <summary>What is wrong with the options of a bond, its link monitor aside.</summary>
    public static IEnumerable<string> Problems(PveBond bond)
    {
        if (bond.Mode is not { } mode)
        {
            yield return $"{bond.Name} has no mode.";
            yield break;
        }

        foreach (var option in BondOption.All)
        {
            if (option.Text(bond) is not { } text)
                continue;
            if (!option.Modes.Contains(mode))
                yield return $"The {option.Noun} does not fit the mode {mode}{option.Reason}.";
            else if (IsOutside(option, text))
                yield return $"The {option.Noun} of {bond.Name} is {text}; the driver takes {option.Range.Least} to {option.Range.Most}.";
        }

        if (bond.MinLinks > bond.Slaves.Count)
            yield return $"A least number of {bond.MinLinks} links cannot be met with {bond.Slaves.Count} slaves.";
        if (bond.PrimarySlave is { } primary && !bond.Slaves.Contains(primary))
            yield return $"The primary slave {PlainText.Printable(primary)} is none of the slaves of {bond.Name}.";
        if (bond.SystemMacAddress is { } address && (address.IsZero || address.IsMulticast))
            yield return $"The LACP system address {address} of {bond.Name} is no unicast address.";
    }

    private static bool IsOutside(BondOption option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && (number < option.Range.Least || number > option.Range.Most);
}
