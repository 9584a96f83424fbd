using System;
using System.Net;

namespace BondTools.Hashing;

/// <summary>
/// A forecast of the member port that a Cisco switch picks: XOR of the low-order bits, as Cisco documents it for small
/// switches.
/// </summary>
/// <remarks>
/// It is a forecast and no more. The function in larger switches is not published; a real switch tells the port itself
/// (<c>test etherchannel load-balance</c>). What can be trusted is the shares: eight buckets over the ports, 4:4 for two,
/// 3:3:2 for three (Cisco document 12023, "Understand EtherChannel Load Balancing and Redundancy").
/// </remarks>
public static class CiscoLoadBalanceForecast
{
    /// <summary>The number of hash buckets that are dealt to the ports.</summary>
    public const int BucketCount = 8;

    /// <summary>The most ports a channel may bundle.</summary>
    public const int MaximumPorts = 8;

    /// <summary>Forecasts the bucket of a flow.</summary>
    /// <param name="method">The method as IOS spells it: src, dst or src-dst, then mac, ip, port or mixed-ip-port.</param>
    /// <param name="flow">
    /// The flow; fields that the method hashes must be set. What a frame has not (ports, IP addresses) is replaced by the
    /// layer below, as <c>show etherchannel load-balance</c> lists it.
    /// </param>
    /// <returns>0 to 7.</returns>
    /// <exception cref="FormatException">The method is not one of these.</exception>
    /// <exception cref="ArgumentException">The flow lacks a field that the method hashes.</exception>
    public static int Bucket(string method, Flow flow)
    {
        var (ends, field) = Split(method);
        var bits = 0;
        if (ends != Ends.Destination)
            bits ^= LowBits(field, flow, flow.SourceMac, flow.SourceAddress, flow.SourcePort, "source");
        if (ends != Ends.Source)
            bits ^= LowBits(field, flow, flow.DestinationMac, flow.DestinationAddress, flow.DestinationPort, "destination");
        return bits % BucketCount;
    }

    /// <summary>Forecasts the member port of a flow.</summary>
    /// <param name="method">The method, as for <see cref="Bucket"/>.</param>
    /// <param name="flow">The flow, as for <see cref="Bucket"/>.</param>
    /// <param name="ports">How many ports are bundled, 1 to 8.</param>
    /// <returns>An index into the bundled ports.</returns>
    /// <exception cref="FormatException">The method is not known.</exception>
    /// <exception cref="ArgumentException">The flow lacks a field that the method hashes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A channel cannot bundle that many ports.</exception>
    public static int SelectPort(string method, Flow flow, int ports) =>
        ports is >= 1 and <= MaximumPorts
            ? Bucket(method, flow) % ports
            : throw new ArgumentOutOfRangeException(nameof(ports), ports, $"A channel bundles 1 to {MaximumPorts} ports.");

    /// <summary>How many of the eight buckets each port gets: 4:4 for two ports, 3:3:2 for three.</summary>
    /// <param name="ports">How many ports are bundled, 1 to 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">A channel cannot bundle that many ports.</exception>
    public static int[] BucketsPerPort(int ports)
    {
        if (ports is < 1 or > MaximumPorts)
            throw new ArgumentOutOfRangeException(nameof(ports), ports, $"A channel bundles 1 to {MaximumPorts} ports.");
        var buckets = new int[ports];
        for (var bucket = 0; bucket < BucketCount; bucket++)
            buckets[bucket % ports]++;
        return buckets;
    }

    private static (Ends Ends, string Field) Split(string method)
    {
        const string source = "src-", destination = "dst-", both = "src-dst-";
        var (ends, field) =
            method.StartsWith(both, StringComparison.Ordinal) ? (Ends.Both, method.Substring(both.Length))
            : method.StartsWith(source, StringComparison.Ordinal) ? (Ends.Source, method.Substring(source.Length))
            : method.StartsWith(destination, StringComparison.Ordinal) ? (Ends.Destination, method.Substring(destination.Length))
            : (Ends.Both, "");
        return field is "mac" or "ip" or "port" or "mixed-ip-port"
            ? (ends, field)
            : throw new FormatException($"'{method}' is no load-balance method that can be forecast: those are src-, dst- or src-dst- with mac, ip, port or mixed-ip-port.");
    }

    private static int LowBits(string field, Flow flow, MacAddress? mac, IPAddress? address, ushort port, string end)
    {
        if (field == "mac" || !flow.IsIP)
            return LastByte(Flow.Require(mac, end + " MAC address").GetAddressBytes());
        // TCP and UDP; a fragment has no ports.
        var hasPorts = flow.Protocol is 6 or 17 && !flow.IsFragment;
        var bits = 0;
        if (hasPorts && field != "ip")
            bits ^= port;
        if (!hasPorts || field != "port")
            bits ^= LastByte(Flow.Require(address, end + " address").GetAddressBytes());
        return bits;
    }

    private static int LastByte(byte[] bytes) => bytes[bytes.Length - 1];

    private enum Ends
    {
        Source,
        Destination,
        Both,
    }
}
