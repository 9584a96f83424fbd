using System;
using System.Globalization;
using System.Net.Sockets;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace BondTools.Module.Ssh;

/// <summary>Says what the SSH library's exceptions mean.</summary>
internal static class SshErrors
{
    /// <summary>An error of connecting or logging in.</summary>
    public static BondToolsException FromConnect(SshSettings settings, Exception error) => error switch
    {
        BondToolsException known => known,
        SshAuthenticationException => new BondToolsException(
            BondToolsErrorKind.AuthenticationFailed,
            $"{settings.Host} refused the login of {settings.UserName}: {error.Message}",
            error)
        {
            RecommendedAction = "Check the user name and the password or key, and which ways to log in the device allows.",
        },
        SshOperationTimeoutException => TimedOut(settings, error),
        SocketException { SocketErrorCode: SocketError.TimedOut } => TimedOut(settings, error),
        _ => new BondToolsException(
            BondToolsErrorKind.ConnectFailed,
            string.Format(CultureInfo.InvariantCulture, "{0} cannot be reached on port {1}: {2}", settings.Host, settings.Port, error.Message),
            error)
        {
            RecommendedAction = error is SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed }
                ? "The device may know old algorithms only; -LegacyAlgorithms offers them."
                : "Check the name, the port, and that the device's SSH server runs.",
        },
    };

    /// <summary>The deadline of connecting passed.</summary>
    public static BondToolsException TimedOut(SshSettings settings, Exception? cause = null) =>
        new(
            BondToolsErrorKind.Timeout,
            string.Format(CultureInfo.InvariantCulture, "{0} did not answer on port {1} within {2:0.#} s.", settings.Host, settings.Port, settings.ConnectTimeout.TotalSeconds),
            cause)
        {
            RecommendedAction = "Check that the device is up and that no firewall drops the connection; allow more time with -TimeoutSec.",
        };

    /// <summary>An error while a command ran.</summary>
    /// <param name="settings">The connection.</param>
    /// <param name="error">What the library said.</param>
    /// <param name="command">The command.</param>
    /// <param name="output">What it had printed.</param>
    public static BondToolsException FromCommand(SshSettings settings, Exception error, string command, string? output) => error switch
    {
        SshOperationTimeoutException => new BondToolsException(BondToolsErrorKind.Timeout, $"{settings.Host} did not open a channel in time.", error)
        {
            Command = command,
            RecommendedAction = "Connect again; the connection may be dead.",
        },
        SshException and not SshConnectionException => new BondToolsException(BondToolsErrorKind.CommandFailed, $"{settings.Host} did not run a command: {error.Message}", error)
        {
            Command = command,
            Output = output,
            RecommendedAction = "See how many sessions the device allows on one connection (MaxSessions of sshd).",
        },
        _ => new BondToolsException(BondToolsErrorKind.ConnectionLost, $"The connection to {settings.Host} was lost: {error.Message}", error)
        {
            Command = command,
            Output = output,
            RecommendedAction = "Connect again, and look at what the command had done until then.",
        },
    };
}
