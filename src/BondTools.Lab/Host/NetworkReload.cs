using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using BondTools.Lab.World;
using BondTools.Linux;

namespace BondTools.Lab.Host;

/// <summary>
/// Makes the host's network what /etc/network/interfaces says, as <c>ifreload -a</c> of ifupdown2 does: unknown keys are
/// ignored, a bad value is a warning, and the exit status is 0 all the same.
/// </summary>
internal sealed class NetworkReload
{
    private readonly HostNetwork _network;
    private readonly StringBuilder _log;

    private NetworkReload(HostNetwork network, StringBuilder log) => (_network, _log) = (network, log);

    /// <summary>Applies the file; the gate is held.</summary>
    public static void Run(EmulatedHost host, StringBuilder log)
    {
        var stanzas = InterfaceStanzas.Read(host.Files.Read("/etc/network/interfaces") ?? "");
        new NetworkReload(host.World.Network, log).Apply(stanzas);
    }

    private void Apply(List<InterfaceStanza> stanzas)
    {
        var wanted = stanzas.Where(s => s.Auto).ToList();
        foreach (var bridge in _network.Bridges.Where(b => !wanted.Exists(s => s.Name == b.Name && s.IsBridge)).ToArray())
            _network.Bridges.Remove(bridge);
        foreach (var bond in _network.Bonds.Where(b => !wanted.Exists(s => s.Name == b.Name && s.IsBond)).ToArray())
            _network.Remove(bond);

        foreach (var stanza in wanted)
        {
            if (_network.Nic(stanza.Name) is { } nic)
                (nic.AdminUp, nic.Mtu) = (true, Mtu(stanza, 1500));
        }
        foreach (var stanza in wanted.Where(s => s.IsBond))
            ApplyBond(stanza);
        foreach (var stanza in wanted.Where(s => s.IsBridge))
            ApplyBridge(stanza);
    }

    private void ApplyBond(InterfaceStanza stanza)
    {
        var options = ReadOptions(stanza);
        var bond = _network.Bond(stanza.Name);
        if (bond is not null && !SameOptions(bond.Options, options))
        {
            // A new mode or key needs the slaves released first; the effect is a new bond.
            var bridge = _network.BridgeOf(bond.Name);
            _network.Remove(bond);
            bond = null;
            bridge?.Ports.Add(stanza.Name);
        }
        if (bond is null)
            _network.Bonds.Add(bond = new BondDevice(stanza.Name, _network.NextIndex(), options));
        bond.Mtu = Mtu(stanza, 1500);

        var slaves = stanza.Words("bond-slaves")!;
        foreach (var gone in bond.Slaves.Where(s => !slaves.Contains(s.Nic.Name)).ToArray())
            HostNetwork.Release(bond, gone.Nic);
        foreach (var name in slaves)
        {
            if (_network.Nic(name) is not { } nic)
                Warn($"{stanza.Name}: skipping slave {name}: no such device");
            else if (nic.Bond is { } other && other != bond)
                Warn($"{stanza.Name}: skipping slave {name}: it is enslaved to {other.Name}");
            else if (nic.Bond is null)
            {
                nic.Mtu = bond.Mtu;
                HostNetwork.Enslave(bond, nic);
            }
        }
    }

    private void ApplyBridge(InterfaceStanza stanza)
    {
        var bridge = _network.Bridge(stanza.Name);
        if (bridge is null)
            _network.Bridges.Add(bridge = new Bridge { Name = stanza.Name, Index = _network.NextIndex() });
        bridge.Mtu = Mtu(stanza, 1500);
        bridge.Address = null;
        if (stanza.Value("address") is { } address)
        {
            bridge.Address = HostAddress.TryParse(address.IndexOf('/') > 0 ? address : address + "/24");
            if (bridge.Address is null)
                Warn($"{stanza.Name}: invalid address '{address}'");
        }
        bridge.Gateway = IPAddress.TryParse(stanza.Value("gateway") ?? "", out var gateway) ? gateway : null;
        bridge.Ports.Clear();
        foreach (var port in stanza.Words("bridge-ports")!)
        {
            if (_network.Bond(port) is null && _network.Nic(port) is null)
                Warn($"{stanza.Name}: bridge port {port} does not exist");
            else
                bridge.Ports.Add(port);
        }
    }

    private BondOptions ReadOptions(InterfaceStanza stanza)
    {
        var options = new BondOptions
        {
            Miimon = Number(stanza, "bond-miimon", 0), UpDelay = Number(stanza, "bond-updelay", 0),
            DownDelay = Number(stanza, "bond-downdelay", 0), MinLinks = Number(stanza, "bond-min-links", 0),
            SystemPriority = Number(stanza, "bond-ad-actor-sys-prio", Number(stanza, "bond-ad-sys-priority", 65535)),
            UserKey = Number(stanza, "bond-ad-user-port-key", 0), Primary = stanza.Value("bond-primary"),
            PrimaryReselect = stanza.Value("bond-primary-reselect") ?? "always",
            LacpActive = stanza.Value("bond-lacp-active") is not ("off" or "0"),
            LacpRate = stanza.Value("bond-lacp-rate") is "1" or "fast" ? LacpRate.Fast : LacpRate.Slow,
            AdSelect = stanza.Value("bond-ad-select") switch
            {
                "1" or "bandwidth" => AdSelect.Bandwidth,
                "2" or "count" => AdSelect.Count,
                _ => AdSelect.Stable,
            },
        };
        try
        {
            if (stanza.Value("bond-mode") is { } mode)
                options = options with { Mode = BondMode.Parse(mode) };
            if (stanza.Value("bond-xmit-hash-policy") is { } policy)
                options = options with { Policy = TransmitHashPolicy.Parse(policy) };
        }
        catch (FormatException e)
        {
            Warn($"{stanza.Name}: {e.Message}");
        }
        return options;
    }

    private int Number(InterfaceStanza stanza, string key, int otherwise)
    {
        if (stanza.Value(key) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return value;
        Warn($"{stanza.Name}: invalid value '{text}' of {key}");
        return otherwise;
    }

    private int Mtu(InterfaceStanza stanza, int otherwise) => Number(stanza, "mtu", otherwise);

    private void Warn(string message) => _log.Append("warning: ").Append(message).Append('\n');

    // The record's own equality would compare the list of targets by reference.
    private static bool SameOptions(BondOptions a, BondOptions b) => a with { ArpTargets = b.ArpTargets } == b;
}
