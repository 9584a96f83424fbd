using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// Reads which member a switch would take for a flow: <c>test etherchannel load-balance interface port-channel N …</c>
/// and <c>show etherchannel load-balance hash-result …</c> (IOS), <c>show platform software fed … etherchannel N
/// load-balance …</c> (IOS-XE on Catalyst 9000), <c>show port-channel load-balance forwarding-path …</c> (NX-OS).
/// </summary>
/// <remarks>
/// A switch answers only for the kind of address that its method hashes; what it says to another kind means nothing
/// (Cisco document 116385), and cannot be told from the text.
/// </remarks>
public static class CiscoLoadBalanceAnswerParser
{
    private const string Expected = "test etherchannel load-balance";

    // The words before the member, and whether "of Po1" follows it.
    private static readonly string[] MemberMarks = { "Would select ", "Dest Port:", "Outgoing port id:", "Outgoing port id (no cache hit):", "Outgoing port:", "Selected member:" };
    private static readonly string[] HashMarks = { "Computed RBH:", "crc8_hash:", "RBH:", "Hash value:", "crc_hash:" };

    /// <summary>Reads all answers of a text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record for each answer.</returns>
    /// <exception cref="UnexpectedOutputException">The switch names no member: it refused the question, or the port-channel has none.</exception>
    public static IReadOnlyList<CiscoLoadBalanceAnswer> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var answers = new List<CiscoLoadBalanceAnswer>();
        int? hash = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (After(lines[i], HashMarks) is { } value)
                hash = TryHash(CiscoText.Words(value), out var number) ? number : throw new UnexpectedOutputException(Expected, lines[i], i + 1, "the hash is no number");
            if (After(lines[i], MemberMarks) is not { } answer)
                continue;
            // The Catalyst 9000 prints its colon twice.
            var words = CiscoText.Words(answer.TrimStart(':', ' '));
            if (words.Length == 0 || !CiscoText.LooksLikeInterface(words[0].TrimEnd('.', ',')))
                throw new UnexpectedOutputException(Expected, lines[i], i + 1, "no member port is named");
            var channel = words.Length >= 3 && words[1] == "of" ? words[2].TrimEnd('.') : null;
            answers.Add(new CiscoLoadBalanceAnswer { ComputerName = computerName, Interface = words[0].TrimEnd('.', ','), PortChannel = channel, Hash = hash });
            hash = null;
        }
        return answers.Count > 0 ? answers : throw CiscoText.NotFound(Expected, lines, "no line names the member that would be selected");
    }

    private static string? After(string line, string[] marks)
    {
        foreach (var mark in marks)
        {
            var at = line.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                return line.Substring(at + mark.Length);
        }
        return null;
    }

    private static bool TryHash(string[] words, out int value)
    {
        value = 0;
        return words.Length > 0 && CiscoText.TryWord16(words[0].TrimEnd(','), out value);
    }
}
