using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Analysis;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

public sealed class CaptureBalanceTests : IDisposable
{
    private static readonly byte[] Host = [0xbc, 0x24, 0x11, 0, 0, 0x10], Server = [0, 0x1b, 0x21, 0, 0, 0x20];

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Two_captures_are_judged_with_what_the_host_sent_told_by_its_address()
    {
        // All questions on one link, all answers on the other.
        Write("eno1.pcap", Enumerable.Range(0, 100).Select(i => Udp(Host, Server, 40000 + (2 * (i % 4)), 53)));
        Write("eno2.pcap", Enumerable.Range(0, 100).Select(i => Udp(Server, Host, 53, 40000 + (2 * (i % 4)))));
        var report = _engine.GetOne<LacpBalanceReport>($"Test-LacpBalance -CapturePath '{_folder.Path}/*.pcap' -HostMacAddress bc:24:11:00:00:10");
        Assert.Equal((BalanceMethod.Capture, 4, false, true), (report.Method, report.AsymmetricFlows!.Value, report.Passed, report.Conclusive));
        Assert.Equal([("eno1", 1.0, 0.0), ("eno2", 0.0, 1.0)], report.Links.Select(link => (link.Interface, link.TxShare!.Value, link.RxShare!.Value)));
        Assert.Equal(["unfair-transmit", "unfair-receive", "asymmetric-flows"], report.Findings.Select(finding => finding.RuleId));
    }

    [Fact]
    public void Without_an_address_of_the_host_the_report_asks_for_it()
    {
        Write("eno1.pcap", [Udp(Host, Server, 40000, 53)]);
        var report = _engine.GetOne<LacpBalanceReport>($"Test-LacpBalance -CapturePath '{_folder.Path}/eno1.pcap'");
        Assert.Equal("directions-unknown", report.Findings[0].RuleId);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error() => _engine.Fail($"Test-LacpBalance -CapturePath '{_folder.Path}/eno9.pcap'", BondToolsErrorKind.NotFound);

    private void Write(string name, IEnumerable<byte[]> frames)
    {
        using var writer = new BinaryWriter(File.Create(Path.Combine(_folder.Path, name)));
        foreach (var number in new[] { 0xA1B2C3D4, 0x00040002u, 0u, 0u, 65535u, 1u })
            writer.Write(number);
        var second = 0;
        foreach (var frame in frames)
        {
            foreach (var number in new[] { second++, 0, frame.Length, frame.Length })
                writer.Write(number);
            writer.Write(frame);
        }
    }

    // 10.0.0.1 to 10.0.0.2, or back: 100 bytes in all.
    private static byte[] Udp(byte[] source, byte[] destination, int from, int to)
    {
        var last = (byte)(source == Host ? 1 : 2);
        byte[] head =
        [
            .. destination, .. source, 0x08, 0x00,
            0x45, 0, 0, 86, 0, 0, 0x40, 0, 64, 17, 0, 0, 10, 0, 0, last, 10, 0, 0, (byte)(3 - last),
            (byte)(from >> 8), (byte)from, (byte)(to >> 8), (byte)to, 0, 66, 0, 0,
        ];
        return [.. head, .. new byte[100 - head.Length]];
    }
}
