using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Lacp;
using BondTools.Module.Tests;
using BondTools.Module.Tests.Captures;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>LACPDUs of the real driver, captured in the guest: every field as tshark and tcpdump read it, and what the timeline makes of a link that flaps.</summary>
[Collection(OnAnotherGuest.Name)]
public sealed class LacpFrameTests(KernelGuest guest) : IDisposable
{
    private const string InSync = "[ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4 ]";
    private const string NoTcpdump = "! pgrep -x tcpdump";

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("fast", 12)]
    [InlineData("slow", 65)]
    public async Task A_flapping_link_reads_as_tshark_and_tcpdump_read_it_and_diverges(string rate, int seconds)
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync("for n in enp0s8 enp0s9; do ip link set $n up; tcpdump -i $n -U -w /tmp/$n.pcap ether proto 0x8809 > /dev/null 2>&1 & done; sleep 1");
        await guest.RunAsync(Bond(rate));
        await guest.WaitAsync(InSync, 30);
        await guest.RunAsync($"ip link set enp0s8 down; sleep 5; ip link set enp0s8 up; sleep {seconds}; pkill -x tcpdump; sleep 1");
        foreach (var link in new[] { "enp0s8", "enp0s9" })
            await File.WriteAllBytesAsync(_folder.File(link + ".pcap"), Convert.FromBase64String(await guest.RunAsync($"base64 -w0 /tmp/{link}.pcap")), TestContext.Current.CancellationToken);

        var compared = 0;
        foreach (var file in Directory.GetFiles(_folder.Path))
            compared += LacpPeers.RequireSame(file, [.. _engine.Get($"Get-LacpFrame '{file}'").Cast<LacpFrame>()]);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{compared} frames at the {rate} rate"));
        Assert.True(compared > 20, $"Only {compared} frames.");

        var changes = _engine.Get($"Get-LacpFrame '{_folder.File("*.pcap")}' -Timeline").Cast<LacpStateChange>().ToList();
        Assert.All(changes, c => TestContext.Current.TestOutputHelper?.WriteLine($"{c.Time:HH:mm:ss.fff} {c.Kind} {c.Interface} {c.SystemMacAddress}/{c.PortNumber} {c.Description}"));
        Assert.Contains(changes, c => c is { Kind: LacpChangeKind.StateChanged, Interface: "enp0s8" } && (c.PreviousState & LacpPortState.Collecting) != 0 && (c.State & LacpPortState.Collecting) == 0);
        Assert.Contains(changes, c => c.Kind == LacpChangeKind.Diverged);
        var rates = changes.Where(c => c.Kind == LacpChangeKind.RateChanged).Select(c => c.Description).Distinct();
        Assert.Contains(rate == "fast" ? "It sends every second." : "It sends every 30 seconds.", rates);
    }

    [Fact]
    public async Task Both_links_are_captured_at_once_and_nothing_runs_on_afterwards()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync(Bond("fast"));
        await guest.WaitAsync(InSync, 30);

        var files = _engine.Get($"$files = Start-BondCapture bond0 {guest.Login} -LacpOnly -DurationSec 6 -OutputFolder '{_folder.Path}'; $files").Cast<BondCaptureFile>().ToList();
        Assert.Equal(["enp0s8", "enp0s9"], files.Select(f => f.Interface).Order());
        Assert.All(files, f => Assert.InRange(f.FrameCount, 4, 30));
        Assert.All(files, f => Assert.Equal(0, f.DroppedFrames));
        Assert.All(files, f => LacpPeers.RequireSame(f.FullName, [.. _engine.Get($"Get-LacpFrame '{f.FullName}'").Cast<LacpFrame>()]));
        await guest.WaitAsync(NoTcpdump, 5);
    }

    [Fact]
    public async Task Ctrl_C_ends_tcpdump_in_the_guest_though_root_is_logged_in_there()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync(Bond("fast"));
        await guest.WaitAsync(InSync, 30);

        using var shell = _engine.Prepare($"Start-BondCapture bond0 {guest.Login} -PassThru -DurationSec 600");
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await guest.WaitAsync("[ $(pgrep -cx tcpdump) = 2 ]", 20);
        for (var waited = 0; output.Count < 4 && waited < 100; waited++)
            await Task.Delay(100, TestContext.Current.CancellationToken); // why: the frames come when the driver sends them.
        Assert.True(output.Count >= 4);
        shell.Stop();
        await guest.WaitAsync(NoTcpdump, 10);
        Assert.True(running.IsCompleted);
        Assert.All(output, frame => Assert.Null(((LacpFrame)frame.BaseObject).Malformed));
    }

    private static string Bond(string rate) =>
        $"ip link add bond0 type bond mode 802.3ad miimon 100 lacp_rate {rate}; for n in enp0s8 enp0s9; do ip link set $n down; ip link set $n master bond0; done; ip link set bond0 up; labctl switch lacp rate={rate}";
}
