using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>The detailed views of channels against what genie expects of them, in every field that both know.</summary>
[Collection(CorpusAgreement.Name)]
public class EtherChannelDetailCorpusTests(CorpusAgreement agreement)
{
    [Fact]
    public void Details_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-iosxe/ShowEtherChannelDetail"))
        {
            var sample = agreement.Sample("show etherchannel detail", file);
            var group = Assert.Single(EtherChannelDetailParser.Parse(raw));
            sample.Same("group state", json.Text("group_state"), group.GroupState);
            sample.Same("ports", json.Number("ports"), group.PortCount);
            sample.Same("max ports", json.Number("max_ports"), group.MaximumPorts);
            sample.Same("port-channels", json.Number("port_channels"), group.PortChannelCount);
            sample.Same("max port-channels", json.Number("max_port_channels"), group.MaximumPortChannels);
            sample.Same("protocol", DetailProtocol(json.Text("protocol")), group.Protocol);
            sample.Same("min-links", json.Number("minimum_links"), group.MinLinks);
            foreach (var port in json.GetProperty("port").EnumerateObject())
                ComparePort(sample, port.Value, group.Ports.Single(p => CiscoInterfaceName.Same(p.Interface, port.Name)), "age");
            foreach (var channel in json.GetProperty("port_channel").EnumerateObject())
                CompareChannel(sample, channel.Value, group.PortChannels.Single(c => CiscoInterfaceName.Same(c.Name, channel.Name)));
            sample.Check();
        }
    }

    [Fact]
    public void Channels_of_single_interfaces_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-iosxe/ShowInterfaceEtherchannel"))
        {
            var sample = agreement.Sample("show interfaces etherchannel", file);
            var group = Assert.Single(EtherChannelDetailParser.Parse(raw));
            if (json.TryGetProperty("all_idbs_list", out var all))
                CompareBuckets(sample, json, all, group);
            else
                ComparePort(sample, json, Assert.Single(group.Ports), "port_age");
            sample.Check();
        }
    }

    private static void ComparePort(CorpusSample sample, JsonElement json, CiscoEtherChannelPort port, string age)
    {
        sample.Same("port state", json.Text("port_state"), port.PortState);
        sample.Same("group", json.Number("channel_group"), port.Group);
        sample.Same("mode", json.Text("mode"), port.Mode);
        sample.Same("port-channel", Optional(json.Text("port_channel")), port.PortChannel);
        sample.Same("pseudo port-channel", json.Text("pseudo_port_channel"), port.PseudoPortChannel);
        sample.Same("group change", Optional(json.Text("gcchange")), port.GroupChange);
        sample.Same("group capability", Optional(json.Text("gc")), port.GroupCapability);
        sample.Same("port index", json.Number("port_index"), port.PortIndex);
        sample.Same("load", Hex(json.Text("load")), port.Load);
        sample.Same("protocol", DetailProtocol(json.Text("protocol")), port.Protocol);
        sample.Same("age", Age(json.Text(age)), port.Age);
        if (Information(json, "local_information") is { } local)
        {
            sample.Same("local flags", local.Text("flags"), port.Local?.Flags);
            sample.Same("local state", local.Text("state"), port.Local?.PortStatus);
            sample.Same("local priority", Priority(local), port.Local?.PortPriority);
            sample.Same("local admin key", Hex(local.Text("admin_key")), port.Local?.AdminKey);
            sample.Same("local oper key", Hex(local.Text("oper_key")), port.Local?.OperKey);
            sample.Same("local port number", Hex(local.Text("port_number")), port.Local?.PortNumber);
            sample.Same("local port state", Hex(local.Text("port_state")), (int?)port.Local?.PortState);
        }
        if (Information(json, "partner_information") is { } partner)
        {
            sample.Same("partner flags", partner.Text("flags"), port.Partner?.Flags);
            sample.Same("partner priority", Priority(partner), port.Partner?.PortPriority);
            sample.Same("partner", MacAddress.Parse(partner.Text("dev_id")), port.Partner?.DeviceId);
            sample.Same("partner age", partner.Text("age"), string.Create(CultureInfo.InvariantCulture, $"{port.Partner?.Age.TotalSeconds}s"));
            sample.Same("partner admin key", Hex(partner.Text("admin_key")), port.Partner?.AdminKey);
            sample.Same("partner oper key", Hex(partner.Text("oper_key")), port.Partner?.OperKey);
            sample.Same("partner port number", Hex(partner.Text("port_number")), port.Partner?.PortNumber);
            sample.Same("partner port state", Hex(partner.Text("port_state")), (int?)port.Partner?.PortState);
        }
    }

    private static void CompareChannel(CorpusSample sample, JsonElement json, CiscoPortChannel channel)
    {
        sample.Same("channel age", Age(json.Text("age")), channel.Age);
        sample.Same("channel slot", json.Text("logical_slot"), channel.LogicalSlotPort);
        sample.Same("channel ports", json.Number("number_of_ports"), channel.PortCount);
        var standby = Optional(json.Text("hot_standby"));
        sample.Same("channel hot-standby", standby is null ? "" : CiscoInterfaceName.Parse(standby).Long, string.Join(" ", channel.HotStandbyPorts.Select(p => CiscoInterfaceName.Parse(p).Long)));
        sample.Same("channel state", json.Text("state"), channel.State);
        sample.Same("channel protocol", DetailProtocol(json.Text("protocol")), channel.Protocol);
        sample.Same("channel port security", json.Text("port_security") == "Enabled", channel.PortSecurity);
        if (json.TryGetProperty("fast_switchover", out var fast))
            sample.Same("channel fast-switchover", fast.GetString() == "enabled", channel.FastSwitchover);
        if (json.TryGetProperty("dampening", out var dampening))
            sample.Same("channel dampening", dampening.GetString() == "enabled", channel.FastSwitchoverDampening);
        foreach (var (name, since, port) in new[] { ("last_port_bundled", channel.SinceLastBundled, channel.LastBundledPort), ("last_port_unbundled", channel.SinceLastUnbundled, channel.LastUnbundledPort) })
        {
            sample.Same(name, json.TryGetProperty(name, out var last) ? (Age(last.Text("time")), last.Text("port")) : default, (since, port is null ? null : CiscoInterfaceName.Parse(port).Long));
        }
        foreach (var member in json.GetProperty("port").EnumerateObject())
        {
            var own = channel.Ports.Single(p => CiscoInterfaceName.Same(p.Interface, member.Name));
            sample.Same("member index", member.Value.Number("index"), own.Index);
            sample.Same("member load", Hex(member.Value.Text("load")), own.Load);
            sample.Same("member state", member.Value.Text("ec_state"), own.State);
            sample.Same("member bits", member.Value.Number("no_of_bits"), own.BitCount);
        }
    }

    private static void CompareBuckets(CorpusSample sample, JsonElement json, JsonElement all, CiscoEtherChannelDetail group)
    {
        sample.Same("configured interfaces", all.Number("total_configured_interfaces"), group.Ports.Count);
        sample.Same("active interfaces", json.GetProperty("active_member_list").Number("total_interfaces"), group.Ports.Count(p => p.Bundled));
        sample.Same("passive interfaces", json.GetProperty("passive_member_list").Number("total_interfaces"), group.Ports.Count(p => p.PortState == "Passive"));
        sample.Same("method", json.Text("load_balancing_method"), group.LoadBalanceMethod);
        foreach (var port in group.Ports)
        {
            sample.Same("index", all.GetProperty("interfaces").GetProperty(port.Interface!).Number("index"), port.PortIndex);
            sample.Same("mode", json.GetProperty("active_member_list").GetProperty("interfaces").GetProperty(port.Interface!).Text("lacp_mode"), port.Mode);
            var buckets = json.GetProperty("bucket_information").GetProperty(port.Interface!).GetProperty("buckets").EnumerateArray().Select(b => b.GetInt32());
            sample.Same("buckets", string.Join(" ", buckets), string.Join(" ", port.Buckets));
        }
    }

    // "show etherchannel detail" nests the values below the port's name, "show interfaces etherchannel" does not.
    private static JsonElement? Information(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var information))
            return null;
        return information.GetProperty("port").ValueKind == JsonValueKind.Object ? information.GetProperty("port").EnumerateObject().Single().Value : information;
    }

    private static int? Priority(JsonElement json) =>
        json.TryGetProperty("lacp_priority", out var number) ? number.GetInt32() : int.Parse(json.Text("priority"), CultureInfo.InvariantCulture);

    private static int? Hex(string text) => Convert.ToInt32(text, 16);

    private static string? Optional(string text) => text is "-" or "null" ? null : text;

    private static EtherChannelProtocol? DetailProtocol(string text) => text == "LACP" ? EtherChannelProtocol.Lacp : text == "-" ? EtherChannelProtocol.None : EtherChannelProtocol.Pagp;

    private static TimeSpan? Age(string text) => TimeSpan.ParseExact(text, @"%d\d\:%h\h\:%m\m\:%s\s", CultureInfo.InvariantCulture);
}
