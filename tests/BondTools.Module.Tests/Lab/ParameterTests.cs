using System;
using System.Management.Automation;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>How the kernel's options are spelt, completed and refused, and what the pipeline binds.</summary>
[Collection(SerialSessions.Name)]
public sealed class ParameterTests : IDisposable
{
    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("-Mode 4 -TransmitHashPolicy 2")]
    [InlineData("-Mode lacp -TransmitHashPolicy layer2+3")]
    [InlineData("-Mode '802.3ad' -TransmitHashPolicy 'LAYER2+3'")]
    public void A_kernel_option_is_taken_by_number_and_by_name(string options)
    {
        var bond = _lab.GetOne<PveBond>($"New-PveBond -Session $pve bond0 enp0s8, enp0s9 {options} -WhatIf -PassThru");
        Assert.Equal((BondMode.Lacp, TransmitHashPolicy.Layer23), (bond.Mode, bond.TransmitHashPolicy));
    }

    [Theory]
    [InlineData("-Mode trunk", "'trunk'", "balance-rr, active-backup, balance-xor, broadcast, 802.3ad, balance-tlb, balance-alb")]
    [InlineData("-Mode 9", "'9'", "balance-rr, active-backup, balance-xor, broadcast, 802.3ad, balance-tlb, balance-alb")]
    [InlineData("-TransmitHashPolicy layer5", "'layer5'", "layer2, layer3+4, layer2+3, encap2+3, encap3+4, vlan+srcmac")]
    [InlineData("-LacpRate quick", "quick", "Slow, Fast")]
    public void A_wrong_kernel_option_is_named_beside_the_right_ones(string option, string wrong, string choices)
    {
        var error = Assert.Single(_lab.Run($"New-PveBond -Session $pve bond0 enp0s8 {option} -WhatIf").Errors);
        Assert.Contains(wrong, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(choices, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-PveBond -Mode ", "balance-rr, active-backup, balance-xor, broadcast, 802.3ad, balance-tlb, balance-alb")]
    [InlineData("New-PveBond -Mode balance-", "balance-rr, balance-xor, balance-tlb, balance-alb")]
    [InlineData("Set-PveBond -TransmitHashPolicy L", "layer2, layer3+4, layer2+3")]
    [InlineData("New-PveBond -TransmitHashPolicy nothing", "")]
    public void Tab_completes_the_kernels_names(string line, string expected)
    {
        Assert.Equal(expected, _lab.GetOne<string>($"(TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText -join ', '"));
    }

    [Fact]
    public void Names_bind_by_property_and_sessions_by_value()
    {
        _lab.Get("New-PveBond -Session $pve bond0 enp0s8, enp0s9; Publish-PveNetworkChange -Session $pve -Verify BondUp");
        foreach (var pipeline in new[]
        {
            "$lab.Host | Get-PveBondStatus",
            "Get-BondSession -Kind PveHost | Where-Object Id -EQ $pve.Id | Get-PveBondStatus",
            "[pscustomobject]@{ Name = 'bond0' } | Get-PveBondStatus -Session $pve",
            "Get-PveBond -Session $pve | Get-PveBondStatus -Session $pve",
            // A record knows its host's name, and the open session to it is used.
            "Get-PveBond -Session $pve | Get-PveBondStatus",
            "$lab | Get-PveBondStatus -Name bond0",
            "Get-PveBondStatus -ComputerName PVE",
        })
            Assert.Equal("bond0", _lab.GetOne<BondStatus>(pipeline).Name);
        Assert.Equal(LacpRate.Fast, _lab.GetOne<PveBond>("Get-PveBond -Session $pve | Set-PveBond -Session $pve -LacpRate Fast -PassThru").LacpRate);
    }

    [Theory]
    [InlineData("Publish-PveNetworkChange -Session $pve")]
    [InlineData("New-PveBridge -Session $pve vmbr1 bond0")]
    [InlineData("Get-PveBondStatus -Session $pve bond7")]
    [InlineData("Get-CiscoEtherChannel -Session $pve")]
    [InlineData("Test-LacpLink -Session $pve, $switch -Bond bond9")]
    [InlineData("Test-LacpBalance -Session $pve -Bond bond9")]
    public void An_error_has_an_id_a_category_a_target_and_an_action_and_can_be_caught(string command)
    {
        var caught = Assert.Single(_lab.Get($"try {{ {command} -ErrorAction Stop }} catch {{ $_ }}"));
        var error = Assert.IsType<ErrorRecord>(caught);
        Assert.StartsWith("BondTools.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.NotNull(error.TargetObject);
        Assert.False(string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction), $"No action: {error}");
    }

    [Fact]
    public void A_ping_that_cannot_be_sent_is_an_error_that_names_the_container()
    {
        _lab.Get("New-PveBond -Session $pve bond0 enp0s8, enp0s9; Publish-PveNetworkChange -Session $pve -Verify BondUp");
        var error = _lab.Fail("Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101 -Destination 192.168.1.1", BondToolsErrorKind.CommandFailed);
        Assert.Contains("pct exec 101 -- ping", error.Exception.Message, StringComparison.Ordinal);
    }
}
