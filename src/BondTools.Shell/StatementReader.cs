using System;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;

namespace BondTools.Shell;

/// <summary>Reads whole statements: lines are joined until the parser no longer misses an end.</summary>
internal static class StatementReader
{
    /// <summary>Reads the next statement.</summary>
    /// <param name="prompt">Whether someone is there to see a prompt.</param>
    /// <returns>The text, or null at the end of the input.</returns>
    public static string? Read(bool prompt)
    {
        var text = new StringBuilder();
        while (true)
        {
            if (prompt)
                Console.Out.Write(text.Length == 0 ? "bondtools> " : ">> ");
            if (Console.In.ReadLine() is not { } line)
                return text.Length == 0 ? null : text.ToString();
            text.AppendLine(line);
            var statement = text.ToString();
            // An empty line gives an unfinished statement to the parser, whose message says what is missing.
            if (line.Length == 0 || !IsIncomplete(statement))
                return statement.Trim();
        }
    }

    private static bool IsIncomplete(string statement)
    {
        Parser.ParseInput(statement, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
