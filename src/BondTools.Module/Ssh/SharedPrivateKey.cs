using System.Collections.Generic;
using System.Linq;
using Renci.SshNet;
using Renci.SshNet.Security;

namespace BondTools.Module.Ssh;

/// <summary>
/// A private key that several connections use at once. Opening an encrypted one is slow by design, so it is done once;
/// signing takes turns.
/// </summary>
internal sealed class SharedPrivateKey : IPrivateKeySource
{
    public SharedPrivateKey(IPrivateKeySource key) =>
        HostKeyAlgorithms = [.. key.HostKeyAlgorithms.Select(algorithm => new Turns(algorithm, key))];

    /// <inheritdoc/>
    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; }

    private sealed class Turns(HostAlgorithm inner, object gate) : HostAlgorithm(inner.Name)
    {
        public override byte[] Data => inner.Data;

        public override byte[] Sign(byte[] data)
        {
            lock (gate)
                return inner.Sign(data);
        }

        public override bool VerifySignature(byte[] data, byte[] signature) => inner.VerifySignature(data, signature);
    }
}
