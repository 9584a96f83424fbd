using System;
using System.Collections.Generic;
using System.IO;
using System.Security;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BondTools.Module.Ssh;

/// <summary>The private keys of a login, read once for all connections that use them.</summary>
internal sealed class SshKeyRing
{
    private static readonly string[] UsualNames = ["id_ed25519", "id_ecdsa", "id_rsa"];

    private readonly string? _path;
    private readonly SecureString? _passphrase;
    private readonly SecureString? _password;
    private readonly Lazy<List<IPrivateKeySource>> _keys;
    private bool _passwordOpenedKey;

    /// <summary>Names the keys; nothing is read yet.</summary>
    /// <param name="path">The key file; null for the usual ones of the user when there is no password either.</param>
    /// <param name="passphrase">What opens it; null for <paramref name="password"/>.</param>
    /// <param name="password">The login's password; null when there is none.</param>
    public SshKeyRing(string? path, SecureString? passphrase, SecureString? password)
    {
        (_path, _passphrase, _password) = (path, passphrase, password);
        _keys = new Lazy<List<IPrivateKeySource>>(Load);
    }

    /// <summary>The keys. Empty when the login is by password alone.</summary>
    /// <exception cref="BondToolsException">NotFound, AuthenticationFailed or InvalidConfiguration: there is no usable key.</exception>
    internal IReadOnlyList<IPrivateKeySource> Keys => _keys.Value;

    /// <summary>The password to send to the device; null when there is none, or when it was the passphrase of the key.</summary>
    public SecureString? LoginPassword => _keys.Value is not null && _passwordOpenedKey ? null : _password;

    private List<IPrivateKeySource> Load()
    {
        if (_path is not null)
            return [LoadOne(_path)];
        return _password is null ? LoadUsual() : [];
    }

    private SharedPrivateKey LoadOne(string path)
    {
        try
        {
            try
            {
                return new SharedPrivateKey(new PrivateKeyFile(path));
            }
            catch (SshPassPhraseNullOrEmptyException)
            {
                var secret = _passphrase ?? _password ?? throw Unusable(path, "it is encrypted and no passphrase was given");
                var key = new SharedPrivateKey(new PrivateKeyFile(path, Secrets.Reveal(secret)));
                _passwordOpenedKey = _passphrase is null;
                return key;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BondToolsException(BondToolsErrorKind.NotFound, $"The private key {path} is not there.", e)
            {
                RecommendedAction = "Name the private key with -KeyFilePath.",
            };
        }
        catch (Exception e) when (e is not BondToolsException)
        {
            // The library has no one exception for a wrong passphrase; each cipher and format fails in its own way.
            throw Unusable(path, "the passphrase is wrong or the file is damaged", e);
        }
    }

    private List<IPrivateKeySource> LoadUsual()
    {
        var keys = new List<IPrivateKeySource>();
        foreach (var name in UsualNames)
        {
            var path = Path.Combine(SshSettings.UserFolder, name);
            if (!File.Exists(path))
                continue;
            try
            {
                keys.Add(LoadOne(path));
            }
            catch (BondToolsException)
            {
                // One of several that nobody named; if none is usable, that is said below.
            }
        }

        return keys.Count > 0
            ? keys
            : throw new BondToolsException(BondToolsErrorKind.AuthenticationFailed, $"There is nothing to log in with: neither a password nor a usable private key in {SshSettings.UserFolder}.")
            {
                RecommendedAction = "Give -Credential, or -KeyFilePath (with -KeyPassphrase when the key is encrypted).",
            };
    }

    private static BondToolsException Unusable(string path, string reason, Exception? cause = null) =>
        new(BondToolsErrorKind.AuthenticationFailed, $"The private key {path} cannot be used: {reason}.", cause)
        {
            RecommendedAction = "Give its passphrase with -KeyPassphrase.",
        };
}
