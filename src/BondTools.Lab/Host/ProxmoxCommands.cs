using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>Proxmox VE's own commands: pvesh for the network, pct, pveversion.</summary>
internal static class ProxmoxCommands
{
    public const string Interfaces = "/etc/network/interfaces", Pending = Interfaces + ".new";
    private const string Usage = "400 Parameter verification failed.\n";

    public static void Register(CommandTable table)
    {
        table.AddWaiting("pvesh", PveshAsync);
        table.AddWaiting("pct", Pct);
        table.Add("pveversion", c =>
        {
            c.Output.Append($"pve-manager/9.1.1/42db4a6cf33dac83 (running kernel: {EmulatedHost.KernelRelease})\n");
            return 0;
        });
    }

    private static async Task<int> PveshAsync(CommandContext c)
    {
        var format = c.TakeOption("--output-format") ?? c.TakeOption("-output-format");
        if (c.Arguments.Count < 2)
            return c.Fail("ERROR: no path specified", 255);
        var (verb, path) = (c.Arguments[0], c.Arguments[1].Trim('/').Split('/'));
        var known = path.Length >= 3 && path[0] == "nodes" && (path[1] == "localhost" || path[1] == c.Host.Name) && path[2] == "network";
        if (!known || path.Length > 4)
        {
            c.Streams.Error.Append($"No '{verb}' handler defined for '{c.Arguments[1]}'\n");
            return 1;
        }
        switch (verb)
        {
            case "get":
                lock (c.Host.World.Gate)
                {
                    c.Host.World.Advance();
                    return Get(c, path.Length == 4 ? path[3] : null);
                }
            case "set" when path.Length == 3:
                if (c.Files.Read(Pending) is { } pending)
                {
                    c.Files.Write(Interfaces, pending);
                    c.Files.Remove(Pending);
                }
                await NetworkReload.RunAsync(c.Host, c.Output, c.Cancellation).ConfigureAwait(false);
                var time = c.Host.World.Now.ToUnixTimeSeconds().ToString("X8", CultureInfo.InvariantCulture);
                var task = $"UPID:{c.Host.Name}:00001A2B:0003C4D5:{time}:srvreload:networking:root@pam:";
                c.Output.Append(format == "json" ? $"\"{task}\"\n" : task + "\n");
                return 0;
            case "delete" when path.Length == 3:
                c.Files.Remove(Pending);
                return 0;
            default:
                c.Streams.Error.Append("The emulated pvesh reads, applies and reverts the network; edit interfaces.new to change it.\n");
                return 1;
        }
    }

    // JSON in every output format: the emulated pvesh draws no tables.
    private static int Get(CommandContext c, string? name)
    {
        var network = c.Host.World.Network;
        var stanzas = InterfaceStanzas.Read(c.Files.Read(Pending) ?? c.Files.Read(Interfaces) ?? "");
        stanzas.RemoveAll(s => s.Name == "lo");
        foreach (var nic in network.Nics.Where(n => !stanzas.Exists(s => s.Name == n.Name)))
            stanzas.Add(new InterfaceStanza(nic.Name, "manual"));
        if (name is null)
        {
            c.Output.Append('[').Append(string.Join(",", stanzas.Select((s, i) => Json(network, s, i + 2, withName: true)))).Append("]\n");
            return 0;
        }
        if (stanzas.Find(s => s.Name == name) is not { } one)
        {
            c.Streams.Error.Append(Usage + "iface: interface does not exist\n");
            return 2;
        }
        c.Output.Append(Json(network, one, 2, withName: false)).Append('\n');
        return 0;
    }

    private static string Json(HostNetwork network, InterfaceStanza stanza, int priority, bool withName)
    {
        var nic = network.Nic(stanza.Name);
        var type = stanza.IsBridge ? "bridge" : stanza.IsBond ? "bond" : nic is not null ? "eth" : "unknown";
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["method"] = Quote(stanza.Method), ["type"] = Quote(type), ["priority"] = priority.ToString(CultureInfo.InvariantCulture),
            ["families"] = "[\"inet\"]", ["method6"] = "\"manual\"",
        };
        if (withName)
            fields["iface"] = Quote(stanza.Name);
        if (stanza.Auto)
            fields["autostart"] = "1";
        if (nic is not null)
            fields["exists"] = "1";
        if (nic is { AdminUp: true } || network.Bond(stanza.Name) is not null || network.Bridge(stanza.Name) is not null)
            fields["active"] = "1";
        var unknown = new List<string>();
        foreach (var (key, value) in stanza.Options)
        {
            switch (key.Replace('_', '-'))
            {
                case "bond-slaves" or "slaves":
                    fields["slaves"] = Quote(string.Join(" ", value.Split(' ').OrderBy(v => v, StringComparer.Ordinal)));
                    break;
                case "bond-mode" or "bond-miimon" or "bond-xmit-hash-policy" or "bridge-ports" or "bridge-stp" or "bridge-fd":
                    fields[key.Replace('-', '_')] = Quote(value);
                    break;
                case "address":
                    fields["cidr"] = Quote(value);
                    fields["address"] = Quote(value.Split('/')[0]);
                    fields["netmask"] = Quote(value.IndexOf('/') > 0 ? value.Split('/')[1] : "24");
                    break;
                case "gateway" or "mtu" or "bond-primary":
                    fields[key] = Quote(value);
                    break;
                default:
                    unknown.Add(Quote($"{key} {value}"));
                    break;
            }
        }
        if (unknown.Count > 0)
            fields["options"] = "[" + string.Join(",", unknown) + "]";
        return "{" + string.Join(",", fields.Select(f => $"\"{f.Key}\":{f.Value}")) + "}";
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var ch in text)
            quoted.Append(ch is '"' or '\\' ? "\\" + ch : ch < ' ' ? $"\\u{(int)ch:x4}" : ch.ToString());
        return quoted.Append('"').ToString();
    }

    private static Task<int> Pct(CommandContext c)
    {
        var verb = c.Arguments.Count > 0 ? c.Arguments[0] : "";
        if (verb == "exec")
            return Exec(c);
        lock (c.Host.World.Gate)
        {
            c.Host.World.Advance();
            return Task.FromResult(verb switch
            {
                "list" => List(c),
                "config" => WithContainer(c, Config),
                "status" => WithContainer(c, (cc, _) =>
                {
                    cc.Output.Append("status: running\n");
                    return 0;
                }),
                "set" => WithContainer(c, Set),
                _ => c.Fail($"ERROR: unknown command 'pct {verb}'", 255),
            });
        }
    }

    private static int List(CommandContext c)
    {
        c.Output.Append("VMID       Status     Lock         Name                \n");
        foreach (var container in c.Host.World.Network.Containers)
            c.Output.Append($"{container.Id,-10} {"running",-10} {"",-12} {container.HostName,-20}\n");
        return 0;
    }

    private static int Config(CommandContext c, Container container)
    {
        c.Output.Append($"arch: amd64\ncores: 1\nhostname: {container.HostName}\nmemory: 512\nnet0: {container.Net0}\n")
            .Append($"ostype: debian\nrootfs: local-lvm:vm-{container.Id}-disk-0,size=4G\nswap: 512\nunprivileged: 1\n");
        return 0;
    }

    private static int Set(CommandContext c, Container container)
    {
        var net0 = c.TakeOption("--net0") ?? c.TakeOption("-net0");
        if (net0 is null)
            return c.Fail("ERROR: the emulated pct sets net0 only", 255);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in net0.Split(','))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || Array.IndexOf(KnownNetKeys, part.Substring(0, equals)) < 0)
                return Reject(c, $"net0: invalid format - format error\n{part}: property is not defined in schema and the schema does not allow additional properties");
            options[part.Substring(0, equals)] = part.Substring(equals + 1);
        }
        if (!options.TryGetValue("name", out var name))
            return Reject(c, "net0: invalid format - format error\nnet0.name: property is missing and it is not optional");
        HostAddress? address = null;
        if (options.TryGetValue("ip", out var ip) && ip is not ("dhcp" or "manual"))
        {
            address = HostAddress.TryParse(ip);
            if (address is null)
                return Reject(c, $"net0: invalid format - format error\nnet0.ip: invalid format - value does not look like a valid ipv4 network configuration");
        }
        if (options.TryGetValue("hwaddr", out var text))
        {
            if (!MacAddress.TryParse(text, out var mac))
                return Reject(c, "net0: invalid format - format error\nnet0.hwaddr: invalid format - value does not look like a valid unicast MAC address");
            container.MacAddress = mac;
        }
        else
        {
            // Without hwaddr the card is a new one, as on the real thing.
            var bytes = container.MacAddress.GetAddressBytes();
            bytes[4]++;
            container.MacAddress = new MacAddress(bytes);
            options["hwaddr"] = container.MacAddress.ToString().ToUpperInvariant();
        }
        container.Address = address;
        container.Bridge = options.TryGetValue("bridge", out var bridge) ? bridge : "";
        options["type"] = "veth";
        container.Net0 = "name=" + name + string.Concat(options.Where(o => o.Key != "name")
            .OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $",{o.Key}={o.Value}"));
        return 0;
    }

    private static readonly string[] KnownNetKeys =
        ["name", "bridge", "firewall", "gw", "gw6", "host-managed", "hwaddr", "ip", "ip6", "link_down", "mtu", "rate", "tag", "trunks", "type"];

    private static int Reject(CommandContext c, string reason)
    {
        c.Streams.Error.Append(Usage + reason + "\npct set <vmid> [OPTIONS]\n");
        return 255;
    }

    private static Task<int> Exec(CommandContext c)
    {
        Container? container = null;
        lock (c.Host.World.Gate)
        {
            c.Host.World.Advance();
            WithContainer(c, (_, found) =>
            {
                container = found;
                return 0;
            });
        }
        if (container is null)
            return Task.FromResult(2);
        var command = c.Arguments.Skip(2).ToList();
        if (command.Count > 0 && command[0] == "--")
            command.RemoveAt(0);
        if (command.Count == 0)
            return Task.FromResult(c.Fail("not enough arguments", 255));
        if (ContainerCommands.Find(c.Host.Commands, command[0]) is null)
        {
            c.Streams.Error.Append($"lxc-attach: {container.Id}: No such file or directory - Failed to exec \"{command[0]}\"\n");
            return Task.FromResult(127);
        }
        return new Shell(c.Host, c.Cancellation) { Inside = container }.ExecuteAsync(command, c.Streams);
    }

    private static int WithContainer(CommandContext c, Func<CommandContext, Container, int> run)
    {
        var text = c.Arguments.Count > 1 ? c.Arguments[1] : "";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return Reject(c, "vmid: type check ('integer') failed");
        if (c.Host.World.Network.Containers.Find(k => k.Id == id) is { } container)
            return run(c, container);
        c.Streams.Error.Append($"Configuration file 'nodes/{c.Host.Name}/lxc/{id}.conf' does not exist\n");
        return 2;
    }
}
