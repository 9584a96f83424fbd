using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>Commands that run others or wait: sh, env, nohup, setsid, timeout, flock, sleep.</summary>
internal static class RunnerCommands
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);
    // Nobody waits longer for a lock in a lab; without a bound a forgotten one would hold a test for ever.
    private static readonly TimeSpan LongestLockWait = TimeSpan.FromMinutes(10);

    public static void Register(CommandTable table)
    {
        foreach (var name in new[] { "sh", "bash", "dash" })
            table.AddWaiting(name, RunScript);
        table.AddWaiting("env", Env);
        // Jobs here outlive their session as they are.
        table.AddWaiting("nohup", RunRest);
        table.AddWaiting("setsid", DetachAsync);
        table.AddWaiting("timeout", TimeoutAsync);
        table.AddWaiting("flock", LockAsync);
        table.AddWaiting("sleep", SleepAsync);
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

    private static Task<int> RunScript(CommandContext c)
    {
        var isCommand = false;
        var options = new List<string>();
        while (c.Arguments.Count > 0 && c.Arguments[0].Length > 1 && c.Arguments[0][0] is '-' or '+')
        {
            var option = c.Arguments[0];
            c.Arguments.RemoveAt(0);
            if (option == "--")
                break;
            isCommand |= option[0] == '-' && option.IndexOf('c') > 0;
            // A login shell would read profiles, of which this host has none.
            var rest = option.Substring(1).Replace("c", "").Replace("l", "").Replace("s", "");
            if (rest.Length > 0)
                options.Add(option[0] + rest);
        }

        string? script;
        lock (c.Host.World.Gate)
            script = isCommand ? c.Arguments.FirstOrDefault() : c.Arguments.Count == 0 ? c.Streams.Input : c.Files.Read(c.Arguments[0]);
        if (script is null)
            return Task.FromResult(c.Fail(isCommand ? "0: -c requires an argument" : $"0: cannot open {c.Arguments[0]}: No such file", 2));
        // sh -c SCRIPT NAME ARGUMENT…; sh FILE ARGUMENT…
        var parameters = isCommand ? c.Arguments.Skip(1).ToList() : c.Arguments;
        var shell = c.Shell.Child(parameters.Count > 0 ? parameters[0] : c.Name, parameters);
        try
        {
            options.ForEach(o => ShellBuiltins.SetOptions(shell, o));
        }
        catch (ShellFatalException e)
        {
            return Task.FromResult(c.Fail(e.Message, 2));
        }
        var streams = !isCommand && c.Arguments.Count == 0 ? new ShellStreams("", c.Output, c.Streams.Error) : c.Streams;
        return shell.RunAsync(script, streams);
    }

    private static Task<int> Env(CommandContext c)
    {
        var shell = c.Shell.Fork();
        while (c.Arguments.Count > 0 && c.Arguments[0].IndexOf('=') is var equals and > 0)
        {
            shell.Export(c.Arguments[0].Substring(0, equals), c.Arguments[0].Substring(equals + 1));
            c.Arguments.RemoveAt(0);
        }
        return c.Arguments.Count == 0 || c.Arguments[0][0] == '-'
            ? Task.FromResult(c.Fail("the emulated host has env for NAME=VALUE COMMAND only", 125))
            : shell.ExecuteAsync(c.Arguments, c.Streams);
    }

    private static Task<int> RunRest(CommandContext c) =>
        TakeOptions(c, "", "") is null ? Task.FromResult(125)
        : c.Arguments.Count == 0 ? Task.FromResult(c.Fail("missing operand", 125))
        : c.Shell.ExecuteAsync(c.Arguments, c.Streams);

    // A job of its own: the end of the session that waits for it does not end it.
    private static Task<int> DetachAsync(CommandContext c)
    {
        if (TakeOptions(c, "fw", "") is null)
            return Task.FromResult(1);
        if (c.Arguments.Count == 0)
            return Task.FromResult(c.Fail("no command specified"));
        var status = c.Host.StartJob(token => c.Shell.Fork(token).ExecuteAsync(c.Arguments, c.Streams)).Status;
        return Wait(status, c.Cancellation);
    }

    private static async Task<int> Wait(Task<int> status, CancellationToken cancellation)
    {
        var canceled = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellation.Register(() => canceled.TrySetCanceled(cancellation)))
            return await (await Task.WhenAny(status, canceled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<int> TimeoutAsync(CommandContext c)
    {
        if (TakeOptions(c, "", "ks") is not { } options)
            return 125;
        if (c.Arguments.Count < 2)
            return c.Fail("missing operand", 125);
        if (ParseDuration(c.Arguments[0]) is not { } limit)
            return c.Fail($"invalid time interval '{c.Arguments[0]}'", 125);
        var now = c.Host.World.Clock.Now;
        // Zero means no limit.
        var shell = c.Shell.Fork(deadline: limit > TimeSpan.Zero ? now + limit : null);
        try
        {
            return await shell.ExecuteAsync(c.Arguments.Skip(1).ToList(), c.Streams).ConfigureAwait(false);
        }
        catch (ShellTimeoutException) when (c.Shell.Deadline is null || c.Host.World.Clock.Now < c.Shell.Deadline)
        {
            return options.TryGetValue('s', out var signal) && signal is "KILL" or "SIGKILL" or "9" ? 128 + 9 : 124;
        }
    }

    private static async Task<int> SleepAsync(CommandContext c)
    {
        var total = TimeSpan.Zero;
        if (c.Arguments.Count == 0)
            return c.Fail("missing operand");
        foreach (var argument in c.Arguments)
        {
            if (ParseDuration(argument) is not { } duration)
                return c.Fail($"invalid time interval '{argument}'");
            total += duration;
        }
        await c.Shell.WaitAsync(total).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> LockAsync(CommandContext c)
    {
        // -o, -x and -e say what is so here in any case; a lock is exclusive, and what a script leaves running does not hold it.
        if (TakeOptions(c, "nuoxe", "wE") is not { } options)
            return 64;
        if (c.Arguments.Count == 0)
            return c.Fail("not enough arguments", 64);
        var wait = LongestLockWait;
        var conflict = 1;
        if (options.TryGetValue('w', out var seconds))
        {
            if (ParseDuration(seconds) is not { } given)
                return c.Fail($"invalid timeout value: '{seconds}'", 64);
            wait = given;
        }
        if (options.TryGetValue('E', out var code) && !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out conflict))
            return c.Fail($"invalid exit code: '{code}'", 64);

        var path = c.Arguments[0];
        var byDescriptor = c.Arguments.Count == 1 && path.Length == 1 && char.IsDigit(path[0]);
        if (byDescriptor && !c.Streams.Descriptors.TryGetValue(path[0] - '0', out path))
            return c.Fail($"{c.Arguments[0]}: Bad file descriptor", 65);
        if (!byDescriptor && c.Arguments.Count == 1)
            return c.Fail("requires file descriptor, file or directory", 64);
        var held = new List<string> { path };
        if (options.ContainsKey('u'))
        {
            c.Host.ReleaseLocks(held);
            return 0;
        }
        if (!byDescriptor && !c.Files.Exists(path))
        {
            lock (c.Host.World.Gate)
            {
                if (!c.Files.CanWrite(path))
                    return c.Fail($"cannot open lock file {path}: No such file or directory", 66);
                c.Files.Write(path, "");
            }
        }

        var deadline = c.Host.World.Clock.Now + wait;
        while (!c.Host.TryLock(path))
        {
            if (options.ContainsKey('n') || c.Host.World.Clock.Now >= deadline)
                return conflict;
            // why: another session may hold it; the deadline above and the caller's token bound the wait.
            await c.Shell.WaitAsync(LockPoll).ConfigureAwait(false);
        }
        if (byDescriptor)
        {
            c.Shell.Hold(path);
            return 0;
        }
        try
        {
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

    /// <summary>Takes the options before the first operand; null, and an error, when one is not known.</summary>
    private static Dictionary<char, string>? TakeOptions(CommandContext c, string flags, string valued)
    {
        var found = new Dictionary<char, string>();
        while (c.Arguments.Count > 0 && c.Arguments[0].Length > 1 && c.Arguments[0][0] == '-')
        {
            var option = c.Arguments[0];
            c.Arguments.RemoveAt(0);
            if (option == "--")
                break;
            for (var i = 1; i < option.Length; i++)
            {
                var letter = option[i];
                if (flags.IndexOf(letter) >= 0)
                {
                    found[letter] = "";
                    continue;
                }
                var isJoined = i + 1 < option.Length;
                if (valued.IndexOf(letter) < 0 || (!isJoined && c.Arguments.Count == 0))
                {
                    c.Fail($"the emulated host has no option '{option}' of {c.Name}");
                    return null;
                }
                found[letter] = isJoined ? option.Substring(i + 1) : c.Arguments[0];
                if (!isJoined)
                    c.Arguments.RemoveAt(0);
                break;
            }
        }
        return found;
    }
}
