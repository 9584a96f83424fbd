namespace BondTools.Tests.Cisco;

/// <summary>What the article's switch printed; the web page had collapsed the white space.</summary>
internal static class ArticleSwitch
{
    public const string Summary = """
        L2SW#show etherchannel summary
        Flags: D - down P - bundled in port-channel
        I - stand-alone s - suspended
        H - Hot-standby (LACP only)
        R - Layer3 S - Layer2
        U - in use f - failed to allocate aggregator
        M - not in use, minimum links not met
        u - unsuitable for bundling
        w - waiting to be aggregated
        d - default port
        Number of channel-groups in use: 1
        Number of aggregators: 1
        Group Port-channel Protocol Ports
        ------+-------------+-----------+-----------------------------------------------
        1 Po1(SU) LACP Et0/0(P) Et0/1(P)
        L2SW#show etherchannel load-balance
        """;

    public const string LoadBalance = """
        L2SW#show etherchannel load-balance
        EtherChannel Load-Balancing Configuration:
        src-dst-ip
        EtherChannel Load-Balancing Addresses Used Per-Protocol:
        Non-IP: Source XOR Destination MAC address
        IPv4: Source XOR Destination IP address
        IPv6: Source XOR Destination IP address
        """;
}
