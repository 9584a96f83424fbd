using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What becomes of a bond when Proxmox VE itself writes the file the next time (PVE::INotify, __interface_to_string).</summary>
internal static class ProxmoxRewrite
{
    /// <summary>What Proxmox VE would change of a bond, a sentence each.</summary>
    public static IEnumerable<string> Losses(PveBond bond)
    {
        var order = InterfacesEdit.ProxmoxSlaveOrder(bond.Slaves);
        if (!order.SequenceEqual(bond.Slaves, StringComparer.Ordinal))
            yield return $"Proxmox VE sorts the slaves of {bond.Name} the next time it writes the file ({string.Join(", ", order)}); their order is the one that the transmit hash indexes.";
        if (bond.PrimarySlave is not null && !Equals(bond.Mode, BondMode.ActiveBackup))
            yield return $"Proxmox VE leaves the primary slave of {bond.Name} out the next time it writes the file: it knows one in active-backup only.";
        if (bond.TransmitHashPolicy is not null && !Equals(bond.Mode, BondMode.Lacp) && !Equals(bond.Mode, BondMode.BalanceXor))
            yield return $"Proxmox VE leaves the transmit hash policy of {bond.Name} out the next time it writes the file: it knows one in balance-xor and 802.3ad only.";
    }
}
