using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab;

/// <summary>A device of the embedded lab, seen the way an SSH server shows one: commands and a terminal.</summary>
public interface IEmulatedDevice
{
    /// <summary>The device's host name.</summary>
    string Name { get; }

    /// <summary>Runs one command line, as an SSH exec channel would.</summary>
    /// <param name="command">The line.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends a command that waits.</param>
    /// <param name="show">Is given what a command prints while it runs, where it does that; the result holds the rest.</param>
    Task<EmulatedResult> ExecuteAsync(string command, byte[] input, CancellationToken cancellationToken, Action<string>? show = null);

    /// <summary>Opens an interactive terminal: what is written to the stream is typed, what is read is shown; it reads 0 bytes once the device has closed it.</summary>
    Stream OpenTerminal();
}

/// <summary>What a command on an emulated device left behind.</summary>
/// <param name="ExitStatus">The exit status, 0 to 255.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record EmulatedResult(int ExitStatus, string Output, string Error);
