using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Tests.Sessions;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>
/// The emulated switch before a client that nobody here wrote: Debian's python3-netmiko logs in over a real sshd, and what it
/// reads is what our own session reads.
/// </summary>
[Collection(SerialSessions.Name)]
public sealed class NetmikoTests
{
    private const string Secret = "opens-everything";
    // Debian's Python, which sees Debian's modules whatever else stands on the path.
    private const string Python = "/usr/bin/python3";

    // Logs in as a user without rights, enables, shows, configures, and shows again.
    private const string Script = """
        import json, sys
        from netmiko import ConnectHandler
        port, key, user, secret = sys.argv[1:5]
        link = ConnectHandler(device_type='cisco_ios', host='127.0.0.1', port=int(port), username=user,
                              use_keys=True, key_file=key, secret=secret, password='unused')
        answers = {'prompt': link.find_prompt()}
        link.enable()
        answers['enabled'] = link.find_prompt()
        for command in ('show etherchannel summary', 'show etherchannel detail', 'show lacp neighbor', 'show interfaces status'):
            answers[command] = link.send_command(command)
        answers['configuration'] = link.send_config_set(['interface Ethernet1/0', 'description by netmiko'])
        answers['port'] = link.send_command('show running-config interface Ethernet1/0')
        link.disconnect()
        print(json.dumps(answers))
        """;

    [Fact]
    public async Task Netmiko_logs_in_and_reads_what_we_read()
    {
        Assert.SkipUnless(File.Exists(Python) && Tool.Run(Python, null, "-c", "import netmiko").ExitCode == 0, "python3-netmiko is not installed.");
        await using var lab = await LabOverSsh.StartAsync("--start", "article", "--enable-secret", Secret);
        var answers = JsonDocument.Parse(await lab.WithSwitchAsync((port, key) =>
            Tool.RunOrFail(Python, null, "-c", Script, port, key, Environment.UserName, Secret).Split('\n').Last(line => line.StartsWith('{')))).RootElement;

        string Of(string name) => answers.GetProperty(name).GetString()!;
        Assert.Equal(("L2SW>", "L2SW#"), (Of("prompt"), Of("enabled")));
        using var engine = new Engine();
        var own = engine.GetOne<CiscoEtherChannel>($"Get-CiscoEtherChannel {lab.SwitchLogin}");
        var its = Assert.Single(EtherChannelSummaryParser.Parse(Of("show etherchannel summary")));
        Assert.Equal((own.PortChannel, own.Flags, Members(own)), (its.PortChannel, its.Flags, Members(its)));
        Assert.Equal(2, Assert.Single(EtherChannelDetailParser.Parse(Of("show etherchannel detail"))).Ports.Count);
        Assert.Equal(
            engine.Get($"Get-CiscoLacpNeighbor {lab.SwitchLogin}").Cast<CiscoLacpNeighbor>().Select(n => (n.Interface, n.DeviceId, n.OperKey)),
            LacpNeighborParser.Parse(Of("show lacp neighbor")).Select(n => (n.Interface, n.DeviceId, n.OperKey)));
        Assert.Contains(InterfaceStatusParser.Parse(Of("show interfaces status")), p => p is { Interface: "Et0/0", Connected: true });
        Assert.DoesNotContain("% ", Of("configuration"), StringComparison.Ordinal);
        Assert.Equal("by netmiko", Assert.Single(RunningConfigurationParser.Parse(Of("port"))).Description);
    }

    private static string Members(CiscoEtherChannel channel) => string.Join(" ", channel.Members.Select(m => $"{m.Interface}({m.Flags})"));
}
