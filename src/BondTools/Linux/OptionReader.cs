using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using BondTools.Planning;

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

    public T? Enum<T>(string name) where T : struct, Enum =>
        Find(name) is not { } option ? null : KernelWords.Parse<T>(option.Value) ?? throw NotUnderstood(option, "the driver takes no such value.");

    public MacAddress? Mac(string name) =>
        Find(name) is not { } option ? null : MacAddress.TryParse(option.Value, out var address) ? address : throw NotUnderstood(option, "it is no MAC address.");

    /// <summary>The addresses of every option of a name.</summary>
    public IReadOnlyList<IPAddress> Addresses(string name) =>
        [.. stanza.OptionWords(name).Select(word => IpNetwork.TryParseAddress(word, out var address) ? address : throw NotUnderstood(Find(name)!, $"'{word}' is no address."))];

    private NamedValue? Find(string name) => stanza.Options.LastOrDefault(option => OptionName.Of(option.Name) == name);

    private UnexpectedOutputException NotUnderstood(NamedValue option, string reason) =>
        new($"the stanza of {stanza.Name}", option.ToString(), option.LineNumber, reason);
}
