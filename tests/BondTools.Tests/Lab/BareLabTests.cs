using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>From bare devices to the article's state, with the commands a person or the cmdlets would use.</summary>
public class BareLabTests
{
    private const string Bond = "\nauto bond0\niface bond0 inet manual\n\tbond-slaves enp0s8 enp0s9\n\tbond-miimon 100\n\tbond-mode 802.3ad\n"
        + "\tbond-xmit-hash-policy layer2+3\n\nauto vmbr1\niface vmbr1 inet manual\n\tbridge-ports bond0\n\tbridge-stp off\n\tbridge-fd 0\n";

    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public BareLabTests() => _lab = BondLab.Create(new BondLabOptions { Clock = _clock });

    private Task<EmulatedResult> Host(string command, string input = "") =>
        _lab.Host.ExecuteAsync(command, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);

    private async Task<string> Type(string text)
    {
        using var terminal = _lab.Switch.OpenTerminal();
        var bytes = Encoding.ASCII.GetBytes(text + "exit\r");
        await terminal.WriteAsync(bytes, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(terminal, Encoding.UTF8);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_articles_steps_lead_to_a_bundle_that_carries_pings()
    {
        var staged = await Host("umask 022; cp /etc/network/interfaces /etc/network/interfaces.new && cat >> /etc/network/interfaces.new && sync", Bond);
        Assert.Equal((0, ""), (staged.ExitStatus, staged.Error));
        var applied = await Host("pvesh set /nodes/localhost/network");
        Assert.Contains("UPID:pve:", applied.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Host("test -e /etc/network/interfaces.new")).ExitStatus);
        Assert.Equal(0, (await Host("pct set 101 -net0 name=eth0,bridge=vmbr1,hwaddr=BC:24:11:5E:00:10,ip=192.168.1.10/24")).ExitStatus);

        var shown = await Type("configure terminal\rinterface Ethernet0/0\rchannel-group 1 mode active\rinterface Ethernet0/1\rchannel-group 1 mode active\rend\r");
        Assert.Contains("Creating a port-channel interface Port-channel 1\n", shown, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(120));

        Assert.True(BondStatusParser.Parse((await Host("cat /proc/net/bonding/bond0")).Output, "bond0")[0].Negotiated);
        var ping = await Host("pct exec 101 -- ping -c 3 192.168.1.1");
        Assert.Contains("3 packets transmitted, 3 received, 0% packet loss", ping.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_without_an_address_reaches_nobody()
    {
        var ping = await Host("pct exec 102 -- ping -c 1 192.168.1.1");
        Assert.Equal((2, "ping: connect: Network is unreachable\n"), (ping.ExitStatus, ping.Error));
    }

    [Fact]
    public async Task A_timer_puts_a_saved_file_back_unless_it_is_stopped()
    {
        await Host("cp /etc/network/interfaces /root/saved; echo broken > /etc/network/interfaces");
        await Host("systemd-run --on-active=30 --unit=undo sh -c 'mv /root/saved /etc/network/interfaces && ifreload -a'");
        Assert.Equal("active\n", (await Host("systemctl is-active undo.timer")).Output);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(3, (await Host("systemctl is-active undo.timer")).ExitStatus);
        Assert.StartsWith("auto lo\n", (await Host("cat /etc/network/interfaces")).Output, StringComparison.Ordinal);

        await Host("systemd-run --on-active=30 --unit=undo rm /etc/network/interfaces; systemctl stop undo.timer");
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await Host("[ -s /etc/network/interfaces ]")).ExitStatus);
    }

    [Theory]
    [InlineData("nonsense", 127, "", "sh: 1: nonsense: not found\n")]
    [InlineData("false || echo a && echo b; echo $?", 0, "a\nb\n0\n", "")]
    [InlineData("x='a  b'; echo \"$x\" $x '$x'", 0, "a  b a b $x\n", "")]
    [InlineData("for f in /proc/net/bonding/* /etc/host?ame; do echo \"$f\"; done", 0, "/proc/net/bonding/*\n/etc/hostname\n", "")]
    [InlineData("if [ -e /none ]; then echo yes; else echo no; fi", 0, "no\n", "")]
    [InlineData("cat /none 2>/dev/null; echo err >&2; exit 5", 5, "", "err\n")]
    [InlineData("t=$(mktemp /tmp/a.XXXXXX) && printf '%s\\n' one two > \"$t\" && head -n 1 < \"$t\" | grep -c one", 0, "1\n", "")]
    [InlineData("sh -c 'echo $1' sh word; command -v ifreload", 0, "word\n/usr/bin/ifreload\n", "")]
    [InlineData("flock -w 1 /run/lock/x sh -c 'flock -n /run/lock/x true; echo $?'", 0, "1\n", "")]
    [InlineData("echo 'open", 2, "", "sh: 1: Syntax error: Unterminated quoted string\n")]
    public async Task The_shell_does_what_a_shell_does(string script, int status, string output, string error)
    {
        var result = await Host(script);
        Assert.Equal((status, output, error), (result.ExitStatus, result.Output, result.Error));
    }

    [Fact]
    public async Task Link_counters_read_the_same_as_text_and_as_JSON()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        var text = LinkCounterParser.Parse((await Host("ip -s link")).Output);
        var json = LinkCounterParser.Parse((await Host("ip -s -j link")).Output);
        Assert.Equal(json.Select(l => (l.Interface, l.RxBytes, l.TxPackets, l.State)), text.Select(l => (l.Interface, l.RxBytes, l.TxPackets, l.State)));
        Assert.Equal(["lo", "nic0", "enp0s8", "enp0s9", "enp0s10", "vmbr0"], json.Select(l => l.Interface));
        Assert.True(json[2].RxPackets > 0);
    }

    [Fact]
    public async Task Wrong_lines_are_answered_as_IOS_answers_them()
    {
        var shown = await Type("show foo\rshow\rs\rconfigure terminal\rchannel-group 1\rend\r");
        Assert.Contains("L2SW#show foo\n          ^\n% Invalid input detected at '^' marker.\n", shown, StringComparison.Ordinal);
        Assert.Contains("L2SW#show\n% Incomplete command.\n", shown, StringComparison.Ordinal);
        Assert.Contains("L2SW(config)#channel-group 1\n             ^\n% Invalid input", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pager_stops_after_a_screen_and_space_turns_it()
    {
        var shown = await Type("show running-config\r                    ");
        Assert.Contains(" --More-- \b\b\b\b\b\b\b\b\b", shown, StringComparison.Ordinal);
        Assert.Contains("interface Ethernet1/3\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("--More--", await Type("terminal length 0\rshow running-config\r"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_asks_for_the_name_and_confirms()
    {
        var shown = await Type("copy running-config startup-config\r\r");
        Assert.Contains("Destination filename [startup-config]? \nBuilding configuration...\n[OK]\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_answers_what_its_parsers_read()
    {
        await Type("conf t\rint range e0/0 - 1\rchannel-group 1 mode active\rlacp rate fast\rend\r");
        _clock.Advance(TimeSpan.FromSeconds(5));
        async Task<string> Show(string line) => (await _lab.Switch.ExecuteAsync(line, [], TestContext.Current.CancellationToken)).Output;
        // The host has no bond yet: IOS suspends both ports.
        Assert.Equal(["s", "s"], Assert.Single(EtherChannelSummaryParser.Parse(await Show("show etherchannel summary"))).Members.Select(m => m.Flags));
        Assert.Equal("src-dst-ip", CiscoLoadBalanceParser.Parse(await Show("show etherchannel load-balance"))[0].Method);
        Assert.Equal("aa:bb:cc:00:01:00", LacpSystemIdParser.Parse(await Show("show lacp sys-id")).SystemMacAddress.ToString());
        Assert.Equal(9, CiscoLinkCounterParser.Parse(await Show("show interfaces")).Count);
    }
}
