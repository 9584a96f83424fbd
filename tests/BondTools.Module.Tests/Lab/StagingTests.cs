using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>What is staged, whose it is, and what is refused.</summary>
[Collection(SerialSessions.Name)]
public sealed class StagingTests : IDisposable
{
    private const string NewBond = "New-PveBond -Session $pve bond0 enp0s8, enp0s9";
    private const string Pending = "Get-PveNetworkChange -Session $pve";

    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void WhatIf_stages_nothing_and_still_shows_the_bond()
    {
        var bond = _lab.GetOne<PveBond>($"{NewBond} -WhatIf -PassThru -TransmitHashPolicy 2");
        Assert.Equal(("bond0", TransmitHashPolicy.Layer23, "pve"), (bond.Name, bond.TransmitHashPolicy, bond.ComputerName));
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsPending);
    }

    [Fact]
    public void Two_changes_are_staged_into_one_file_and_undone_together()
    {
        _lab.Get($"{NewBond}; New-PveBridge -Session $pve vmbr1 bond0 -VlanAware $true");
        var change = _lab.GetOne<NetworkChange>(Pending);
        Assert.True(change.IsPending && change.IsOwn);
        Assert.Contains("+iface bond0 inet manual", change.Difference, StringComparison.Ordinal);
        Assert.Contains("+iface vmbr1 inet manual", change.Difference, StringComparison.Ordinal);
        Assert.Equal("vmbr1", Assert.Single(_lab.Get("Get-PveBridge -Session $pve -Pending").Cast<PveBridge>(), b => b.Name != "vmbr0").Name);
        Assert.Empty(_lab.Get("Get-PveBond -Session $pve"));

        _lab.Get("Undo-PveNetworkChange -Session $pve");
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsPending);
        _lab.Fail("Undo-PveNetworkChange -Session $pve", BondToolsErrorKind.NoPendingChange);
        _lab.Fail("Publish-PveNetworkChange -Session $pve", BondToolsErrorKind.NoPendingChange);
    }

    [Fact]
    public async Task A_change_that_somebody_else_staged_is_neither_built_on_nor_undone_nor_published()
    {
        await _lab.OnHostAsync("cp /etc/network/interfaces /etc/network/interfaces.new; echo '# mine' >> /etc/network/interfaces.new");
        foreach (var command in new[] { NewBond, "Undo-PveNetworkChange -Session $pve", "Publish-PveNetworkChange -Session $pve" })
            _lab.Fail(command, BondToolsErrorKind.PendingChangeExists);
        Assert.EndsWith("# mine\n", await _lab.OnHostAsync("cat /etc/network/interfaces.new"), StringComparison.Ordinal);

        _lab.Get($"{NewBond} -Force");
        Assert.Contains("# mine\n", await _lab.OnHostAsync("cat /etc/network/interfaces.new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_change_that_somebody_edited_is_not_ours_any_more()
    {
        _lab.Get(NewBond);
        await _lab.OnHostAsync("echo '# edited' >> /etc/network/interfaces.new");
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsOwn);
        _lab.Fail("Publish-PveNetworkChange -Session $pve", BondToolsErrorKind.PendingChangeExists);
    }

    [Fact]
    public void Setting_an_option_and_clearing_it_leaves_the_file_as_it_was()
    {
        _lab.Get(NewBond);
        var before = _lab.GetOne<NetworkChange>(Pending).Pending;
        _lab.Get("Set-PveBond -Session $pve bond0 -LacpRate Fast -MinLinks 1");
        var bond = _lab.GetOne<PveBond>("Get-PveBond -Session $pve -Pending");
        Assert.Equal((LacpRate.Fast, 1), (bond.LacpRate!.Value, bond.MinLinks!.Value));
        _lab.Get("Set-PveBond -Session $pve bond0 -Clear LacpRate, MinLinks");
        Assert.Equal(before, _lab.GetOne<NetworkChange>(Pending).Pending);
    }

    [Theory]
    [InlineData("# an old editor wrote gr\u00FCn\n", "latin1")]
    [InlineData("\uFEFF# gr\u00FCn\r\n", "utf-8")]
    [InlineData("# gr\u00FCn \u00A0\u0085\t\r\r\n", "latin1")]
    public async Task A_file_of_any_bytes_is_staged_and_taken_back(string comment, string encoding)
    {
        var comments = Encoding.GetEncoding(encoding).GetBytes(comment);
        byte[] before = [.. comments, .. Encoding.ASCII.GetBytes(await _lab.OnHostAsync("cat /etc/network/interfaces"))];
        await _lab.World.Host.ExecuteAsync("cat > /etc/network/interfaces", before, TestContext.Current.CancellationToken);

        _lab.Get(NewBond);
        var change = _lab.GetOne<NetworkChange>(Pending);
        Assert.True(change.IsPending && change.IsOwn);
        Assert.Equal(before, ByteText.Encode(change.Current));
        Assert.StartsWith(Convert.ToHexString(comments), Convert.ToHexString(ByteText.Encode(change.Pending!)), StringComparison.Ordinal);
        Assert.Contains("+iface bond0 inet manual", change.Difference, StringComparison.Ordinal);
        _lab.Get("Set-PveBond -Session $pve bond0 -LacpRate Fast");
        Assert.True(_lab.GetOne<NetworkChange>(Pending).IsOwn);
        _lab.Get("Undo-PveNetworkChange -Session $pve");
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsPending);
    }

    [Theory]
    [InlineData("source /etc/network/interfaces.d/*")]
    [InlineData("source interfaces.d/lag*")]
    [InlineData("source-directory interfaces.d")]
    public async Task A_name_that_a_sourced_file_has_is_refused_for_a_new_interface(string line)
    {
        await _lab.OnHostAsync($"mkdir -p /etc/network/interfaces.d; echo '{line}' >> /etc/network/interfaces; echo 'iface bond0 inet manual' > /etc/network/interfaces.d/lag");
        var error = _lab.Fail(NewBond, BondToolsErrorKind.AlreadyExists);
        Assert.Contains("/etc/network/interfaces.d/lag", error.Exception.Message, StringComparison.Ordinal);
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsPending);
        _lab.Get("New-PveBond -Session $pve bond1 enp0s8, enp0s9");
    }

    [Fact]
    public async Task What_a_source_line_says_is_not_run()
    {
        await _lab.OnHostAsync("echo 'source /x/$(touch${IFS}/tmp/run);touch /tmp/run `touch /tmp/run`' >> /etc/network/interfaces");
        _lab.Get(NewBond);
        await _lab.OnHostAsync("[ ! -e /tmp/run ]");
    }

    public static TheoryData<string, BondToolsErrorKind> Refused => new()
    {
        { "New-PveBond -Session $pve bond0 enp0s8 -Mode active-backup -LacpRate Fast", BondToolsErrorKind.InvalidConfiguration },
        { "New-PveBond -Session $pve bond0 nic0", BondToolsErrorKind.InvalidConfiguration },
        { "New-PveBond -Session $pve lag0 enp0s8", BondToolsErrorKind.InvalidConfiguration },
        { "New-PveBridge -Session $pve vmbr0 enp0s8", BondToolsErrorKind.AlreadyExists },
        { "Set-PveBond -Session $pve bond7 -MinLinks 1", BondToolsErrorKind.NotFound },
        { "Remove-PveBond -Session $pve bond7", BondToolsErrorKind.NotFound },
        { "Get-PveBondStatus -Session $pve bond7", BondToolsErrorKind.NotFound },
        { "Get-PveLinkCounter -Session $pve eth7", BondToolsErrorKind.NotFound },
        { "Remove-CiscoEtherChannel -Session $switch 7", BondToolsErrorKind.NotFound },
        { "Test-LacpLink -Session $switch", BondToolsErrorKind.InvalidConfiguration },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_makes_no_sense_is_refused_and_stages_nothing(string command, BondToolsErrorKind kind)
    {
        Assert.NotEmpty(_lab.Fail(command, kind).Exception.Message);
        Assert.False(_lab.GetOne<NetworkChange>(Pending).IsPending);
    }

    [Theory]
    [InlineData("Get-PveBondStatus -Session $pve 'bond0; reboot'")]
    [InlineData("Get-PveLinkCounter -Session $pve \"enp0s8`nreboot\"")]
    [InlineData("New-PveBond -Session $pve 'bond0 bond1' enp0s8")]
    [InlineData("New-CiscoEtherChannel -Session $switch 1 \"Ethernet0/0`nreload\"")]
    [InlineData("New-CiscoEtherChannel -Session $switch 1 Ethernet0/0 -Description \"x`nreload\"")]
    [InlineData("Set-PveContainerNetwork -Session $pve 101 -IPv4 '192.168.1.10/24; reboot'")]
    [InlineData("Set-PveContainerNetwork -Session $pve 101 -IPv4 'dhcp,bridge=vmbr9'")]
    public void Nothing_that_is_passed_reaches_a_shell_or_the_switch_as_more_than_itself(string command)
    {
        var files = _lab.GetOne<NetworkChange>(Pending);
        Assert.NotEmpty(_lab.Run(command).Errors);
        Assert.Equal(files, _lab.GetOne<NetworkChange>(Pending));
    }

    [Fact]
    public void A_comment_of_several_lines_stays_a_comment()
    {
        _lab.Get($"{NewBond} -Comment \"uplink`niface evil inet manual\"");
        Assert.DoesNotContain("evil", _lab.Get("(Get-PveNetworkInterface -Session $pve -Pending).Name"));
        Assert.Contains("evil", _lab.GetOne<PveBond>("Get-PveBond -Session $pve -Pending").Comment, StringComparison.Ordinal);
    }
}
