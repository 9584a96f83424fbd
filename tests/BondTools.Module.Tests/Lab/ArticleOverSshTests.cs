using System.Linq;
using System.Net;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The article through OpenSSH's own server: real connections, channels, terminals and exit statuses.</summary>
[Collection(SerialSessions.Name)]
public sealed class ArticleOverSshTests
{
    private const string Secret = "opens-everything";

    [Fact]
    public async Task It_is_built_verified_and_measured()
    {
        await using var lab = await LabOverSsh.StartAsync();
        using var engine = new Engine(("ConfirmPreference", "None"));
        engine.Get($"$pve = Connect-PveHost {lab.HostLogin}; $switch = Connect-CiscoSwitch {lab.SwitchLogin}");
        try
        {
            await ArticleSteps.RunAsync(engine, lab.OnHostAsync);
        }
        finally
        {
            engine.Run("$pve, $switch | Disconnect-BondSession");
        }
    }

    [Fact]
    public async Task Both_ends_are_read_over_connections_for_one_command()
    {
        await using var lab = await LabOverSsh.StartAsync("--start", "article");
        using var engine = new Engine();
        var open = SessionRegistry.GetAll();
        Assert.True(engine.GetOne<BondStatus>($"Get-PveBondStatus bond0 {lab.HostLogin}").Negotiated);
        Assert.Equal("bond0", engine.GetOne<PveBond>($"Get-PveBond {lab.HostLogin}").Name);
        Assert.Contains("enp0s8", engine.Get($"Get-PveLinkCounter {lab.HostLogin}").Cast<LinkCounter>().Select(c => c.Interface));
        Assert.False(engine.GetOne<NetworkChange>($"Get-PveNetworkChange {lab.HostLogin}").IsPending);
        Assert.Equal("SU", engine.GetOne<CiscoEtherChannel>($"Get-CiscoEtherChannel {lab.SwitchLogin}").Flags);
        Assert.Equal(2, engine.Get($"Get-CiscoLacpNeighbor {lab.SwitchLogin}").Count);
        Assert.Equal("src-dst-ip", engine.GetOne<CiscoLoadBalance>($"Get-CiscoEtherChannelLoadBalance {lab.SwitchLogin}").Method);
        Assert.Equal(open, SessionRegistry.GetAll());
    }

    [Fact]
    public async Task A_switch_that_asks_for_its_enable_secret_is_configured_with_it_and_refuses_without()
    {
        await using var lab = await LabOverSsh.StartAsync("--enable-secret", Secret);
        using var engine = new Engine(("ConfirmPreference", "None"), ("secret", new NetworkCredential("", Secret).SecurePassword), ("wrong", new NetworkCredential("", "guess").SecurePassword));
        const string build = "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active";
        try
        {
            engine.Get($"$switch = Connect-CiscoSwitch {lab.SwitchLogin}");
            engine.Fail(build, BondToolsErrorKind.CommandRejected);
            engine.Get($"Disconnect-BondSession $switch; $switch = Connect-CiscoSwitch {lab.SwitchLogin} -EnablePassword $wrong");
            engine.Fail(build, BondToolsErrorKind.AuthenticationFailed);
            engine.Get($"Disconnect-BondSession $switch; $switch = Connect-CiscoSwitch {lab.SwitchLogin} -EnablePassword $secret");
            engine.Get(build);
            Assert.Equal("Po1", engine.GetOne<CiscoEtherChannel>("Get-CiscoEtherChannel -Session $switch").PortChannel);
        }
        finally
        {
            engine.Run("Disconnect-BondSession $switch");
        }
    }
}
