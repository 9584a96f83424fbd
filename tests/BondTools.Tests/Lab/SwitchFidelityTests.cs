using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Lab;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The emulated switch writes its headings, legends and labels as real switches do.</summary>
public class SwitchFidelityTests
{
    // The second argument is what may differ: data that no sample has.
    [Theory]
    [InlineData("show etherchannel summary", "", "cisco/ntc-cisco_ios/show_etherchannel_summary", "cisco/genie-ios/ShowEtherchannelSummary")]
    // A share of the hash, 0xAA, in letters only.
    [InlineData("show etherchannel 1 detail", "# AA # Active #", "cisco/genie-iosxe/ShowEtherChannelDetail")]
    // The sample hashes something else.
    [InlineData("show etherchannel load-balance", "src-dst-ip;Non-IP: Source XOR Destination MAC address;# Source XOR Destination IP address", "cisco/genie-iosxe/ShowEtherChannelSWLoadBalance")]
    [InlineData("show lacp neighbor", "", "cisco/genie-ios/ShowLacpNeighbor", "cisco/genie-iosxe/ShowEtherChannelDetail")]
    [InlineData("show lacp internal", "", "cisco/genie-ios/ShowLacpNeighbor", "cisco/genie-ios/ShowLacpInternal", "cisco/genie-iosxe/ShowEtherChannelDetail")]
    // Ports of a virtual switch have no speed and no transceiver.
    [InlineData("show interfaces status", "# connected # auto auto unknown;# notconnect # auto auto unknown;# connected # a-full auto", "cisco/ntc-cisco_ios/show_interfaces_status")]
    // No sample has a port-channel that is up.
    [InlineData("show interfaces", "Members in this channel: # #", "cisco/ntc-cisco_ios/show_interfaces")]
    public async Task Every_line_has_the_words_of_a_line_of_a_real_switch(string command, string differs, params string[] folders)
    {
        var real = folders.SelectMany(f => Directory.GetFiles(Corpus.Require(f), "*.raw")).SelectMany(File.ReadLines).Select(Words).ToHashSet(StringComparer.Ordinal);
        var clock = new ManualLabClock();
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = clock });
        clock.Advance(TimeSpan.FromSeconds(40));
        var output = (await lab.Switch.ExecuteAsync(command, [], TestContext.Current.CancellationToken)).Output;
        var lines = output.Split('\n').Where(line => line.Trim().Length > 0).Select(Words).Distinct().ToList();
        Assert.NotEmpty(lines);
        Assert.Equal(differs.Split(';', StringSplitOptions.RemoveEmptyEntries), lines.Where(line => !real.Contains(line)));
    }

    // What is data on the line (numbers, names, addresses, letters of state) becomes a mark; its words and their order stay.
    private static string Words(string line) =>
        string.Join(" ", line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Any(char.IsAsciiDigit) ? "#" : word.TrimEnd(',')));
}
