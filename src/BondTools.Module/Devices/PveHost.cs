namespace BondTools.Module.Devices;

/// <summary>A Proxmox VE host behind a connection.</summary>
internal sealed class PveHost(IDeviceConnection connection, string computerName)
{
    /// <summary>The connection to it.</summary>
    public IDeviceConnection Connection { get; } = connection;

    /// <summary>Its name, as it was given.</summary>
    public string ComputerName { get; } = computerName;
}
