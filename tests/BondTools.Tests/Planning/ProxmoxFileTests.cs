using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

/// <summary>What is staged goes through Proxmox VE's own reader and writer with its meaning unchanged.</summary>
public class ProxmoxFileTests
{
    private const string Nics = "auto lo\niface lo inet loopback\n\n";

    [Fact]
    public void The_model_reads_as_Proxmox_read_the_recorded_files()
    {
        var compared = 0;
        foreach (var path in Directory.GetFiles(Corpus.Require("interfaces"), "*.pve.json"))
        {
            var model = ProxmoxFile.Read(File.ReadAllText(path.Replace(".pve.json", ".eni", StringComparison.Ordinal)));
            foreach (var recorded in JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("ifaces").EnumerateObject())
            {
                if (recorded.Value.GetProperty("type").GetString() is not ("bond" or "bridge" or "vlan" or "eth"))
                    continue;
                var iface = model.Interfaces.Find(i => i.Name == recorded.Name);
                foreach (var property in recorded.Value.EnumerateObject().Where(p => p.Name is "slaves" or "bond_mode" or "bond_miimon" or "bond_xmit_hash_policy" or "bridge_ports" or "mtu" or "bond-primary"))
                {
                    Assert.True(iface?.Values.GetValueOrDefault(property.Name) == property.Value.GetString(), $"{path}: {recorded.Name} {property.Name}");
                    compared++;
                }

                if (recorded.Value.TryGetProperty("options", out var options))
                    Assert.Equal(options.EnumerateArray().Select(option => option.GetString()), iface!.Options.Where(option => option.Suffix.Length == 0).Select(option => option.Line));
            }
        }

        Assert.True(compared > 40, $"{compared}");
    }

    public static TheoryData<string, InterfacesFile> Staged()
    {
        var data = new TheoryData<string, InterfacesFile>();
        foreach (var row in BondOptionTests.Options)
        {
            var mode = row.Data.Item1;
            var bare = InterfacesEdit.AddBond(InterfacesFile.Parse(Nics), new PveBond
            {
                Name = "bond0", Slaves = ["eno1", "eno2"], Mode = mode == "arp" ? BondMode.ActiveBackup : BondMode.Parse(mode),
                ArpPollingInterval = mode == "arp" ? TimeSpan.FromSeconds(1) : null,
                ArpIpTargets = mode == "arp" ? [System.Net.IPAddress.Parse("10.0.0.1"), System.Net.IPAddress.Parse("fd00::1")] : [],
                Method = "static", Addresses = ["10.0.0.5/24", "2001:db8::5/64"], Mtu = 9000, Comment = "both\nlines",
            });
            data.Add(row.Data.Item3[0], InterfacesEdit.SetBond(bare, "bond0", row.Data.Item2));
        }

        var bond = InterfacesEdit.AddBond(InterfacesFile.Parse(Nics), new PveBond { Name = "bond0", Slaves = ["eno1", "eno2"], Mode = BondMode.Lacp });
        data.Add("vlan", InterfacesEdit.AddVlan(InterfacesEdit.AddVlan(bond, new PveVlan { Name = "bond0.7", Method = "static", Addresses = ["10.0.0.5/24"] }), new PveVlan { Name = "storage", Device = "bond0", VlanId = 8 }));
        data.Add("bridge", InterfacesEdit.AddBridge(bond, new PveBridge { Name = "vmbr1", Ports = ["bond0"], VlanAware = true, VlanIds = "2-10", DefaultVlanId = 9, Stp = true, ForwardDelay = TimeSpan.FromSeconds(4) }));
        data.Add("ovs", InterfacesEdit.AddOvsBond(InterfacesEdit.AddOvsBridge(InterfacesFile.Parse(Nics), new PveOvsBridge { Name = "vmbr1", Ports = ["eno3"], Mtu = 9000 }),
            new PveOvsBond { Name = "bond0", Bridge = "vmbr1", Slaves = ["eno1", "eno2"], Mode = OvsBondMode.LacpBalanceTcp, LacpRate = LacpRate.Fast, VlanTag = 3, Mtu = 9000 }));
        return data;
    }

    [Theory]
    [MemberData(nameof(Staged))]
    public void What_Proxmox_writes_again_means_the_same(string what, InterfacesFile staged)
    {
        Assert.NotEmpty(what);
        var again = InterfacesFile.Parse(ProxmoxFile.Read(staged.ToString()).Write());
        Assert.Equal(RecordText.Of(staged.Bonds), RecordText.Of(again.Bonds));
        Assert.Equal(RecordText.Of(staged.Bridges), RecordText.Of(again.Bridges));
        Assert.Equal(RecordText.Of(staged.Vlans), RecordText.Of(again.Vlans));
        Assert.Equal(RecordText.Of(staged.OvsBonds), RecordText.Of(again.OvsBonds));
        Assert.Equal(RecordText.Of(staged.OvsBridges), RecordText.Of(again.OvsBridges));
    }

    [Fact]
    public void What_Proxmox_loses_is_told_beforehand()
    {
        PveBond bond = new() { Name = "bond0", Slaves = ["eno2", "eno1"], Mode = BondMode.BalanceTlb, PrimarySlave = "eno1", TransmitHashPolicy = TransmitHashPolicy.Layer34 };
        var again = Assert.Single(InterfacesFile.Parse(ProxmoxFile.Read(InterfacesEdit.AddBond(InterfacesFile.Parse(Nics), bond).ToString()).Write()).Bonds);
        Assert.Equal(["eno1", "eno2"], again.Slaves);
        Assert.Equal((null, null), (again.PrimarySlave, again.TransmitHashPolicy));
        Assert.Equal(3, ProxmoxRewrite.Losses(bond).Count());
        Assert.Empty(ProxmoxRewrite.Losses(again));
    }
}
