using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace BondTools.Module.Ssh;

/// <summary>Decides whether the key that a host shows is trusted, and says why not.</summary>
internal sealed class HostKeyCheck(SshSettings settings)
{
    private readonly Lazy<KnownHosts> _knownHosts = new(() => KnownHosts.Load(settings.KnownHostsPath));
    private HostKey? _accepted;

    /// <summary>Why the key was refused; null when it was not.</summary>
    public BondToolsException? Refusal { get; private set; }

    /// <summary>The types of the keys that are known for the host.</summary>
    /// <exception cref="BondToolsException">ConnectFailed when known_hosts cannot be read.</exception>
    public IReadOnlyList<string> KnownKeyTypes => _knownHosts.Value.GetKeyTypes(settings.Host, settings.Port);

    /// <summary>Judges a key. Runs again when the keys of a connection are renewed; the host must then show the same key.</summary>
    /// <param name="blob">The key as it came over the wire, its signature verified.</param>
    /// <param name="cancellationToken">A connection that nobody waits for is refused.</param>
    public bool IsTrusted(byte[] blob, CancellationToken cancellationToken)
    {
        if (_accepted is not null)
            return HostKey.TryRead(blob) is { } again && again.IsSameAs(_accepted);
        if (cancellationToken.IsCancellationRequested)
            return false;
        if (HostKey.TryRead(blob) is not { } key)
        {
            Refusal = new BondToolsException(BondToolsErrorKind.ConnectFailed, $"{settings.Host} showed a host key that is not understood.");
            return false;
        }

        var verdict = _knownHosts.Value.Check(settings.Host, settings.Port, key);
        Refusal = verdict.Status switch
        {
            HostKeyStatus.Revoked => Revoked(key, verdict.Entry!),
            HostKeyStatus.Changed => Changed(key, verdict.Entry!),
            HostKeyStatus.Unknown => settings.AcceptNewHostKey ? Record(key) : Unknown(key),
            _ => null,
        };
        if (Refusal is null)
            _accepted = key;
        return Refusal is null;
    }

    private BondToolsException? Record(HostKey key)
    {
        try
        {
            KnownHostsFile.Add(settings.KnownHostsPath, settings.Host, settings.Port, key);
            return null;
        }
        catch (BondToolsException e)
        {
            return e;
        }
    }

    private BondToolsException Unknown(HostKey key) =>
        new(BondToolsErrorKind.HostKeyUnknown, $"{settings.Host} is not in {settings.KnownHostsPath}. It shows the {key.Type} key {key.Fingerprint}.")
        {
            RecommendedAction = "Compare the fingerprint with the one on the device's own console. If they agree, connect once with -AcceptNewHostKey, which records the key.",
        };

    private BondToolsException Changed(HostKey key, KnownHostsEntry entry) =>
        new(
            BondToolsErrorKind.HostKeyMismatch,
            $"{settings.Host} shows another key than the known one: now {key.Type} {key.Fingerprint}, known {entry.Key.Type} {entry.Key.Fingerprint} ({Where(entry)}). Somebody may be listening in between, or the device was installed anew.")
        {
            RecommendedAction = $"Find out why it changed. If the new key is right, remove the old one: ssh-keygen -f '{settings.KnownHostsPath}' -R '{KnownHosts.NameOf(settings.Host, settings.Port)}'",
        };

    private BondToolsException Revoked(HostKey key, KnownHostsEntry entry) =>
        new(BondToolsErrorKind.HostKeyRevoked, $"{settings.Host} shows the {key.Type} key {key.Fingerprint}, which is marked as revoked ({Where(entry)}).")
        {
            RecommendedAction = "Do not use the device before its host key is replaced.",
        };

    private string Where(KnownHostsEntry entry) =>
        string.Format(CultureInfo.InvariantCulture, "{0}:{1}", settings.KnownHostsPath, entry.Line);
}
