using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Fuzzing;
using BondTools.Hashing;
using BondTools.Lab;
using BondTools.Linux;
using BondTools.Module.Tests.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Verdicts;

[Collection(SerialSessions.Name)]
public sealed class ResolveBondLinkTests : IDisposable
{
    private const string Flow = "-SourceAddress 192.168.1.10 -DestinationAddress 192.168.1.2 -SourceMac bc:24:11:5e:00:10 -DestinationMac 00:50:79:66:68:01";

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_frame_of_a_capture_gives_one_record_in_order()
    {
        byte[] tagged = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x81, 0, 0, 5, .. IPv4(17, 1000, 53)];
        byte[] plain = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, .. IPv4(17, 1000, 53)];
        byte[] lacpdu = [.. SlowFrames.Destination, .. SlowFrames.Source, 0x88, 0x09, 1, 1, .. new byte[108]];
        var path = Write("frames.pcap", CaptureWriter.Pcap([new(0, plain), new(1000, tagged), new(2000, lacpdu), new(3000, plain[..20], 0, 60)]));

        // By hand: 03 ^ 0x0800 ^ 0a000001 ^ 0a000002, read little-endian: 0x03000803 folded.
        var bridged = Get($"Resolve-BondLink -Path '{path}' -TransmitHashPolicy layer2+3 -SlaveCount 3 -KernelVersion 6.1 -Ingress Bridge");
        Assert.Equal([1, 2, 3, 4], bridged.Select(choice => choice.FrameNumber));
        Assert.Equal(0x0303_0B08L, bridged[0].Hash);
        Assert.Equal((int)(0x0303_0B08L % 3), bridged[0].SlaveIndex);
        Assert.Equal(bridged[0].Hash, bridged[1].Hash);
        Assert.Equal([LinkCertainty.Exact, LinkCertainty.Exact, LinkCertainty.Unknown, LinkCertainty.Unknown], bridged.Select(choice => choice.Certainty));
        Assert.Null(bridged[2].SlaveIndex);
        Assert.Contains("LACPDUs", bridged[2].Reason, StringComparison.Ordinal);
        Assert.Contains("too little", bridged[3].Reason, StringComparison.Ordinal);

        // A program's own tag stays in the frame: it is then one that is not IP.
        var local = Get($"Resolve-BondLink -Path '{path}' -TransmitHashPolicy layer2+3 -SlaveCount 3 -KernelVersion 6.1 -Ingress Local");
        Assert.Equal(0x8100 ^ 3, local[1].Hash);
        Assert.Equal(bridged[0].Hash, local[0].Hash);
    }

    [Fact]
    public void What_a_socket_of_the_host_sends_under_encap34_is_not_foretold()
    {
        byte[] udp = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, .. IPv4(17, 1000, 53)];
        var path = Write("frames.pcap", CaptureWriter.Pcap([new(0, udp)]));
        var local = Assert.Single(Get($"Resolve-BondLink -Path '{path}' -TransmitHashPolicy encap3+4 -SlaveCount 2 -KernelVersion 6.1 -Ingress Local"));
        Assert.Equal((LinkCertainty.Unknown, null), (local.Certainty, local.SlaveIndex));
        Assert.Equal(LinkCertainty.Exact, Assert.Single(Get($"Resolve-BondLink -Path '{path}' -TransmitHashPolicy encap3+4 -SlaveCount 2 -KernelVersion 6.1 -Ingress Bridge")).Certainty);
    }

    [Theory]
    [InlineData("5.15.30", "layer2+3", "5.15.30")]
    [InlineData("4.19", "layer2+3", "4.19")]
    [InlineData("5.10", "vlan+srcmac", "5.12")]
    public void A_kernel_whose_formula_is_not_known_is_said_so(string version, string policy, string named)
    {
        var choice = Assert.Single(Get($"Resolve-BondLink {Flow} -TransmitHashPolicy {policy} -SlaveCount 2 -KernelVersion {version}"));
        Assert.Equal((LinkCertainty.Unknown, null), (choice.Certainty, choice.SlaveIndex));
        Assert.Contains(named, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_described_flow_names_the_slave_of_the_bond()
    {
        using var lab = new LabFixture(BondLabStart.Article);
        var choice = lab.GetOne<BondLinkChoice>($"Resolve-BondLink {Flow} -Bond (Get-PveBondStatus -Session $pve) -KernelVersion 6.1");
        var bond = lab.GetOne<BondStatus>("Get-PveBondStatus -Session $pve");
        Assert.Equal(LinuxTransmitHash.SelectSlave(TransmitHashPolicy.Layer23, choice.Flow!, 2), choice.SlaveIndex);
        Assert.Equal(bond.Slaves[choice.SlaveIndex!.Value].Name, choice.Link);

        // With one slave out, all of it takes the other.
        lab.Get("Set-BondLabFault -Lab $lab -Fault Unplug -Link " + (choice.SlaveIndex + 1));
        var other = lab.GetOne<BondLinkChoice>($"[Threading.Thread]::Sleep(500); Resolve-BondLink {Flow} -Bond (Get-PveBondStatus -Session $pve) -KernelVersion 6.1");
        Assert.Equal((bond.Slaves[1 - choice.SlaveIndex.Value].Name, 0), (other.Link, other.SlaveIndex));
    }

    [Fact]
    public void The_switch_is_asked_for_what_comes_back_and_without_a_session_there_is_a_forecast()
    {
        using var lab = new LabFixture(BondLabStart.Article);
        var choices = lab.Get($"Resolve-BondLink {Flow} -Bond (Get-PveBondStatus -Session $pve) -KernelVersion 6.1 -Session $switch").Cast<BondLinkChoice>().ToList();
        Assert.Equal([BondLinkEnd.Host, BondLinkEnd.Switch], choices.Select(choice => choice.End));
        Assert.Equal(LinkCertainty.Answered, choices[1].Certainty);
        Assert.Equal("192.168.1.2", choices[1].Flow!.SourceAddress!.ToString());
        Assert.Contains(choices[1].Link, new[] { "Et0/0", "Et0/1" });

        var forecast = lab.GetOne<BondLinkChoice>($"Resolve-BondLink {Flow} -EtherChannel (Get-CiscoEtherChannel -Session $switch) -LoadBalance src-dst-ip");
        Assert.Equal((LinkCertainty.Forecast, BondLinkEnd.Switch), (forecast.Certainty, forecast.End));
        // 10 ^ 2 = 8: bucket 0.
        Assert.Equal((0L, "Et0/0"), (forecast.Hash, forecast.Link));
        var unknown = lab.GetOne<BondLinkChoice>($"Resolve-BondLink {Flow} -LoadBalance flow-based -PortCount 2");
        Assert.Equal(LinkCertainty.Unknown, unknown.Certainty);
    }

    [Fact]
    public void Flows_come_from_a_table_by_the_names_of_its_columns()
    {
        var choices = Get("""
            [pscustomobject]@{ SourceAddress = '10.0.0.1'; DestinationAddress = '10.0.0.2'; SourcePort = '1000'; DestinationPort = '53'; Protocol = 'udp' },
            [pscustomobject]@{ SourceAddress = '2001:db8::1'; DestinationAddress = '2001:db8::2'; SourcePort = '1001'; DestinationPort = '443'; Protocol = 'tcp' } |
              Resolve-BondLink -TransmitHashPolicy layer3+4 -SlaveCount 4
            """);
        Assert.Equal([17, 6], choices.Select(choice => (int)choice.Flow!.Protocol));
        Assert.All(choices, choice => Assert.Equal(LinkCertainty.Exact, choice.Certainty));
    }

    [Fact]
    public void Flows_that_were_measured_are_taken_from_the_pipeline()
    {
        byte[] udp = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, .. IPv4(17, 1000, 53)];
        var path = Write("frames.pcap", CaptureWriter.Pcap([new(0, udp)]));
        var choice = Assert.Single(Get($"(Measure-BondCapture '{path}').Flows.Flow | Resolve-BondLink -TransmitHashPolicy layer2 -SlaveCount 2"));
        Assert.Equal(0x0803, choice.Hash);
    }

    [Theory]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2 -TransmitHashPolicy layer2+3 -SlaveCount 2", "MAC address")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 2001:db8::1 -TransmitHashPolicy layer3+4 -SlaveCount 2", "address family")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -TransmitHashPolicy layer3+4 -SlaveCount 2", "both addresses")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2 -Protocol nonsense -TransmitHashPolicy layer3+4 -SlaveCount 2", "nonsense")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2 -TransmitHashPolicy layer3+4", "-SlaveCount")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2", "at which end")]
    [InlineData("Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2 -LoadBalance src-dst-ip", "-PortCount")]
    public void What_is_missing_is_an_error_that_names_it(string script, string named)
    {
        var result = _engine.Run(script);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("BondTools.InvalidConfiguration,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private List<BondLinkChoice> Get(string script) => [.. _engine.Get(script).Cast<BondLinkChoice>()];

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }

    private static byte[] IPv4(byte protocol, int source, int destination) =>
    [
        8, 0, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        (byte)(source >> 8), (byte)source, (byte)(destination >> 8), (byte)destination, .. new byte[16],
    ];
}
