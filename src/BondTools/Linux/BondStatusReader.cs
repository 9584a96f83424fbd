using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using BondTools.Lacp;

namespace BondTools.Linux;

/// <summary>Makes records of a bond's lines, in the kernel's own words (bond_procfs.c, bond_main.c, bond_options.c).</summary>
internal static class BondStatusReader
{
    private const string Expected = "/proc/net/bonding";
    private const int Octet = 0xFF;
    private const int Word = 0xFFFF;
    private const int NoAggregator = -1;

    private static readonly Dictionary<string, BondMode> ModeNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["load balancing (round-robin)"] = BondMode.BalanceRR,
        ["fault-tolerance (active-backup)"] = BondMode.ActiveBackup,
        ["load balancing (xor)"] = BondMode.BalanceXor,
        ["fault-tolerance (broadcast)"] = BondMode.Broadcast,
        ["IEEE 802.3ad Dynamic link aggregation"] = BondMode.Lacp,
        ["transmit load balancing"] = BondMode.BalanceTlb,
        ["adaptive load balancing"] = BondMode.BalanceAlb,
    };

    /// <summary>Makes the record of a bond.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="name">Its name, if it is known.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <exception cref="UnexpectedOutputException">A line is not understood, or one that the driver always prints is absent.</exception>
    public static BondStatus Read(BondText text, string? name, string? computerName)
    {
        var bond = text.Bond;
        string? failOverMac = null;
        var mode = bond.Require("Bonding Mode", value => ReadMode(value, out failOverMac));
        string? primaryReselect = null;
        var primary = bond.Optional("Primary Slave", value => SplitTail(value, "primary_reselect", out primaryReselect));
        var lacp = mode.Equals(BondMode.Lacp);
        var systemPriority = bond.OptionalNumber("System priority", Word);
        var systemMac = systemPriority is null ? null : bond.RequireMac("System MAC address");
        var aggregator = text.Aggregator;
        var status = new BondStatus
        {
            Name = name,
            ComputerName = computerName,
            DriverVersion = text.DriverVersion,
            Mode = mode,
            FailOverMac = failOverMac,
            TransmitHashPolicy = bond.Optional("Transmit Hash Policy", ReadPolicy),
            MiiStatus = bond.RequireValue<MiiStatus>("MII Status", ReadMiiStatus),
            MiiPollingInterval = Milliseconds(bond.RequireNumber("MII Polling Interval (ms)")),
            UpDelay = OptionalMilliseconds(bond, "Up Delay (ms)"),
            DownDelay = OptionalMilliseconds(bond, "Down Delay (ms)"),
            PeerNotificationDelay = OptionalMilliseconds(bond, "Peer Notification Delay (ms)"),
            LacpActive = bond.OptionalValue<bool>("LACP active", value => value switch { "on" => true, "off" => false, _ => null }),
            LacpRate = lacp
                ? bond.RequireValue<LacpRate>("LACP rate", value => value switch { "slow" => LacpRate.Slow, "fast" => LacpRate.Fast, _ => null })
                : null,
            MinLinks = bond.OptionalNumber("Min links"),
            AdSelect = bond.OptionalValue<AdSelect>("Aggregator selection policy (ad_select)", ReadAdSelect),
            SystemPriority = systemPriority,
            SystemMacAddress = systemMac,
            ActiveAggregatorId = aggregator?.RequireNumber("Aggregator ID"),
            PortCount = aggregator?.RequireNumber("Number of ports"),
            ActorKey = aggregator?.RequireNumber("Actor Key", Word),
            PartnerKey = aggregator?.RequireNumber("Partner Key", Word),
            PartnerMacAddress = aggregator?.RequireMac("Partner Mac Address"),
            PrimarySlave = primary == "None" ? null : primary,
            PrimaryReselect = primaryReselect,
            CurrentActiveSlave = bond.Optional("Currently Active Slave", value => value) is { } active && active != "None" ? active : null,
            ArpPollingInterval = OptionalMilliseconds(bond, "ARP Polling Interval (ms)"),
            ArpMissedMax = bond.OptionalNumber("ARP Missed Max"),
            ArpIpTargets = [.. Addresses(bond, "ARP IP target/s (n.n.n.n form)"), .. Addresses(bond, "NS IPv6 target/s (xx::xx form)")],
            Slaves = [],
            Negotiated = null,
            Reason = "",
        };

        // The aggregator, or that there is none, is printed to everyone who is shown the system's priority; drivers that do
        // not print the selection policy yet print it to everyone.
        if (lacp && (systemPriority is not null || status.AdSelect is null) && aggregator is null && !text.NoAggregator)
            throw bond.Missing("Active Aggregator Info");
        var withPdus = systemPriority is not null || text.Slaves.Any(slave => slave.Actor is not null);
        status = status with
        {
            Slaves = text.Slaves.ConvertAll(slave => ReadSlave(slave, lacp, withPdus)),
            OtherFields = [.. bond.Rest(), .. aggregator?.Rest("Active Aggregator ") ?? []],
        };
        var (negotiated, reason) = BondNegotiation.Judge(status);
        return status with { Negotiated = negotiated, Reason = reason };
    }

    private static BondSlave ReadSlave(SlaveText slave, bool lacp, bool withPdus)
    {
        if (slave.Name.Length == 0 || slave.Name.Any(char.IsWhiteSpace))
            throw new UnexpectedOutputException(Expected, slave.Line.Text, slave.Line.Number, "it names no interface.");

        var fields = slave.Fields;
        var aggregator = lacp ? fields.RequireValue<int>("Aggregator ID", ReadAggregator) : NoAggregator;
        var churn = fields.Has("Actor Churn State");
        if (withPdus && aggregator != NoAggregator)
        {
            if (slave.Actor is null)
                throw fields.Missing("details actor lacp pdu");
            if (slave.Partner is null)
                throw slave.Actor.Missing("details partner lacp pdu");
        }

        var permanent = fields.RequireMac("Permanent HW addr");
        var actor = ReadPort(slave.Actor, "port key");
        var partner = ReadPort(slave.Partner, "oper key");
        return new BondSlave
        {
            Name = slave.Name,
            MiiStatus = fields.RequireValue<MiiStatus>("MII Status", ReadMiiStatus),
            SpeedMbps = ReadSpeed(fields),
            Duplex = fields.OptionalValue<Duplex>("Duplex", ReadDuplex),
            LinkFailureCount = fields.RequireValue<long>("Link Failure Count", ReadCount),
            PermanentHardwareAddress = permanent,
            QueueId = fields.OptionalNumber("Slave queue ID", Word),
            AggregatorId = aggregator == NoAggregator ? null : aggregator,
            ActorChurnState = churn ? fields.RequireValue<ChurnState>("Actor Churn State", ReadChurn) : null,
            PartnerChurnState = churn ? fields.RequireValue<ChurnState>("Partner Churn State", ReadChurn) : null,
            ActorChurnedCount = churn ? fields.RequireNumber("Actor Churned Count") : null,
            PartnerChurnedCount = churn ? fields.RequireNumber("Partner Churned Count") : null,
            Actor = actor,
            Partner = partner,
            OtherFields = [.. fields.Rest(), .. RestOf(slave.Actor, actor, "actor "), .. RestOf(slave.Partner, partner, "partner ")],
        };
    }

    private static LacpPort? ReadPort(FieldSection? pdu, string keyName)
    {
        if (pdu is null)
            return null;
        var mac = pdu.RequireMac("system mac address");
        var port = new LacpPort
        {
            SystemPriority = pdu.RequireNumber("system priority", Word),
            SystemMacAddress = mac ?? MacAddress.Zero,
            Key = pdu.RequireNumber(keyName, Word),
            PortPriority = pdu.RequireNumber("port priority", Word),
            PortNumber = pdu.RequireNumber("port number", Word),
            State = (LacpPortState)pdu.RequireNumber("port state", Octet),
        };
        // A masked address must not pass for the all-zero one, which means that nobody answers.
        return mac is null ? null : port;
    }

    // Of a PDU that made no record, because its address is masked, every field is kept.
    private static IEnumerable<NamedValue> RestOf(FieldSection? pdu, LacpPort? port, string prefix) =>
        pdu?.Rest(prefix, all: port is null) ?? [];

    private static BondMode? ReadMode(string value, out string? failOverMac)
    {
        failOverMac = null;
        if (ModeNames.TryGetValue(value, out var mode))
            return mode;
        var name = SplitTail(value, "fail_over_mac", out failOverMac);
        return failOverMac is not null && ModeNames.TryGetValue(name, out mode) ? mode : null;
    }

    /// <summary>Splits <c>em3 (primary_reselect failure)</c> into the value and what follows the option's name.</summary>
    private static string SplitTail(string value, string option, out string? tail)
    {
        var start = value.IndexOf(" (" + option + " ", StringComparison.Ordinal);
        tail = start > 0 && value.EndsWith(")", StringComparison.Ordinal)
            ? value.Substring(start + option.Length + 3, value.Length - start - option.Length - 4)
            : null;
        return tail is null ? value : value.Substring(0, start);
    }

    // The kernel prints "layer2+3 (2)".
    private static TransmitHashPolicy? ReadPolicy(string value)
    {
        var end = value.IndexOf(' ');
        var name = end < 0 ? value : value.Substring(0, end);
        return TransmitHashPolicy.All.FirstOrDefault(policy => policy.Name == name);
    }

    private static MiiStatus? ReadMiiStatus(string value) => value switch
    {
        "up" => MiiStatus.Up,
        "down" => MiiStatus.Down,
        "going down" => MiiStatus.GoingDown,
        "going back" => MiiStatus.GoingBack,
        "unknown" => MiiStatus.Unknown,
        _ => null,
    };

    private static AdSelect? ReadAdSelect(string value) => value switch
    {
        "stable" => AdSelect.Stable,
        "bandwidth" => AdSelect.Bandwidth,
        "count" => AdSelect.Count,
        KernelWords.ActorPortPriority => AdSelect.ActorPortPriority,
        _ => null,
    };

    private static ChurnState? ReadChurn(string value) => value switch
    {
        "none" => ChurnState.None,
        "monitoring" => ChurnState.Monitoring,
        "churned" => ChurnState.Churned,
        _ => null,
    };

    private static Duplex? ReadDuplex(string value) => value.ToUpperInvariant() switch
    {
        "FULL" => Duplex.Full,
        "HALF" => Duplex.Half,
        "UNKNOWN" => Duplex.Unknown,
        _ => null,
    };

    private static int? ReadSpeed(FieldSection fields)
    {
        const string unit = " Mbps";
        var speed = fields.OptionalValue<int>("Speed", value =>
            string.Equals(value, "Unknown", StringComparison.OrdinalIgnoreCase) ? 0
            : value.EndsWith(unit, StringComparison.Ordinal) ? FieldSection.Number(value.Substring(0, value.Length - unit.Length))
            : null);
        return speed == 0 ? null : speed;
    }

    private static int? ReadAggregator(string value) => value == "N/A" ? NoAggregator : FieldSection.Number(value, Word);

    private static long? ReadCount(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static TimeSpan? OptionalMilliseconds(FieldSection fields, string key) =>
        fields.OptionalNumber(key) is { } milliseconds ? Milliseconds(milliseconds) : null;

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static IPAddress[] Addresses(FieldSection fields, string key) =>
        fields.Optional(key, ReadAddresses) ?? [];

    private static IPAddress[]? ReadAddresses(string value)
    {
        var addresses = new List<IPAddress>();
        foreach (var part in value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            // IPAddress takes a bare number for an IPv4 address; the kernel never prints one.
            if (part.IndexOfAny(['.', ':']) < 0 || !IPAddress.TryParse(part, out var address))
                return null;
            addresses.Add(address);
        }

        return [.. addresses];
    }
}
