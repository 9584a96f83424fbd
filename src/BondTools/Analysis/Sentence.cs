using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis;

/// <summary>Makes sentences of lists.</summary>
internal static class Sentence
{
    /// <summary>Puts names into a sentence: <c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string Enumerate(IEnumerable<string> names)
    {
        var list = names.ToList();
        return list.Count < 2 ? string.Concat(list) : string.Join(", ", list.Take(list.Count - 1)) + " and " + list[list.Count - 1];
    }
}
