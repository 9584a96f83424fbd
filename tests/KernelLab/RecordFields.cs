using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace BondTools.KernelLab;

/// <summary>Every field of a record, and of the records inside it, by its path: <c>Slaves[1].Actor.Key</c>.</summary>
internal static class RecordFields
{
    public static IEnumerable<(string Path, string Value)> Of(object? value, string path)
    {
        switch (value)
        {
            case null:
                yield return (path, "(null)");
                break;
            case string or IFormattable:
                yield return (path, Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case IEnumerable list:
                foreach (var field in list.Cast<object?>().SelectMany((item, i) => Of(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))))
                    yield return field;
                break;
            case var record when record.GetType().GetMethod("<Clone>$") is not null:
                foreach (var field in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(p => Of(p.GetValue(record), $"{path}.{p.Name}")))
                    yield return field;
                break;
            default:
                yield return (path, value.ToString()!);
                break;
        }
    }
}
