using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Linux;

/// <summary>
/// A run of <c>Key: value</c> lines of /proc/net/bonding that belong together (the bond's own, a slave's, a PDU's),
/// from which a record takes what it knows; the rest is kept.
/// </summary>
/// <param name="title">How an error calls the section.</param>
internal sealed class FieldSection(string title)
{
    private const string Expected = "/proc/net/bonding";

    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(TextLine Line, NamedValue Field, bool Taken)> _fields = [];

    /// <summary>The line at which the section ended; number 0 when the text ended.</summary>
    public TextLine End { get; set; } = new(0, "");

    /// <summary>Adds a field; refuses one whose key is there already, which therefore cannot belong to the section.</summary>
    public bool TryAdd(TextLine line, string key, string value)
    {
        if (_index.ContainsKey(key))
            return false;
        _index.Add(key, _fields.Count);
        _fields.Add((line, new NamedValue { Name = key, Value = value, LineNumber = line.Number }, false));
        return true;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => _index.ContainsKey(key);

    /// <summary>Takes a field that must be there.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <param name="read">Reads the value; null says that it is not understood.</param>
    public T Require<T>(string key, Func<string, T?> read) where T : class
    {
        var (line, value) = RequireText(key);
        return read(value) ?? throw NotUnderstood(line, key);
    }

    /// <summary>Takes a field of a value type that must be there.</summary>
    public T RequireValue<T>(string key, Func<string, T?> read) where T : struct
    {
        var (line, value) = RequireText(key);
        return read(value) ?? throw NotUnderstood(line, key);
    }

    /// <summary>Takes a field that may be absent; when it is there it must be understood.</summary>
    public T? Optional<T>(string key, Func<string, T?> read) where T : class =>
        Has(key) ? Require(key, read) : null;

    /// <summary>Takes a field of a value type that may be absent; when it is there it must be understood.</summary>
    public T? OptionalValue<T>(string key, Func<string, T?> read) where T : struct =>
        Has(key) ? RequireValue(key, read) : null;

    /// <summary>Takes a number from 0 to <paramref name="maximum"/> that must be there.</summary>
    public int RequireNumber(string key, int maximum = int.MaxValue) => RequireValue<int>(key, text => Number(text, maximum));

    /// <summary>Takes a number from 0 to <paramref name="maximum"/> that may be absent.</summary>
    public int? OptionalNumber(string key, int maximum = int.MaxValue) => Has(key) ? RequireNumber(key, maximum) : null;

    /// <summary>
    /// Takes a MAC address that must be there. Where people have masked it, or where it has another length (InfiniBand has
    /// 20 bytes), the answer is null and the text stays among the fields that are kept.
    /// </summary>
    public MacAddress? RequireMac(string key)
    {
        var (line, value) = RequireText(key);
        if (MacAddress.TryParse(value, out var address))
            return address;
        if (!IsMasked(value) && value.Split(':').Length <= 6)
            throw NotUnderstood(line, key);
        var (_, field, _) = _fields[_index[key]];
        _fields[_index[key]] = (line, field, false);
        return null;
    }

    /// <summary>Every field that was not taken, in the order of the text.</summary>
    /// <param name="prefix">What to write before each name.</param>
    /// <param name="all">Whether to give the fields that were taken too.</param>
    public IEnumerable<NamedValue> Rest(string prefix = "", bool all = false)
    {
        foreach (var (_, field, taken) in _fields)
        {
            if (all || !taken)
                yield return prefix.Length == 0 ? field : field with { Name = prefix + field.Name };
        }
    }

    /// <summary>The error that something the section must have is absent.</summary>
    public UnexpectedOutputException Missing(string what) =>
        new(Expected, End.Text, End.Number, $"{title} ends here without its '{what}'.");

    /// <summary>A number from 0 to <paramref name="maximum"/>, or null.</summary>
    public static int? Number(string text, int maximum = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum ? number : null;

    private (TextLine Line, string Value) RequireText(string key)
    {
        if (!_index.TryGetValue(key, out var index))
            throw Missing(key);
        var (line, field, _) = _fields[index];
        _fields[index] = (line, field, true);
        return (line, field.Value);
    }

    private static UnexpectedOutputException NotUnderstood(TextLine line, string key) =>
        new(Expected, line.Text, line.Number, $"this is no value of '{key}' that the bonding driver prints.");

    private static bool IsMasked(string value) => value.IndexOfAny(['*', 'x', 'X', '#', '?', '[', '<']) >= 0;
}
