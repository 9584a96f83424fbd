using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>What a command reads and writes.</summary>
internal sealed class ShellStreams
{
    public ShellStreams(string input, StringBuilder output, StringBuilder error) : this(new Lazy<string>(() => input), output, error)
    {
    }

    public ShellStreams(Lazy<string> input, StringBuilder output, StringBuilder error) =>
        (Source, Output, Error) = (input, output, error);

    /// <summary>Where standard input comes from; it is not read before a command asks for it.</summary>
    public Lazy<string> Source { get; }
    public string Input => Source.Value;
    public StringBuilder Output { get; }
    public StringBuilder Error { get; }
    /// <summary>Files behind descriptors 3 to 9.</summary>
    public Dictionary<int, string> Descriptors { get; init; } = [];
}

/// <summary>A small POSIX shell over the emulated host. One instance is one shell process.</summary>
internal sealed class Shell
{
    // A loop that goes on longer has a mistake in it; a real host would run it until the session ends.
    private const int MostIterations = 100_000;
    private readonly EmulatedHost _host;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _heldLocks = [];
    private int _lastStatus;
    private bool _exited;

    public Shell(EmulatedHost host, CancellationToken cancellation) => (_host, _cancellation) = (host, cancellation);

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/root", ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", ["USER"] = "root", ["SHELL"] = "/bin/bash", ["PWD"] = "/root",
    };
    public CancellationToken Cancellation => _cancellation;
    public EmulatedHost Host => _host;
    public string Name { get; init; } = "sh";
    public IReadOnlyList<string> Parameters { get; init; } = [];
    public bool Exited => _exited;

    /// <summary>Runs a script and gives its exit status.</summary>
    public async Task<int> RunAsync(string script, ShellStreams streams)
    {
        ShellNode tree;
        try
        {
            tree = ShellParser.Parse(script);
        }
        catch (ShellSyntaxException e)
        {
            streams.Error.Append($"{Name}: 1: Syntax error: {e.Message}\n");
            return 2;
        }
        try
        {
            return await RunAsync(tree, streams).ConfigureAwait(false);
        }
        finally
        {
            _host.ReleaseLocks(_heldLocks);
        }
    }

    public void Exit(int status) => (_exited, _lastStatus) = (true, status);

    /// <summary>Remembers a lock that ends with this shell.</summary>
    public void Hold(string path) => _heldLocks.Add(path);

    public Shell Child(string name, IReadOnlyList<string>? parameters = null)
    {
        var child = new Shell(_host, _cancellation) { Name = name, Parameters = parameters ?? Parameters };
        foreach (var variable in Variables)
            child.Variables[variable.Key] = variable.Value;
        return child;
    }

    private async Task<int> RunAsync(ShellNode node, ShellStreams streams)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_exited)
            return _lastStatus;
        _lastStatus = node switch
        {
            SimpleCommand simple => await RunSimpleAsync(simple, streams).ConfigureAwait(false),
            PipelineNode pipeline => await RunPipelineAsync(pipeline, streams).ConfigureAwait(false),
            AndOrNode andOr => await RunAndOrAsync(andOr, streams).ConfigureAwait(false),
            ListNode list => await RunListAsync(list, streams).ConfigureAwait(false),
            IfNode choice => await RunIfAsync(choice, streams).ConfigureAwait(false),
            ForNode loop => await RunForAsync(loop, streams).ConfigureAwait(false),
            WhileNode loop => await RunWhileAsync(loop, streams).ConfigureAwait(false),
            CompoundCommand compound => await RunCompoundAsync(compound, streams).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"The shell does not know {node.GetType().Name}."),
        };
        return _lastStatus;
    }

    private async Task<int> RunListAsync(ListNode list, ShellStreams streams)
    {
        var status = 0;
        foreach (var (command, background) in list.Items)
        {
            if (_exited)
                return _lastStatus;
            if (background)
            {
                var job = Child(Name);
                Variables["!"] = _host.StartJob(token => job.RunAsync(command, new ShellStreams("", new StringBuilder(), new StringBuilder())))
                    .ToString(CultureInfo.InvariantCulture);
                status = 0;
            }
            else
                status = await RunAsync(command, streams).ConfigureAwait(false);
        }
        return status;
    }

    private async Task<int> RunAndOrAsync(AndOrNode node, ShellStreams streams)
    {
        var status = await RunAsync(node.First, streams).ConfigureAwait(false);
        foreach (var (and, command) in node.Rest)
        {
            if (!_exited && and == (status == 0))
                status = await RunAsync(command, streams).ConfigureAwait(false);
        }
        return status;
    }

    private async Task<int> RunPipelineAsync(PipelineNode node, ShellStreams streams)
    {
        var input = streams.Source;
        var status = 0;
        for (var i = 0; i < node.Commands.Count; i++)
        {
            var last = i == node.Commands.Count - 1;
            var output = last ? streams.Output : new StringBuilder();
            var stage = new ShellStreams(input, output, streams.Error) { Descriptors = streams.Descriptors };
            status = node.Commands.Count == 1
                ? await RunAsync(node.Commands[i], stage).ConfigureAwait(false)
                : await Child(Name).RunAsync(node.Commands[i], stage).ConfigureAwait(false);
            var text = last ? "" : output.ToString();
            input = new Lazy<string>(() => text);
        }
        return node.Negated ? (status == 0 ? 1 : 0) : status;
    }

    private async Task<int> RunIfAsync(IfNode node, ShellStreams streams)
    {
        if (await RunAsync(node.Condition, streams).ConfigureAwait(false) == 0)
            return await RunAsync(node.Then, streams).ConfigureAwait(false);
        return node.Else is null ? 0 : await RunAsync(node.Else, streams).ConfigureAwait(false);
    }

    private async Task<int> RunForAsync(ForNode node, ShellStreams streams)
    {
        var status = 0;
        foreach (var word in node.Words)
        {
            foreach (var value in await ExpandAsync(word, streams).ConfigureAwait(false))
            {
                Variables[node.Variable] = value;
                status = await RunAsync(node.Body, streams).ConfigureAwait(false);
                if (_exited)
                    return _lastStatus;
            }
        }
        return status;
    }

    private async Task<int> RunWhileAsync(WhileNode node, ShellStreams streams)
    {
        var status = 0;
        for (var i = 0; i < MostIterations && !_exited; i++)
        {
            if (await RunAsync(node.Condition, streams).ConfigureAwait(false) == 0 == node.Until)
                return status;
            status = await RunAsync(node.Body, streams).ConfigureAwait(false);
        }
        return _exited ? _lastStatus : 1;
    }

    private async Task<int> RunCompoundAsync(CompoundCommand node, ShellStreams streams)
    {
        var target = new RedirectedStreams(_host, streams);
        foreach (var redirection in node.Redirections)
        {
            if (target.Apply(redirection, await ExpandOneAsync(redirection.Target, streams).ConfigureAwait(false)) is { } problem)
                return Fail(streams, problem);
        }
        var shell = node.Subshell ? Child(Name) : this;
        var status = await shell.RunAsync(node.Body, target.Streams).ConfigureAwait(false);
        if (node.Subshell)
            _host.ReleaseLocks(shell._heldLocks);
        target.Finish();
        return status;
    }

    private async Task<int> RunSimpleAsync(SimpleCommand node, ShellStreams streams)
    {
        var words = new List<string>();
        foreach (var word in node.Words)
            words.AddRange(await ExpandAsync(word, streams).ConfigureAwait(false));
        var target = new RedirectedStreams(_host, streams);
        foreach (var redirection in node.Redirections)
        {
            if (target.Apply(redirection, await ExpandOneAsync(redirection.Target, streams).ConfigureAwait(false)) is { } problem)
                return Fail(streams, problem);
        }
        foreach (var (name, value) in node.Assignments)
            Variables[name] = await ExpandOneAsync(value, streams).ConfigureAwait(false);
        if (words.Count == 0)
        {
            target.Finish();
            return node.Assignments.Count > 0 ? _lastStatus * (HasSubstitution(node) ? 1 : 0) : 0;
        }
        var status = await ExecuteAsync(words, target.Streams).ConfigureAwait(false);
        target.Finish();
        return status;
    }

    /// <summary>Runs one command whose words are expanded.</summary>
    public Task<int> ExecuteAsync(IReadOnlyList<string> words, ShellStreams streams)
    {
        // Standard input may keep its writer waiting; it is read before the world is held.
        if (CommandTable.ReadsInput(words))
            _ = streams.Input;
        if (_host.Commands.Find(words[0]) is { } command)
            return command(new CommandContext(this, words, streams));
        streams.Error.Append($"{Name}: 1: {words[0]}: not found\n");
        return Task.FromResult(127);
    }

    private int Fail(ShellStreams streams, string problem)
    {
        streams.Error.Append($"{Name}: 1: {problem}\n");
        return 2;
    }

    private static bool HasSubstitution(SimpleCommand node) =>
        node.Assignments.Any(a => a.Value.Parts.Any(p => p.Kind == WordPartKind.Substitution));

    private async Task<string> ExpandOneAsync(ShellWord word, ShellStreams streams)
    {
        var text = new StringBuilder();
        foreach (var part in word.Parts)
            text.Append(await ValueAsync(part, streams).ConfigureAwait(false));
        return text.ToString();
    }

    private async Task<List<string>> ExpandAsync(ShellWord word, ShellStreams streams)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool started = false, pattern = false;
        foreach (var part in word.Parts)
        {
            var value = await ValueAsync(part, streams).ConfigureAwait(false);
            if (part.Quoted || part.Kind == WordPartKind.Text)
            {
                pattern |= !part.Quoted && value.IndexOfAny(['*', '?']) >= 0;
                field.Append(value);
                started = true;
                continue;
            }
            // What an unquoted expansion gave is split at blanks.
            var pieces = value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                field.Append(pieces[i]);
                started = true;
            }
        }
        if (!started)
            return fields;
        var text = field.ToString();
        var matches = pattern ? _host.Files.Match(text) : [];
        if (matches.Count > 0)
            fields.AddRange(matches);
        else
            fields.Add(text);
        return fields;
    }

    private async Task<string> ValueAsync(WordPart part, ShellStreams streams)
    {
        switch (part.Kind)
        {
            case WordPartKind.Text:
                return part.Text;
            case WordPartKind.Substitution:
                var output = new StringBuilder();
                _lastStatus = await Child(Name).RunAsync(part.Text, new ShellStreams(streams.Source, output, streams.Error)).ConfigureAwait(false);
                return output.ToString().TrimEnd('\n');
            default:
                return Variable(part.Text);
        }
    }

    private string Variable(string name)
    {
        // ${name:-default}
        var fallback = name.IndexOf(":-", StringComparison.Ordinal);
        if (fallback > 0)
        {
            var value = Variable(name.Substring(0, fallback));
            return value.Length > 0 ? value : name.Substring(fallback + 2);
        }
        return name switch
        {
            "?" => _lastStatus.ToString(CultureInfo.InvariantCulture),
            "$" => "1",
            "#" => Math.Max(0, Parameters.Count - 1).ToString(CultureInfo.InvariantCulture),
            "@" or "*" => string.Join(" ", Parameters.Skip(1)),
            _ when name.Length == 1 && char.IsDigit(name[0]) => name[0] - '0' < Parameters.Count ? Parameters[name[0] - '0'] : name == "0" ? Name : "",
            _ => Variables.TryGetValue(name, out var value) ? value : "",
        };
    }
}
