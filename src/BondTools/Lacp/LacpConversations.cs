namespace BondTools.Lacp;

/// <summary>What a version 2 LACPDU says of how conversations are spread over the links (IEEE 802.1AX-2020, 6.4.2.4); what it does not say is null.</summary>
public sealed record LacpConversations
{
    /// <summary>How a frame is given its conversation (Port Algorithm TLV, type 4): three bytes of who defined it, one of the algorithm.</summary>
    public long? PortAlgorithm { get; init; }

    /// <summary>The number of this link among those of the aggregator (Port Conversation ID Digest TLV, type 5), 0 to 65535.</summary>
    public int? LinkNumber { get; init; }

    /// <summary>The MD5 digest of which link is to carry which conversation (the same TLV), in hexadecimal digits.</summary>
    public string? LinkListDigest { get; init; }

    /// <summary>The state octet beside the mask (Port Conversation Mask-1 TLV, type 6).</summary>
    public int? MaskState { get; init; }

    /// <summary>The conversations that this link carries, a bit each from conversation 0 on (Mask-1 to Mask-4 TLVs, types 6 to 9), in hexadecimal digits: 1024 of them where all four are there.</summary>
    public string? Mask { get; init; }

    /// <summary>The MD5 digest of which service belongs to which conversation (Port Conversation Service Mapping Digest TLV, type 10), in hexadecimal digits.</summary>
    public string? ServiceMappingDigest { get; init; }
}
