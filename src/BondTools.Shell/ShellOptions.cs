using System;

namespace BondTools.Shell;

/// <summary>What the shell was asked to do.</summary>
internal enum ShellTask
{
    /// <summary>Read lines from the terminal or from standard input.</summary>
    Interactive,
    /// <summary>Run a script file.</summary>
    File,
    /// <summary>Run the text of the command line.</summary>
    Command,
    /// <summary>Print the usage.</summary>
    Help,
    /// <summary>Print the version.</summary>
    Version,
}

/// <summary>The command line, understood.</summary>
internal sealed record ShellOptions
{
    public const string Usage = """
        bondtools: a small PowerShell host that imports BondTools, for machines without pwsh.

        bondtools [-NoLogo] [-NoModule] [-File <path> [<argument>...] | -Command <text>...]
        bondtools -Help | -Version

          -File <path>     Runs a script with the arguments behind it. Must come last.
          -Command <text>  Runs the rest of the command line as a script. Must come last.
          -NoLogo          Prints no banner.
          -NoModule        Does not import BondTools.
          -Help, -Version  Prints this text, or the version.

        Without -File and -Command it reads lines: from the terminal, or from standard input.
        The exit code is that of the script's exit statement, 1 after an error that ended it, and else 0.

        The PowerShell engine comes as a library, without pwsh's own modules. For the commands that scripts need most
        (Write-Host, Format-Table, Format-List, Select-Object, Sort-Object, Get-Content, ConvertTo-Json, ...) the shell
        brings simple stand-ins with the main parameters; pwsh has the full ones, and BondTools works there unchanged.

        """;

    public ShellTask Task { get; private init; }

    /// <summary>The script's path, or the command's text.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The script's arguments.</summary>
    public string[] Arguments { get; private init; } = [];

    public bool NoLogo { get; private init; }

    public bool NoModule { get; private init; }

    /// <summary>Reads the command line; option names may be shortened as in pwsh, and written with one or two dashes.</summary>
    /// <exception cref="FormatException">An option is unknown or lacks its value.</exception>
    public static ShellOptions Parse(string[] args)
    {
        var options = new ShellOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var rest = args[(i + 1)..];
            if (!args[i].StartsWith('-'))
                return options with { Task = ShellTask.File, Text = args[i], Arguments = rest };
            switch (args[i].TrimStart('-').ToUpperInvariant())
            {
                case "FILE" or "F":
                    return rest.Length > 0
                        ? options with { Task = ShellTask.File, Text = rest[0], Arguments = rest[1..] }
                        : throw new FormatException("-File needs a path.");
                case "COMMAND" or "C":
                    return rest.Length > 0
                        ? options with { Task = ShellTask.Command, Text = string.Join(' ', rest) }
                        : throw new FormatException("-Command needs a text.");
                case "NOLOGO":
                    options = options with { NoLogo = true };
                    break;
                case "NOMODULE":
                    options = options with { NoModule = true };
                    break;
                case "HELP" or "H" or "?":
                    return options with { Task = ShellTask.Help };
                case "VERSION" or "V":
                    return options with { Task = ShellTask.Version };
                default:
                    throw new FormatException($"'{args[i]}' is no option.");
            }
        }
        return options;
    }
}
