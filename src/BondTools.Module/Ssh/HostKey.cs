using System;
using System.Security.Cryptography;
using System.Text;

namespace BondTools.Module.Ssh;

/// <summary>A host's public key as it goes over the wire (RFC 4253, section 6.6).</summary>
internal sealed class HostKey
{
    private const int LengthPrefix = 4;
    private const int LongestType = 64;

    private readonly byte[] _blob;

    private HostKey(byte[] blob, string type) => (_blob, Type) = (blob, type);

    /// <summary>The key's type, such as <c>ssh-ed25519</c>; all signature algorithms of RSA share <c>ssh-rsa</c>.</summary>
    public string Type { get; }

    /// <summary>The fingerprint as OpenSSH prints it: <c>SHA256:</c> and base64 without padding.</summary>
    public string Fingerprint
    {
        get
        {
#if NET
            var hash = SHA256.HashData(_blob);
#else
            using var sha = SHA256.Create();
            var hash = sha.ComputeHash(_blob);
#endif
            return "SHA256:" + Convert.ToBase64String(hash).TrimEnd('=');
        }
    }

    /// <summary>The key in base64, as known_hosts holds it.</summary>
    public string ToBase64() => Convert.ToBase64String(_blob);

    /// <summary>Whether both are the same key.</summary>
    public bool IsSameAs(HostKey other) => _blob.AsSpan().SequenceEqual(other._blob);

    /// <summary>Reads a key; null when the bytes do not begin with a key type.</summary>
    public static HostKey? TryRead(byte[] blob)
    {
        if (blob.Length < LengthPrefix)
            return null;
        var length = (blob[0] << 24) | (blob[1] << 16) | (blob[2] << 8) | blob[3];
        if (length is <= 0 or > LongestType || length > blob.Length - LengthPrefix)
            return null;
        return new HostKey(blob, Encoding.ASCII.GetString(blob, LengthPrefix, length));
    }

    /// <summary>Reads a key from base64; null when it is none.</summary>
    public static HostKey? TryRead(string base64)
    {
        try
        {
            return TryRead(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
