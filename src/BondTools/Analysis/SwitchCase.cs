using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Analysis;

/// <summary>What the switch says of its interfaces, under whichever spelling of their names.</summary>
internal sealed class SwitchCase(LacpLinkEvidence evidence)
{
    public CiscoInterfaceConfiguration? Configuration(string name) => Find(evidence.RunningConfiguration, c => c.Interface, name);

    public CiscoInterfaceStatus? Status(string name) => Find(evidence.InterfaceStatus, s => s.Interface, name);

    private CiscoLinkCounter? Counter(string name) => Find(evidence.SwitchLinkCounters, c => c.Interface, name);

    private CiscoSwitchport? Switchport(string name) => Find(evidence.Switchports, s => s.Interface, name);

    /// <summary>By which line the interface is shut down; null when none says so.</summary>
    public string? ShutDownBy(string name)
    {
        if (Configuration(name) is { Shutdown: true } configuration)
            return $"{configuration.Interface}: shutdown";
        if (Status(name) is { Status: "disabled" } status)
            return Quote(status);
        return Counter(name) is { } counter && counter.State.StartsWith("administratively", StringComparison.Ordinal)
            ? $"{counter.Interface} is {counter.State}"
            : null;
    }

    /// <summary>The layer 2 settings, from the configuration or else from the port's own view of itself; null where neither is known.</summary>
    public SwitchportSettings? Settings(string name)
    {
        if (Configuration(name) is { } configuration)
            return SwitchportSettings.Of(configuration);
        return Switchport(name) is not { } port
            ? null
            : new SwitchportSettings
            {
                Switched = port.Enabled,
                Mode = ModeOf(port.AdministrativeMode),
                NativeVlan = port.NativeVlan,
                AllowedVlans = port.TrunkingVlans is { } vlans ? CiscoVlanList.Normalize(vlans) : null,
                AccessVlan = port.AccessVlan,
            }.WithoutDefaults();
    }

    /// <summary>The largest packet in bytes; null where no line says.</summary>
    public int? Mtu(string name) => Counter(name)?.Mtu ?? Configuration(name)?.Mtu;

    /// <summary>The speed in Mbit/s; null while it is not settled.</summary>
    public int? Speed(string name)
    {
        var text = Plain(Status(name)?.Speed);
        var factor = text.EndsWith("G", StringComparison.OrdinalIgnoreCase) ? 1000 : 1;
        return decimal.TryParse(text.TrimEnd('G', 'g'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed < 1_000_000
            ? (int)(speed * factor)
            : null;
    }

    /// <summary>The duplex mode; unknown while it is not settled.</summary>
    public Duplex DuplexOf(string name) => Plain(Status(name)?.Duplex) switch
    {
        "full" => Duplex.Full,
        "half" => Duplex.Half,
        _ => Duplex.Unknown,
    };

    /// <summary>A row of <c>show interfaces status</c>, to be quoted.</summary>
    public static string Quote(CiscoInterfaceStatus status) => $"{status.Interface}: {status.Status}, duplex {status.Duplex}, speed {status.Speed}";

    // "a-1000" is a negotiated 1000; "auto" is none yet.
    private static string Plain(string? value) =>
        value is null ? "" : value.StartsWith("a-", StringComparison.Ordinal) ? value.Substring(2) : value;

    private static CiscoSwitchportMode? ModeOf(string? mode) => mode switch
    {
        "trunk" => CiscoSwitchportMode.Trunk,
        "static access" or "access" => CiscoSwitchportMode.Access,
        _ => null,
    };

    private static T? Find<T>(IReadOnlyList<T>? rows, Func<T, string> nameOf, string name)
        where T : class =>
        rows?.FirstOrDefault(row => CiscoInterfaceName.Same(nameOf(row), name));
}
