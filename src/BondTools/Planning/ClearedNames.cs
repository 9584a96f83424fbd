using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>The settings that a change takes out of the file.</summary>
internal static class ClearedNames
{
    public static bool Has(IEnumerable<string> cleared, string name) => cleared.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a name that is neither a setting that can go nor an option that is there.</summary>
    public static void Check(IEnumerable<string> cleared, string[] needed, string[] clearable, IReadOnlyList<NamedValue> options, string name)
    {
        foreach (var clear in cleared)
        {
            if (Has(needed, clear))
                throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"{clear} cannot be taken away from {name}; give it another value.");
            if (!Has(clearable, clear) && !options.Any(option => OptionName.Of(option.Name) == OptionName.Of(clear)))
                throw new BondToolsException(BondToolsErrorKind.NotFound, $"{name} has no setting '{PlainText.Printable(clear)}' to take away.");
        }
    }

    /// <summary>The options with those that are set put in their places and those that are cleared left out. What is set is all that an option holds: one with several lines gets those of the wish.</summary>
    public static IReadOnlyList<NamedValue> Merge(IReadOnlyList<NamedValue> options, IReadOnlyList<NamedValue>? wished, IReadOnlyCollection<string> cleared)
    {
        var merged = options.Where(option => !cleared.Any(name => OptionName.Of(name) == OptionName.Of(option.Name))).ToList();
        foreach (var wish in (wished ?? []).GroupBy(option => OptionName.Of(option.Name)))
        {
            var index = merged.FindIndex(option => OptionName.Of(option.Name) == wish.Key);
            merged.RemoveAll(option => OptionName.Of(option.Name) == wish.Key);
            merged.InsertRange(index < 0 ? merged.Count : index, wish);
        }

        return merged;
    }
}
