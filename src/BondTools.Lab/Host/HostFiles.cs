using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Lab.World;
using BondTools.Linux;

namespace BondTools.Lab.Host;

/// <summary>The host's file system: files in memory, and /proc and /sys made from the world when they are read.</summary>
internal sealed class HostFiles
{
    private const string BondFolder = "/proc/net/bonding/";
    private const string NetFolder = "/sys/class/net/";
    private readonly LabWorld _world;
    private readonly string _driverVersion;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal)
    {
        "/", "/root", "/tmp", "/run", "/run/lock", "/run/systemd", "/run/systemd/system", "/etc/systemd", "/etc/systemd/system", "/var", "/var/lib", "/var/lock", "/var/tmp", "/etc", "/etc/network", "/etc/network/interfaces.d",
        "/etc/pve", "/etc/pve/nodes", "/etc/pve/lxc", "/proc", "/proc/net", "/proc/net/bonding", "/proc/sys", "/sys", "/sys/class",
        "/sys/class/net", "/dev", "/usr", "/usr/bin", "/usr/sbin",
    };

    public HostFiles(LabWorld world, string driverVersion) => (_world, _driverVersion) = (world, driverVersion);

    /// <summary>A file's text; null when there is none.</summary>
    public string? Read(string path)
    {
        path = Resolve(path);
        return _files.TryGetValue(path, out var text) ? text : Dynamic(path);
    }

    public void Write(string path, string text) => _files[Resolve(path)] = text;

    /// <summary>Writes an option of a bond, if the path is one's.</summary>
    /// <returns>Whether it is; then the problem, or null when the driver took it.</returns>
    public bool TryWriteOption(string path, string text, out string? problem)
    {
        problem = null;
        if (OptionOf(Normalize(path)) is not { } option)
            return false;
        lock (_world.Gate)
        {
            _world.Advance();
            problem = BondSysfs.Write(option.Bond, option.Name, text);
        }
        return true;
    }

    /// <summary>Whether a path is an option of a bond.</summary>
    public bool IsOption(string path) => OptionOf(Normalize(path)) is not null;

    public bool IsFolder(string path) => _folders.Contains(Normalize(path)) || IsDeviceFolder(Normalize(path));

    public bool Exists(string path) => IsFolder(path) || Read(path) is not null;

    public bool CanWrite(string path)
    {
        path = Normalize(path);
        return !IsFolder(path) && IsFolder(Parent(path)) && !path.StartsWith("/proc/", StringComparison.Ordinal)
            && !path.StartsWith("/sys/", StringComparison.Ordinal);
    }

    public bool Remove(string path) => _links.Remove(Normalize(path)) || _files.Remove(Normalize(path));

    /// <summary>Makes a symbolic link to a file; false when the name is taken or its folder is not there.</summary>
    public bool Link(string target, string path)
    {
        if (!CanWrite(path) || ReadLink(path) is not null || Exists(path))
            return false;
        _links[Normalize(path)] = target;
        return true;
    }

    /// <summary>What a symbolic link says; null when the path is none.</summary>
    public string? ReadLink(string path)
    {
        path = Normalize(path);
        return _links.TryGetValue(path, out var target) ? target : MasterOf(path) is { } master ? "../" + master : null;
    }

    /// <summary>The full path, behind a link: one step, as nothing here makes a link to a link.</summary>
    public string Resolve(string path)
    {
        path = Normalize(path);
        return !_links.TryGetValue(path, out var target) ? path
            : Normalize(target.StartsWith("/", StringComparison.Ordinal) ? target : Parent(path) + "/" + target);
    }

    /// <summary>Empties what lives in memory only, as a restart does.</summary>
    public void Restart()
    {
        foreach (var file in _files.Keys.Where(f => IsBelow(f, "/run") || IsBelow(f, "/tmp")).ToArray())
            _files.Remove(file);
    }

    public bool RemoveFolder(string path)
    {
        path = Normalize(path);
        foreach (var file in _files.Keys.Concat(_links.Keys).Where(f => IsBelow(f, path)).ToArray())
            Remove(file);
        return _folders.RemoveWhere(f => f == path || IsBelow(f, path)) > 0;
    }

    public void MakeFolder(string path) => _folders.Add(Normalize(path));

    /// <summary>The names in a folder, sorted.</summary>
    public List<string> List(string folder)
    {
        folder = Normalize(folder);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in _files.Keys.Concat(_links.Keys).Concat(_folders).Concat(DynamicPaths()))
        {
            if (IsBelow(path, folder))
                names.Add(path.Substring(folder.Length == 1 ? 1 : folder.Length + 1).Split('/')[0]);
        }
        return names.ToList();
    }

    /// <summary>The paths that match a pattern with * and ? in its last parts, sorted.</summary>
    public List<string> Match(string pattern)
    {
        var found = new List<string> { pattern.StartsWith("/", StringComparison.Ordinal) ? "" : "/root" };
        foreach (var part in pattern.Split('/').Where(p => p.Length > 0))
        {
            var next = new List<string>();
            foreach (var folder in found)
            {
                if (part.IndexOfAny(['*', '?']) < 0)
                    next.Add(folder + "/" + part);
                else
                    next.AddRange(List(folder.Length == 0 ? "/" : folder).Where(n => IsMatch(n, part)).Select(n => folder + "/" + n));
            }
            found = next;
        }
        return found.Where(Exists).ToList();
    }

    /// <summary>Whether a name matches a pattern of * and ?; a leading dot must be named.</summary>
    public static bool IsMatch(string name, string pattern)
    {
        if (name.StartsWith(".", StringComparison.Ordinal) && !pattern.StartsWith(".", StringComparison.Ordinal))
            return false;
        int n = 0, p = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
                (n, p) = (n + 1, p + 1);
            else if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, n, p + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++mark);
            else
                return false;
        }
        return pattern.Substring(p).Trim('*').Length == 0;
    }

    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in (path.StartsWith("/", StringComparison.Ordinal) ? path : "/root/" + path).Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part.Length > 0 && part is not ("." or ".."))
                parts.Add(part);
        }
        return "/" + string.Join("/", parts);
    }

    // /sys/class/net/NAME/master is there as long as the interface has one.
    private string? MasterOf(string path) =>
        path.StartsWith(NetFolder, StringComparison.Ordinal) && path.EndsWith("/master", StringComparison.Ordinal)
            ? IpLink.All(_world.Network).Find(l => NetFolder + l.Name + "/master" == path)?.Master : null;

    private (BondDevice Bond, string Name)? OptionOf(string path)
    {
        if (!path.StartsWith(NetFolder, StringComparison.Ordinal))
            return null;
        var parts = path.Substring(NetFolder.Length).Split('/');
        return parts.Length == 3 && parts[1] == "bonding" && BondSysfs.Files.Contains(parts[2]) && _world.Network.Bond(parts[0]) is { } bond ? (bond, parts[2]) : null;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash && slash > 0 ? path.Substring(0, slash) : "/";

    private static bool IsBelow(string path, string folder) =>
        folder == "/" ? path.Length > 1 : path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);

    private IEnumerable<string> DynamicPaths()
    {
        foreach (var bond in _world.Network.Bonds)
            yield return BondFolder + bond.Name;
        foreach (var link in IpLink.All(_world.Network))
        {
            foreach (var file in new[] { "mtu", "ifindex" })
                yield return NetFolder + link.Name + "/" + file;
            if (link.Master is not null)
                yield return NetFolder + link.Name + "/master/ifindex";
            foreach (var file in link.Bond is null ? [] : BondSysfs.Files)
                yield return $"{NetFolder}{link.Name}/bonding/{file}";
            foreach (var file in link.Kind == "bridge" ? new[] { "vlan_filtering", "stp_state" } : [])
                yield return $"{NetFolder}{link.Name}/bridge/{file}";
        }
    }

    private bool IsDeviceFolder(string path)
    {
        if (!path.StartsWith(NetFolder, StringComparison.Ordinal))
            return false;
        var parts = path.Substring(NetFolder.Length).Split('/');
        if (!IpLink.All(_world.Network).Exists(l => l.Name == parts[0]))
            return false;
        return parts.Length == 1 || MasterOf(path) is not null || (parts.Length == 2 && (parts[1] == "statistics"
            || (parts[1] == "bonding" && _world.Network.Bond(parts[0]) is not null)
            || (parts[1] == "bridge" && _world.Network.Bridge(parts[0]) is not null)
            || (parts[1] == "bonding_slave" && _world.Network.Nic(parts[0])?.Bond is not null)));
    }

    private string? Dynamic(string path)
    {
        if (path.StartsWith(BondFolder, StringComparison.Ordinal))
            return _world.Network.Bond(path.Substring(BondFolder.Length)) is { } bond ? BondProcText.Render(bond, _driverVersion) : null;
        if (path == "/proc/net/vlan/config" && _world.Network.Vlans.Count > 0)
            return "VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\n" + string.Concat(_world.Network.Vlans.Select(v => $"{v.Name,-15}| {v.Id,-4} | {v.Device}\n"));
        if (path == "/proc/uptime")
            return _world.Uptime.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture) + " 0.00\n";
        if (path == NetFolder + "bonding_masters")
            return string.Join(" ", _world.Network.Bonds.Select(b => b.Name)) + "\n";
        if (!path.StartsWith(NetFolder, StringComparison.Ordinal))
            return null;
        var parts = path.Substring(NetFolder.Length).Split('/');
        if (IpLink.All(_world.Network).Find(l => l.Name == parts[0]) is not { } link)
            return null;
        var value = parts.Length switch
        {
            2 => Attribute(link, parts[1]),
            3 when parts[1] == "statistics" => Statistic(link.Counters, parts[2]),
            3 when parts[1] == "master" && parts[2] == "ifindex" && link.Master is not null =>
                Number(IpLink.All(_world.Network).Find(l => l.Name == link.Master)!.Index),
            3 when parts[1] == "bridge" && _world.Network.Bridge(parts[0]) is { } bridge => parts[2] switch
            {
                "vlan_filtering" => bridge.FiltersVlans ? "1" : "0",
                "stp_state" => bridge.Stp ? "1" : "0",
                _ => null,
            },
            3 when parts[1] == "bonding" && _world.Network.Bond(parts[0]) is { } master => BondSysfs.Read(master, parts[2]),
            3 when parts[1] == "bonding_slave" && _world.Network.Nic(parts[0]) is { Bond: { } of } nic => SlaveAttribute(of.Find(nic)!, parts[2]),
            _ => null,
        };
        // An option without a value is an empty file.
        return string.IsNullOrEmpty(value) ? value : value + "\n";
    }

    private static string? Attribute(LinkView link, string name) => name switch
    {
        "operstate" => link.State == "UNKNOWN" ? "unknown" : link.State.ToLowerInvariant(),
        "address" => link.Address,
        "mtu" => Number(link.Mtu),
        "ifindex" => Number(link.Index),
        "carrier" when link.AdminUp => link.LowerUp ? "1" : "0",
        "speed" => link.SpeedMbps is { } speed ? Number(link.LowerUp ? speed : -1) : null,
        "duplex" when link.SpeedMbps is not null => !link.LowerUp ? "unknown" : link.FullDuplex ? "full" : "half",
        "type" => link.Name == "lo" ? "772" : "1",
        _ => null,
    };

    private static string? Statistic(Counters counters, string name) => name switch
    {
        "rx_bytes" => Number(counters.RxBytes),
        "rx_packets" => Number(counters.RxPackets),
        "rx_errors" or "tx_errors" => "0",
        "rx_dropped" => Number(counters.RxDropped),
        "multicast" => Number(counters.RxMulticast),
        "tx_bytes" => Number(counters.TxBytes),
        "tx_packets" => Number(counters.TxPackets),
        "tx_dropped" => Number(counters.TxDropped),
        _ => null,
    };

    private static string? SlaveAttribute(BondMember slave, string name) => name switch
    {
        "mii_status" => slave.Link == MiiStatus.Up ? "up" : "down",
        "perm_hwaddr" => slave.Nic.PermanentAddress.ToString(),
        "link_failure_count" => Number(slave.Failures),
        "queue_id" => "0",
        "state" => slave.Lacp?.Forwarding ?? slave.IsUp ? "active" : "backup",
        "ad_aggregator_id" => slave.Lacp is { } port ? Number((port.Aggregator ?? port.Own).Id) : "N/A",
        "ad_actor_oper_port_state" => slave.Lacp is { } port ? Number((int)port.State) : "N/A",
        "ad_partner_oper_port_state" => slave.Lacp is { } port ? Number((int)port.Partner.State) : "N/A",
        _ => null,
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
