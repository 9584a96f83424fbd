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
    public required string Name { get; set; }
    public required int Index { get; init; }
    public required MacAddress PermanentAddress { get; init; }
    public int MaximumMbps { get; init; } = Cable.GigabitMbps;
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
    /// <summary>A frame goes out or comes in here: what a capture sees.</summary>
    public event Action<byte[]>? Passed;

    public void Show(LacpMessage message, MacAddress source) => Passed?.Invoke(LacpWire.Encode(message, source));

    public void Show(Packet packet) => Passed?.Invoke(packet.Encode());

    public bool Carrier => AdminUp && (Cable?.CarrierAtHost ?? Uplink);

    /// <summary>The speed that the link has come up at.</summary>
    public int SpeedMbps => Cable?.SpeedMbps ?? MaximumMbps;

    public bool FullDuplex => Cable?.FullDuplexAtHost ?? true;
}

/// <summary>A cable between the host and the switch, and what may be wrong with it.</summary>
internal sealed class Cable
{
    public const int GigabitMbps = 1000, DamagedMbps = 100;

    public required int Number { get; init; }
    public required Nic Nic { get; init; }
    public required SwitchPort Port { get; set; }
    public bool Unplugged { get; set; }
    /// <summary>It has a loose contact, so that the carrier comes and goes.</summary>
    public bool Flaps { get; set; }
    /// <summary>The carrier is gone for a moment: somebody is moving the cable, or its contact is loose.</summary>
    public bool Interrupted { get; set; }
    /// <summary>The carrier stands, but every frame to the host is lost.</summary>
    public bool LosesToHost { get; set; }
    /// <summary>The carrier stands, but every frame to the switch is lost.</summary>
    public bool LosesToSwitch { get; set; }
    /// <summary>Some of its wires are broken: a link over it comes up at 100 Mbit/s.</summary>
    public bool Damaged { get; set; }
    /// <summary>The cable leads to another card of the same host.</summary>
    public Nic? Loop { get; set; }
    /// <summary>The cable goes to another switch.</summary>
    public LacpMember? Stranger { get; set; }

    public bool CarrierAtHost => !Unplugged && !Interrupted && (Stranger is not null || Loop?.AdminUp is true || (Loop is null && Port.Enabled));
    public bool CarrierAtSwitch => !Unplugged && !Interrupted && LeadsToSwitch && Nic.AdminUp;
    /// <summary>Whether an ordinary frame gets from the host to the switch.</summary>
    public bool PassesToSwitch => !LosesToSwitch && LeadsToSwitch && Nic.Carrier && Port.LinkUp;
    /// <summary>Whether an ordinary frame gets from the switch to the host.</summary>
    public bool PassesToHost => !LosesToHost && LeadsToSwitch && Nic.Carrier && Port.LinkUp;
    public int SpeedMbps => LeadsToSwitch ? Port.SpeedMbps : Damaged ? DamagedMbps : GigabitMbps;
    /// <summary>A card whose peer does not negotiate senses the speed and has to assume half duplex (IEEE 802.3, 28.2.3.1).</summary>
    public bool FullDuplexAtHost => !LeadsToSwitch || (Port.FullDuplex && Port.Negotiates);

    private bool LeadsToSwitch => Stranger is null && Loop is null;
}
