using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Text;

/// <summary>The ConvertFrom cmdlets in the real engine, on the whole article and on what is not theirs.</summary>
public sealed class ConvertFromTests
{
    private const LacpPortState Carrying =
        LacpPortState.Activity | LacpPortState.Aggregation | LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing;

    private static readonly string Article = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "seed", "article.txt"));
    private static readonly string Samples = Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples");

    /// <summary>The ways in which text arrives: as lines, as one string, with CRLF, with a byte order mark.</summary>
    public static TheoryData<string> Shapes =>
        ["($text -split \"`n\")", "$text", "$text.Replace(\"`n\", \"`r`n\")", "([char]0xFEFF + $text)"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_articles_bond_is_read_out_of_the_whole_article(string shape)
    {
        var bond = Assert.IsType<BondStatus>(Assert.Single(ReadArticle("BondStatus", shape)));
        Assert.Equal(("bond0", "802.3ad", "layer2+3"), (bond.Name, bond.Mode.ToString(), bond.TransmitHashPolicy?.ToString()));
        Assert.Equal((9, 1, 2, "aa:bb:cc:00:01:00"), (bond.ActorKey, bond.PartnerKey, bond.PortCount, bond.PartnerMacAddress?.ToString()));
        Assert.Equal(["enp0s8", "enp0s9"], bond.Slaves.Select(slave => slave.Name));
        Assert.All(bond.Slaves, slave => Assert.Equal((Carrying, Carrying, 61), (slave.Actor!.State, slave.Partner!.State, (int)slave.Actor.State)));
        Assert.True(bond.Negotiated);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_articles_counters_are_read_out_of_the_whole_article(string shape) => Assert.Equal(
        [("enp0s8", 83201L, 1108L, 8806L, 80L), ("enp0s9", 33531L, 268L, 10998L, 104L)],
        ReadArticle("LinkCounter", shape).Cast<LinkCounter>()
            .Select(link => (link.Interface, (long)link.RxBytes, (long)link.RxPackets, (long)link.TxBytes, (long)link.TxPackets)));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_articles_stanzas_are_read_out_of_the_whole_article(string shape)
    {
        var interfaces = ReadArticle("NetworkInterface", shape).Cast<NetworkInterface>().ToList();
        Assert.Equal(["lo", "nic0", "enp0s8", "enp0s9", "enp0s10", "bond0", "vmbr0", "vmbr1"], interfaces.Select(i => i.Name));
        Assert.Equal(
            ["bond-slaves enp0s8 enp0s9", "bond-miimon 100", "bond-mode 802.3ad", "bond-xmit-hash-policy layer2+3"],
            interfaces[5].Options.Select(option => $"{option.Name} {option.Value}"));
        Assert.Equal("bridge-ports bond0", interfaces[7].Options.Select(option => $"{option.Name} {option.Value}").First());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_articles_channel_and_method_are_read_out_of_the_whole_article(string shape)
    {
        var channel = Assert.IsType<CiscoEtherChannel>(Assert.Single(ReadArticle("CiscoEtherChannel", shape)));
        Assert.Equal((1, "Po1", "SU", EtherChannelProtocol.Lacp, true), (channel.Group, channel.PortChannel, channel.Flags, channel.Protocol, channel.InUse));
        Assert.Equal(["Et0/0(P)", "Et0/1(P)"], channel.Members.Select(member => $"{member.Interface}({member.Flags})"));
        Assert.Equal("src-dst-ip", Assert.IsType<CiscoLoadBalance>(Assert.Single(ReadArticle("CiscoLoadBalance", shape))).Method);
    }

    [Fact]
    public void An_article_without_LACP_neighbors_gives_none_and_one_error()
    {
        var error = Assert.Single(RunOnArticle("CiscoLacpNeighbor", "$text").Errors);
        Assert.StartsWith("BondTools.UnexpectedOutput,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_two_bonds_gives_two_records()
    {
        var text = File.ReadAllText(Path.Combine(Samples, "article-bond0.txt"));
        var result = Run("BondStatus", "$text, ($text -replace 'bond0', 'bond1')", text);
        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [InlineData("BondStatus")]
    [InlineData("LinkCounter")]
    [InlineData("NetworkInterface")]
    [InlineData("CiscoEtherChannel")]
    [InlineData("CiscoEtherChannelDetail")]
    [InlineData("CiscoLoadBalance")]
    [InlineData("CiscoLacpNeighbor")]
    [InlineData("CiscoLacpInternal")]
    [InlineData("CiscoLacpCounter")]
    [InlineData("CiscoLinkCounter")]
    [InlineData("CiscoInterfaceStatus")]
    public void What_is_not_understood_is_one_error_that_names_the_line_and_says_what_to_do(string noun)
    {
        foreach (var text in new[] { "hello world", "", "\n\n", "\0", new string('x', 100_000) })
        {
            var result = Run(noun, "$text", text);
            Assert.Empty(result.Output);
            var error = Assert.Single(result.Errors);
            Assert.StartsWith("BondTools.UnexpectedOutput,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(text.Trim().Length == 0 ? "end of the text" : "line 1", error.Exception.Message, StringComparison.Ordinal);
            Assert.InRange(error.Exception.Message.Length, 1, 500);
            Assert.False(string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction), $"{noun}: {error}");
        }
    }

    private static IReadOnlyList<object> ReadArticle(string noun, string shape)
    {
        var result = RunOnArticle(noun, shape);
        Assert.Empty(result.Errors);
        return result.Output;
    }

    private static RunResult RunOnArticle(string noun, string shape)
    {
        Assert.SkipUnless(File.Exists(Article), $"The article is not at {Article}.");
        return Run(noun, shape, File.ReadAllText(Article));
    }

    private static RunResult Run(string noun, string shape, string text)
    {
        using var engine = new Engine(("text", text.Replace("\r\n", "\n", StringComparison.Ordinal)));
        return engine.Run($"{shape} | ConvertFrom-{noun}");
    }
}
