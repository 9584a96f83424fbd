using System;
using System.Security.Cryptography;
using System.Text;

namespace BondTools.Module.Ssh;

/// <summary>One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").</summary>
internal sealed class KnownHostsEntry
{
    private const string HashMarker = "|1|";
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly string _hosts;

    private KnownHostsEntry(int line, bool revoked, string hosts, HostKey key) =>
        (Line, IsRevoked, _hosts, Key) = (line, revoked, hosts, key);

    /// <summary>The line's number, from 1.</summary>
    public int Line { get; }

    /// <summary>Whether the line is marked <c>@revoked</c>.</summary>
    public bool IsRevoked { get; }

    /// <summary>The key on the line.</summary>
    public HostKey Key { get; }

    /// <summary>Reads a line; null for a comment, a <c>@cert-authority</c>, or a line that OpenSSH would pass over too.</summary>
    public static KnownHostsEntry? TryParse(string text, int line)
    {
        var fields = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0][0] == '#')
            return null;
        var first = 0;
        var revoked = fields[0] == "@revoked";
        if (revoked)
            first = 1;
        else if (fields[0][0] == '@')
            return null;
        if (fields.Length < first + 3)
            return null;
        return HostKey.TryRead(fields[first + 2]) is { } key && key.Type == fields[first + 1]
            ? new KnownHostsEntry(line, revoked, fields[first], key)
            : null;
    }

    /// <summary>Whether the line is about a host.</summary>
    /// <param name="name">Its name in lower case; <c>[name]:port</c> where the port is not 22.</param>
    public bool IsAbout(string name) =>
        _hosts.StartsWith(HashMarker, StringComparison.Ordinal) ? IsHashOf(name) : IsInList(name);

    private bool IsHashOf(string name)
    {
        var bar = _hosts.IndexOf('|', HashMarker.Length);
        if (bar < 0)
            return false;
        try
        {
            var salt = Convert.FromBase64String(_hosts.Substring(HashMarker.Length, bar - HashMarker.Length));
            var hash = Convert.FromBase64String(_hosts.Substring(bar + 1));
#pragma warning disable CA5350 // The format fixes HMAC-SHA1; it hides names and protects nothing else.
            using var hmac = new HMACSHA1(salt);
#pragma warning restore CA5350
            return hmac.ComputeHash(Encoding.UTF8.GetBytes(name)).AsSpan().SequenceEqual(hash);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool IsInList(string name)
    {
        var found = false;
        foreach (var pattern in _hosts.Split(','))
        {
            var negated = pattern.StartsWith("!", StringComparison.Ordinal);
            if (!Matches(negated ? pattern.Substring(1) : pattern, name))
                continue;
            if (negated)
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>Matches * and ?, going back to the last * only, so in at most pattern times name steps.</summary>
    private static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToLowerInvariant(pattern[p]) == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
