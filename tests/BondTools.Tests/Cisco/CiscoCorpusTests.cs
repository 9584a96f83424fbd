using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>Compares with what others expect of outputs that nobody here wrote, in every field that both know.</summary>
[Collection(CorpusAgreement.Name)]
public class CiscoCorpusTests(CorpusAgreement agreement)
{
    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpNeighbor")]
    [InlineData("cisco/genie-ios/ShowLacpNeighborDetail")]
    [InlineData("cisco/genie-nxos/ShowLacpNeighbor")]
    public void Neighbors_agree_with_genie(string folder)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var sample = agreement.Sample(folder.EndsWith("Detail", StringComparison.Ordinal) ? "show lacp neighbor detail" : folder.Contains("nxos", StringComparison.Ordinal) ? "show lacp neighbor (NX-OS)" : "show lacp neighbor", file);
            var neighbors = LacpNeighborParser.Parse(raw);
            sample.Same("neighbors", json.GetProperty("interfaces").EnumerateObject().Sum(c => c.Value.GetProperty("members").EnumerateObject().Count()), neighbors.Count);
            foreach (var channel in json.GetProperty("interfaces").EnumerateObject())
            {
                foreach (var (name, member) in channel.Value.GetProperty("members").EnumerateObject().Select(m => (m.Name, m.Value)))
                {
                    var own = neighbors.Single(n => CiscoInterfaceName.Same(n.Interface, name));
                    sample.Same("group", CiscoInterfaceName.Parse(channel.Name).Number, own.Group);
                    sample.Same("oper key", member.GetProperty("oper_key").GetInt32(), own.OperKey);
                    sample.Same("port number", member.GetProperty("port_num").GetInt32(), own.PortNumber);
                    sample.Same("port priority", member.GetProperty("lacp_port_priority").GetInt32(), own.PortPriority);
                    sample.Same("port state", member.GetProperty("port_state").GetInt32(), (int)own.PortState);
                    sample.Same("age", member.GetProperty("age").GetInt32(), (int)own.Age.TotalSeconds);
                    if (member.TryGetProperty("admin_key", out var admin))
                        sample.Same("admin key", admin.GetInt32(), own.AdminKey);
                    if (member.TryGetProperty("flags", out var flags))
                        sample.Same("flags", flags.GetString(), own.Flags);
                    if (member.TryGetProperty("partner_id", out var partner))
                        sample.Same("partner", MacAddress.Parse(partner.GetString()!), own.DeviceId);
                    if (member.TryGetProperty("system_id", out var system))
                        sample.Same("system id", MacAddress.Parse(system.GetString()!.Split(',')[1]), own.DeviceId);
                }
            }
            sample.Check();
        }
    }

    [Fact]
    public void The_switchs_own_LACP_ports_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-ios/ShowLacpInternal"))
        {
            var sample = agreement.Sample("show lacp internal", file);
            var ports = LacpInternalParser.Parse(raw);
            foreach (var channel in json.GetProperty("interfaces").EnumerateObject())
            {
                foreach (var member in channel.Value.GetProperty("members").EnumerateObject())
                {
                    var own = ports.Single(p => CiscoInterfaceName.Same(p.Interface, member.Name));
                    sample.Same("group", CiscoInterfaceName.Parse(channel.Name).Number, own.Group);
                    sample.Same("flags", member.Value.Text("flags"), own.Flags);
                    sample.Same("state", member.Value.Text("state"), own.PortStatus);
                    sample.Same("bundled", member.Value.GetProperty("bundled").GetBoolean(), own.State == EtherChannelMemberState.Bundled);
                    sample.Same("port priority", member.Value.Number("lacp_port_priority"), own.PortPriority);
                    sample.Same("admin key", member.Value.Number("admin_key"), own.AdminKey);
                    sample.Same("oper key", member.Value.Number("oper_key"), own.OperKey);
                    sample.Same("port number", member.Value.Number("port_num"), own.PortNumber);
                    sample.Same("port state", member.Value.Number("port_state"), (int)own.PortState);
                    sample.Same("interval", member.Value.Text("lacp_interval"), string.Create(CultureInfo.InvariantCulture, $"{own.Interval?.TotalSeconds}s"));
                }
            }
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpSysId")]
    [InlineData("cisco/genie-nxos/ShowLacpSystemIdentifier")]
    public void System_ids_agree_with_genie(string folder)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var sample = agreement.Sample(folder.Contains("nxos", StringComparison.Ordinal) ? "show lacp system-identifier" : "show lacp sys-id", file);
            var id = LacpSystemIdParser.Parse(raw);
            sample.Same("priority", json.GetProperty("system_priority").GetInt32(), id.SystemPriority);
            sample.Same("address", MacAddress.Parse(json.Text("system_id_mac")), id.SystemMacAddress);
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpNeighbor/empty_output.raw")]
    [InlineData("cisco/genie-ios/ShowLacpSysId/empty_output.raw")]
    public void An_empty_output_is_an_error_and_never_a_guess(string file)
    {
        var text = File.ReadAllText(Corpus.Require(file));
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpSystemIdParser.Parse(text));
    }
}
