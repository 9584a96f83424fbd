using System;
using System.Globalization;
using System.Linq;

namespace BondTools.Linux;

/// <summary>Reads the values of a stanza's options; one that is not understood is an error with its line.</summary>
internal sealed class OptionReader(NetworkInterface stanza)
{
    public T? Read<T>(string name, Func<string, T> parse) where T : class
    {
        var option = Find(name);
        try
        {
            return option is null ? null : parse(option.Value);
        }
        catch (FormatException e)
        {
            throw NotUnderstood(option!, e.Message);
        }
    }

    public int? Number(string name)
    {
        if (Find(name) is not { } option)
            return null;
        return int.TryParse(option.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw NotUnderstood(option, "it is no number.");
    }

    public TimeSpan? Milliseconds(string name) => Number(name) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public TimeSpan? Seconds(string name)
    {
        if (Find(name) is not { } option)
            return null;
        return double.TryParse(option.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw NotUnderstood(option, "it is no number of seconds.");
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } option)
            return null;
        return option.Value.ToUpperInvariant() switch
        {
            "YES" or "ON" or "1" or "TRUE" => true,
            "NO" or "OFF" or "0" or "FALSE" => false,
            _ => throw NotUnderstood(option, "it is neither yes nor no."),
        };
    }

    // The enums carry the kernel's numbers, and but for actor_port_prio their names are the kernel's words.
    public T? Enum<T>(string name) where T : struct, Enum
    {
        if (Find(name) is not { } option)
            return null;
        var word = option.Value == KernelWords.ActorPortPriority ? nameof(AdSelect.ActorPortPriority) : option.Value;
        // A number that is no member prints as digits.
        return word.All(char.IsLetterOrDigit) && System.Enum.TryParse<T>(word, ignoreCase: true, out var value) && !char.IsDigit(value.ToString()[0])
            ? value
            : throw NotUnderstood(option, "the driver takes no such value.");
    }

    private NamedValue? Find(string name) => stanza.Options.LastOrDefault(option => OptionName.Of(option.Name) == name);

    private UnexpectedOutputException NotUnderstood(NamedValue option, string reason) =>
        new($"the stanza of {stanza.Name}", option.ToString(), option.LineNumber, reason);
}
