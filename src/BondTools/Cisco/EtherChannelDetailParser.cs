using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// Reads <c>show etherchannel detail</c>, <c>show etherchannel port-channel</c>, <c>show etherchannel protocol</c> and
/// <c>show interfaces etherchannel</c> (IOS, IOS-XE), each for one group or interface or for all.
/// </summary>
/// <remarks>
/// These views are blocks below headings (<c>Group: 1</c>, <c>Port: Gi1/0/1</c>, <c>Port-channel: Po1</c>), whose lines hold
/// one or more <c>name = value</c>. Only names, headings and words count, never columns.
/// </remarks>
public static class EtherChannelDetailParser
{
    internal const string Expected = "show etherchannel detail";

    /// <summary>Reads all channel-groups of a text.</summary>
    /// <param name="text">The output; prompts, prose and log messages may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a channel-group.</returns>
    /// <exception cref="UnexpectedOutputException">There is no such block, or one is not complete.</exception>
    public static IReadOnlyList<CiscoEtherChannelDetail> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var reader = new EtherChannelDetailReader(computerName);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!CiscoText.IsLogMessage(lines[i]))
                reader.Read(lines[i].Trim(), i + 1);
        }
        var groups = reader.Finish();
        return groups.Count > 0 ? groups : throw CiscoText.NotFound(Expected, lines, "there is neither a group, nor a port with its state, nor a port-channel");
    }

    internal static UnexpectedOutputException Error(string line, int number, string reason) => new(Expected, line, number, reason);
}
