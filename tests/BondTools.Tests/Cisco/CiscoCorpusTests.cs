using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>Compares with what others expect of outputs that nobody here wrote; prints how many agree, field by field.</summary>
public class CiscoCorpusTests
{
    private readonly SortedDictionary<string, (int Agree, int Total)> _fields = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("cisco/ntc-cisco_ios/show_etherchannel_summary")]
    [InlineData("cisco/ntc-cisco_nxos/show_port-channel_summary")]
    public void Summaries_agree_with_ntc_templates(string folder)
    {
        foreach (var (raw, json) in Samples(folder))
        {
            var channels = EtherChannelSummaryParser.Parse(raw).ToDictionary(c => c.PortChannel);
            var rows = json.EnumerateArray().ToList();
            Same("channels", rows.Count, channels.Count);
            foreach (var row in rows)
            {
                var channel = channels[Text(row, "bundle_name")];
                if (row.TryGetProperty("group", out var group))
                    Same("group", group.GetString(), channel.Group.ToString(CultureInfo.InvariantCulture));
                Same("flags", Text(row, "bundle_status"), channel.Flags);
                Same("protocol", Protocol(Text(row, "bundle_protocol")), channel.Protocol);
                // The reference lists the placeholder of an empty column as a member.
                Same("members", Joined(row, "member_interface").Replace("--", "", StringComparison.Ordinal), string.Join(" ", channel.Members.Select(m => m.Interface)));
                Same("member flags", Joined(row, "member_interface_status"), string.Join(" ", channel.Members.Select(m => m.Flags)));
            }
        }
        Report(folder);
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowEtherchannelSummary")]
    [InlineData("cisco/genie-nxos/ShowPortChannelSummary")]
    public void Summaries_agree_with_genie(string folder)
    {
        foreach (var (raw, json) in Samples(folder))
        {
            var channels = EtherChannelSummaryParser.Parse(raw).ToDictionary(c => CiscoInterfaceName.Parse(c.PortChannel).Long);
            Same("channels", json.GetProperty("interfaces").EnumerateObject().Count(), channels.Count);
            foreach (var entry in json.GetProperty("interfaces").EnumerateObject())
            {
                var channel = channels[entry.Name];
                Same("group", entry.Value.GetProperty("bundle_id").GetInt32(), channel.Group);
                Same("in use", Text(entry.Value, "oper_status") == "up", channel.InUse);
                if (entry.Value.TryGetProperty("flags", out var flags))
                    Same("flags", flags.GetString(), channel.Flags);
                if (entry.Value.TryGetProperty("protocol", out var protocol))
                    Same("protocol", Protocol(protocol.GetString()!), channel.Protocol);
                if (entry.Value.TryGetProperty("layer", out var layer))
                    Same("layer", layer.GetString() == "routed" ? 3 : 2, channel.Layer);
                var members = entry.Value.TryGetProperty("members", out var all) ? all.EnumerateObject().ToList() : [];
                Same("members", members.Count, channel.Members.Count);
                foreach (var member in members)
                {
                    var own = channel.Members.Single(m => CiscoInterfaceName.Same(m.Interface, member.Name));
                    Same("member flags", Text(member.Value, "flags"), own.Flags);
                    if (member.Value.TryGetProperty("bundled", out var bundled))
                        Same("bundled", bundled.GetBoolean(), own.Bundled);
                }
            }
        }
        Report(folder);
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpNeighbor")]
    [InlineData("cisco/genie-ios/ShowLacpNeighborDetail")]
    [InlineData("cisco/genie-nxos/ShowLacpNeighbor")]
    public void Neighbors_agree_with_genie(string folder)
    {
        foreach (var (raw, json) in Samples(folder))
        {
            var neighbors = LacpNeighborParser.Parse(raw);
            Same("neighbors", json.GetProperty("interfaces").EnumerateObject().Sum(c => c.Value.GetProperty("members").EnumerateObject().Count()), neighbors.Count);
            foreach (var channel in json.GetProperty("interfaces").EnumerateObject())
            {
                foreach (var (name, member) in channel.Value.GetProperty("members").EnumerateObject().Select(m => (m.Name, m.Value)))
                {
                    var own = neighbors.Single(n => CiscoInterfaceName.Same(n.Interface, name));
                    Same("group", CiscoInterfaceName.Parse(channel.Name).Number, own.Group);
                    Same("oper key", member.GetProperty("oper_key").GetInt32(), own.OperKey);
                    Same("port number", member.GetProperty("port_num").GetInt32(), own.PortNumber);
                    Same("port priority", member.GetProperty("lacp_port_priority").GetInt32(), own.PortPriority);
                    Same("port state", member.GetProperty("port_state").GetInt32(), (int)own.PortState);
                    Same("age", member.GetProperty("age").GetInt32(), (int)own.Age.TotalSeconds);
                    if (member.TryGetProperty("admin_key", out var admin))
                        Same("admin key", admin.GetInt32(), own.AdminKey);
                    if (member.TryGetProperty("flags", out var flags))
                        Same("flags", flags.GetString(), own.Flags);
                    if (member.TryGetProperty("partner_id", out var partner))
                        Same("partner", MacAddress.Parse(partner.GetString()!), own.DeviceId);
                    if (member.TryGetProperty("system_id", out var system))
                        Same("system id", MacAddress.Parse(system.GetString()!.Split(',')[1]), own.DeviceId);
                }
            }
        }
        Report(folder);
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpSysId")]
    [InlineData("cisco/genie-nxos/ShowLacpSystemIdentifier")]
    public void System_ids_agree_with_genie(string folder)
    {
        foreach (var (raw, json) in Samples(folder))
        {
            var id = LacpSystemIdParser.Parse(raw);
            Same("priority", json.GetProperty("system_priority").GetInt32(), id.SystemPriority);
            Same("address", MacAddress.Parse(Text(json, "system_id_mac")), id.SystemMacAddress);
        }
        Report(folder);
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowEtherChannelLoadBalancing", "global_lb_method", "lb_algo_type")]
    [InlineData("cisco/genie-iosxe/ShowEtherChannelSWLoadBalance", "load_balance_cfg", null)]
    public void Methods_agree_with_genie(string folder, string method, string? algorithm)
    {
        foreach (var (raw, json) in Samples(folder))
        {
            var own = Assert.Single(CiscoLoadBalanceParser.Parse(raw));
            Same("method", Text(json, method), own.Method);
            if (algorithm is not null)
                Same("algorithm", Text(json, algorithm), own.Algorithm);
            if (json.TryGetProperty("ipv4", out var ipv4))
                Same("addresses", (ipv4.GetString(), Text(json, "ipv6"), Text(json, "non_ip")), (own.IPv4, own.IPv6, own.NonIp));
        }
        Report(folder);
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

    private void Same<T>(string field, T expected, T actual)
    {
        _fields.TryGetValue(field, out var count);
        _fields[field] = (count.Agree + (Equals(expected, actual) ? 1 : 0), count.Total + 1);
        if (!Equals(expected, actual))
            TestContext.Current.SendDiagnosticMessage($"{field}: expected '{expected}', got '{actual}'");
    }

    private void Report(string folder)
    {
        var report = string.Join(", ", _fields.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value.Agree}/{f.Value.Total}")));
        TestContext.Current.TestOutputHelper?.WriteLine($"{folder}: {report}");
        Assert.NotEmpty(_fields);
        Assert.All(_fields, f => Assert.True(f.Value.Agree == f.Value.Total, report));
    }

    private static IEnumerable<(string Raw, JsonElement Json)> Samples(string folder)
    {
        foreach (var raw in Directory.GetFiles(Corpus.Require(folder), "*.raw").Order(StringComparer.Ordinal))
        {
            var json = Path.ChangeExtension(raw, ".json");
            if (!File.Exists(json))
                continue;
            using var document = JsonDocument.Parse(File.ReadAllText(json));
            yield return (File.ReadAllText(raw), document.RootElement.Clone());
        }
    }

    private static EtherChannelProtocol Protocol(string text) => text.ToUpperInvariant() switch
    {
        "LACP" => EtherChannelProtocol.Lacp,
        "PAGP" => EtherChannelProtocol.Pagp,
        _ => EtherChannelProtocol.None,
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Joined(JsonElement row, string name) => string.Join(" ", row.GetProperty(name).EnumerateArray().Select(e => e.GetString()));
}
