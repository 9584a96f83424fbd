using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Cmdlets;

namespace BondTools.Module.Devices;

/// <summary>A device within reach: its live connection, a way to a fresh one, and for a switch the terminal that stays open.</summary>
internal sealed class DeviceLink : IDisposable
{
    private readonly Func<CancellationToken, Task<IDeviceConnection>> _openFresh;
    private readonly Lazy<CiscoSwitch> _switch;
    private readonly SecureString? _enablePassword;

    /// <summary>Takes ownership of the connection.</summary>
    /// <param name="kind">What is at the other end.</param>
    /// <param name="computerName">Its name, as it was given.</param>
    /// <param name="connection">The live connection.</param>
    /// <param name="openFresh">Opens another connection to the same device as the same user.</param>
    /// <param name="enablePassword">The enable secret of a switch; null when there is none.</param>
    public DeviceLink(
        BondDeviceKind kind,
        string computerName,
        IDeviceConnection connection,
        Func<CancellationToken, Task<IDeviceConnection>> openFresh,
        SecureString? enablePassword = null)
    {
        (Kind, ComputerName, Connection, _openFresh, _enablePassword) = (kind, computerName, connection, openFresh, enablePassword);
        _switch = new Lazy<CiscoSwitch>(() => new CiscoSwitch(connection, computerName, enablePassword));
    }

    /// <summary>What is at the other end.</summary>
    public BondDeviceKind Kind { get; }

    /// <summary>The device's name, as it was given.</summary>
    public string ComputerName { get; }

    /// <summary>The live connection, without any cmdlet's deadline.</summary>
    public IDeviceConnection Connection { get; }

    /// <summary>Opens another connection to the same device as the same user; the caller disposes it.</summary>
    public Task<IDeviceConnection> OpenFreshAsync(CancellationToken cancellationToken) => _openFresh(cancellationToken);

    /// <summary>The host as one cmdlet sees it: each command has the cmdlet's deadline and shows in its debug stream.</summary>
    public PveHost GetHost(IPipelineOutput output, TimeSpan timeout) =>
        new(new CmdletConnection(Connection, ComputerName, output, timeout), ComputerName);

    /// <summary>The switch, whose terminal stays open between commands: each has the deadline of the cmdlet that uses it now, and shows in its debug stream.</summary>
    public CiscoSwitch GetSwitch(IPipelineOutput output, TimeSpan timeout)
    {
        _switch.Value.CommandTimeout = timeout;
        _switch.Value.Trace = line => _ = output.WriteDebugAsync($"{ComputerName}{line}");
        return _switch.Value;
    }

    /// <summary>Opens another connection to the switch, with a terminal of its own; the caller disposes it.</summary>
    public async Task<CiscoSwitch> OpenFreshSwitchAsync(IPipelineOutput output, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(await _openFresh(cancellationToken).ConfigureAwait(false), ComputerName, _enablePassword)
        {
            OwnsConnection = true,
            CommandTimeout = timeout,
            Trace = line => _ = output.WriteDebugAsync($"{ComputerName}{line}"),
        };

    /// <summary>Closes the terminal and the connection.</summary>
    public void Dispose()
    {
        if (_switch.IsValueCreated)
            _switch.Value.Dispose();
        Connection.Dispose();
    }
}
