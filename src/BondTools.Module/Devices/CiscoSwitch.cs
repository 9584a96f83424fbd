using System;
using System.Security;

namespace BondTools.Module.Devices;

/// <summary>A Cisco switch behind a connection.</summary>
internal sealed class CiscoSwitch(IDeviceConnection connection, string computerName, SecureString? enablePassword = null) : IDisposable
{
    /// <summary>The connection to it.</summary>
    public IDeviceConnection Connection { get; } = connection;

    /// <summary>Its name, as it was given.</summary>
    public string ComputerName { get; } = computerName;

    /// <summary>The enable secret; null when there is none.</summary>
    public SecureString? EnablePassword { get; } = enablePassword;

    /// <summary>The deadline of each command.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Closes the terminal; the connection stays with its owner.</summary>
    public void Dispose()
    {
    }
}
