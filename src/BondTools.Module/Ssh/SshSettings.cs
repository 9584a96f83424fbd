using System;
using System.IO;

namespace BondTools.Module.Ssh;

/// <summary>Everything that a connection needs, secrets included, so that a second one can be opened like the first.</summary>
internal sealed record SshSettings
{
    /// <summary>The user's own SSH folder, <c>~/.ssh</c>.</summary>
    public static string UserFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");

    /// <summary>The device's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port.</summary>
    public int Port { get; init; } = 22;

    /// <summary>The user to log in as.</summary>
    public required string UserName { get; init; }

    /// <summary>What to log in with.</summary>
    public required SshKeyRing Keys { get; init; }

    /// <summary>The known_hosts file; it need not exist.</summary>
    public required string KnownHostsPath { get; init; }

    /// <summary>Whether the key of an unknown host is accepted and recorded.</summary>
    public bool AcceptNewHostKey { get; init; }

    /// <summary>Whether SHA-1, CBC and group 1 algorithms are offered too.</summary>
    public bool LegacyAlgorithms { get; init; }

    /// <summary>How long TCP, banner, key exchange and authentication may take together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Names the device and the user; never a secret.</summary>
    public override string ToString() => $"{UserName}@{Host}:{Port}";
}
