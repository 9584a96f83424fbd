using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Recognises a partner that is one LACP system made of two switches (vPC, MLAG), which is sound and must not be blamed.</summary>
internal static class MultiChassis
{
    // The address that NX-OS makes of a vPC domain's number ends with that number.
    private static readonly byte[] VirtualPortChannel = [0x00, 0x23, 0x04, 0xee, 0xbe];

    // Each half numbers its ports alike, and says by the uppermost bits of the 16 which half it is.
    private const int HalfShift = 14;

    public static bool Is(LinkCase link)
    {
        var heard = link.Heard.ToList();
        if (heard.Count == 0 || heard.Select(slave => (slave.Partner!.SystemMacAddress, slave.Partner.Key)).Distinct().Count() > 1)
            return false;
        return IsVirtual(heard[0].Partner!.SystemMacAddress)
            || heard.Select(Half).Distinct().Count() > 1
            // The switch bundles the slave, which hears a name that is not the switch's own: it must be the common one.
            || (link.Evidence.SwitchSystemId is { } own && heard.Exists(slave =>
                !slave.Partner!.SystemMacAddress.Equals(own) && link.NeighborOf(slave) is not null && link.LinkOf(slave).SwitchBundled == true));
    }

    /// <summary>Which half of the pair a slave is cabled to, by its partner's port number.</summary>
    public static int Half(BondSlave slave) => slave.Partner!.PortNumber >> HalfShift;

    private static bool IsVirtual(MacAddress system) => system.GetAddressBytes().Take(VirtualPortChannel.Length).SequenceEqual(VirtualPortChannel);
}
