using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>What the shell itself does, and commands that run others: test, exit, sh, command, flock, timeout, nohup, setsid.</summary>
internal static class ShellCommands
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);

    public static void Register(CommandTable table)
    {
        table.Add("true", _ => 0);
        table.Add(":", _ => 0);
        table.Add("false", _ => 1);
        table.Add("test", c => Test(c, c.Arguments));
        table.Add("[", Bracket);
        table.Add("exit", Exit);
        table.Add("umask", _ => 0);
        table.Add("set", _ => 0);
        table.Add("trap", _ => 0);
        table.Add("export", Export);
        table.Add("unset", c => c.Arguments.Count(a => c.Shell.Variables.Remove(a)) * 0);
        table.Add("cd", c => c.Arguments.Count == 0 || c.Files.IsFolder(c.Arguments[0]) ? 0 : c.Fail($"can't cd to {c.Arguments[0]}", 2));
        table.Add("command", CommandV);
        table.Add("kill", Kill);
        foreach (var name in new[] { "sh", "bash", "dash" })
            table.AddWaiting(name, RunScript);
        table.AddWaiting("eval", c => c.Shell.RunAsync(string.Join(" ", c.Arguments), c.Streams));
        foreach (var name in new[] { "nohup", "setsid", "exec", "env", "sudo", "nice" })
            table.AddWaiting(name, RunRest);
        table.AddWaiting("timeout", Timeout);
        table.AddWaiting("flock", Lock);
        table.AddWaiting("sleep", SleepAsync);
    }

    private static Task<int> RunScript(CommandContext c)
    {
        var at = c.Arguments.FindIndex(a => a.Length > 1 && a[0] == '-' && a[a.Length - 1] == 'c');
        if (at >= 0 && at + 1 < c.Arguments.Count)
        {
            var rest = c.Arguments.Skip(at + 2).ToList();
            return c.Shell.Child(rest.Count > 0 ? rest[0] : c.Name, rest).RunAsync(c.Arguments[at + 1], c.Streams);
        }
        var file = c.Arguments.Find(a => a[0] != '-');
        string? script;
        lock (c.Host.World.Gate)
            script = file is null ? c.Streams.Input : c.Files.Read(file);
        if (script is null)
            return Task.FromResult(c.Fail($"0: cannot open {file}: No such file", 2));
        var streams = file is null ? new ShellStreams("", c.Output, c.Streams.Error) : c.Streams;
        return c.Shell.Child(c.Name, c.Arguments).RunAsync(script, streams);
    }

    private static Task<int> RunRest(CommandContext c)
    {
        while (c.Arguments.Count > 0 && c.Arguments[0].Length > 0 && c.Arguments[0][0] == '-')
            c.Arguments.RemoveAt(0);
        while (c.Name == "env" && c.Arguments.Count > 0 && c.Arguments[0].IndexOf('=') is var equals and > 0)
        {
            c.Shell.Variables[c.Arguments[0].Substring(0, equals)] = c.Arguments[0].Substring(equals + 1);
            c.Arguments.RemoveAt(0);
        }
        return c.Arguments.Count == 0 ? Task.FromResult(0) : c.Shell.ExecuteAsync(c.Arguments, c.Streams);
    }

    private static Task<int> Timeout(CommandContext c)
    {
        _ = c.TakeOption("-k");
        _ = c.TakeOption("-s");
        return c.Arguments.Count < 2 ? Task.FromResult(c.Fail("missing operand", 125))
            : c.Shell.ExecuteAsync(c.Arguments.Skip(1).ToList(), c.Streams);
    }

    private static async Task<int> SleepAsync(CommandContext c)
    {
        var total = TimeSpan.Zero;
        foreach (var argument in c.Arguments)
        {
            if (ParseDuration(argument) is not { } duration)
                return c.Fail($"invalid time interval '{argument}'");
            total += duration;
        }
        await c.Host.World.Clock.Delay(total, c.Cancellation).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Reads <c>5</c>, <c>0.5</c>, <c>90s</c>, <c>2m</c>, <c>1min</c>; null when it is none.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        var digits = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        var unit = text.Substring(digits.Length);
        var scale = unit switch { "" or "s" or "sec" => 1.0, "m" or "min" => 60, "h" => 3600, "ms" => 0.001, _ => 0 };
        return scale > 0 && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 1e6
            ? TimeSpan.FromSeconds(value * scale) : null;
    }

    private static async Task<int> Lock(CommandContext c)
    {
        var wait = c.TakeOption("-w") ?? c.TakeOption("--timeout");
        bool now = c.TakeFlag('n'), unlock = c.TakeFlag('u');
        var conflict = int.Parse(c.TakeOption("-E") ?? "1", CultureInfo.InvariantCulture);
        while (c.TakeFlag('x') || c.TakeFlag('e') || c.TakeFlag('s') || c.TakeFlag('o'))
            continue;
        if (c.Arguments.Count == 0)
            return c.Fail("not enough arguments", 64);
        var path = c.Arguments[0];
        var byDescriptor = c.Arguments.Count == 1 && int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (byDescriptor && !c.Streams.Descriptors.TryGetValue(path[0] - '0', out path))
            return c.Fail($"{c.Arguments[0]}: Bad file descriptor", 65);
        var held = new List<string> { path };
        if (unlock)
        {
            c.Host.ReleaseLocks(held);
            return 0;
        }

        var deadline = c.Host.World.Clock.Now + (wait is null ? TimeSpan.FromMinutes(10) : ParseDuration(wait) ?? TimeSpan.Zero);
        while (!c.Host.TryLock(path))
        {
            if (now || c.Host.World.Clock.Now >= deadline)
                return conflict;
            // why: another session may hold it; the deadline above and the caller's token bound the wait.
            await c.Host.World.Clock.Delay(LockPoll, c.Cancellation).ConfigureAwait(false);
        }
        if (byDescriptor)
        {
            c.Shell.Hold(path);
            return 0;
        }
        try
        {
            lock (c.Host.World.Gate)
                if (c.Files.Read(path) is null && c.Files.CanWrite(path))
                    c.Files.Write(path, "");
            var command = c.Arguments.Skip(1).ToList();
            return command.Count == 2 && command[0] == "-c"
                ? await c.Shell.Child("sh").RunAsync(command[1], c.Streams).ConfigureAwait(false)
                : await c.Shell.ExecuteAsync(command, c.Streams).ConfigureAwait(false);
        }
        finally
        {
            c.Host.ReleaseLocks(held);
        }
    }

    private static int Bracket(CommandContext c)
    {
        if (c.Arguments.Count == 0 || c.Arguments[c.Arguments.Count - 1] != "]")
            return c.Fail("missing ]", 2);
        return Test(c, c.Arguments.Take(c.Arguments.Count - 1).ToList());
    }

    private static int Test(CommandContext c, List<string> a)
    {
        var negate = a.Count > 0 && a[0] == "!";
        if (negate)
            a = a.Skip(1).ToList();
        bool? result = a.Count switch
        {
            0 => false,
            1 => a[0].Length > 0,
            2 => a[0] switch
            {
                "-e" => c.Files.Exists(a[1]),
                "-f" or "-r" or "-w" => c.Files.Read(a[1]) is not null,
                "-s" => c.Files.Read(a[1]) is { Length: > 0 },
                "-d" => c.Files.IsFolder(a[1]),
                "-x" => c.Host.Commands.Find(a[1]) is not null,
                "-n" => a[1].Length > 0,
                "-z" => a[1].Length == 0,
                _ => null,
            },
            3 => Compare(a[0], a[1], a[2]),
            _ => null,
        };
        return result is { } value ? (value != negate ? 0 : 1) : c.Fail("unexpected operator", 2);
    }

    private static bool? Compare(string left, string op, string right)
    {
        if (op is "=" or "==")
            return left == right;
        if (op == "!=")
            return left != right;
        if (!long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a)
            || !long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b))
            return null;
        return op switch { "-eq" => a == b, "-ne" => a != b, "-lt" => a < b, "-le" => a <= b, "-gt" => a > b, "-ge" => a >= b, _ => null };
    }

    private static int Exit(CommandContext c)
    {
        var status = c.Arguments.Count > 0 && int.TryParse(c.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        c.Shell.Exit(status);
        return status;
    }

    private static int Export(CommandContext c)
    {
        foreach (var argument in c.Arguments.Where(a => a.IndexOf('=') > 0))
            c.Shell.Variables[argument.Substring(0, argument.IndexOf('='))] = argument.Substring(argument.IndexOf('=') + 1);
        return 0;
    }

    private static int CommandV(CommandContext c)
    {
        c.Arguments.Remove("-v");
        if (c.Arguments.Count == 0 || c.Host.Commands.Find(c.Arguments[0]) is null)
            return 127;
        c.Output.Append(c.Arguments[0].IndexOf('/') >= 0 ? c.Arguments[0] : "/usr/bin/" + c.Arguments[0]).Append('\n');
        return 0;
    }

    private static int Kill(CommandContext c)
    {
        var probe = c.Arguments.Remove("-0");
        c.Arguments.RemoveAll(a => a.Length > 0 && a[0] == '-');
        foreach (var argument in c.Arguments)
        {
            if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !c.Host.SignalJob(id, !probe))
                return c.Fail($"({argument}) - No such process");
        }
        return 0;
    }
}
