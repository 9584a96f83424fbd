using System;

namespace BondTools.Lab.World;

/// <summary>What passed an interface (struct rtnl_link_stats64).</summary>
internal sealed class Counters
{
    public long RxBytes { get; private set; }
    public long RxPackets { get; private set; }
    public long RxDropped { get; private set; }
    public long RxMulticast { get; private set; }
    public long TxBytes { get; private set; }
    public long TxPackets { get; private set; }
    public long TxDropped { get; private set; }

    public void Received(int bytes, bool multicast = false)
    {
        RxBytes += bytes;
        RxPackets++;
        RxMulticast += multicast ? 1 : 0;
    }

    public void Sent(int bytes)
    {
        TxBytes += bytes;
        TxPackets++;
    }

    public void DropReceived() => RxDropped++;

    public void DropSent() => TxDropped++;
}

/// <summary>A network card of the host.</summary>
internal sealed class Nic
{
    public required string Name { get; init; }
    public required int Index { get; init; }
    public required MacAddress PermanentAddress { get; init; }
    public required int SpeedMbps { get; init; }
    /// <summary>The present address; a bond gives all its slaves the same one.</summary>
    public required MacAddress Address { get; set; }
    public bool AdminUp { get; set; }
    public int Mtu { get; set; } = 1500;
    /// <summary>The cable in it; null for a card that leads out of the lab.</summary>
    public Cable? Cable { get; set; }
    /// <summary>Whether a card that leads out of the lab has a link.</summary>
    public bool Uplink { get; init; }
    /// <summary>The bond it is a slave of.</summary>
    public BondDevice? Bond { get; set; }
    public Counters Counters { get; } = new();
    /// <summary>A LACPDU goes out or comes in here, from the port with this address: what a capture sees.</summary>
    public event Action<LacpMessage, MacAddress>? Passed;

    public void Show(LacpMessage message, MacAddress source) => Passed?.Invoke(message, source);

    public bool Carrier => AdminUp && (Cable?.CarrierAtHost ?? Uplink);
}

/// <summary>A cable between the host and the switch, and what may be wrong with it.</summary>
internal sealed class Cable
{
    public required int Number { get; init; }
    public required Nic Nic { get; init; }
    public required SwitchPort Port { get; init; }
    public bool Unplugged { get; set; }
    /// <summary>The carrier stands, but every frame is lost.</summary>
    public bool Silent { get; set; }
    /// <summary>The cable goes to another switch.</summary>
    public LacpMember? Stranger { get; set; }

    public bool CarrierAtHost => !Unplugged && (Stranger is not null || Port.AdminUp);
    public bool CarrierAtSwitch => !Unplugged && Stranger is null && Nic.AdminUp;
    /// <summary>Whether an ordinary frame gets from one end to the other.</summary>
    public bool Passes => !Silent && Stranger is null && Nic.Carrier && Port.LinkUp;
}
