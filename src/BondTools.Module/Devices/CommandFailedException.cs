using System.Globalization;

namespace BondTools.Module.Devices;

/// <summary>A host command ended with an exit status other than zero.</summary>
internal sealed class CommandFailedException : BondToolsException
{
    public CommandFailedException(string command, CommandResult result)
        : base(BondToolsErrorKind.CommandFailed, Describe(command, result))
    {
        (Command, Output, ExitStatus) = (command, result.Output + result.Error, result.ExitStatus);
    }

    /// <summary>The exit status; -1 when the host sent none.</summary>
    public int ExitStatus { get; }

    private static string Describe(string command, CommandResult result)
    {
        // The product's own scripts are long; their first words tell which it was.
        const int shown = 60;
        var name = command.Length > shown ? command.Substring(0, shown) + "…" : command;
        var said = result.Error.Trim();
        return string.Format(CultureInfo.InvariantCulture, "'{0}' ended with exit status {1}{2}", name, result.ExitStatus, said.Length == 0 ? "." : ": " + said);
    }
}
