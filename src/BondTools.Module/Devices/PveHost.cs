using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>A Proxmox VE host (or another Linux host with bonding) behind a connection: what is read from it and done on it.</summary>
internal sealed class PveHost
{
    /// <summary>Prints the counters of all interfaces. An iproute2 without JSON refuses -j; its plain text is read as well.</summary>
    public const string LinkCounterCommand = "ip -s -d -j link show 2>/dev/null || ip -s -d link show";

    private readonly IDeviceConnection _connection;

    public PveHost(IDeviceConnection connection, string computerName)
    {
        _connection = connection;
        ComputerName = computerName;
    }

    public string ComputerName { get; }

    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="BondToolsException">CommandFailed, with the command, its exit status and what it printed.</exception>
    public async Task<string> RunAsync(string command, CancellationToken cancellationToken, byte[]? input = null)
    {
        var result = await _connection.ExecuteAsync(command, input, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus == 0 ? result.Output : throw new CommandFailedException(command, result);
    }

    /// <summary>Runs a command whose exit status is part of the answer.</summary>
    public Task<CommandResult> TryRunAsync(string command, CancellationToken cancellationToken, byte[]? input = null) =>
        _connection.ExecuteAsync(command, input, cancellationToken);

    /// <summary>Reads the bonds named, or all of them, in one round trip.</summary>
    /// <exception cref="BondToolsException">NotFound when a named bond is not there.</exception>
    public async Task<IReadOnlyList<BondStatus>> GetBondStatusAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        return ParseBonds(await RunAsync(BondStatusCommand(names), cancellationToken).ConfigureAwait(false), names);
    }

    /// <summary>The command that prints the bonds named, or all of them.</summary>
    public static string BondStatusCommand(IReadOnlyList<string> names)
    {
        // Each file goes out behind the line a person would have typed: that is where the parser learns the bond's name.
        var files = names.Count == 0 ? HostPaths.Bonding + "/*" : string.Join(" ", names.Select(n => ShellWord.Quote($"{HostPaths.Bonding}/{n}")));
        return $"for f in {files}; do if [ -e \"$f\" ]; then echo \"# cat $f\"; cat \"$f\"; fi; done";
    }

    /// <summary>Reads what that command printed: the bond named, or the only one.</summary>
    /// <exception cref="BondToolsException">NotFound where there is no such bond, or not just one.</exception>
    public BondStatus OnlyBond(string text, string? name)
    {
        var bonds = ParseBonds(text, name is null ? [] : [name]);
        return bonds.Count == 1
            ? bonds[0]
            : throw new BondToolsException(
                BondToolsErrorKind.NotFound,
                bonds.Count == 0 ? $"{ComputerName} has no bond." : $"{ComputerName} has {bonds.Count} bonds: {string.Join(", ", bonds.Select(b => b.Name))}.")
            {
                RecommendedAction = bonds.Count == 0 ? "Create one with New-PveBond and Publish-PveNetworkChange." : "Say which one with -Bond.",
            };
    }

    /// <summary>Reads the interfaces as the kernel has them, with every option of every bond, in one round trip.</summary>
    public async Task<KernelNetwork> GetKernelNetworkAsync(CancellationToken cancellationToken) =>
        KernelNetworkParser.Parse(await RunAsync(KernelNetworkParser.Command, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the counters of all interfaces.</summary>
    public async Task<IReadOnlyList<LinkCounter>> GetLinkCountersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var text = await RunAsync(LinkCounterCommand, cancellationToken).ConfigureAwait(false);
        var counters = LinkCounterParser.Parse(text, ComputerName, DateTimeOffset.Now);
        RequireAll(names, counters.Select(c => c.Interface), "interface");
        return names.Count == 0 ? counters : [.. counters.Where(c => names.Contains(c.Interface))];
    }

    /// <summary>Reads the configured interfaces: the staged file where there is one and it is asked for, else the present one.</summary>
    public async Task<InterfacesFile> GetInterfacesAsync(bool pending, CancellationToken cancellationToken)
    {
        var command = pending
            ? $"cat {HostPaths.PendingInterfaces} 2>/dev/null || cat {HostPaths.Interfaces}"
            : $"cat {HostPaths.Interfaces}";
        return InterfacesFile.Parse(await RunAsync(command, cancellationToken).ConfigureAwait(false), ComputerName);
    }

    /// <summary>Refuses a name for a new interface that a file has which the interfaces file sources: ifupdown2 would join the two.</summary>
    /// <exception cref="BondToolsException">AlreadyExists, with the path.</exception>
    public async Task RefuseSourcedAsync(InterfacesFile file, string name, CancellationToken cancellationToken)
    {
        var names = SourcedInterfaces.NamesIn(file);
        if (names.Length == 0)
            return;
        var printed = await RunAsync(SourcedInterfaces.PrintCommand, cancellationToken, ByteText.Encode(names)).ConfigureAwait(false);
        if (SourcedInterfaces.FileWith(printed, name) is { } path)
        {
            throw new BondToolsException(BondToolsErrorKind.AlreadyExists, $"{name} is in {path} already, which {HostPaths.Interfaces} of {ComputerName} sources.")
            {
                RecommendedAction = "Take it out of that file first, or use another name.",
            };
        }
    }

    /// <summary>Reads the network interfaces of the containers with these ids, or of all containers.</summary>
    public async Task<IReadOnlyList<ContainerNetwork>> GetContainerNetworksAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            ids = ReadContainerIds(await RunAsync("pct list", cancellationToken).ConfigureAwait(false));

        var networks = new List<ContainerNetwork>();
        foreach (var id in ids)
        {
            var config = await RunAsync(string.Format(CultureInfo.InvariantCulture, "pct config {0}", id), cancellationToken).ConfigureAwait(false);
            networks.AddRange(ContainerConfig.Parse(config, id, ComputerName));
        }

        return networks;
    }

    /// <summary>Checks that everything asked for by name was found.</summary>
    public void RequireAll(IReadOnlyList<string> wanted, IEnumerable<string?> found, string what)
    {
        var missing = wanted.Except(found).ToList();
        if (missing.Count > 0)
        {
            throw new BondToolsException(BondToolsErrorKind.NotFound, $"{ComputerName} has no {what} '{string.Join("', '", missing)}'.")
            {
                RecommendedAction = $"List what is there by leaving the name out.",
            };
        }
    }

    private IReadOnlyList<BondStatus> ParseBonds(string text, IReadOnlyList<string> names)
    {
        var bonds = string.IsNullOrWhiteSpace(text) ? [] : BondStatusParser.Parse(text, computerName: ComputerName);
        RequireAll(names, bonds.Select(b => b.Name), "bond");
        return bonds;
    }

    private static List<int> ReadContainerIds(string pctList)
    {
        // A heading, then a container a line, its id first.
        var ids = new List<int>();
        var lines = pctList.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
                continue;
            var first = line.Split(' ')[0];
            ids.Add(int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw new UnexpectedOutputException("the output of 'pct list'", line, i + 1, "it does not begin with a container's id."));
        }

        return ids;
    }
}
