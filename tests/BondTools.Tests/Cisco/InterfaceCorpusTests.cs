using System;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>Compares the views of interfaces with what others expect of outputs that nobody here wrote.</summary>
[Collection(CorpusAgreement.Name)]
public class InterfaceCorpusTests(CorpusAgreement agreement)
{
    [Fact]
    public void Interfaces_agree_with_ntc_templates()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/ntc-cisco_ios/show_interfaces"))
        {
            var sample = agreement.Sample("show interfaces", file);
            var rows = json.EnumerateArray().ToList();
            var counters = CiscoLinkCounterParser.Parse(raw);
            sample.Same("interfaces", string.Join(" ", rows.Select(r => r.Text("interface"))), string.Join(" ", counters.Select(c => c.Interface)));
            foreach (var (row, own) in rows.Zip(counters))
            {
                Known("link_status", own.State);
                Known("protocol_status", own.LineProtocol);
                Known("hardware_type", own.Hardware);
                Known("mac_address", Dotted(own.MacAddress));
                Known("bia", Dotted(own.BurnedInAddress));
                Known("description", own.Description);
                Known("encapsulation", own.Encapsulation);
                Known("ip_address", own.InternetAddress?.Split('/')[0]);
                Known("prefix_length", own.InternetAddress?.Split('/')[1]);
                Known("mtu", Text(own.Mtu));
                Known("bandwidth", Text(own.BandwidthKbps) + " Kbit");
                Known("delay", Text(own.DelayMicroseconds) + " usec");
                Known("duplex", own.Duplex);
                Known("speed", own.Speed);
                Known("media_type", own.MediaType);
                Known("last_input", own.LastInput);
                Known("last_output", own.LastOutput);
                Known("input_rate", Text(own.RxBitsPerSecond));
                Known("output_rate", Text(own.TxBitsPerSecond));
                Known("input_pps", Text(own.RxPacketsPerSecond));
                Known("output_pps", Text(own.TxPacketsPerSecond));
                Known("input_packets", Text(own.RxPackets));
                Known("output_packets", Text(own.TxPackets));
                Known("runts", Text(own.RxRunts));
                Known("giants", Text(own.RxGiants));
                Known("input_errors", Text(own.RxErrors));
                Known("crc", Text(own.RxCrcErrors));
                Known("frame", Text(own.RxFrameErrors));
                Known("overrun", Text(own.RxOverruns));
                Known("output_errors", Text(own.TxErrors));
                Known("queue_drops", Text(own.RxDropped));
                Known("queue_output_drops", Text(own.TxDropped));

                // What the reference leaves empty it does not know.
                void Known(string field, string? actual)
                {
                    if (row.Text(field).Length > 0)
                        sample.Same(field, row.Text(field), actual);
                }
            }
            sample.Check();
        }
    }

    [Fact]
    public void Statuses_agree_with_ntc_templates()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/ntc-cisco_ios/show_interfaces_status"))
        {
            var sample = agreement.Sample("show interfaces status", file);
            // Storage ports have no row of this table.
            var rows = json.EnumerateArray().Where(r => !r.Text("port").StartsWith("fc", StringComparison.Ordinal)).ToList();
            var ports = InterfaceStatusParser.Parse(raw);
            sample.Same("ports", string.Join(" ", rows.Select(r => r.Text("port"))), string.Join(" ", ports.Select(p => p.Interface)));
            foreach (var (row, own) in rows.Zip(ports))
            {
                sample.Same("name", row.Text("name"), own.Name ?? "");
                sample.Same("status", row.Text("status"), own.Status);
                sample.Same("vlan", row.Text("vlan_id"), own.Vlan);
                sample.Same("duplex", row.Text("duplex"), own.Duplex);
                sample.Same("speed", row.Text("speed"), own.Speed);
                sample.Same("type", row.Text("type"), own.Type ?? "");
            }
            sample.Check();
        }
    }

    [Fact]
    public void Switchports_agree_with_ntc_templates()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/ntc-cisco_ios/show_interfaces_switchport"))
        {
            var sample = agreement.Sample("show interfaces switchport", file);
            var rows = json.EnumerateArray().ToList();
            var ports = SwitchportParser.Parse(raw);
            sample.Same("ports", string.Join(" ", rows.Select(r => r.Text("interface"))), string.Join(" ", ports.Select(p => p.Interface)));
            foreach (var (row, own) in rows.Zip(ports))
            {
                sample.Same("switchport", row.Text("switchport") == "Enabled", own.Enabled);
                sample.Same("negotiation", row.Text("switchport_negotiation"), own.NegotiatesTrunking switch { true => "On", false => "Off", null => "" });
                sample.Same("admin mode", row.Text("admin_mode"), own.AdministrativeMode ?? "");
                sample.Same("mode", row.Text("mode"), own.Bundle is null ? own.OperationalMode ?? "" : $"{own.OperationalMode} ({(own.Suspended ? "suspended " : "")}member of bundle {own.Bundle})");
                sample.Same("access VLAN", row.Text("access_vlan") is "unassigned" or "" ? null : row.Text("access_vlan"), Text(own.AccessVlan));
                sample.Same("native VLAN", row.Text("native_vlan") is "" ? null : row.Text("native_vlan"), Text(own.NativeVlan));
                sample.Same("voice VLAN", row.Text("voice_vlan") is "none" or "" ? null : row.Text("voice_vlan"), Text(own.VoiceVlan));
                sample.Same("trunking VLANs", string.Join(",", row.GetProperty("trunking_vlans").EnumerateArray()), own.TrunkingVlans ?? "");
            }
            sample.Check();
        }
    }

    [Fact]
    public void Counters_by_kind_agree_with_genie()
    {
        foreach (var (file, raw, json) in CorpusFiles.Samples("cisco/genie-ios/ShowInterfacesCounters"))
        {
            var sample = agreement.Sample("show interfaces counters", file);
            var counters = InterfaceCounterParser.Parse(raw);
            var rows = json.GetProperty("interface").EnumerateObject().ToList();
            sample.Same("interfaces", rows.Count, counters.Count);
            foreach (var row in rows)
            {
                var own = counters.Single(c => CiscoInterfaceName.Same(c.Interface, row.Name));
                Compare("in", own.RxBytes, own.RxUnicastPackets, own.RxMulticastPackets, own.RxBroadcastPackets);
                Compare("out", own.TxBytes, own.TxUnicastPackets, own.TxMulticastPackets, own.TxBroadcastPackets);

                void Compare(string direction, params long[] values)
                {
                    foreach (var (name, value) in new[] { "octets", "ucast_pkts", "mcast_pkts", "bcast_pkts" }.Zip(values))
                        sample.Same($"{direction} {name}", row.Value.GetProperty(direction).GetProperty(name).GetInt64(), value);
                }
            }
            sample.Check();
        }
    }

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Dotted(MacAddress? address)
    {
        var digits = address?.ToString().Replace(":", "", StringComparison.Ordinal);
        return digits is null ? null : $"{digits[..4]}.{digits[4..8]}.{digits[8..]}";
    }
}
