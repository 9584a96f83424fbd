using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace BondTools.Shell;

/// <summary>Turns the words behind a script's path into its parameters.</summary>
internal static class ScriptArguments
{
    /// <summary>Reads <c>-Name</c>, <c>-Name:value</c> and plain values; everything behind <c>--</c> is a value.</summary>
    public static IEnumerable<CommandParameter> Parse(string[] words)
    {
        var onlyValues = false;
        foreach (var word in words)
        {
            if (onlyValues || word.Length < 2 || word[0] != '-' || !char.IsLetter(word[1]))
            {
                if (word == "--" && !onlyValues)
                    onlyValues = true;
                else
                    yield return new CommandParameter(null, word);
                continue;
            }
            var colon = word.IndexOf(':', System.StringComparison.Ordinal);
            yield return colon < 0 ? new CommandParameter(word) : new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
        }
    }

    // As in pwsh, -Switch:$false can be said where no expression is evaluated.
    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
