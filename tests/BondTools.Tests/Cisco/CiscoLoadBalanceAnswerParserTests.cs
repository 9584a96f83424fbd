using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class CiscoLoadBalanceAnswerParserTests
{
    [Theory]
    [InlineData("SW1#test etherchannel load-balance interface port-channel 1 ip 10.0.0.1 10.0.0.2\nWould select Gi1/0/22 of Po1\n\nSW1#", "Gi1/0/22", "Po1", null)]
    [InlineData("Computed RBH: 0x5\nWould select Gi3/2 of Po10\n", "Gi3/2", "Po10", 5)]
    [InlineData("Dest Port: : GigabitEthernet1/0/6\n", "GigabitEthernet1/0/6", null, null)]
    [InlineData("Module 1: Missing params will be substituted by 0's.\ncrc8_hash: 204 Outgoing port id: Ethernet1/21\nParam(s) used to calculate load-balance:\n", "Ethernet1/21", null, 204)]
    public void Every_platforms_answer_names_the_member(string text, string member, string? channel, int? hash)
    {
        var answer = Assert.Single(CiscoLoadBalanceAnswerParser.Parse(text, "sw1"));
        Assert.Equal((member, channel, hash, "sw1"), (answer.Interface, answer.PortChannel, answer.Hash, answer.ComputerName));
    }

    [Fact]
    public void Several_answers_keep_their_own_hash() =>
        Assert.Equal(
            [("Gi1/1", (int?)1), ("Gi1/2", null)],
            System.Linq.Enumerable.Select(CiscoLoadBalanceAnswerParser.Parse("Computed RBH: 0x1\nWould select Gi1/1 of Po1\nWould select Gi1/2 of Po1\n"), a => (a.Interface, a.Hash)));

    [Theory]
    [InlineData("")]
    [InlineData("% Invalid input detected at '^' marker.")]
    [InlineData("Would select  of Po1")]
    [InlineData("Computed RBH: 0xZZ\nWould select Gi1/1 of Po1")]
    public void A_refusal_is_an_error_and_never_a_guess(string text) =>
        Assert.Throws<UnexpectedOutputException>(() => CiscoLoadBalanceAnswerParser.Parse(text));
}
