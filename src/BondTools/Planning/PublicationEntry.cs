using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace BondTools.Planning;

/// <summary>A publication as the host's record has it, without the two files.</summary>
internal sealed record PublicationEntry(
    string Id,
    DateTimeOffset Time,
    PublicationOutcome Outcome,
    DateTimeOffset? EndTime,
    string User,
    IPAddress? From,
    string Client,
    TimeSpan RollbackAfter,
    string BeforeSha256,
    string AfterSha256)
{
    private const string What = "the record of a publication";

    /// <summary>Reads records of <c>key=value</c> lines, each followed by the line <c>mark=…</c> and an empty one.</summary>
    /// <returns>The newest first.</returns>
    /// <exception cref="UnexpectedOutputException">A line has no key, or a key that is needed is missing or makes no sense.</exception>
    public static IReadOnlyList<PublicationEntry> Parse(string text)
    {
        var entries = new List<PublicationEntry>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var equals = line.IndexOf('=');
            if (equals > 0)
                fields[line.Substring(0, equals)] = line.Substring(equals + 1);
            else if (line.Length > 0)
                throw new UnexpectedOutputException(What, line, i + 1, "it is not key=value.");
            // What was cut off while it armed has no mark, and never began.
            else if (fields.ContainsKey("mark"))
                entries.Add(Read(fields, i));
            if (line.Length == 0)
                fields.Clear();
        }

        entries.Sort((a, b) => a.Time != b.Time ? b.Time.CompareTo(a.Time) : string.CompareOrdinal(b.Id, a.Id));
        return entries;
    }

    /// <summary>Whether a text is a publication's id, which becomes part of a path on the host: 20260105T090000Z-0a1b2c.</summary>
    public static bool IsId(string text)
    {
        const string form = "00000000T000000Z-ffffff";
        if (text.Length != form.Length)
            return false;
        for (var i = 0; i < form.Length; i++)
        {
            var isDigit = text[i] is >= '0' and <= '9';
            var isRight = form[i] switch { '0' => isDigit, 'f' => isDigit || text[i] is >= 'a' and <= 'f', var other => text[i] == other };
            if (!isRight)
                return false;
        }

        return true;
    }

    /// <summary>The whole record.</summary>
    public NetworkPublicationRecord WithFiles(string computerName, string before, string after) => new()
    {
        ComputerName = computerName,
        Id = Id,
        Time = Time,
        Outcome = Outcome,
        EndTime = EndTime,
        User = User,
        From = From,
        Client = Client,
        RollbackAfter = RollbackAfter,
        Before = before,
        After = after,
    };

    private static PublicationEntry Read(Dictionary<string, string> fields, int lineNumber)
    {
        string Value(string key) => fields.TryGetValue(key, out var value) ? value : throw Bad(key, "it is missing.");

        UnexpectedOutputException Bad(string key, string reason) =>
            new(What, fields.TryGetValue(key, out var value) ? $"{key}={value}" : key, lineNumber, reason);

        DateTimeOffset Moment(string key) =>
            DateTimeOffset.TryParseExact(Value(key), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment : throw Bad(key, "it is no moment.");

        return new PublicationEntry(
            IsId(Value("id")) ? Value("id") : throw Bad("id", "it is no id."),
            Moment("time"),
            Enum.TryParse<PublicationOutcome>(Value("mark"), ignoreCase: true, out var outcome) ? outcome : throw Bad("mark", "it is no outcome."),
            fields.ContainsKey("ended") ? Moment("ended") : null,
            Value("user"),
            // SSH_CONNECTION: the client's address and port, then the host's.
            IPAddress.TryParse(Value("from").Split(' ')[0], out var from) ? from : null,
            Value("client"),
            int.TryParse(Value("seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds) : throw Bad("seconds", "it is no number."),
            Value("before"),
            Value("wish"));
    }
}
