using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ios;
using Xunit;

namespace BondTools.Tests.Ios;

public class IosSessionTests
{
    private static readonly IosSessionOptions Quick = new()
    {
        CommandTimeout = TimeSpan.FromSeconds(10),
        Silence = TimeSpan.FromMilliseconds(100),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task A_command_gives_its_output_without_echo_and_prompt(int piece)
    {
        var device = Catalyst(piece);
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        Assert.Equal("L2SW", session.HostName);
        Assert.True(session.IsPrivileged);
        Assert.Equal("one\ntwo\n", await session.RunAsync(" show things ", Token));
        Assert.Equal(["terminal length 0", "terminal width 511", "show things"], device.Lines);
    }

    [Fact]
    public async Task A_silent_switch_is_sent_one_return()
    {
        var device = new ScriptedSwitch((_, _) => "L2SW#");
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        Assert.Equal(["", "terminal length 0", "terminal width 511"], device.Lines);
    }

    [Fact]
    public async Task A_shell_that_asks_again_is_answered_and_enabled()
    {
        var mode = '>';
        var device = new ScriptedSwitch((self, line) =>
        {
            switch (self.Lines.Count)
            {
                case 1:
                    return "User Access Verification\r\n\r\nUsername: ";
                case 2:
                    self.Echo = false;
                    return "Password: ";
                case 3:
                    self.Echo = true;
                    return "\r\nL2SW>";
            }
            if (line == "enable")
            {
                self.Echo = false;
                return "Password: ";
            }
            if (line == "s3cret")
            {
                self.Echo = true;
                mode = '#';
            }
            return "L2SW" + mode;
        });
        device.Print("\r\n\r\nPress RETURN to get started.\r\n\r\n");
        var trace = new List<string>();
        using var session = await IosSession.OpenAsync(device, Quick with { UserName = "admin", Password = Secret("s3cret"), EnableSecret = Secret("s3cret"), Trace = trace.Add }, Token);
        Assert.True(session.IsPrivileged);
        Assert.Equal(["", "admin", "s3cret", "terminal length 0", "terminal width 511", "enable", "s3cret"], device.Lines);
        Assert.Contains("> enable", trace);
        Assert.DoesNotContain(trace, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Password: ")]
    [InlineData("% Access denied\r\nL2SW>")]
    public async Task A_refused_enable_secret_is_an_authentication_error(string answer)
    {
        var device = new ScriptedSwitch((self, line) =>
        {
            self.Echo = line != "enable";
            return line switch { "enable" => "Password: ", "wrong" => answer, _ => "L2SW>" };
        });
        device.Print("L2SW>");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => IosSession.OpenAsync(device, Quick with { EnableSecret = Secret("wrong") }, Token));
        Assert.Equal(BondToolsErrorKind.AuthenticationFailed, error.Kind);
        Assert.DoesNotContain("wrong", error.ToString() + error.Output, StringComparison.Ordinal);
        Assert.True(device.Closed);
    }

    [Theory]
    [InlineData("        ^\r\n% Invalid input detected at '^' marker.\r\n\r\n")]
    [InlineData("% Incomplete command.\r\n\r\n")]
    [InlineData("% Ambiguous command:  \"sh t\"\r\n")]
    [InlineData("Command rejected: nobody knows.\r\n")]
    public async Task A_rejected_command_is_an_error_with_command_and_output(string answer)
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        Answers[device] = answer;
        var error = await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync("show tings", Token));
        Assert.Equal(BondToolsErrorKind.CommandRejected, error.Kind);
        Assert.Equal("show tings", error.Command);
        Assert.Equal(answer.Replace("\r", "", StringComparison.Ordinal), error.Output);
        Answers.Remove(device);
        Assert.Equal("one\ntwo\n", await session.RunAsync("show things", Token));
    }

    [Fact]
    public async Task Lines_are_configured_and_configuration_mode_is_left()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        await session.ConfigureAsync(["interface Ethernet0/0", " switchport access vlan 10", " hostname NEWNAME"], Token);
        Assert.Equal(["configure terminal", "interface Ethernet0/0", "switchport access vlan 10", "hostname NEWNAME", "end"], device.Lines.Skip(2));
        Assert.Equal("NEWNAME", session.HostName);
        Assert.Equal("one\ntwo\n", await session.RunAsync("show things", Token));
    }

    [Fact]
    public async Task The_first_rejected_line_is_named_and_no_further_one_is_sent()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => session.ConfigureAsync(["interface Ethernet0/0", " channel-group 99 mode active", " no shutdown"], Token));
        Assert.Equal(BondToolsErrorKind.CommandRejected, error.Kind);
        Assert.Equal("channel-group 99 mode active", error.Command);
        Assert.Equal("end", device.Lines[^1]);
        Assert.DoesNotContain("no shutdown", device.Lines);
        Assert.Equal("one\ntwo\n", await session.RunAsync("show things", Token));
    }

    [Theory]
    [InlineData("show clock\nreload")]
    [InlineData("show clock\rreload")]
    [InlineData("description what?")]
    [InlineData("show\tclock")]
    [InlineData("description コンテナ")]
    [InlineData("\u0003")]
    [InlineData("  ")]
    public async Task No_line_with_control_characters_is_ever_sent(string line)
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, (await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync(line, Token))).Kind);
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, (await Assert.ThrowsAsync<BondToolsException>(() => session.ConfigureAsync(["hostname X", line], Token))).Kind);
        Assert.Equal(2, device.Lines.Count);
    }

    [Fact]
    public async Task A_pager_that_comes_all_the_same_is_answered()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        Assert.Equal("page one\npage two\n", await session.RunAsync("show pages", Token));
    }

    [Fact]
    public async Task A_question_is_answered_by_the_caller_or_broken_off()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        var asked = new List<string>();
        var output = await session.RunAsync("copy running-config startup-config", question =>
        {
            asked.Add(question);
            return "";
        }, Token);
        Assert.Equal(["Destination filename [startup-config]?"], asked);
        Assert.Contains("[OK]", output, StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync("copy running-config startup-config", Token));
        Assert.Equal(BondToolsErrorKind.CommandRejected, error.Kind);
        Assert.Contains("Destination filename", error.Message, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", await session.RunAsync("show things", Token));
    }

    [Fact]
    public async Task Ten_megabytes_are_taken_whole()
    {
        var device = Catalyst(1400);
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        const int lines = 150_000;
        Answers[device] = string.Concat(Enumerable.Repeat("interface GigabitEthernet1/0/1 is what it is, and a prompt L2SW#\r\r\n", lines)) + "L2SW#";
        var output = await session.RunAsync("show things", Token);
        Assert.Equal(lines, output.Count(c => c == '\n'));
        Assert.InRange(output.Length, 9_000_000, 11_000_000);
        Assert.True(session.IsUsable);
    }

    [Fact]
    public async Task Output_that_pauses_behind_the_prompts_own_text_is_taken_whole()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick with { Settle = TimeSpan.FromSeconds(1) }, Token);
        Answers[device] = "one\r\nL2SW#";
        var running = session.RunAsync("show archive", Token);
        await Task.Delay(50, Token);
        device.Print("show clock\r\ntwo\r\nL2SW#");
        Assert.StartsWith("one\nL2SW#", await running, StringComparison.Ordinal);
        Assert.Contains("two\n", await running, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_is_an_error_with_what_had_come()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick, Token);
        var running = session.RunAsync("silence", Token);
        device.Print("half an answ");
        device.HangUp();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => running);
        Assert.Equal(BondToolsErrorKind.ConnectionLost, error.Kind);
        Assert.Equal(("silence", "half an answ"), (error.Command, error.Output));
        Assert.False(session.IsUsable);
        Assert.Equal(BondToolsErrorKind.ConnectionLost, (await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync("show things", Token))).Kind);
    }

    [Fact]
    public async Task A_deadline_is_the_whole_commands_even_when_bytes_keep_coming()
    {
        var device = Catalyst();
        using var session = await IosSession.OpenAsync(device, Quick with { CommandTimeout = TimeSpan.FromSeconds(1.5) }, Token);
        using var dripping = new Timer(_ => device.Print("drip\r\n"), null, 0, 50);
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync("silence", Token));
        Assert.Equal(BondToolsErrorKind.Timeout, error.Kind);
        Assert.InRange(clock.ElapsedMilliseconds, 1400, 10000);
        Assert.Contains("drip", error.Output, StringComparison.Ordinal);
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Cancellation_takes_effect_at_once_on_a_stream_that_is_deaf_to_it()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var session = await IosSession.OpenAsync(Catalyst(), Quick with { CommandTimeout = TimeSpan.FromMinutes(5) }, source.Token);
        var running = session.RunAsync("silence", source.Token);
        await Task.Delay(50, Token);
        var clock = Stopwatch.StartNew();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Commands_of_several_callers_run_one_after_the_other()
    {
        using var session = await IosSession.OpenAsync(Catalyst(), Quick, Token);
        var outputs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.RunAsync("show things", Token)));
        Assert.All(outputs, output => Assert.Equal("one\ntwo\n", output));
    }

    // What a switch answers instead of its script.
    private Dictionary<ScriptedSwitch, string> Answers { get; } = [];

    private ScriptedSwitch Catalyst(int piece = int.MaxValue)
    {
        string host = "L2SW", mode = "";
        var device = new ScriptedSwitch((self, line) =>
        {
            if (Answers.TryGetValue(self, out var given))
                return given.EndsWith("L2SW#", StringComparison.Ordinal) ? given : given + Prompt();
            switch (line)
            {
                case "show things":
                    return "one\r\ntwo\r\n" + Prompt();
                case "show pages":
                    return "page one\r\n --More-- ";
                case " ":
                    return "\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bpage two\r\n" + Prompt();
                case "copy running-config startup-config":
                    return "Destination filename [startup-config]? ";
                case "":
                    return "Building configuration...\r\n[OK]\r\n" + Prompt();
                case "silence":
                    return null;
                case "configure terminal":
                    mode = "(config)";
                    return "Enter configuration commands, one per line.  End with CNTL/Z.\r\n" + Prompt();
                case "end":
                    mode = "";
                    return Prompt() + "\r\n*Mar  1 00:00:00.000: %SYS-5-CONFIG_I: Configured from console by vty0\r\n";
                case "switchport access vlan 10":
                    return "% Access VLAN does not exist. Creating vlan 10\r\n" + Prompt();
                case "channel-group 99 mode active":
                    return "                     ^\r\n% Invalid input detected at '^' marker.\r\n\r\n" + Prompt();
                case "hostname NEWNAME":
                    host = "NEWNAME";
                    return Prompt();
                case "interface Ethernet0/0":
                    mode = "(config-if)";
                    return Prompt();
            }
            return "\r\n" + Prompt();
        }, piece);
        device.Print("\r\nWelcome to L2SW#\r\n\r\nL2SW#");
        return device;

        string Prompt() => host + mode + "#";
    }

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var c in text)
            secret.AppendChar(c);
        return secret;
    }
}
