using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace BondTools.Module.Ssh;

/// <summary>A known_hosts file with OpenSSH's meaning.</summary>
/// <remarks>
/// Plain and hashed names, <c>[host]:port</c>, lists, wildcards, negation and <c>@revoked</c> count; certificate
/// authorities are passed over, because host certificates are not negotiated.
/// </remarks>
internal sealed class KnownHosts
{
    private const int DefaultPort = 22;

    private readonly List<KnownHostsEntry> _entries;

    private KnownHosts(string path, List<KnownHostsEntry> entries) => (Path, _entries) = (path, entries);

    /// <summary>The file; it need not exist.</summary>
    public string Path { get; }

    /// <summary>Reads a file; one that is not there knows no host.</summary>
    /// <exception cref="BondToolsException">ConnectFailed when the file is there and cannot be read.</exception>
    public static KnownHosts Load(string path)
    {
        try
        {
            return Parse(path, File.ReadLines(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new KnownHosts(path, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BondToolsException(BondToolsErrorKind.ConnectFailed, $"The known hosts in {path} cannot be read: {e.Message}", e)
            {
                RecommendedAction = "Make the file readable, or name another with -KnownHostsPath.",
            };
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    public static KnownHosts Parse(string path, IEnumerable<string> lines)
    {
        var entries = new List<KnownHostsEntry>();
        var number = 0;
        foreach (var line in lines)
        {
            if (KnownHostsEntry.TryParse(line, ++number) is { } entry)
                entries.Add(entry);
        }

        return new KnownHosts(path, entries);
    }

    /// <summary>The types of the keys known for a host, so that the host can be asked for one of them.</summary>
    public IReadOnlyList<string> GetKeyTypes(string host, int port)
    {
        var types = new List<string>();
        var name = NameOf(host, port);
        foreach (var entry in _entries)
        {
            if (!entry.IsRevoked && !types.Contains(entry.Key.Type) && entry.IsAbout(name))
                types.Add(entry.Key.Type);
        }

        return types;
    }

    /// <summary>Judges the key that a host shows.</summary>
    public HostKeyVerdict Check(string host, int port, HostKey key)
    {
        var verdict = Find(NameOf(host, port), key);
        if (verdict.Status != HostKeyStatus.Unknown || port == DefaultPort)
            return verdict;
        // As ssh does: a host on an unusual port is also trusted by its key under the bare name, but never mistrusted by it.
        var bare = Find(NameOf(host, DefaultPort), key);
        return bare.Status is HostKeyStatus.Trusted or HostKeyStatus.Revoked ? bare : verdict;
    }

    /// <summary>The name under which a host is kept.</summary>
    public static string NameOf(string host, int port)
    {
        var name = host.ToLowerInvariant();
        return port == DefaultPort ? name : string.Format(CultureInfo.InvariantCulture, "[{0}]:{1}", name, port);
    }

    private HostKeyVerdict Find(string name, HostKey key)
    {
        var trusted = false;
        KnownHostsEntry? other = null;
        foreach (var entry in _entries)
        {
            var same = entry.Key.IsSameAs(key);
            // Names are compared last: a hashed one costs an HMAC.
            if ((entry.IsRevoked && !same) || (same && trusted && !entry.IsRevoked) || !entry.IsAbout(name))
                continue;
            if (entry.IsRevoked)
                return new HostKeyVerdict(HostKeyStatus.Revoked, entry);
            if (same)
                trusted = true;
            // The one of the same type is the one a person will look for.
            else if (other is null || (other.Key.Type != key.Type && entry.Key.Type == key.Type))
                other = entry;
        }

        if (trusted)
            return new HostKeyVerdict(HostKeyStatus.Trusted, null);
        return other is null ? new HostKeyVerdict(HostKeyStatus.Unknown, null) : new HostKeyVerdict(HostKeyStatus.Changed, other);
    }
}

/// <summary>What known_hosts says about a key.</summary>
internal enum HostKeyStatus
{
    /// <summary>The host is known by this key.</summary>
    Trusted,
    /// <summary>The host is not known.</summary>
    Unknown,
    /// <summary>The host is known by another key.</summary>
    Changed,
    /// <summary>The key is marked as revoked.</summary>
    Revoked,
}

/// <summary>What known_hosts says about a key, and the line that says so.</summary>
/// <param name="Status">The judgement.</param>
/// <param name="Entry">The line with the other or the revoked key; null when there is none.</param>
internal readonly record struct HostKeyVerdict(HostKeyStatus Status, KnownHostsEntry? Entry);
