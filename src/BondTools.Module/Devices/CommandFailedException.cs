using System.Globalization;

namespace BondTools.Module.Devices;

/// <summary>A host command ended with an exit status other than zero.</summary>
internal sealed class CommandFailedException : BondToolsException
{
    public CommandFailedException(string command, CommandResult result)
        : base(BondToolsErrorKind.CommandFailed, Describe(result))
    {
        (Command, Output, ExitStatus) = (command, result.Output + result.Error, result.ExitStatus);
    }

    /// <summary>The exit status; -1 when the host sent none.</summary>
    public int ExitStatus { get; }

    private static string Describe(CommandResult result)
    {
        var said = result.Error.Trim();
        return string.Format(CultureInfo.InvariantCulture, "The host ended a command with exit status {0}{1}", result.ExitStatus, said.Length == 0 ? "." : ": " + said);
    }
}
