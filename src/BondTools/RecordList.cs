using System.Collections.Generic;
using System.Linq;

namespace BondTools;

/// <summary>The lists that records hold.</summary>
internal static class RecordList
{
    /// <summary>
    /// Makes a list an array. PowerShell indexes arrays, but not the types that the compiler makes of a collection
    /// expression: <c>$report.Links[0]</c> would be the whole list.
    /// </summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items) => items as T[] ?? items.ToArray();
}
