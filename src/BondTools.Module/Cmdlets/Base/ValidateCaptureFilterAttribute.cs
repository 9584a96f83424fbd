using System;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>Accepts the characters of which the expressions of pcap-filter(7) are made, and no more of them than anybody types.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateCaptureFilterAttribute : ValidateEnumeratedArgumentsAttribute
{
    private const int Longest = 1000;
    private const string Signs = " .:,/_-+*%&|^!=<>()[]";

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        var text = $"{element}";
        if (text.Length > Longest)
            throw new ValidationMetadataException($"A capture filter has at most {Longest} characters.");
        // An expression never begins with a minus sign; an option of tcpdump does.
        if (text.TrimStart().StartsWith("-", StringComparison.Ordinal))
            throw new ValidationMetadataException($"'{text}' is no capture filter: it begins with '-'.");
        foreach (var c in text)
        {
            if (!(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9') && Signs.IndexOf(c) < 0)
                throw new ValidationMetadataException($"'{text}' is no capture filter: it has no place for '{c}'.");
        }
    }
}
