using System;
using System.IO;
using System.Linq;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class LinkCounterParserTests(ITestOutputHelper output)
{
    private const string Heading = "2: eth0@if7: <BROADCAST,UP> mtu 9000 qdisc noqueue state UP mode DEFAULT\n    link/ether 08:00:27:04:dd:bd brd ff:ff:ff:ff:ff:ff\n";
    private const string Transmitted = "    TX: bytes  packets  errors  dropped carrier collsns \n    5 6 7 8 0 0\n";
    private const string Json = """{"ifname":"eth0","mtu":1500,"operstate":"UP","address":"08:00:27:04:dd:bd","stats64":{"rx":{"bytes":1,"packets":2,"errors":3,"dropped":4},"tx":{"bytes":5,"packets":6,"errors":7,"dropped":8}}}""";

    [Fact]
    public void Reads_the_articles_two_interfaces()
    {
        var time = DateTimeOffset.UnixEpoch;
        var counters = LinkCounterParser.Parse(Sample.Read("article-ip-s-link.txt"), "pve", time);

        Assert.Equal(["enp0s8", "enp0s9"], counters.Select(counter => counter.Interface));
        Assert.All(counters, counter => Assert.Equal(("pve", time, "bond0", 1500, "UP"), (counter.ComputerName, counter.Time, counter.Master, counter.Mtu, counter.State)));
        Assert.Equal((83201, 1108, 0, 0, 8806, 80, 0, 0), Numbers(counters[0]));
        Assert.Equal((33531, 268, 0, 0, 10998, 104, 0, 0), Numbers(counters[1]));
        Assert.Equal(("08:00:27:04:dd:bd", null), (counters[0].MacAddress?.Address, counters[0].PermanentMacAddress));
        Assert.Equal("08:00:27:3a:18:93", counters[1].PermanentMacAddress?.Address);
    }

    [Fact]
    public void Finds_two_interfaces_in_the_whole_article()
    {
        var path = Path.Combine(Corpus.RepoRoot, "..", "shared", "seed", "article.txt");
        Assert.SkipUnless(File.Exists(path), "The article is not beside the project.");
        Assert.Equal(LinkCounterParser.Parse(Sample.Read("article-ip-s-link.txt")), LinkCounterParser.Parse(File.ReadAllText(path)));
    }

    [Theory]
    [InlineData("RX: bytes  packets  errors  dropped overrun mcast")]
    [InlineData("RX:  bytes packets errors dropped  missed   mcast")]
    [InlineData("RX: bytes packets errors dropped frame mcast extra")]
    public void Columns_are_found_by_their_names(string columns)
    {
        var text = Heading + "    " + columns + "\r\n    1 2 3 4 0 9 0\r\n" + Transmitted
            + "    vf 0     link/ether 00:00:00:00:00:01\n    RX: bytes  packets  mcast   bcast   dropped\n    9 9 9 9 9\n    altname enx0\n";
        var counter = Assert.Single(LinkCounterParser.Parse(text));
        Assert.Equal(("eth0", 9000), (counter.Interface, counter.Mtu));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8), Numbers(counter));
        Assert.Equal("08:00:27:04:dd:bd", counter.MacAddress?.Address);
    }

    [Theory]
    [InlineData("[" + Json + "]")]
    [InlineData("\uFEFF# ip -s -j link\r\n[{},\r\n" + Json + "\r\n]\r\n#")]
    [InlineData("[ " + Json + "\n, {} ]\n")]
    public void Reads_json(string text)
    {
        var counter = Assert.Single(LinkCounterParser.Parse(text));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8), Numbers(counter));
        Assert.Equal(("eth0", 1500, "UP", "08:00:27:04:dd:bd"), (counter.Interface, counter.Mtu, counter.State, counter.MacAddress?.Address));
    }

    [Fact]
    public void An_empty_array_is_no_interface() => Assert.Empty(LinkCounterParser.Parse("[]\n"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("Device \"bond9\" does not exist.\n", 1)]
    [InlineData(Heading, 0)]
    [InlineData(Heading + "RX: bytes packets errors dropped\n1 2 3 4\n", 0)]
    [InlineData(Heading + Heading, 3)]
    [InlineData("x\nRX: bytes packets errors dropped\n1 2 3 4\n", 2)]
    [InlineData(Heading + "RX: bytes packets errors dropped\n1 2 3\n", 4)]
    [InlineData(Heading + "RX: bytes packets errors dropped\n83.2k 2 3 4\n", 4)]
    [InlineData(Heading + "RX: bytes packets errors\n1 2 3\n", 3)]
    [InlineData(Heading + "RX: bytes packets errors dropped\n-1 2 3 4\n", 4)]
    [InlineData("[{\"ifname\":\"eth0\"}]", 1)]
    [InlineData("[{\"mtu\":1}]", 1)]
    [InlineData("[{\"ifname\":\"eth0\",", 0)]
    [InlineData("[{\"ifname\":\"eth0\",]", 1)]
    [InlineData("[{\"ifname\":\"eth0\",\"stats64\":{\"rx\":{\"bytes\":-1}}}]", 1)]
    public void Text_that_is_not_understood_is_refused_with_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => LinkCounterParser.Parse(text)).LineNumber);

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Throws<UnexpectedOutputException>(() => LinkCounterParser.Parse("[{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}]"));

    [Theory]
    [InlineData("bonding-kernel", "ip-d-j-s-link.json", 90)]
    [InlineData("bonding-lab", "ip-jsd-link.json", 70)]
    public void Plain_text_and_json_of_one_moment_agree(string folder, string json, int atLeast)
    {
        var files = Directory.GetFiles(Corpus.Require(folder), json, SearchOption.AllDirectories);
        var (interfaces, moved) = (0, 0);
        foreach (var file in files)
        {
            var fromJson = LinkCounterParser.Parse(File.ReadAllText(file));
            var fromText = LinkCounterParser.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "ip-s-link.txt")));
            Assert.Equal(fromJson.Select(Identity), fromText.Select(Identity));
            interfaces += fromJson.Count;
            // The two commands ran one after the other: a counter may have grown between them, all in one direction.
            moved += fromJson.Zip(fromText).Count(pair => !Sequence(pair.First).SequenceEqual(Sequence(pair.Second)));
            Assert.True(fromJson.Zip(fromText).All(pair => Grew(pair.First, pair.Second)) || fromJson.Zip(fromText).All(pair => Grew(pair.Second, pair.First)), file);
        }

        output.WriteLine($"{files.Length} files, {interfaces} interfaces, {moved} counted on between the two commands");
        Assert.True(files.Length >= atLeast);
        Assert.True(moved * 3 < interfaces, $"{moved} of {interfaces}");
    }

    private static object Identity(LinkCounter counter) => (counter.Interface, counter.Master, counter.MacAddress, counter.PermanentMacAddress, counter.Mtu);

    private static bool Grew(LinkCounter earlier, LinkCounter later) => Sequence(earlier).Zip(Sequence(later)).All(pair => pair.First <= pair.Second);

    private static long[] Sequence(LinkCounter counter) =>
        [counter.RxBytes, counter.RxPackets, counter.RxErrors, counter.RxDropped, counter.TxBytes, counter.TxPackets, counter.TxErrors, counter.TxDropped];

    private static (long, long, long, long, long, long, long, long) Numbers(LinkCounter counter) =>
        (counter.RxBytes, counter.RxPackets, counter.RxErrors, counter.RxDropped, counter.TxBytes, counter.TxPackets, counter.TxErrors, counter.TxDropped);
}
