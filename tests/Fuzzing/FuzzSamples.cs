using System.Collections.Generic;
using System.IO;
using System.Threading;
using BondTools.Lab;

namespace BondTools.Fuzzing;

/// <summary>The texts that are bent: what the embedded lab's devices print of the article, and the article's own.</summary>
internal static class FuzzSamples
{
    private static readonly string[] SwitchCommands =
    [
        "show etherchannel summary", "show etherchannel detail", "show etherchannel port-channel", "show etherchannel protocol", "show etherchannel load-balance",
        "show lacp neighbor", "show lacp internal", "show lacp counters", "show lacp sys-id", "show interfaces", "show interfaces status", "show running-config",
        "show interfaces Ethernet0/0 switchport", "test etherchannel load-balance interface port-channel 1 ip 10.0.0.1 10.0.0.2", "show version", "show frobnication",
    ];

    private static readonly string[] HostCommands = ["cat /proc/net/bonding/bond0", "ip -s link", "cat /etc/network/interfaces"];

    // Views that the lab does not print.
    private static readonly string[] Others =
    [
        "Bundle-Ether1\n  Status:   Up\n  Local links <active/standby/configured>:   1 / 0 / 1\n  LACP:  Operational\n  Port  Device  State  Port ID  B/W, kbps\n  Gi0/0/0/0  Local  Active  0x8000, 0x0001  1000000\n      Link is Active\n",
        "Bundle-Ether1\n\n  Port (rate) State Port ID Key System ID\n  ---- ---- ---- ---- ----\nLocal\n  Gi0/0/0/0  30s  ascdA--- 0x8000,0x0001 0x0001 0x0064,00-1b-0c-ff-6a-36\n   Partner  30s  ascdA--- 0x8000,0x0001 0x0001 0x8000,00-0c-86-ff-c6-81\n",
        "Flags: S - Device is sending Slow hello.\n\nChannel group 14 neighbors\n  Partner Partner Partner Partner Group\nPort Name Device ID Port Age Flags Cap.\nGi1/0/7 R4 ecbd.1dff.5f89 Gi1/0/7 22s SC E0001\n",
        "Port InOctets InUcastPkts InMcastPkts InBcastPkts\nGi1/0/1 1 2 3 4\n\nPort OutOctets OutUcastPkts OutMcastPkts OutBcastPkts\nGi1/0/1 5 6 7 8\n",
        "VLAN0001\n  Spanning tree enabled protocol ieee\n\nInterface Role Sts Cost Prio.Nbr Type\n------ ---- --- ---- ------ ----\nPo1 Desg FWD 3 128.64 P2p\nEt1/0 Root BLK 100 128.5 P2p *PVID_Inc\n",
        "Channel group 3\n\nActor (internal) information:\n\n Actor Actor Actor\nPort System ID Port Number Age Flags\nGi1/0/1 32768,aabb.cc00.0100 0x102 13s SA\n\n LACP Actor Actor Actor\nPort Priority Oper Key Port State\n 32768 0x3 0x3D\n",
        "crc8_hash: 204 Outgoing port id: Ethernet1/21\n", "Group Port- Type Protocol Member Ports\n Channel\n1 Po1(SU) Eth LACP Eth1/1(P) Eth1/2(D)\n",
    ];

    /// <summary>All samples.</summary>
    /// <param name="folder">The folder of the article's texts.</param>
    public static IReadOnlyList<string> Read(string folder)
    {
        var samples = new List<string>(Others);
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article });
        foreach (var command in SwitchCommands)
            samples.Add("SW1#" + command + "\n" + lab.Switch.ExecuteAsync(command, [], CancellationToken.None).GetAwaiter().GetResult().Output + "SW1#");
        foreach (var command in HostCommands)
            samples.Add(lab.Host.ExecuteAsync(command, [], CancellationToken.None).GetAwaiter().GetResult().Output);
        foreach (var file in Directory.GetFiles(folder, "*.txt"))
            samples.Add(File.ReadAllText(file));
        return samples;
    }
}
