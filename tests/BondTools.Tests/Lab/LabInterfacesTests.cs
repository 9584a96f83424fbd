using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Lab.Host;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The lab's own reader of /etc/network/interfaces, beside the product's.</summary>
public class LabInterfacesTests
{
    [Fact]
    public async Task Every_recorded_file_is_reloaded_and_read_as_the_product_reads_it()
    {
        var files = Directory.GetFiles(Corpus.Require("interfaces"), "*.eni");
        Assert.NotEmpty(files);
        var lab = BondLab.Create(new BondLabOptions { Clock = new ManualLabClock() });
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var result = await lab.Host.ExecuteAsync(
                "cat > /etc/network/interfaces && ifreload -a", Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
            Assert.True(result.ExitStatus == 0, $"{file}: {result.Error}");
            // The two readers were written apart: each is the other's check.
            var bonds = InterfaceStanzas.Read(text).Where(s => s.IsBond)
                .Select(s => s.Name + ": " + string.Join(" ", s.Words("bond-slaves")!)).Order(StringComparer.Ordinal);
            var expected = InterfacesFile.Parse(text).Bonds.Select(b => b.Name + ": " + string.Join(" ", b.Slaves)).Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(bonds), $"{file}: {string.Join(", ", bonds)}; the product reads {string.Join(", ", expected)}.");
        }
    }

    [Fact]
    public async Task An_unknown_key_is_passed_over_and_a_bad_value_is_a_warning()
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = new ManualLabClock() });
        const string more = "\nauto bond7\niface bond7 inet manual\n\tbond-slaves nic9\n\tbond-mode nonsense\n\tbond-no-such-key 1\n";
        var result = await lab.Host.ExecuteAsync(
            "cat >> /etc/network/interfaces && ifreload -a", Encoding.UTF8.GetBytes(more), TestContext.Current.CancellationToken);
        Assert.Equal(0, result.ExitStatus);
        Assert.Contains("nonsense", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("nic9", result.Error + result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-key", result.Error + result.Output, StringComparison.Ordinal);
    }
}
