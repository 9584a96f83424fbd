using BondTools.Lacp;
using Xunit;

namespace BondTools.Tests.Analysis;

public class LacpPortStateTextTests
{
    [Theory]
    [InlineData(5, "5: hears its partner, and is not on the aggregator that it should be on (active, asks for an LACPDU every 30 s, may be aggregated, not in sync, not collecting, not distributing)")]
    [InlineData(7, "7: hears its partner, and is not on the aggregator that it should be on (active, asks for an LACPDU every second, may be aggregated, not in sync, not collecting, not distributing)")]
    [InlineData(13, "13: is on its aggregator, and waits for the partner to be in sync too (active, asks for an LACPDU every 30 s, may be aggregated, in sync, not collecting, not distributing)")]
    [InlineData(15, "15: is on its aggregator, and waits for the partner to be in sync too (active, asks for an LACPDU every second, may be aggregated, in sync, not collecting, not distributing)")]
    [InlineData(29, "29: takes frames in, and waits for the partner to do so before it sends (active, asks for an LACPDU every 30 s, may be aggregated, in sync, collecting, not distributing)")]
    [InlineData(60, "60: carries traffic (passive, asks for an LACPDU every 30 s, may be aggregated, in sync, collecting, distributing)")]
    [InlineData(61, "61: carries traffic (active, asks for an LACPDU every 30 s, may be aggregated, in sync, collecting, distributing)")]
    [InlineData(63, "63: carries traffic (active, asks for an LACPDU every second, may be aggregated, in sync, collecting, distributing)")]
    [InlineData(69, "69: no LACPDU comes from a partner (active, asks for an LACPDU every 30 s, may be aggregated, not in sync, not collecting, not distributing, defaulted)")]
    [InlineData(71, "71: no LACPDU comes from a partner (active, asks for an LACPDU every second, may be aggregated, not in sync, not collecting, not distributing, defaulted)")]
    [InlineData(77, "77: no LACPDU comes from a partner (active, asks for an LACPDU every 30 s, may be aggregated, in sync, not collecting, not distributing, defaulted)")]
    [InlineData(141, "141: the partner's LACPDUs have stopped coming; it has a last time-out to speak (active, asks for an LACPDU every 30 s, may be aggregated, in sync, not collecting, not distributing, expired)")]
    [InlineData(197, "197: the partner was lost and defaults have taken its place (active, asks for an LACPDU every 30 s, may be aggregated, not in sync, not collecting, not distributing, defaulted, expired)")]
    [InlineData(9, "9: the port may not be aggregated and works alone (active, asks for an LACPDU every 30 s, individual, in sync, not collecting, not distributing)")]
    public void Says_what_a_state_means_and_what_each_bit_does(int state, string words) => Assert.Equal(words, ((LacpPortState)state).Explain());
}
