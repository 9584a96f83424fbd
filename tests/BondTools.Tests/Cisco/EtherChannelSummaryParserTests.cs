using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class EtherChannelSummaryParserTests
{
    private const string Heading = "Group  Port-channel  Protocol    Ports\n------+-------------+-----------+------------------\n";

    [Fact]
    public void The_articles_output_is_one_group_with_two_bundled_members()
    {
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(ArticleSwitch.Summary, "L2SW"));
        Assert.Equal("L2SW", channel.ComputerName);
        Assert.Equal(1, channel.Group);
        Assert.Equal("Po1", channel.PortChannel);
        Assert.Equal("SU", channel.Flags);
        Assert.Equal(2, channel.Layer);
        Assert.True(channel.InUse);
        Assert.Equal(EtherChannelProtocol.Lacp, channel.Protocol);
        Assert.Equal(new[] { "Et0/0", "Et0/1" }, channel.Members.Select(m => m.Interface));
        Assert.All(channel.Members, m => Assert.True(m is { Flags: "P", State: EtherChannelMemberState.Bundled, Bundled: true }));
    }

    [Fact]
    public void The_whole_article_is_that_one_group_too()
    {
        var article = File.ReadAllText(Corpus.Require("../seed/article.txt"));
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(article));
        Assert.Equal(2, channel.Members.Count);
        Assert.Equal("src-dst-ip", Assert.Single(CiscoLoadBalanceParser.Parse(article)).Method);
    }

    [Theory]
    [InlineData("1\tPo1(RU)\t\tLACP\t Gi2(bndl) Gi3(hot-sby) Gi4(susp)", 3, "Bundled HotStandby Suspended")]
    [InlineData("2      Po2(SD)         -         Gi0/1(D)  Gi0/2(I)", 2, "Down StandAlone")]
    [InlineData("3      Po3(SM)         LACP      Gi0/1(w)  Gi0/2(u)\n                                 Gi0/3(f)\n\tGi0/4(M) Gi0/5(Pd)", 2, "Waiting Unsuitable FailedToAllocate MinimumLinksNotMet Bundled")]
    [InlineData("4      Po4(SU)                   Gi0/1(P)", 2, "Bundled")]
    [InlineData("5      Po5(D)", null, "")]
    [InlineData("6      Po6(SD)  Eth  NONE  --", 2, "")]
    [InlineData("7      Po7(SD)  Eth  LACP  Eth1/1 (D)  Eth1/2(r)", 2, "Down Unknown")]
    [InlineData("8      Po8(SU) LACP Gi1/0/1(P)\r\nGi2/0/1(s)\r", 2, "Bundled Suspended")]
    public void Every_way_to_write_a_row_is_read(string row, int? layer, string states)
    {
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(Heading + row));
        Assert.Equal(layer, channel.Layer);
        Assert.Equal(states, string.Join(" ", channel.Members.Select(m => m.State)));
        Assert.Equal(channel.Members.Select(m => m.State == EtherChannelMemberState.Bundled), channel.Members.Select(m => m.Bundled));
    }

    [Theory]
    [InlineData("PAgP", EtherChannelProtocol.Pagp)]
    [InlineData("LACP", EtherChannelProtocol.Lacp)]
    [InlineData("-", EtherChannelProtocol.None)]
    [InlineData("NONE", EtherChannelProtocol.None)]
    [InlineData("", EtherChannelProtocol.None)]
    public void The_protocol_is_read(string protocol, EtherChannelProtocol expected) =>
        Assert.Equal(expected, EtherChannelSummaryParser.Parse($"{Heading}1 Po1(SU) {protocol} Gi0/1(P)")[0].Protocol);

    [Theory]
    [InlineData("RU - L3 port-channel UP State\nP/bndl -  Bundled\n")]
    [InlineData("Last applied Hash Distribution Algorithm: Adaptive\n3 Po3(SU) LACP Gi0/3(P)\n")]
    [InlineData("L2SW#ping 10.0.0.1\n64 bytes from 192.168.1.1: icmp_seq=1\n83201 1108 0 0 0 1086\n")]
    public void What_follows_the_table_is_no_data(string tail)
    {
        var channels = EtherChannelSummaryParser.Parse(Heading + "1 Po1(SU) LACP Gi0/1(P)\n\n" + tail);
        Assert.Equal("Gi0/1", Assert.Single(Assert.Single(channels).Members).Interface);
    }

    [Theory]
    [InlineData("1 Po1(SU) LACP Gi0/1(P) Gi0/2", 3)]
    [InlineData("1 Po1(SU) LACP Gi0/1(P)\n                  Gi0/2(P", 4)]
    [InlineData("1 Po1(SU) LACP Gi0/1(P)\n                  Gi0/2", 4)]
    [InlineData("1 Po1(SU) LACP Gi0/1(P)\n2 Po2(S", 4)]
    [InlineData("1 Po1(SU) LACP Gi0/1(P)\n2", 4)]
    [InlineData("1 Po1(SU) XYZP Gi0/1(P)", 3)]
    [InlineData("1 Po1(SU) LACP Gi0/1()", 3)]
    [InlineData("99999999999 Po1(SU) LACP Gi0/1(P)", 3)]
    public void A_row_that_is_not_understood_is_named(string rows, int line)
    {
        var error = Assert.Throws<UnexpectedOutputException>(() => EtherChannelSummaryParser.Parse(Heading + rows));
        Assert.Equal(line, error.LineNumber);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n \n", 0)]
    [InlineData("show etherchannel summary\n        ^\n% Invalid input detected at '^' marker.\n", 3)]
    [InlineData("\nInterface  IP-Address\n", 2)]
    public void A_text_without_the_table_is_an_error(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => EtherChannelSummaryParser.Parse(text)).LineNumber);

    [Theory]
    [InlineData("*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface Ethernet0/0, changed state to up")]
    [InlineData("%EC-5-BUNDLE: Interface Et0/0 joined port-channel Po1")]
    [InlineData("2026 Nov 23 01:00:00 switch %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up")]
    public void A_log_message_between_rows_hides_none(string message)
    {
        var channels = EtherChannelSummaryParser.Parse($"{Heading}1 Po1(SU) LACP Gi0/1(P)\n{message}\n       Gi0/2(P)\n{message}\n2 Po2(SU) LACP Gi0/3(P)\n");
        Assert.Equal([2, 1], channels.Select(c => c.Members.Count));
    }

    [Fact]
    public void No_group_in_use_is_no_record_and_no_error()
    {
        const string none = "Number of channel-groups in use: 0\nNumber of aggregators:           0\n\n";
        Assert.Empty(EtherChannelSummaryParser.Parse(none));
        Assert.Empty(EtherChannelSummaryParser.Parse(none + Heading));
        Assert.Empty(EtherChannelSummaryParser.Parse(Heading));
    }

    [Fact]
    public void A_table_that_was_cut_before_its_rows_is_an_error() =>
        Assert.Throws<UnexpectedOutputException>(() => EtherChannelSummaryParser.Parse("Number of channel-groups in use: 3\n" + Heading));

    [Fact]
    public void Hundreds_of_groups_and_a_pager_between_them_are_read()
    {
        var text = new StringBuilder(Heading);
        for (var group = 1; group <= 1000; group++)
        {
            if (group % 20 == 0)
                text.Append(" --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b");
            text.Append(CultureInfo.InvariantCulture, $"{group}  Po{group}(SU)  LACP  Te1/0/{group}(P)\n               Te2/0/{group}(D)\n");
        }
        var channels = EtherChannelSummaryParser.Parse(text.ToString());
        Assert.Equal(Enumerable.Range(1, 1000), channels.Select(c => c.Group));
        Assert.All(channels, c => Assert.Equal(2, c.Members.Count));
    }

    [Theory]
    [InlineData("1      Po1(U)         LACP     Yes  Gi0/0(P)    Gi0/1(P)")]
    [InlineData("1 Po1(SU) LACP(a) Et3/36/1(P)Et3/37/1(P)")]
    [InlineData("1 Po1 (SU) Eth LACP Eth101/1/1 (P)\nEth102/1/1 (P)")]
    [InlineData("1\u00A0Po1(SU)\u00A0LACP\u00A0Hu1/0/49(P)\n Fou2/0/1(P)")]
    [InlineData("4096 Port-channel4096(RU) - Twe1/0/1(P) Ap1/0/1(P)")]
    public void Cluster_columns_lost_blanks_and_brackets_that_stand_apart_hide_no_member(string row)
    {
        var channel = Assert.Single(EtherChannelSummaryParser.Parse(Heading + row));
        Assert.Equal((true, 2), (channel.InUse, channel.Members.Count(m => m.Bundled)));
    }

    [Theory]
    [InlineData("p", EtherChannelMemberState.Bundled)]
    [InlineData("b", EtherChannelMemberState.Waiting)]
    [InlineData("r", EtherChannelMemberState.Unknown)]
    [InlineData("m", EtherChannelMemberState.MinimumLinksNotMet)]
    [InlineData("indep", EtherChannelMemberState.StandAlone)]
    [InlineData("PA", EtherChannelMemberState.Bundled)]
    public void Every_letter_and_word_means_a_state(string flags, EtherChannelMemberState expected)
    {
        var member = Assert.Single(EtherChannelSummaryParser.Parse($"{Heading}1 Po1(SD) LACP Gi0/1({flags})")[0].Members);
        Assert.Equal((flags, expected), (member.Flags, member.State));
    }

    [Theory]
    [InlineData("Number of channel-groups in use:\nNumber of aggregators:\n\n")]
    [InlineData("Flags:  D - down        P - bundled in port-channel\n        A - formed by Auto LAG\n\n\n")]
    public void A_blank_count_and_more_legend_stand_in_nobodys_way(string before) =>
        Assert.Equal("Po1", Assert.Single(EtherChannelSummaryParser.Parse(before + Heading + "1 Po1(SUA) LACP Gi0/1(P)\n")).PortChannel);

    [Fact]
    public void Ten_thousand_wrapped_members_are_read()
    {
        var text = new StringBuilder(Heading + "1 Po1(SU) LACP\n");
        for (var port = 0; port < 10_000; port++)
            text.Append(CultureInfo.InvariantCulture, $"                 Te1/0/{port}(P)\n");
        Assert.Equal(10_000, Assert.Single(EtherChannelSummaryParser.Parse(text.ToString())).Members.Count);
    }

    [Fact]
    public void No_garbage_gives_a_half_filled_record()
    {
        var random = new Random(1);
        var whole = Heading + "1 Po1(SU) LACP Gi0/1(P) Gi0/2(s)\n        Gi0/3(D)\n2 Po2(RU) - Gi0/4(P)\n";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(whole);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                text[random.Next(text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000);
            try
            {
                Assert.All(EtherChannelSummaryParser.Parse(text.ToString()), c =>
                {
                    Assert.True(c.Group >= 0 && c.PortChannel.Length > 2 && c.Flags.Length > 0);
                    Assert.All(c.Members, m => Assert.True(m.Interface.Length > 1 && m.Flags.Length > 0));
                });
            }
            catch (UnexpectedOutputException)
            {
                // Refused whole.
            }
        }
    }
}
