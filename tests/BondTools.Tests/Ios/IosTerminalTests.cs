using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using BondTools.Module.Ios;
using Xunit;

namespace BondTools.Tests.Ios;

public class IosTerminalTests
{
    private const int Plenty = 1 << 20;

    public static TheoryData<string, string, string> Dialogues => new()
    {
        { "plain", "show clock\r\n*00:01:02.003 UTC Mon Mar 1 1993\r\nL2SW#", "*00:01:02.003 UTC Mon Mar 1 1993\n" },
        { "no output", "show clock\r\nL2SW#", "" },
        { "CR CR LF", "show clock\r\r\nnow\r\r\nL2SW#", "now\n" },
        { "user mode and NX-OS blank", "show clock\r\nnow\r\nL2SW> ", "now\n" },
        { "log message in mid-output", "show clock\r\none\r\n*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface Ethernet0/0, changed state to up\r\ntwo\r\nL2SW#", "one\ntwo\n" },
        { "log message behind the prompt", "show clock\r\none\r\nL2SW#\r\n*Mar  1 00:00:00.000: %SYS-5-CONFIG_I: Configured from console by vty0\r\n", "one\n" },
        { "log message, then the prompt again", "show clock\r\none\r\nL2SW#\r\n000042: .Mar  1 00:00:00: %SYS-5-CONFIG_I: Configured\r\nL2SW#", "one\n" },
        { "log message before the echo, line written anew", "sh\r\n%LINEPROTO-5-UPDOWN: Line protocol, changed state to down\r\nL2SW#show clock\r\none\r\nL2SW#", "one\n" },
        { "log message before the echo", "\r\n*Mar  1 00:00:00.000: %SYS-5-CONFIG_I: x\r\nshow clock\r\none\r\nL2SW#", "one\n" },
        { "looks like a prompt", "show clock\r\none#\r\nL2SW#show version\r\nL2SW#\r\nOther#\r\nL2SW(config)# and more\r\nL2SW#", "one#\nL2SW#show version\nL2SW#\nOther#\nL2SW(config)# and more\n" },
        { "escape sequences", "show clock\r\n\u001b[1mbold\u001b[0m \u001b]0;title\u0007x\u001b(B\r\n\u001b[KL2SW#\u001b[0m", "bold x\n" },
        { "backspaces", "show clicj\b\b\bock\b\b\bock\r\nab\bc\r\nL2SW#", "ac\n" },
        { "pager erased with backspaces", "show clock\r\none\r\n --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\btwo\r\nL2SW#", "one\ntwo\n" },
        { "pager erased with a return", "show clock\r\none\r\n--More--\r        \rtwo\r\n <--- More --->\r               \rL2SW#", "one\ntwo\n" },
        { "configuration mode", "show clock\r\nL2SW(config-if)#", "" },
        { "UTF-8 split anywhere", "show clock\r\ndescription コンテナ\r\nL2SW#", "description コンテナ\n" },
        { "percent signs that are no log message", "show clock\r\n% Not a log\r\n5 minutes: 3%: IO-4-x\r\nL2SW#", "% Not a log\n5 minutes: 3%: IO-4-x\n" },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public void An_answer_is_the_same_however_its_bytes_are_cut(string name, string printed, string expected)
    {
        Assert.NotEmpty(name);
        var bytes = Encoding.UTF8.GetBytes(printed);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, Answer([bytes[..cut], bytes[cut..]]));
        Assert.Equal(expected, Answer(Array.ConvertAll(bytes, b => new[] { b })));
    }

    [Fact]
    public void What_looks_like_a_prompt_stops_counting_with_the_next_byte()
    {
        var terminal = Learned();
        terminal.Begin("show archive");
        Feed(terminal, "show archive\r\none\r\nL2SW#");
        Assert.Equal(IosState.Prompt, terminal.State);
        Assert.True(terminal.MayContinue);
        Feed(terminal, "s");
        Assert.Equal(IosState.Busy, terminal.State);
        Feed(terminal, "how\r\nL2SW#");
        Assert.Equal("one\nL2SW#show\n", terminal.TakeAnswer());
    }

    [Fact]
    public void A_prompt_without_output_needs_no_second_look()
    {
        var terminal = Learned();
        terminal.Begin("end");
        Feed(terminal, "end\r\nL2SW#");
        Assert.False(terminal.MayContinue);
    }

    [Fact]
    public void A_prompt_before_the_echo_does_not_count()
    {
        var terminal = Learned();
        terminal.Begin("show clock");
        Feed(terminal, "\r\nL2SW#");
        Assert.Equal(IosState.Busy, terminal.State);
    }

    [Fact]
    public void Another_hosts_prompt_does_not_count()
    {
        var terminal = Learned();
        terminal.Begin("show clock");
        Feed(terminal, "show clock\r\nSWITCH#");
        Assert.Equal(IosState.Busy, terminal.State);
    }

    [Fact]
    public void The_prompt_is_followed_through_modes_and_a_new_host_name()
    {
        var terminal = Learned();
        Follow("enable", "L2SW#", "L2SW", null);
        Follow("configure terminal", "L2SW(config)#", "L2SW", "config");
        Follow("hostname a-name-much-longer-than-a-prompt", "a-name-much-longer-t(config)#", "a-name-much-longer-t", "config");
        Follow("interface Ethernet0/0", "a-name-much-longer-t(config-if)#", "a-name-much-longer-t", "config-if");
        Follow("end", "a-name-much-longer-than-a-prompt#", "a-name-much-longer-than-a-prompt", null);

        void Follow(string command, string prompt, string host, string? mode)
        {
            terminal.Begin(command);
            Feed(terminal, $"{command}\r\n{prompt}");
            terminal.TakeAnswer();
            Assert.Equal((host, mode, true), (terminal.HostName, terminal.Mode, terminal.IsPrivileged));
        }
    }

    [Fact]
    public void The_echo_of_a_line_wider_than_the_terminal_is_recognised()
    {
        var terminal = Learned();
        terminal.Begin("switchport trunk allowed vlan 100,200,300,400,500");
        Feed(terminal, "switchport trunk allowed vlan 100,200\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b$k allowed vlan 100,200,300,400,500        \r\nL2SW(config-if)#");
        Assert.Equal("", terminal.TakeAnswer());
    }

    [Theory]
    [InlineData("\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n", nameof(IosState.PressReturn))]
    [InlineData("Press RETURN to get started!", nameof(IosState.PressReturn))]
    [InlineData("User Access Verification\r\n\r\nUsername: ", nameof(IosState.UserName))]
    [InlineData("login: ", nameof(IosState.UserName))]
    [InlineData("Password: ", nameof(IosState.Password))]
    [InlineData("\r\n*** Authorised only ***\r\n#### L2SW# ####\r\nL2SW#\r\n", nameof(IosState.Busy))]
    [InlineData("banner\r\nL2SW>", nameof(IosState.Prompt))]
    [InlineData("Would you like to enter the initial configuration dialog? [yes/no]: ", nameof(IosState.Question))]
    public void What_a_switch_greets_with_is_understood(string greeting, string expected)
    {
        var terminal = new IosTerminal(Plenty);
        foreach (var b in Encoding.ASCII.GetBytes(greeting))
            terminal.Receive([b], 0, 1);
        Assert.Equal(expected, terminal.State.ToString());
    }

    [Theory]
    [InlineData("Destination filename [startup-config]? ")]
    [InlineData("Proceed with reload? [confirm]")]
    [InlineData("Do you want to continue? [yes/no]: ")]
    [InlineData("Overwrite (y/n)?")]
    public void A_question_is_seen_and_stays_in_the_output(string question)
    {
        var terminal = Learned();
        terminal.Begin("copy run start");
        Feed(terminal, "copy run start\r\n" + question);
        Assert.Equal(IosState.Question, terminal.State);
        Assert.Equal(question.Trim(), terminal.CurrentLine);
        terminal.Reply();
        Assert.Equal(IosState.Busy, terminal.State);
        Feed(terminal, "\r\n[OK]\r\nL2SW#");
        Assert.Equal(question + "\n\n[OK]\n", terminal.TakeAnswer());
    }

    [Fact]
    public void The_first_prompt_is_corrected_by_the_one_behind_the_first_echo()
    {
        var terminal = new IosTerminal(Plenty);
        Feed(terminal, "Welcome>");
        Assert.Equal(IosState.Prompt, terminal.State);
        terminal.TakeAnswer();
        terminal.Begin("terminal length 0");
        Feed(terminal, " enjoy\r\nL2SW#terminal length 0\r\nL2SW#");
        Assert.Equal("", terminal.TakeAnswer());
        Assert.Equal("L2SW", terminal.HostName);
    }

    [Fact]
    public void Commands_that_print_log_messages_keep_them()
    {
        const string message = "*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface Ethernet0/0, changed state to up";
        var terminal = Learned();
        terminal.Begin("show logging");
        Feed(terminal, $"show logging\r\n{message}\r\nL2SW#");
        Assert.Equal(message + "\n", terminal.TakeAnswer());
    }

    [Fact]
    public void An_answer_beyond_the_limit_is_an_error_with_what_came_so_far()
    {
        var terminal = new IosTerminal(1000);
        Feed(terminal, "L2SW#");
        terminal.TakeAnswer();
        terminal.Begin("show tech");
        Feed(terminal, "show tech\r\nfirst line\r\n");
        var error = Assert.Throws<BondToolsException>(() => Feed(terminal, new string('x', 2000)));
        Assert.Equal(BondToolsErrorKind.UnexpectedOutput, error.Kind);
        Assert.StartsWith("first line\n", error.Output, StringComparison.Ordinal);
        Assert.Equal("show tech", error.Command);
    }

    [Fact]
    public void Time_grows_with_the_bytes_even_when_they_drip()
    {
        // Ten times the bytes may take ten times as long; a second look at what came before would take a hundred times.
        var small = Drip(40_000);
        var large = Drip(400_000);
        Assert.True(large < (small * 40) + TimeSpan.FromSeconds(1), $"{small} for 40,000 bytes, {large} for 400,000");

        static TimeSpan Drip(int bytes)
        {
            var terminal = Learned();
            terminal.Begin("show run");
            Feed(terminal, "show run\r\n");
            var one = new byte[1];
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < bytes; i++)
            {
                // Half of it short lines, half of it one endless line of blanks.
                one[0] = i < bytes / 2 ? (byte)(i % 60 == 59 ? '\n' : '#') : (byte)' ';
                terminal.Receive(one, 0, 1);
                Assert.Equal(IosState.Busy, terminal.State);
            }
            return clock.Elapsed;
        }
    }

    private static string Answer(IReadOnlyList<byte[]> pieces)
    {
        var terminal = Learned();
        terminal.Begin("show clock");
        foreach (var piece in pieces)
        {
            terminal.Receive(piece, 0, piece.Length);
            if (terminal.State == IosState.Pager)
                terminal.Reply();
        }
        Assert.Equal(IosState.Prompt, terminal.State);
        return terminal.TakeAnswer();
    }

    private static IosTerminal Learned()
    {
        var terminal = new IosTerminal(Plenty);
        Feed(terminal, "\r\nL2SW>");
        terminal.TakeAnswer();
        terminal.Begin("terminal length 0");
        Feed(terminal, "terminal length 0\r\nL2SW>");
        terminal.TakeAnswer();
        return terminal;
    }

    private static void Feed(IosTerminal terminal, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        terminal.Receive(bytes, 0, bytes.Length);
    }
}
