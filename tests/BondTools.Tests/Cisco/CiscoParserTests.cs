using System;
using BondTools.Cisco;
using BondTools.Lacp;
using Xunit;

namespace BondTools.Tests.Cisco;

public class CiscoParserTests
{
    private const string ShortHeading = """
        Flags:  S - Device is requesting Slow LACPDUs
                F - Device is requesting Fast LACPDUs
                A - Device is in Active mode       P - Device is in Passive mode

        Channel group 1 neighbors

        Partner's information:

                          LACP port                        Admin  Oper   Port    Port
        Port      Flags   Priority  Dev ID          Age    key    Key    Number  State

        """;

    private const string LongForm = """
        Channel group 1 neighbors
                  Partner               Partner                     Partner
        Port      System ID             Port Number     Age         Flags
        Et0/0     65535, 0800.2704.ddbd 0x1             12s         FA

                  LACP Partner          Partner         Partner
                  Port Priority         Oper Key        Port State
                  255                   0x9             0x3F

                  Port State Flags Decode:
                  Activity:   Timeout:   Aggregation:   Synchronization:
                  Active      Short      Yes            Yes
        """;

    [Fact]
    public void The_articles_method_is_read()
    {
        var method = Assert.Single(CiscoLoadBalanceParser.Parse(ArticleSwitch.LoadBalance, "L2SW"));
        Assert.Equal(
            new CiscoLoadBalance
            {
                ComputerName = "L2SW",
                Method = "src-dst-ip",
                NonIp = "Source XOR Destination MAC address",
                IPv4 = "Source XOR Destination IP address",
                IPv6 = "Source XOR Destination IP address",
            },
            method);
    }

    [Fact]
    public void The_form_of_NX_OS_is_read()
    {
        var method = Assert.Single(CiscoLoadBalanceParser.Parse(
            "Port Channel Load-Balancing Configuration:\nSystem: source-dest-ip\n\nPort Channel Load-Balancing Addresses Used Per-Protocol:\nNon-IP: source-dest-mac\nIP: source-dest-ip\n"));
        Assert.Equal(("source-dest-ip", "source-dest-mac", "source-dest-ip"), (method.Method, method.NonIp, method.IPv4));
    }

    [Fact]
    public void The_form_of_the_Nexus_9000_names_a_method_for_each_protocol()
    {
        var method = Assert.Single(CiscoLoadBalanceParser.Parse(
            "System config:\n  Non-IP: src-dst mac\n  IP: src-dst ip-l4port rotate 0\nPort Channel Load-Balancing Configuration for all modules:\nModule 1:\n  Non-IP: src-dst mac\n  IP: src-dst ip-l4port rotate 0\n"));
        Assert.Equal(("src-dst ip-l4port rotate 0", "src-dst mac", "src-dst ip-l4port rotate 0"), (method.Method, method.NonIp, method.IPv4));
    }

    [Theory]
    [InlineData("EtherChannel Load-Balancing Operational State (src-mac):\nNon-IP: Source MAC address\n  IPv4: Source MAC address\n", "src-mac", "Source MAC address")]
    [InlineData("EtherChannel Load-Balancing Configuration:\n        src-dst-ip enhanced\n        mpls label-ip\n\nEtherChannel Load-Balancing Addresses Used Per-Protocol:\nNon-IP: Source XOR Destination MAC address\n", "src-dst-ip enhanced", "Source XOR Destination MAC address")]
    [InlineData("Load for five secs: 3%/0%; one minute: 4%; five minutes: 2%\nEtherChannel Load-Balancing Method: \nGlobal LB Method: vlan-manual\n", "vlan-manual", null)]
    public void Other_forms_of_IOS_name_the_method_too(string text, string expected, string? nonIp)
    {
        var method = Assert.Single(CiscoLoadBalanceParser.Parse(text));
        Assert.Equal((expected, nonIp), (method.Method, method.NonIp));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("L2SW#\n", 1)]
    [InlineData("\nEtherChannel Load-Balancing Configuration:\n\n", 2)]
    [InlineData("EtherChannel Load-Balancing Configuration:\nNon-IP: Source MAC address\n", 2)]
    public void A_text_without_a_method_is_an_error(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => CiscoLoadBalanceParser.Parse(text)).LineNumber);

    [Theory]
    [InlineData("Et0/0     FA      255       0800.2704.ddbd  12s    0x0    0x9    0x1     0x3F")]
    [InlineData("Et0/0 FA 255 0800.2704.ddbd 12s 0x0 0x9 0x1 0x3F")]
    public void A_neighbor_row_is_read(string row)
    {
        var neighbor = Assert.Single(LacpNeighborParser.Parse(ShortHeading + row));
        Assert.Equal(
            new CiscoLacpNeighbor
            {
                Group = 1,
                Interface = "Et0/0",
                Flags = "FA",
                PortPriority = 255,
                DeviceId = MacAddress.Parse("08:00:27:04:dd:bd"),
                Age = TimeSpan.FromSeconds(12),
                AdminKey = 0,
                OperKey = 9,
                PortNumber = 1,
                PortState = (LacpPortState)63,
            },
            neighbor);
    }

    [Fact]
    public void A_table_without_the_admin_key_is_read()
    {
        var neighbor = Assert.Single(LacpNeighborParser.Parse(ShortHeading.Replace("key    Key", "       Key", StringComparison.Ordinal) + "Fa0/1 SP 32768 0009.7c0f.9800 11s 0x9 0x82 0x3D"));
        Assert.Null(neighbor.AdminKey);
        Assert.Equal((9, 0x82), (neighbor.OperKey, neighbor.PortNumber));
    }

    [Fact]
    public void The_long_form_is_read_and_tells_the_system_priority()
    {
        var neighbor = Assert.Single(LacpNeighborParser.Parse(LongForm, "L2SW"));
        Assert.Equal(("Et0/0", 65535, 255, 9, 1), (neighbor.Interface, neighbor.SystemPriority, neighbor.PortPriority, neighbor.OperKey, neighbor.PortNumber));
        Assert.Equal((LacpPortState)63, neighbor.PortState);
        Assert.Equal("L2SW", neighbor.ComputerName);
    }

    [Fact]
    public void A_long_form_without_its_second_row_is_an_error()
    {
        var cut = LongForm.Substring(0, LongForm.IndexOf("LACP Partner", StringComparison.Ordinal));
        Assert.Contains("Et0/0", Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(cut)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Et0/0 FA 255 0800.2704.ddbd 12s 0x0 0x9 0x1")]
    [InlineData("Et0/0 FA 255 0800.2704.ddb 12s 0x0 0x9 0x1 0x3F")]
    [InlineData("Et0/0 FA 65536 0800.2704.ddbd 12s 0x0 0x9 0x1 0x3F")]
    [InlineData("Et0/0 FA 255 0800.2704.ddbd 12s 0x0 0x9 0x1 0x13F")]
    [InlineData("Et0/0")]
    public void A_damaged_neighbor_row_is_an_error_that_names_it(string row)
    {
        var error = Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(ShortHeading + row));
        Assert.Equal(row, error.Line);
    }

    [Fact]
    public void No_neighbor_is_no_record_and_another_text_is_an_error()
    {
        Assert.Empty(LacpNeighborParser.Parse(ShortHeading));
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(""));
        Assert.Equal(2, Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse("\nInterface Status\n")).LineNumber);
    }

    [Theory]
    [InlineData("L2SW#show lacp sys-id\n32768, aabb.cc00.0100\nL2SW#", 32768, "aa:bb:cc:00:01:00")]
    [InlineData("00127,6487.88ff.68ef", 127, "64:87:88:ff:68:ef")]
    [InlineData("32768,5e-2-0-1-0-7\r\n", 32768, "5e:02:00:01:00:07")]
    public void A_system_id_is_read(string text, int priority, string address)
    {
        var id = LacpSystemIdParser.Parse(text);
        Assert.Equal((priority, address), (id.SystemPriority, id.SystemMacAddress.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("65536, aabb.cc00.0100")]
    [InlineData("Sorry, no")]
    public void Another_text_is_no_system_id(string text) =>
        Assert.Throws<UnexpectedOutputException>(() => LacpSystemIdParser.Parse(text));

    [Theory]
    [InlineData("Channel group 14 neighbors\nnothing that is a table\n")]
    [InlineData("Flags:  S - Device is sending Slow hello.  C - Device is in Consistent state.\n\nChannel group 1 neighbors\n          Partner              Partner          Partner\nPort      Name                 Device ID        Port\nGi0/1     other                001e.49ff.a3e6   Gi0/1\n")]
    public void A_neighbor_heading_without_the_table_of_lacp_is_no_answer(string text) =>
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(text));
}
