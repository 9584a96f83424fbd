using BondTools.Linux;

namespace BondTools.Hashing;

/// <summary>
/// The bonding driver's hash under one policy (drivers/net/bonding/bond_main.c, __bond_xmit_hash): numbers in, a number out, tens of
/// millions a second.
/// </summary>
internal readonly struct TransmitHasher(TransmitHashPolicy policy, TransmitHashGeneration generation)
{
    private readonly bool _isLayer2 = policy.Equals(TransmitHashPolicy.Layer2);
    private readonly bool _isVlanSourceMac = policy.Equals(TransmitHashPolicy.VlanSrcMac);
    private readonly bool _isLayer4 = policy.HashesPorts;
    private readonly bool _isEncap = policy.IsEncap;
    private readonly bool _isOld = generation == TransmitHashGeneration.Linux510;

    /// <summary>Whether the hash looks at no more than the Ethernet header and the tag.</summary>
    public bool IsEthernetOnly => _isLayer2 || _isVlanSourceMac;

    /// <summary>Whether the hash looks into tunnels.</summary>
    public bool IsEncap => _isEncap;

    /// <summary>Computes the hash; of a key whose kind is not known it means nothing, unless <see cref="IsEthernetOnly"/>.</summary>
    public uint Hash(in FlowKey key)
    {
        if (_isVlanSourceMac)
            return key.VlanTag ^ (uint)(key.SourceMac >> 24) ^ (uint)(key.SourceMac & 0xFFFFFF);
        if (_isLayer2 || !(key.Kind == FlowKind.IP || (_isEncap && key.Kind == FlowKind.Dissected)))
            return Ethernet(key);

        var addresses = key.Source0 ^ key.Source1 ^ key.Destination0 ^ key.Destination1;
        var hash = (_isLayer4 ? key.Layer4 : Ethernet(key)) ^ (uint)addresses ^ (uint)(addresses >> 32);
        hash ^= hash >> 16;
        hash ^= hash >> 8;
        return _isLayer4 || _isOld ? hash >> 1 : hash;
    }

    // bond_eth_hash; older kernels took the type as it lies in the frame.
    private uint Ethernet(in FlowKey key) =>
        (uint)((key.DestinationMac ^ key.SourceMac) & 0xFF) ^ (_isOld ? Bytes.Swap(key.EtherType) : key.EtherType);
}
