using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>What the shell does itself. What it cannot do it refuses; it never takes an order and forgets it.</summary>
internal static class ShellBuiltins
{
    // What dash has built in, of the commands there are: command -v gives these without a path.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        ":", "[", "cd", "command", "echo", "eval", "exec", "exit", "export", "false", "kill", "printf", "return", "set", "test", "trap", "true",
        "umask", "unset", "wait",
    };

    public static void Register(CommandTable table)
    {
        table.Add("true", _ => 0);
        table.Add(":", _ => 0);
        table.Add("false", _ => 1);
        table.Add("test", c => ShellTest.Test(c, c.Arguments));
        table.Add("[", ShellTest.Bracket);
        table.Add("exit", c => Leave(c, c.Shell.Exit));
        table.Add("return", c => Leave(c, c.Shell.Return));
        // Files here have no modes, so no mask can show.
        table.Add("umask", _ => 0);
        table.Add("set", Set);
        table.Add("trap", _ => throw new ShellFatalException("trap: the emulated shell has no traps"));
        table.Add("export", Export);
        table.Add("unset", Unset);
        table.Add("cd", Cd);
        table.Add("kill", Kill);
        table.AddWaiting("command", Command);
        table.AddWaiting("wait", Wait);
        table.AddWaiting("eval", c => c.Shell.EvaluateAsync(string.Join(" ", c.Arguments), c.Streams));
        table.AddWaiting("exec", ExecAsync);
    }

    /// <summary>Applies an option such as <c>-e</c>, <c>+u</c> or <c>-eu</c> to a shell.</summary>
    public static void SetOptions(Shell shell, string option)
    {
        var on = option[0] == '-';
        foreach (var letter in option.Substring(1))
        {
            switch (letter)
            {
                case 'e':
                    shell.ExitsOnError = on;
                    break;
                case 'u':
                    shell.RefusesUnset = on;
                    break;
                default:
                    throw new ShellFatalException($"set: the emulated shell has no option {option[0]}{letter}");
            }
        }
    }

    private static int Set(CommandContext c)
    {
        foreach (var argument in c.Arguments)
        {
            if (argument.Length < 2 || argument[0] is not ('-' or '+') || argument == "--")
                throw new ShellFatalException("set: the emulated shell sets options only");
            SetOptions(c.Shell, argument);
        }
        return 0;
    }

    private static int Leave(CommandContext c, Action<int> leave)
    {
        var status = c.Shell.LastStatus;
        if (c.Arguments.Count > 0 && !int.TryParse(c.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out status))
            throw new ShellFatalException($"{c.Name}: Illegal number: {c.Arguments[0]}");
        status &= 0xff;
        leave(status);
        return status;
    }

    private static int Export(CommandContext c)
    {
        foreach (var argument in c.Arguments)
        {
            var equals = argument.IndexOf('=');
            c.Shell.Export(equals > 0 ? argument.Substring(0, equals) : argument, equals > 0 ? argument.Substring(equals + 1) : null);
        }
        return 0;
    }

    private static int Unset(CommandContext c)
    {
        foreach (var name in c.Arguments)
            c.Shell.Variables.Remove(name);
        return 0;
    }

    private static int Cd(CommandContext c)
    {
        var folder = c.Arguments.Count == 0 ? "/root" : c.Arguments[0];
        if (!c.Files.IsFolder(folder))
            return c.Fail($"can't cd to {folder}", 2);
        return HostFiles.Normalize(folder) == "/root" ? 0 : c.Fail("the emulated host works in /root only: give full paths", 2);
    }

    private static Task<int> Command(CommandContext c)
    {
        if (!c.Arguments.Remove("-v"))
            return c.Arguments.Count == 0 ? Task.FromResult(0) : c.Shell.ExecuteAsync(c.Arguments, c.Streams);
        if (c.Arguments.Count == 0 || c.Host.Commands.Find(c.Arguments[0]) is null)
            return Task.FromResult(127);
        var name = c.Arguments[0];
        c.Output.Append(Names.Contains(name) || name.IndexOf('/') >= 0 ? name : "/usr/bin/" + name).Append('\n');
        return Task.FromResult(0);
    }

    private static Task<int> Wait(CommandContext c)
    {
        if (c.Arguments.Count == 0)
            return c.Shell.WaitForJobsAsync(null, c.Streams);
        return int.TryParse(c.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? c.Shell.WaitForJobsAsync(id, c.Streams) : Task.FromResult(c.Fail($"Illegal number: {c.Arguments[0]}", 2));
    }

    // The shell becomes the command: nothing that follows in it is run.
    private static async Task<int> ExecAsync(CommandContext c)
    {
        if (c.Arguments.Count == 0)
            return 0;
        var status = await c.Shell.ExecuteAsync(c.Arguments, c.Streams).ConfigureAwait(false);
        c.Shell.Exit(status);
        return status;
    }

    private static int Kill(CommandContext c)
    {
        var probe = c.Arguments.Remove("-0");
        c.Arguments.RemoveAll(a => a is "-9" or "-15" or "-KILL" or "-TERM" or "--");
        foreach (var argument in c.Arguments)
        {
            if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !c.Host.SignalJob(id, !probe))
                return c.Fail($"({argument}) - No such process");
        }
        return 0;
    }
}
