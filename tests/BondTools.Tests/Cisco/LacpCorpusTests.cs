using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using BondTools.Cisco;
using BondTools.Lacp;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>Compares the LACP and PAgP views with what others expect of outputs that nobody here wrote.</summary>
[Collection(CorpusAgreement.Name)]
public class LacpCorpusTests(CorpusAgreement agreement)
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
                    if (member.TryGetProperty("activity", out var activity))
                        sample.Same("activity", activity.GetString()!.ToUpperInvariant(), own.PortState.HasFlag(LacpPortState.Activity) ? "ACTIVE" : "PASSIVE");
                    if (member.TryGetProperty("interval", out var interval))
                        sample.Same("interval", interval.GetString() == "slow", own.Flags.Contains('S', StringComparison.Ordinal));
                    if (member.TryGetProperty("timeout", out var timeout))
                        sample.Same("timeout", timeout.GetString() == "Short", own.PortState.HasFlag(LacpPortState.ShortTimeout));
                    foreach (var (bit, flag) in new[] { ("aggregatable", LacpPortState.Aggregation), ("synchronization", LacpPortState.Synchronization), ("collecting", LacpPortState.Collecting), ("distributing", LacpPortState.Distributing), ("defaulted", LacpPortState.Defaulted), ("expired", LacpPortState.Expired) })
                    {
                        if (member.TryGetProperty(bit, out var set))
                            sample.Same(bit, set.GetBoolean(), own.PortState.HasFlag(flag));
                    }
                    sample.Same("age", member.GetProperty("age").GetInt32(), (int)own.Age.TotalSeconds);
                    if (member.TryGetProperty("admin_key", out var admin))
                        sample.Same("admin key", admin.GetInt32(), own.AdminKey);
                    if (member.TryGetProperty("flags", out var flags))
                        sample.Same("flags", flags.GetString(), own.Flags);
                    if (member.TryGetProperty("partner_id", out var partner))
                        sample.Same("partner", MacAddress.Parse(partner.GetString()!), own.DeviceId);
                    if (member.TryGetProperty("system_id", out var system))
                        sample.Same("system id", (int.Parse(system.GetString()!.Split(',')[0], CultureInfo.InvariantCulture), MacAddress.Parse(system.GetString()!.Split(',')[1])), (own.SystemPriority ?? -1, own.DeviceId));
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

    [Fact]
    public void The_own_side_agrees_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-ios/ShowLacpInternal"))
        {
            var sample = agreement.Sample("show lacp internal", file);
            Members(sample, json, LacpInternalParser.Parse(raw), own => (own.Group, own.Interface), (member, own) =>
            {
                sample.Same("flags", member.Text("flags"), own.Flags);
                sample.Same("state", member.Text("state"), own.PortStatus);
                sample.Same("bundled", member.GetProperty("bundled").GetBoolean(), own.State == EtherChannelMemberState.Bundled);
                sample.Same("priority", member.Number("lacp_port_priority"), own.PortPriority);
                sample.Same("admin key", member.Number("admin_key"), own.AdminKey);
                sample.Same("oper key", member.Number("oper_key"), own.OperKey);
                sample.Same("port number", member.Number("port_num"), own.PortNumber);
                sample.Same("port state", member.Number("port_state"), (int)own.PortState);
                sample.Same("interval", member.Text("lacp_interval"), string.Create(CultureInfo.InvariantCulture, $"{own.Interval?.TotalSeconds}s"));
            });
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpCounters")]
    [InlineData("cisco/genie-nxos/ShowLacpCounters")]
    public void Counters_agree_with_genie(string folder)
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples(folder))
        {
            var nexus = folder.Contains("nxos", StringComparison.Ordinal);
            var sample = agreement.Sample(nexus ? "show lacp counters (NX-OS)" : "show lacp counters", file);
            Members(sample, json, LacpCounterParser.Parse(raw), own => (own.Group, own.Interface), (member, own) =>
            {
                var counters = member.GetProperty("counters");
                foreach (var (name, value) in new[]
                {
                    ("lacp_in_pkts", own.LacpdusReceived), ("lacp_out_pkts", own.LacpdusSent),
                    ("marker_in_pkts", own.MarkersReceived), ("marker_out_pkts", own.MarkersSent),
                    ("marker_resp_in_pkts", own.MarkerResponsesReceived), ("marker_resp_out_pkts", own.MarkerResponsesSent),
                    ("lacp_pkts", own.UnknownPackets), ("lacp_errors", own.ErrorPackets),
                })
                {
                    sample.Same(name, counters.TryGetProperty(name, out var expected) ? expected.GetInt64() : null, value);
                }
            });
            sample.Check();
        }
    }

    [Fact]
    public void PAgP_partners_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-ios/ShowPagpNeighbor"))
        {
            var sample = agreement.Sample("show pagp neighbor", file);
            Members(sample, json, PagpNeighborParser.Parse(raw), own => (own.Group, own.Interface), (member, own) =>
            {
                sample.Same("age", member.Number("age"), (int)own.Age.TotalSeconds);
                sample.Same("flags", member.Text("flags"), own.Flags);
                sample.Same("capability", member.Text("group_cap"), own.GroupCapability);
                sample.Same("partner", MacAddress.Parse(member.Text("partner_id")), own.DeviceId);
                sample.Same("partner name", member.Text("partner_name"), own.PartnerName);
                sample.Same("partner port", member.Text("partner_port"), CiscoInterfaceName.Parse(own.PartnerPort).Long);
            });
            sample.Check();
        }
    }

    [Fact]
    public void The_bundles_of_IOS_XR_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-iosxr/ShowLacp"))
        {
            var sample = agreement.Sample("show lacp (IOS XR)", file);
            var ports = BundleLacpParser.Parse(raw);
            var bundles = json.GetProperty("interfaces").EnumerateObject().ToList();
            sample.Same("ports", bundles.Sum(b => b.Value.GetProperty("port").EnumerateObject().Count()), ports.Count);
            foreach (var (bundle, port) in bundles.SelectMany(b => b.Value.GetProperty("port").EnumerateObject().Select(p => (b.Value, p.Value))))
            {
                var own = ports.Single(p => CiscoInterfaceName.Same(p.Interface, port.Text("interface")));
                sample.Same("bundle", (bundle.Text("name"), bundle.Number("bundle_id")), (own.Bundle, own.Group));
                sample.Same("ICCP group", bundle.TryGetProperty("iccp_group", out var iccp) ? iccp.GetInt32() : null, own.IccpGroup);
                CompareEnd(sample, "local ", port, own.Local);
                CompareEnd(sample, "partner ", port.GetProperty("partner"), own.Partner);
                foreach (var (name, value) in new[] { ("receive", own.Receive), ("period", own.Period), ("selection", own.Selection), ("mux", own.Mux), ("a_churn", own.ActorChurn), ("p_churn", own.PartnerChurn) })
                    sample.Same(name, port.Text(name), value);
            }
            sample.Check();
        }
    }

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpCounters/empty_output.raw")]
    [InlineData("cisco/genie-nxos/ShowLacpNeighbor/empty_golden.raw")]
    [InlineData("cisco/genie-iosxr/ShowLacp/empty_golden.raw")]
    public void An_empty_output_is_an_error_for_every_parser(string file)
    {
        var text = File.ReadAllText(Corpus.Require(file));
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpCounterParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => PagpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => BundleLacpParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => InterfaceCounterParser.Parse(text));
    }

    private static void CompareEnd(CorpusSample sample, string end, JsonElement json, CiscoBundleEnd own)
    {
        sample.Same(end + "rate", json.TryGetProperty("rate", out var rate) ? rate.GetInt32() : null, (int?)own.Rate?.TotalSeconds);
        sample.Same(end + "state", json.Text("state"), own.Flags);
        sample.Same(end + "port id", json.Text("port_id"), string.Create(CultureInfo.InvariantCulture, $"0x{own.PortPriority:x4},0x{own.PortNumber:x4}"));
        sample.Same(end + "key", json.Text("key"), string.Create(CultureInfo.InvariantCulture, $"0x{own.OperKey:x4}"));
        sample.Same(end + "system id", json.Text("system_id").Replace('-', ':'), string.Create(CultureInfo.InvariantCulture, $"0x{own.SystemPriority:x4},{own.SystemMacAddress}"));
        sample.Same(end + "aggregatable", json.GetProperty("aggregatable").GetBoolean(), own.PortState.HasFlag(LacpPortState.Aggregation));
        sample.Same(end + "synchronization", json.Text("synchronization") == "in_sync", own.PortState.HasFlag(LacpPortState.Synchronization));
        sample.Same(end + "collecting", json.GetProperty("collecting").GetBoolean(), own.PortState.HasFlag(LacpPortState.Collecting));
        sample.Same(end + "distributing", json.GetProperty("distributing").GetBoolean(), own.PortState.HasFlag(LacpPortState.Distributing));
    }

    private static void Members<T>(CorpusSample sample, JsonElement json, IReadOnlyList<T> records, Func<T, (int Group, string Interface)> key, Action<JsonElement, T> compare)
    {
        var members = json.GetProperty("interfaces").EnumerateObject().SelectMany(c => c.Value.GetProperty("members").EnumerateObject().Select(m => (Channel: c.Name, m.Name, m.Value))).ToList();
        sample.Same("ports", members.Count, records.Count);
        foreach (var (channel, name, value) in members)
        {
            var own = records.Single(r => CiscoInterfaceName.Same(key(r).Interface, name));
            sample.Same("group", CiscoInterfaceName.Parse(channel).Number, key(own).Group);
            compare(value, own);
        }
    }
}
