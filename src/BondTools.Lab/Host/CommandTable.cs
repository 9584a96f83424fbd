using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>A command of the emulated host.</summary>
internal delegate Task<int> HostCommand(CommandContext context);

/// <summary>What a command is given.</summary>
internal sealed class CommandContext
{
    public CommandContext(Shell shell, IReadOnlyList<string> words, ShellStreams streams) =>
        (Shell, Words, Streams, Arguments) = (shell, words, streams, words.Skip(1).ToList());

    public Shell Shell { get; }
    public IReadOnlyList<string> Words { get; }
    public List<string> Arguments { get; }
    public ShellStreams Streams { get; }
    public EmulatedHost Host => Shell.Host;
    public HostFiles Files => Shell.Host.Files;
    public CancellationToken Cancellation => Shell.Cancellation;
    public string Name => Words[0];
    public StringBuilder Output => Streams.Output;

    public int Fail(string problem, int status = 1)
    {
        Streams.Error.Append($"{Name}: {problem}\n");
        return status;
    }

    /// <summary>Takes a flag such as <c>-f</c> out of the arguments, also from a group such as <c>-rf</c>.</summary>
    public bool TakeFlag(char letter)
    {
        for (var i = 0; i < Arguments.Count && Arguments[i] != "--"; i++)
        {
            var text = Arguments[i];
            if (text.Length < 2 || text[0] != '-' || text[1] == '-' || text.IndexOf(letter) < 1)
                continue;
            var rest = text.Remove(text.IndexOf(letter), 1);
            if (rest == "-")
                Arguments.RemoveAt(i);
            else
                Arguments[i] = rest;
            return true;
        }
        return false;
    }

    /// <summary>Takes an option with a value: <c>-c 3</c>, <c>-c3</c>, <c>--unit=x</c>.</summary>
    public string? TakeOption(string name)
    {
        for (var i = 0; i < Arguments.Count; i++)
        {
            if (Arguments[i] == name && i + 1 < Arguments.Count)
            {
                var value = Arguments[i + 1];
                Arguments.RemoveRange(i, 2);
                return value;
            }
            var prefix = name.StartsWith("--", StringComparison.Ordinal) ? name + "=" : name;
            if (Arguments[i].Length > prefix.Length && Arguments[i].StartsWith(prefix, StringComparison.Ordinal)
                && (prefix.Length > 2 || char.IsDigit(Arguments[i][2]) || Arguments[i][2] == '.'))
            {
                var value = Arguments[i].Substring(prefix.Length);
                Arguments.RemoveAt(i);
                return value;
            }
        }
        return null;
    }
}

/// <summary>The commands the host has.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, HostCommand> _commands = new(StringComparer.Ordinal);

    public CommandTable()
    {
        FileCommands.Register(this);
        TextCommands.Register(this);
        ShellBuiltins.Register(this);
        RunnerCommands.Register(this);
        SystemCommands.Register(this);
        NetworkCommands.Register(this);
        ProxmoxCommands.Register(this);
        CaptureCommand.Register(this);
    }

    /// <summary>Whether a command line reads standard input: the filters without a file to read instead.</summary>
    public static bool ReadsInput(IReadOnlyList<string> words)
    {
        var operands = words.Skip(1).Count(w => w.Length > 0 && w[0] != '-');
        return words.Contains("-") || words[0] switch
        {
            "cat" or "sha256sum" or "wc" or "base64" or "sh" or "bash" or "dash" => operands == 0,
            "head" or "tail" => operands <= (words.Contains("-n") || words.Contains("-c") ? 1 : 0),
            "grep" => operands <= 1,
            "tee" or "tr" => true,
            _ => false,
        };
    }

    public void Add(string name, Func<CommandContext, int> run) => _commands[name] = c =>
    {
        lock (c.Host.World.Gate)
        {
            c.Host.World.Advance();
            return Task.FromResult(run(c));
        }
    };

    /// <summary>Adds a command that waits or runs others, and so cannot hold the world.</summary>
    public void AddWaiting(string name, HostCommand run) => _commands[name] = run;

    /// <summary>Finds a command by its name, or by a path into one of the usual folders.</summary>
    public HostCommand? Find(string name)
    {
        var slash = name.LastIndexOf('/');
        if (slash >= 0 && name.Substring(0, slash) is not ("/bin" or "/sbin" or "/usr/bin" or "/usr/sbin"))
            return null;
        return _commands.TryGetValue(name.Substring(slash + 1), out var command) ? command : null;
    }
}
