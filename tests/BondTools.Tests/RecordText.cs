using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace BondTools.Tests;

/// <summary>
/// Every property of a record, and of the records inside it, as text: records with lists do not compare by content, and a
/// comparison by reflection trips over properties of IPAddress that throw.
/// </summary>
internal static class RecordText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string or IFormattable => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        _ when value.GetType().GetMethod("<Clone>$") is not null =>
            "{" + string.Join(", ", value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "LineNumber").Select(p => p.Name + " = " + Of(p.GetValue(value)))) + "}",
        _ => value.ToString()!,
    };
}
