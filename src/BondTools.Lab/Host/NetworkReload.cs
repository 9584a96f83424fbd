using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.World;
using BondTools.Linux;

namespace BondTools.Lab.Host;

/// <summary>
/// Makes the host's network what /etc/network/interfaces says, as <c>ifreload -a</c> of ifupdown2 does: keys that it does not
/// know are ignored, a bad value is a warning, and the exit status is 0 all the same. The commands of a bond's stanza run when
/// the bond has its slaves, and before it is set up.
/// </summary>
internal sealed class NetworkReload
{
    private readonly EmulatedHost _host;
    private readonly HostNetwork _network;
    private readonly StringBuilder _log;

    private NetworkReload(EmulatedHost host, StringBuilder log) => (_host, _network, _log) = (host, host.World.Network, log);

    /// <summary>Applies the file.</summary>
    public static async Task RunAsync(EmulatedHost host, StringBuilder log, CancellationToken cancellationToken)
    {
        var stanzas = InterfaceStanzas.Read(host.Files.Read("/etc/network/interfaces") ?? "");
        await new NetworkReload(host, log).ApplyAsync(stanzas.Where(s => s.Auto).ToList(), cancellationToken).ConfigureAwait(false);
    }

    private async Task ApplyAsync(List<InterfaceStanza> wanted, CancellationToken cancellationToken)
    {
        lock (_host.World.Gate)
        {
            _host.World.Advance();
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
        }
        foreach (var stanza in wanted.Where(s => s.IsBond))
            await RunCommandsAsync(stanza, cancellationToken).ConfigureAwait(false);
        lock (_host.World.Gate)
        {
            foreach (var stanza in wanted.Where(s => s.IsBond))
                _network.Bond(stanza.Name)!.AdminUp = true;
            foreach (var stanza in wanted.Where(s => s.Value("ovs-type") is not null))
                Warn($"{stanza.Name}: the emulated host has no Open vSwitch");
            ApplyVlans(wanted);
            foreach (var stanza in wanted.Where(s => s.IsBridge))
                ApplyBridge(stanza);
            ApplyVlans(wanted);
            _network.Addresses.Clear();
            foreach (var stanza in wanted.Where(s => s.Name != "lo"))
                _network.Addresses[stanza.Name] = AddressesOf(stanza);
        }
    }

    // A VLAN may be on a bridge, or below one.
    private void ApplyVlans(List<InterfaceStanza> wanted)
    {
        var present = _network.Vlans.ToDictionary(v => v.Name);
        _network.Vlans.Clear();
        foreach (var stanza in wanted)
        {
            var dot = stanza.Name.LastIndexOf('.');
            var device = dot > 0 ? stanza.Name.Substring(0, dot) : stanza.Value("vlan-raw-device");
            var number = dot > 0 ? stanza.Name.Substring(dot + 1) : stanza.Value("vlan-id") ?? stanza.Name.Replace("vlan", "");
            if (device is null || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !_network.Exists(device))
                continue;
            var index = present.TryGetValue(stanza.Name, out var old) ? old.Index : _network.NextIndex();
            _network.Vlans.Add(new VlanLink(stanza.Name, index, device, id, Mtu(stanza, 1500)));
        }
    }

    private static List<string> AddressesOf(InterfaceStanza stanza)
    {
        var netmask = stanza.Value("netmask");
        var length = netmask is null ? "32" : IPAddress.TryParse(netmask, out var mask) && netmask.IndexOf('.') > 0
            ? mask.GetAddressBytes().Sum(part => Convert.ToString(part, 2).Count(bit => bit == '1')).ToString(CultureInfo.InvariantCulture) : netmask;
        return [.. stanza.Values("address").Select(address => address.IndexOf('/') > 0 ? address : address + "/" + length)];
    }

    private async Task RunCommandsAsync(InterfaceStanza stanza, CancellationToken cancellationToken)
    {
        foreach (var command in stanza.Values("pre-up"))
        {
            var output = new StringBuilder();
            var shell = new Shell(_host, cancellationToken) { Name = "/bin/sh" };
            shell.Export("IFACE", stanza.Name);
            if (await shell.RunAsync(command, new ShellStreams("", output, output)).ConfigureAwait(false) != 0)
                Warn($"{stanza.Name}: pre-up cmd '{command}' failed: {output.ToString().Trim()}");
        }
    }

    private void ApplyBond(InterfaceStanza stanza)
    {
        var bond = _network.Bond(stanza.Name);
        var options = ReadOptions(stanza, bond?.Options ?? new BondOptions());
        var pinned = MacAddress.TryParse(stanza.Value("hwaddress"), out var address) ? address : null;
        if (bond is not null && (bond.Options != options || !Equals(bond.PinnedAddress, pinned)))
        {
            // A new mode or key needs the slaves released first; the effect is a new bond.
            var bridge = _network.BridgeOf(bond.Name);
            _network.Remove(bond);
            bond = null;
            bridge?.Ports.Add(stanza.Name);
        }
        if (bond is null)
            _network.Bonds.Add(bond = new BondDevice(stanza.Name, _network.NextIndex(), options) { AdminUp = false, PinnedAddress = pinned });
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
                HostNetwork.Enslave(bond, nic);
            nic = _network.Nic(name);
            if (nic?.Bond == bond)
                nic.Mtu = bond.Mtu;
        }
    }

    private void ApplyBridge(InterfaceStanza stanza)
    {
        var bridge = _network.Bridge(stanza.Name);
        if (bridge is null)
            _network.Bridges.Add(bridge = new Bridge { Name = stanza.Name, Index = _network.NextIndex() });
        bridge.Mtu = Mtu(stanza, 1500);
        bridge.FiltersVlans = stanza.Value("bridge-vlan-aware") is "yes" or "on" or "1";
        bridge.Stp = stanza.Value("bridge-stp") is "yes" or "on" or "1";
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
            if (!_network.Exists(port))
                Warn($"{stanza.Name}: bridge port {port} does not exist");
            else
                bridge.Ports.Add(port);
        }
    }

    // What ifupdown2's bond module knows (ifupdown2 3.0, addons/bond.py); every other option stays what it was.
    private BondOptions ReadOptions(InterfaceStanza stanza, BondOptions present)
    {
        var options = present with
        {
            Miimon = Number(stanza, "bond-miimon", 0), UpDelay = Number(stanza, "bond-updelay", 0),
            DownDelay = Number(stanza, "bond-downdelay", 0), MinLinks = Number(stanza, "bond-min-links", 0),
            SystemPriority = Number(stanza, "bond-ad-actor-sys-prio", Number(stanza, "bond-ad-sys-priority", 65535)),
            ActorSystem = MacAddress.TryParse(stanza.Value("bond-ad-actor-system"), out var system) ? system : MacAddress.Zero,
            PeerNotifications = Number(stanza, "bond-num-grat-arp", 1),
            UseCarrier = stanza.Value("bond-use-carrier") is "no" or "0" or "off" ? 0 : 1,
            // The bond that is there keeps its primary, or that it has none.
            Primary = _network.Bond(stanza.Name) is null ? stanza.Value("bond-primary") : present.Primary,
            Reselect = stanza.Value("bond-primary-reselect") switch { "1" or "better" => 1, "2" or "failure" => 2, _ => 0 },
            LacpRate = stanza.Value("bond-lacp-rate") is "1" or "fast" ? LacpRate.Fast : LacpRate.Slow,
            ArpInterval = Number(stanza, "bond-miimon", 0) > 0 ? 0 : present.ArpInterval,
        };
        try
        {
            if (stanza.Value("bond-mode") is { } mode)
                options = options with { Mode = BondMode.Parse(mode) };
            var policy = TransmitHashPolicy.Parse(stanza.Value("bond-xmit-hash-policy") ?? "layer2");
            if (policy.Equals(TransmitHashPolicy.VlanSrcMac))
                Warn($"{stanza.Name}: invalid bond-xmit-hash-policy value {policy}");
            else
                options = options with { Policy = policy };
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
}
