using System;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class BondSnapshotParserTests
{
    private const string Counters = """[{"ifname":"eno1","operstate":"UP","stats64":{"rx":{"bytes":1,"packets":2,"errors":0,"dropped":0},"tx":{"bytes":3,"packets":4,"errors":0,"dropped":0}}}]""";

    [Fact]
    public void Reads_uptime_bond_and_counters_of_one_answer()
    {
        var snapshot = Parse($"86400.25 100.00\n# cat /proc/net/bonding/bond0\n{Sample.Read("article-bond0.txt")}\n# ip -s link\n{Counters}\n");
        Assert.Equal(TimeSpan.FromSeconds(86400.25), snapshot.Uptime);
        Assert.Equal(("bond0", "pve1", 2), (snapshot.Bond!.Name, snapshot.Bond.ComputerName, snapshot.Bond.Slaves.Count));
        Assert.Equal(3, Assert.Single(snapshot.Counters).TxBytes);
    }

    [Fact]
    public void A_bond_that_is_gone_is_null() =>
        Assert.Null(Parse($"1.00 1.00\n# cat /proc/net/bonding/bond0\n# ip -s link\n{Counters}\n").Bond);

    [Theory]
    [InlineData("")]
    [InlineData("# cat /proc/net/bonding/bond0\n# ip -s link\n[]")]
    [InlineData("1.00 1.00\n# ip -s link\n[]")]
    [InlineData("soon\n# cat /proc/net/bonding/bond0\n# ip -s link\n[]")]
    [InlineData("1.00\n# cat /proc/net/bonding/bond0\nrubbish\n# ip -s link\n[]")]
    public void Refuses_an_answer_that_is_not_whole(string text) => Assert.Throws<UnexpectedOutputException>(() => Parse(text));

    private static BondSnapshot Parse(string text) => BondSnapshotParser.Parse(text, "bond0", "pve1", DateTimeOffset.UnixEpoch);
}
