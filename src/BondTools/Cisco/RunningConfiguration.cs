using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>A whole running configuration, as far as EtherChannels are concerned.</summary>
internal sealed record RunningConfiguration
{
    public required IReadOnlyList<CiscoInterfaceConfiguration> Interfaces { get; init; }

    /// <summary>The LACP system priority; null when no line says.</summary>
    public int? SystemPriority { get; init; }

    /// <summary>Where the archive keeps configurations; without it there is no revert timer.</summary>
    public string? ArchivePath { get; init; }

    /// <exception cref="UnexpectedOutputException">As <see cref="RunningConfigurationParser.Parse"/>.</exception>
    public static RunningConfiguration Parse(string text, string? computerName)
    {
        var configuration = new RunningConfiguration { Interfaces = RunningConfigurationParser.Parse(text, computerName) };
        var inArchive = false;
        foreach (var line in CiscoText.Lines(text))
        {
            var words = CiscoText.Words(line);
            if (words.Length == 0)
                continue;
            if (!char.IsWhiteSpace(line[0]))
                inArchive = words[0] == "archive" && words.Length == 1;
            else if (inArchive && words[0] == "path" && words.Length > 1)
                configuration = configuration with { ArchivePath = words[1] };
            if (line.StartsWith("lacp system-priority ", StringComparison.Ordinal) && CiscoText.TryNumber(words[2], out var priority))
                configuration = configuration with { SystemPriority = priority };
        }
        return configuration;
    }
}
