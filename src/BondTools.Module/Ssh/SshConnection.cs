using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Ssh;

/// <summary>Opens connections over SSH.</summary>
internal static class SshConnection
{
    /// <summary>Connects and logs in.</summary>
    /// <exception cref="BondToolsException">ConnectFailed, AuthenticationFailed, Timeout, or one of the host-key errors.</exception>
    public static Task<IDeviceConnection> ConnectAsync(SshSettings settings, CancellationToken cancellationToken) =>
        Task.FromException<IDeviceConnection>(new BondToolsException(
            BondToolsErrorKind.ConnectFailed,
            $"{settings.Host} cannot be reached: this build has no SSH layer yet."));
}
