using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace BondTools.Shell.StandIns;

/// <summary>A property to look at: a name, a script block, or @{Name=…; Expression=…}, as the real commands take it.</summary>
internal sealed class PropertySelector
{
    private readonly object _expression;

    private PropertySelector(string name, object expression) => (Name, _expression) = (name, expression);

    public string Name { get; }

    /// <summary>Whether names may stand for several properties.</summary>
    public bool IsPattern => _expression is string name && WildcardPattern.ContainsWildcardCharacters(name);

    /// <summary>Reads one value of a -Property parameter.</summary>
    /// <exception cref="ArgumentException">It is no name, script block or table with an expression.</exception>
    public static PropertySelector Of(object property) => (property is PSObject wrapped ? wrapped.BaseObject : property) switch
    {
        ScriptBlock block => new PropertySelector(block.ToString().Trim(), block),
        IDictionary table => Of(table),
        var name => new PropertySelector(Convert.ToString(name, CultureInfo.InvariantCulture)!, Convert.ToString(name, CultureInfo.InvariantCulture)!),
    };

    public static PropertySelector[] Of(object[]? properties) => [.. (properties ?? []).Select(Of)];

    /// <summary>The value for an object; null where it has no such property.</summary>
    public object? ValueOf(PSObject item) => _expression is ScriptBlock block
        ? block.InvokeWithContext(null, [new PSVariable("_", item)]) is { Count: 1 } single ? single[0] : null
        : item.Properties[(string)_expression]?.Value;

    /// <summary>The properties of an object that the selector means, with their values.</summary>
    public IEnumerable<(string Name, object? Value)> Expand(PSObject item)
    {
        if (!IsPattern)
            return [(Name, ValueOf(item))];
        var pattern = new WildcardPattern(Name, WildcardOptions.IgnoreCase);
        return item.Properties.Where(property => property.IsGettable && pattern.IsMatch(property.Name)).Select(property => (property.Name, (object?)property.Value));
    }

    private static PropertySelector Of(IDictionary table)
    {
        object? Entry(params string[] keys) => keys.Select(key => table.Keys.Cast<object>()
            .Where(known => known.ToString()!.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(known => table[known]).FirstOrDefault())
            .FirstOrDefault(value => value is not null);

        var inner = Of(Entry("Expression", "E") ?? throw new ArgumentException("A property table needs an Expression."));
        return new PropertySelector(Entry("Name", "N", "Label", "L")?.ToString() ?? inner.Name, inner._expression);
    }
}
