using System;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Module.Ios;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Ios;

/// <summary>The session, the parsers and the plan together, against the lab's switch.</summary>
public class IosSessionOnLabTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_labs_switch_shows_is_read()
    {
        using var session = await OpenAsync(new BondLabOptions { Start = BondLabStart.Article });
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(await session.RunAsync("show etherchannel summary", Token)));
        Assert.Equal(["Et0/0", "Et0/1"], channel.Members.Where(m => m.Bundled).Select(m => m.Interface));
        Assert.Equal("src-dst-ip", Assert.Single(CiscoLoadBalanceParser.Parse(await session.RunAsync("show etherchannel load-balance", Token))).Method);
        var neighbors = LacpNeighborParser.Parse(await session.RunAsync("show lacp neighbor", Token));
        Assert.Equal([1, 2], neighbors.Select(n => n.PortNumber));
        Assert.All(neighbors, n => Assert.Equal((9, MacAddress.Parse("08:00:27:04:dd:bd")), (n.OperKey, n.DeviceId)));
        Assert.Equal(MacAddress.Parse("aa:bb:cc:00:01:00"), LacpSystemIdParser.Parse(await session.RunAsync("show lacp sys-id", Token)).SystemMacAddress);
        Assert.NotEmpty(CiscoLinkCounterParser.Parse(await session.RunAsync("show interfaces", Token)));
    }

    [Fact]
    public async Task A_plan_is_configured_and_taken_away_while_log_messages_come_in_between()
    {
        var plan = new EtherChannelPlan
        {
            Group = 1,
            Interfaces = [CiscoInterfaceName.Parse("Et0/0"), CiscoInterfaceName.Parse("Et0/1")],
            Description = "pve bond0",
            LacpRate = CiscoLacpRate.Fast,
        };
        using var session = await OpenAsync(new BondLabOptions { EnableSecret = "s3cret" }, Secret("s3cret"));
        Assert.True(session.IsPrivileged);
        await session.RunAsync("terminal monitor", Token);

        await session.ConfigureAsync(plan.ConfigurationLines(RunningConfigurationParser.Parse(await session.RunAsync("show running-config", Token))), Token);
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(await session.RunAsync("show etherchannel summary", Token)));
        Assert.Equal(("Po1", 2), (channel.PortChannel, channel.Members.Count));
        Assert.Contains("description pve bond0", await session.RunAsync("show running-config", Token), StringComparison.Ordinal);

        await session.ConfigureAsync(EtherChannelPlan.RemovalLines(1, RunningConfigurationParser.Parse(await session.RunAsync("show running-config", Token))), Token);
        Assert.Empty(EtherChannelSummaryParser.Parse(await session.RunAsync("show etherchannel summary", Token)));
    }

    [Fact]
    public async Task A_line_that_the_labs_switch_rejects_is_named_and_the_session_goes_on()
    {
        using var session = await OpenAsync(new BondLabOptions());
        var error = await Assert.ThrowsAsync<BondToolsException>(() => session.ConfigureAsync(["interface Ethernet0/0", " channel-group 999 mode active"], Token));
        Assert.Equal((BondToolsErrorKind.CommandRejected, "channel-group 999 mode active"), (error.Kind, error.Command));
        Assert.Equal(BondToolsErrorKind.CommandRejected, (await Assert.ThrowsAsync<BondToolsException>(() => session.RunAsync("show nothing", Token))).Kind);
        Assert.Contains("[OK]", await session.RunAsync("copy running-config startup-config", _ => "", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_an_authentication_error()
    {
        var error = await Assert.ThrowsAsync<BondToolsException>(() => OpenAsync(new BondLabOptions { EnableSecret = "s3cret" }, Secret("guess")));
        Assert.Equal(BondToolsErrorKind.AuthenticationFailed, error.Kind);
    }

    private static Task<IosSession> OpenAsync(BondLabOptions lab, SecureString? secret = null) =>
        IosSession.OpenAsync(BondLab.Create(lab).Switch.OpenTerminal(), new IosSessionOptions { EnableSecret = secret }, Token);

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var c in text)
            secret.AppendChar(c);
        return secret;
    }
}
