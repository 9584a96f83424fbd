using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Capture;
using BondTools.Hashing;
using BondTools.Module.Tests;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>The article's pings on the real kernel: the links that requests and replies took, as Measure-BondCapture names them and as tcpdump shows them.</summary>
[Collection(OnTheGuest.Name)]
public sealed partial class AsymmetryTests(KernelGuest guest) : IDisposable
{
    private const int Pings = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_report_names_the_links_that_the_captures_show()
    {
        await PrepareAsync();
        var pings = PingAsync();
        var files = _engine.Get($"Start-BondCapture bond0 {guest.Login} -DurationSec 25 -Filter icmp -OutputFolder '{_folder.Path}'").Cast<BondCaptureFile>().ToList();
        var shown = Read(await pings);
        Assert.Equal(2, files.Count);

        var report = (CaptureReport)Assert.Single(_engine.Get($"Measure-BondCapture {string.Join(", ", files.Select(f => $"'{f.FullName}'"))}"));
        var link = files.ToDictionary(f => System.IO.Path.GetFileNameWithoutExtension(f.FullName), f => f.Interface);
        Compare(shown, report.Flows, name => link[name], report.AsymmetricFlows);
        foreach (var flow in report.Flows)
        {
            // What the host sends is foretold, too.
            var choice = (BondLinkChoice)Assert.Single(_engine.Get(
                $"Resolve-BondLink -SourceAddress {flow.Flow.SourceAddress} -DestinationAddress {flow.Flow.DestinationAddress} -SourceMac {flow.Flow.SourceMac} -DestinationMac {flow.Flow.DestinationMac} -Protocol icmp -Bond (Get-PveBondStatus bond0 {guest.Login}) -KernelVersion 6.1"));
            Assert.Equal(link[flow.RequestLink!], choice.Link);
        }
        guest.Timings.Add($"the article's pings: {report.Flows.Count} flows of {Pings} requests and replies, {report.AsymmetricFlows} asymmetric, each on the links that tcpdump shows");
    }

    [Fact]
    public async Task The_test_of_the_balance_names_them_while_it_counts()
    {
        await PrepareAsync();
        var pings = PingAsync();
        var report = (LacpBalanceReport)Assert.Single(_engine.Get($"Test-LacpBalance bond0 {guest.Login} -Capture -DurationSec 20"));
        var shown = Read(await pings);
        Compare(shown, [.. report.CapturedFlows!.Where(flow => flow.Protocol == "icmp")], name => name, report.AsymmetricFlows!.Value);
        await guest.WaitAsync("! pgrep -x tcpdump", 5);
    }

    private async Task PrepareAsync()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        // The switch end hashes otherwise than the host, as a Cisco with src-dst-ip does: so some replies take the other link.
        await guest.RunAsync("""
            labctl switch lacp rate=fast
            ip -n sw link set po1 type bond xmit_hash_policy layer2
            ip link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer2+3
            for n in enp0s8 enp0s9; do ip link set $n down; ip link set $n master bond0; done
            ip link set bond0 up; ip link add vmbr1 type bridge; ip link set vmbr1 up; ip link set bond0 master vmbr1; labctl containers
            """);
        await guest.WaitAsync("ip netns exec ct101 ping -q -c 1 -W 1 192.168.1.1 > /dev/null", 30);
    }

    private static void Compare(Dictionary<(string From, string To, string Kind), string> shown, IReadOnlyList<CaptureFlow> flows, Func<string, string> nameOf, long asymmetricFlows)
    {
        Assert.Equal(4, flows.Count);
        foreach (var flow in flows)
        {
            var (from, to) = ($"{flow.Flow.SourceAddress}", $"{flow.Flow.DestinationAddress}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{from} to {to}: requests on {nameOf(flow.RequestLink!)}, replies on {nameOf(flow.ReplyLink!)}");
            Assert.Equal(shown[(from, to, "request")], nameOf(flow.RequestLink!));
            Assert.Equal(shown[(to, from, "reply")], nameOf(flow.ReplyLink!));
            Assert.Equal((Pings, Pings), (flow.RequestPackets, flow.ReplyPackets));
        }
        var asymmetric = shown.Count(s => s.Key.Kind == "request" && s.Value != shown[(s.Key.To, s.Key.From, "reply")]);
        Assert.True(asymmetric > 0, "No reply took another link than its request.");
        Assert.InRange(asymmetricFlows, asymmetric, asymmetric + 10);
    }

    // tcpdump's own words for what passes, taken in the guest beside the product's capture.
    private async Task<string> PingAsync()
    {
        await guest.WaitAsync("[ $(pgrep -cx tcpdump) -ge 2 ]", 20);
        return await guest.RunAsync($$"""
            for n in enp0s8 enp0s9; do tcpdump -l -n -i $n icmp > /run/$n.txt 2> /dev/null & own="$own $!"; done
            sleep 1
            for c in 101 102; do for p in 1 2; do ip netns exec ct$c ping -q -c {{Pings}} -i 0.05 192.168.1.$p > /dev/null; done; done
            sleep 1
            kill $own
            for n in enp0s8 enp0s9; do sed "s/^/$n /" /run/$n.txt; done
            """);
    }

    private static Dictionary<(string From, string To, string Kind), string> Read(string text)
    {
        var links = new Dictionary<(string, string, string), string>();
        foreach (Match line in TcpdumpLine().Matches(text))
        {
            var key = (line.Groups["from"].Value, line.Groups["to"].Value, line.Groups["kind"].Value);
            Assert.Equal(line.Groups["link"].Value, links.GetValueOrDefault(key, line.Groups["link"].Value));
            links[key] = line.Groups["link"].Value;
        }
        Assert.Equal(8, links.Count);
        return links;
    }

    [GeneratedRegex(@"^(?<link>enp0s[89]) \S+ IP (?<from>[0-9.]+) > (?<to>[0-9.]+): ICMP echo (?<kind>request|reply)", RegexOptions.Multiline)]
    private static partial Regex TcpdumpLine();
}
