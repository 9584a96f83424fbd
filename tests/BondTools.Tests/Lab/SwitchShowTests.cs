using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Lab.Switch;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>What the emulated switch prints is read back by the product's parsers as what is in the lab's world.</summary>
public class SwitchShowTests
{
    // What IOS shows where no partner was heard.
    private static readonly Lacp.LacpPort Nobody = new()
    {
        SystemPriority = 0, SystemMacAddress = MacAddress.Zero, Key = 0, PortPriority = 0, PortNumber = 0, State = Lacp.LacpPortState.None,
    };

    private readonly ManualLabClock _clock = new();

    public static TheoryData<BondLabFault?, int> States()
    {
        var states = new TheoryData<BondLabFault?, int> { { null, 1 } };
        foreach (var fault in Enum.GetValues<BondLabFault>())
        {
            states.Add(fault, 1);
            states.Add(fault, 2);
        }
        return states;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_parsers_read_the_world_back_in_every_state(BondLabFault? fault, int link)
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        if (fault is { } wrong)
            lab.SetFault(wrong, link);
        // At once, while the machines still talk, after the short and after the long timeout; then cured.
        foreach (var seconds in new[] { 0.3, 2, 10, 120 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            await RequireSameAsync(lab);
        }
        lab.ClearFaults();
        foreach (var seconds in new[] { 0.3, 2, 60 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            await RequireSameAsync(lab);
        }
    }

    private static async Task RequireSameAsync(BondLab lab)
    {
        var model = ((EmulatedSwitch)lab.Switch).World.Switch;
        async Task<string> Show(string line) => (await lab.Switch.ExecuteAsync(line, [], TestContext.Current.CancellationToken)).Output;

        var channels = EtherChannelSummaryParser.Parse(await Show("show etherchannel summary"));
        Assert.Equal(
            model.Channels.Select(c => (c.Number, c.ShortName, string.Join(" ", model.Members(c.Number).Select(p => $"{p.ShortName}({model.MemberFlag(p)})")))),
            channels.Select(c => (c.Group, c.PortChannel, string.Join(" ", c.Members.Select(m => $"{m.Interface}({m.Flags})")))));
        Assert.Equal(
            model.Channels.Select(c => model.Members(c.Number).Any(model.IsBundled)), channels.Select(c => c.InUse));
        Assert.Equal(
            model.Ports.Where(p => p.Group is not null && model.IsBundled(p)).Select(p => p.ShortName),
            channels.SelectMany(c => c.Members).Where(m => m.Bundled).Select(m => m.Interface));

        var neighbors = LacpNeighborParser.Parse(await Show("show lacp neighbor"));
        var ports = model.Channels.SelectMany(c => model.Members(c.Number)).Where(p => p.Lacp is not null).ToList();
        Assert.Equal(ports.Select(p => (p.Group!.Value, p.ShortName)), neighbors.Select(n => (n.Group, n.Interface)));
        foreach (var (port, neighbor) in ports.Zip(neighbors))
        {
            var partner = port.Lacp is { HasPartner: true, Enabled: true } ? port.Lacp.Partner : Nobody;
            Assert.Equal(
                (partner.SystemMacAddress, partner.Key, partner.PortNumber, partner.PortPriority, partner.State),
                (neighbor.DeviceId, neighbor.OperKey, neighbor.PortNumber, neighbor.PortPriority, neighbor.PortState));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_detailed_view_tells_the_same_as_the_others_in_every_state(BondLabFault? fault, int link)
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        if (fault is { } wrong)
            lab.SetFault(wrong, link);
        foreach (var seconds in new[] { 0.3, 10, 120 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            var details = EtherChannelDetailParser.Parse(await ShowAsync(lab, "show etherchannel detail"));
            var channels = EtherChannelSummaryParser.Parse(await ShowAsync(lab, "show etherchannel summary"));
            Assert.Equal(
                channels.Select(c => (c.Group, c.InUse, string.Join(" ", c.Members.Select(m => $"{m.Interface} {m.State}")))),
                details.Select(d => (d.Group!.Value, d.PortChannels[0].InUse, string.Join(" ", d.Ports.Select(p => $"{p.Interface} {p.State}")))));
            var partners = LacpNeighborParser.Parse(await ShowAsync(lab, "show lacp neighbor")).Where(n => !n.DeviceId.IsZero);
            Assert.Equal(RecordText.Of(partners), RecordText.Of(details.SelectMany(d => d.Ports).Select(p => p.Partner).Where(p => p is not null)));
            var own = LacpInternalParser.Parse(await ShowAsync(lab, "show lacp internal"));
            Assert.Equal(RecordText.Of(own), RecordText.Of(details.SelectMany(d => d.Ports).Select(p => p.Local).Where(p => p is not null)));
            var single = EtherChannelDetailParser.Parse(await ShowAsync(lab, "show etherchannel 1 detail"));
            Assert.Equal(RecordText.Of(details.Where(d => d.Group == 1)), RecordText.Of(single));
            Assert.Equal(
                RecordText.Of(details.Select(d => d.PortChannels)),
                RecordText.Of(EtherChannelDetailParser.Parse(await ShowAsync(lab, "show etherchannel port-channel")).Select(d => d.PortChannels)));
            Assert.Equal(details.Select(d => d.Protocol), EtherChannelDetailParser.Parse(await ShowAsync(lab, "show etherchannel protocol")).Select(d => d.Protocol));
        }
    }

    [Fact]
    public async Task The_switch_tells_which_member_it_takes_for_a_flow()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        _clock.Advance(TimeSpan.FromSeconds(5));
        var members = new[] { "192.168.1.10", "192.168.1.20" }
            .Select(to => Assert.Single(CiscoLoadBalanceAnswerParser.Parse(ShowAsync(lab, $"test etherchannel load-balance interface port-channel 1 ip 192.168.1.1 {to}").Result)))
            .ToList();
        Assert.All(members, m => Assert.Equal("Po1", m.PortChannel));
        Assert.All(members, m => Assert.Contains(m.Interface, (string[])["Et0/0", "Et0/1"]));
        Assert.Throws<UnexpectedOutputException>(() => CiscoLoadBalanceAnswerParser.Parse(ShowAsync(lab, "test etherchannel load-balance interface port-channel 9 ip 10.0.0.1 10.0.0.2").Result));
    }

    private static async Task<string> ShowAsync(BondLab lab, string line) => (await lab.Switch.ExecuteAsync(line, [], TestContext.Current.CancellationToken)).Output;

    [Fact]
    public async Task The_secret_is_asked_three_times_and_never_shown()
    {
        var lab = BondLab.Create(new BondLabOptions { Clock = _clock, EnableSecret = "s3cret" });
        var wrong = await Type(lab, "enable\rone\rtwo\rthree\rshow privilege\r");
        Assert.Equal(3, wrong.Split("Password: ").Length - 1);
        Assert.Contains("% Bad secrets\n", wrong, StringComparison.Ordinal);
        Assert.Contains("Current privilege level is 1\n", wrong, StringComparison.Ordinal);
        var right = await Type(lab, "enable\rs3cret\rshow privilege\r");
        Assert.Contains("Current privilege level is 15\n", right, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", right, StringComparison.Ordinal);
        Assert.DoesNotContain("three", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_not_shown_by_what_comes_while_it_is_typed()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock, EnableSecret = "s3cret" });
        using var terminal = lab.Switch.OpenTerminal();
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("terminal monitor\renable\rs3crex"), TestContext.Current.CancellationToken);
        lab.SetFault(BondLabFault.Unplug, 1);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("\bt\rshow privilege\renable\rexit\r"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(terminal, Encoding.UTF8);
        var shown = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("%LINK-3-UPDOWN", shown, StringComparison.Ordinal);
        Assert.Contains("Current privilege level is 15", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cre", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\b", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\x03')]
    [InlineData('\x1a')]
    public async Task Control_C_and_Control_Z_break_a_question_off(char key)
    {
        var lab = BondLab.Create(new BondLabOptions { Clock = _clock, EnableSecret = "s3cret" });
        Assert.Contains("Current privilege level is 1\n", await Type(lab, $"enable\rs3c{key}show privilege\r"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_message_comes_behind_the_prompt_and_the_prompt_comes_again()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        using var terminal = lab.Switch.OpenTerminal();
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("terminal monitor\rshow cl"), TestContext.Current.CancellationToken);
        lab.SetFault(BondLabFault.Unplug, 1);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("ock\rexit\r"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(terminal, Encoding.UTF8);
        var shown = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Contains("L2SW#show cl\n*Jan", shown, StringComparison.Ordinal);
        Assert.Contains(": %LINK-3-UPDOWN: Interface Ethernet0/0, changed state to down\nL2SW#show cl", shown, StringComparison.Ordinal);
        Assert.Contains(" UTC Mon Jan 5 2026\n", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sh etherch summ", "Number of channel-groups in use: 1")]
    [InlineData("sh eth sum", "Number of channel-groups in use: 1")]
    [InlineData("s lac nei", "Partner's information:")]
    [InlineData("show e", "Incomplete command")]
    [InlineData("ter", "Incomplete command")]
    [InlineData("te", "% Ambiguous command:  \"te\"\n")]
    [InlineData("e", "% Ambiguous command:  \"e\"\n")]
    [InlineData("show l sys", "aabb.cc00.0100")]
    [InlineData("show etherchannel sumary", "                       ^\n% Invalid input detected at '^' marker.\n")]
    [InlineData("  show   foo", "            ^\n% Invalid input detected at '^' marker.\n")]
    [InlineData("show version | frobnicate x", "% Invalid input detected at '^' marker.\n")]
    [InlineData("show version | include Emulated", "Emulated by BondTools.Lab\n")]
    public async Task A_line_is_taken_as_IOS_takes_it(string line, string answer)
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        Assert.Contains(answer, await Type(lab, line + "\r"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ", 2)]
    [InlineData("\r", 25)]
    [InlineData("q", 1)]
    public async Task The_pager_turns_a_page_or_a_line_or_stops(string key, int pauses)
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        using var terminal = lab.Switch.OpenTerminal();
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("show interfaces e0/0\r" + (key == "q" ? "q" : "")), TestContext.Current.CancellationToken);
        for (var i = 0; key != "q" && i < 40; i++)
            await terminal.WriteAsync(Encoding.ASCII.GetBytes(key), TestContext.Current.CancellationToken);
        await terminal.WriteAsync(Encoding.ASCII.GetBytes("\x15" + "exit\r"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(terminal, Encoding.UTF8);
        var shown = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var seen = shown.Split(" --More-- ").Length - 1;
        Assert.InRange(seen, 1, pauses);
        Assert.Equal(key != "q", shown.Contains("output buffers swapped out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Modes_of_two_protocols_do_not_meet_in_a_group()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        var shown = await Type(lab, "configure terminal\rinterface e1/0\rchannel-group 1 mode on\rinterface range e1/0 - 1\rchannel-group 1 mode desirable\rend\r");
        Assert.Contains(
            "Command rejected (Channel protocol mismatch for interface Et1/0 in group 1): the interface can not be added to the channel group\nL2SW(config-if)#",
            shown, StringComparison.Ordinal);
        Assert.Contains("% Range command terminated because it failed on Ethernet1/0\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LACPDUs_are_counted_and_a_port_that_nobody_speaks_to_receives_no_more()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        _clock.Advance(TimeSpan.FromSeconds(60));
        lab.SetFault(BondLabFault.Unplug, 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var before = await CountersAsync(lab);
        _clock.Advance(TimeSpan.FromSeconds(90));
        var after = await CountersAsync(lab);
        Assert.Equal(["Et0/0", "Et0/1"], after.Select(c => c.Port));
        Assert.True(before[0].Received > 0 && after[0].Received > before[0].Received);
        Assert.Equal(before[1].Received, after[1].Received);
    }

    private static async Task<(string Port, int Received)[]> CountersAsync(BondLab lab) =>
        [.. (await Type(lab, "show lacp counters\r")).Split('\n').Where(l => l.StartsWith("Et", StringComparison.Ordinal))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => (w[0], int.Parse(w[2], System.Globalization.CultureInfo.InvariantCulture)))];

    private static async Task<string> Type(BondLab lab, string text)
    {
        using var terminal = lab.Switch.OpenTerminal();
        await terminal.WriteAsync(Encoding.ASCII.GetBytes(text + "exit\r"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(terminal, Encoding.UTF8);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
