using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>Compares with what others expect of outputs that nobody here wrote, in every field that both know.</summary>
[Collection(CorpusAgreement.Name)]
public class CiscoCorpusTests(CorpusAgreement agreement)
{
    [Theory]
    [InlineData("cisco/ntc-cisco_ios/show_etherchannel_summary")]
    [InlineData("cisco/ntc-cisco_nxos/show_port-channel_summary")]
    public void Summaries_agree_with_ntc_templates(string folder)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var sample = agreement.Sample(folder.Contains("nxos", StringComparison.Ordinal) ? "show port-channel summary" : "show etherchannel summary", file);
            var channels = EtherChannelSummaryParser.Parse(raw).ToDictionary(c => c.PortChannel);
            var rows = json.EnumerateArray().ToList();
            sample.Same("channels", rows.Count, channels.Count);
            foreach (var row in rows)
            {
                var channel = channels[row.Text("bundle_name")];
                if (row.TryGetProperty("group", out var group))
                    sample.Same("group", group.GetString(), channel.Group.ToString(CultureInfo.InvariantCulture));
                sample.Same("flags", row.Text("bundle_status"), channel.Flags);
                sample.Same("protocol", Protocol(row.Text("bundle_protocol")), channel.Protocol);
                // The reference lists the placeholder of an empty column as a member.
                sample.Same("members", Joined(row, "member_interface").Replace("--", "", StringComparison.Ordinal), string.Join(" ", channel.Members.Select(m => m.Interface)));
                sample.Same("member flags", Joined(row, "member_interface_status"), string.Join(" ", channel.Members.Select(m => m.Flags)));
            }
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowEtherchannelSummary")]
    [InlineData("cisco/genie-nxos/ShowPortChannelSummary")]
    public void Summaries_agree_with_genie(string folder)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var sample = agreement.Sample(folder.Contains("nxos", StringComparison.Ordinal) ? "show port-channel summary" : "show etherchannel summary", file);
            var channels = EtherChannelSummaryParser.Parse(raw).ToDictionary(c => CiscoInterfaceName.Parse(c.PortChannel).Long);
            sample.Same("channels", json.GetProperty("interfaces").EnumerateObject().Count(), channels.Count);
            foreach (var entry in json.GetProperty("interfaces").EnumerateObject())
            {
                var channel = channels[entry.Name];
                sample.Same("group", entry.Value.GetProperty("bundle_id").GetInt32(), channel.Group);
                sample.Same("in use", entry.Value.Text("oper_status") == "up", channel.InUse);
                if (entry.Value.TryGetProperty("flags", out var flags))
                    sample.Same("flags", flags.GetString(), channel.Flags);
                if (entry.Value.TryGetProperty("protocol", out var protocol))
                    sample.Same("protocol", Protocol(protocol.GetString()!), channel.Protocol);
                if (entry.Value.TryGetProperty("layer", out var layer))
                    sample.Same("layer", layer.GetString() == "routed" ? 3 : 2, channel.Layer);
                var members = entry.Value.TryGetProperty("members", out var all) ? all.EnumerateObject().ToList() : [];
                sample.Same("members", members.Count, channel.Members.Count);
                foreach (var member in members)
                {
                    var own = channel.Members.Single(m => CiscoInterfaceName.Same(m.Interface, member.Name));
                    sample.Same("member flags", member.Value.Text("flags"), own.Flags);
                    if (member.Value.TryGetProperty("bundled", out var bundled))
                        sample.Same("bundled", bundled.GetBoolean(), own.Bundled);
                }
            }
            sample.Check();
        }
    }

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
    [InlineData("cisco/genie-ios/ShowEtherChannelLoadBalancing", "global_lb_method", "lb_algo_type")]
    [InlineData("cisco/genie-iosxe/ShowEtherChannelSWLoadBalance", "load_balance_cfg", null)]
    public void Methods_agree_with_genie(string folder, string method, string? algorithm)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var sample = agreement.Sample(algorithm is null ? "show etherchannel load-balance" : "show etherchannel load-balancing", file);
            var own = Assert.Single(CiscoLoadBalanceParser.Parse(raw));
            sample.Same("method", json.Text(method), own.Method);
            if (algorithm is not null)
                sample.Same("algorithm", json.Text(algorithm), own.Algorithm);
            if (json.TryGetProperty("ipv4", out var ipv4))
                sample.Same("addresses", (ipv4.GetString(), json.Text("ipv6"), json.Text("non_ip")), (own.IPv4, own.IPv6, own.NonIp));
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowEtherchannelSummary/empty_output.raw")]
    [InlineData("cisco/genie-nxos/ShowPortChannelSummary/empty_golden.raw")]
    [InlineData("cisco/genie-ios/ShowLacpNeighbor/empty_output.raw")]
    [InlineData("cisco/genie-iosxe/ShowEtherChannelSWLoadBalance/empty.raw")]
    [InlineData("cisco/genie-ios/ShowLacpSysId/empty_output.raw")]
    public void An_empty_output_is_an_error_and_never_a_guess(string file)
    {
        var text = File.ReadAllText(Corpus.Require(file));
        Assert.Throws<UnexpectedOutputException>(() => EtherChannelSummaryParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => CiscoLoadBalanceParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpSystemIdParser.Parse(text));
    }

    private static EtherChannelProtocol Protocol(string text) => text.ToUpperInvariant() switch
    {
        "LACP" => EtherChannelProtocol.Lacp,
        "PAGP" => EtherChannelProtocol.Pagp,
        _ => EtherChannelProtocol.None,
    };

    private static string Joined(JsonElement row, string name) => string.Join(" ", row.GetProperty(name).EnumerateArray().Select(e => e.GetString()));
}
