using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Devices;

/// <summary>
/// A live connection to a device. This is the seam: SSH and the embedded lab both stand behind it, and nothing above
/// it knows which.
/// </summary>
internal interface IDeviceConnection : IDisposable
{
    /// <summary>Whether the connection still stands, as far as is known without asking the device.</summary>
    bool IsConnected { get; }

    /// <summary>Runs one command on a channel of its own.</summary>
    /// <param name="command">A line for the device's shell, every variable part already validated and quoted.</param>
    /// <param name="input">What the command reads from standard input, to its end; null when it reads nothing (its input then has no end).</param>
    /// <param name="cancellationToken">Ends the wait at once; the channel is closed behind it.</param>
    /// <exception cref="BondToolsException">The connection broke, or the output passed its limit.</exception>
    Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken);

    /// <summary>Runs a command and reads what it prints while it runs.</summary>
    /// <param name="command">One simple command for the device's shell, every variable part already validated and quoted; its standard input is empty.</param>
    /// <param name="read">Reads its standard output, on a thread of its own; when it returns, the command is ended.</param>
    /// <param name="stop">Ends the command on the device too; what it printed until then is still read, and nothing is thrown for it.</param>
    /// <returns>How the command ended, without its standard output.</returns>
    /// <exception cref="BondToolsException">The connection broke.</exception>
    Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop);

    /// <summary>Opens an interactive terminal. Its stream reads 0 bytes when the device closes it.</summary>
    Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken);
}

/// <summary>What a command left behind.</summary>
/// <param name="ExitStatus">Its exit status; -1 when the device did not send one.</param>
/// <param name="Output">Standard output, as <see cref="ByteText"/> reads its bytes.</param>
/// <param name="Error">Standard error, likewise.</param>
internal sealed record CommandResult(int ExitStatus, string Output, string Error);
