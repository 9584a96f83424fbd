using System.Collections.Generic;
using System.Linq;
using Renci.SshNet;

namespace BondTools.Module.Ssh;

/// <summary>Which algorithms are offered, the fastest of the safe ones first.</summary>
internal static class SshAlgorithms
{
    // The hybrids run in managed code and cost more than everything else of a connection; they stay for servers that want nothing else.
    private static readonly string[] KeyExchanges =
    [
        "curve25519-sha256", "curve25519-sha256@libssh.org",
        "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
        "diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256",
        "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
        "mlkem768x25519-sha256", "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com",
    ];

    private static readonly string[] LegacyKeyExchanges =
        ["diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1"];

    private static readonly string[] Encryptions =
    [
        "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com",
        "aes128-ctr", "aes192-ctr", "aes256-ctr",
    ];

    private static readonly string[] LegacyEncryptions = ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"];

    private static readonly string[] Macs =
        ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"];

    private static readonly string[] LegacyMacs = ["hmac-sha1-etm@openssh.com", "hmac-sha1"];

    private static readonly string[] HostKeys =
    [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "rsa-sha2-512", "rsa-sha2-256",
    ];

    private static readonly string[] LegacyHostKeys = ["ssh-rsa"];

    /// <summary>Sets what a connection offers.</summary>
    /// <param name="info">The connection.</param>
    /// <param name="legacy">Whether SHA-1, CBC and group 1 come last instead of not at all.</param>
    /// <param name="knownKeyTypes">The types of the keys that are known for the host; they come first, as with ssh.</param>
    public static void Apply(ConnectionInfo info, bool legacy, IReadOnlyList<string> knownKeyTypes)
    {
        Offer(info.KeyExchangeAlgorithms, KeyExchanges, legacy ? LegacyKeyExchanges : []);
        Offer(info.Encryptions, Encryptions, legacy ? LegacyEncryptions : []);
        Offer(info.HmacAlgorithms, Macs, legacy ? LegacyMacs : []);
        // OrderBy is stable: within known and unknown the order stays.
        var hostKeys = HostKeys.Concat(legacy ? LegacyHostKeys : []).OrderBy(name => knownKeyTypes.Contains(KeyTypeOf(name)) ? 0 : 1);
        Offer(info.HostKeyAlgorithms, hostKeys, []);
    }

    private static string KeyTypeOf(string algorithm) => algorithm is "rsa-sha2-512" or "rsa-sha2-256" ? "ssh-rsa" : algorithm;

    private static void Offer<T>(IOrderedDictionary<string, T> offered, IEnumerable<string> names, string[] legacy)
    {
        var kept = new List<KeyValuePair<string, T>>();
        foreach (var name in names.Concat(legacy))
        {
            if (offered.TryGetValue(name, out var algorithm))
                kept.Add(new KeyValuePair<string, T>(name, algorithm));
        }

        offered.Clear();
        foreach (var item in kept)
            offered.Add(item.Key, item.Value);
    }
}
