using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.World;

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
    /// <summary>Where output goes while a command runs; null where it is collected until the end.</summary>
    public Action<string>? Show { get; init; }
    /// <summary>Files behind descriptors 3 to 9.</summary>
    public Dictionary<int, string> Descriptors { get; init; } = [];

    /// <summary>Shows what was printed until now, where somebody looks.</summary>
    public void Flush()
    {
        if (Show is null || Output.Length == 0)
            return;
        Show(Output.ToString());
        Output.Clear();
    }
}

/// <summary>A small POSIX shell over the emulated host. One instance is one shell process.</summary>
internal sealed partial class Shell
{
    // A loop that goes on longer has a mistake in it; a real host would run it until the session ends.
    private const int MostIterations = 100_000;
    private const int DeepestCalls = 64;
    private readonly EmulatedHost _host;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _heldLocks = [];
    private readonly Dictionary<int, BackgroundJob> _jobs = [];
    private readonly HashSet<string> _exported = new(StringComparer.Ordinal) { "HOME", "PATH", "USER", "SHELL", "PWD" };
    private readonly Dictionary<string, ShellNode> _functions = new(StringComparer.Ordinal);
    private int _lastStatus, _tested, _calls;
    private bool _exited, _returning;

    public Shell(EmulatedHost host, CancellationToken cancellation) => (_host, _cancellation) = (host, cancellation);

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/root", ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", ["USER"] = "root", ["SHELL"] = "/bin/bash", ["PWD"] = "/root",
    };
    public CancellationToken Cancellation => _cancellation;
    public EmulatedHost Host => _host;
    public string Name { get; init; } = "sh";
    public IReadOnlyList<string> Parameters { get; set; } = [];
    /// <summary>The container it runs in; null for the host's own.</summary>
    public Container? Inside { get; init; }
    public bool Exited => _exited;
    private bool IsOver => _exited || _returning;
    public int LastStatus => _lastStatus;
    /// <summary>A person types here: a mistake ends the line, not the shell.</summary>
    public bool IsInteractive { get; set; }
    /// <summary>set -e: a command that fails ends the shell, unless its status is asked for.</summary>
    public bool ExitsOnError { get; set; }
    /// <summary>set -u: a variable that is not set ends the shell.</summary>
    public bool RefusesUnset { get; set; }
    /// <summary>When <c>timeout</c> ends what runs here, in the lab's time.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Runs a script as a process of its own and gives its exit status.</summary>
    public async Task<int> RunAsync(string script, ShellStreams streams)
    {
        try
        {
            return await EvaluateAsync(script, streams).ConfigureAwait(false);
        }
        catch (ShellFatalException e)
        {
            return Die(e, streams);
        }
        finally
        {
            _host.ReleaseLocks(_heldLocks);
        }
    }

    /// <summary>Runs a script in this very shell, as eval does.</summary>
    public async Task<int> EvaluateAsync(string script, ShellStreams streams)
    {
        ShellNode tree;
        try
        {
            tree = ShellParser.Parse(script);
        }
        catch (ShellSyntaxException e)
        {
            streams.Error.Append($"{Name}: 1: Syntax error: {e.Message}\n");
            return Stop();
        }
        return await RunAsync(tree, streams).ConfigureAwait(false);
    }

    public void Exit(int status) => (_exited, _lastStatus) = (true, status);

    /// <summary>Ends the function that runs.</summary>
    public void Return(int status)
    {
        if (_calls == 0)
            throw new ShellFatalException("return: the emulated shell returns from functions only");
        (_returning, _lastStatus) = (true, status);
    }

    /// <summary>Remembers a lock that ends with this shell.</summary>
    public void Hold(string path) => _heldLocks.Add(path);

    /// <summary>A new process: it gets what is exported, and no options.</summary>
    public Shell Child(string name, IReadOnlyList<string>? parameters = null)
    {
        var child = new Shell(_host, _cancellation) { Name = name, Parameters = parameters ?? [], Deadline = Deadline, Inside = Inside };
        foreach (var variable in Variables)
        {
            if (_exported.Contains(variable.Key))
                child.Export(variable.Key, variable.Value);
        }
        return child;
    }

    /// <summary>A copy of this shell, for ( … ), $( … ), a stage of a pipeline, or a job.</summary>
    public Shell Fork(CancellationToken? cancellation = null, DateTimeOffset? deadline = null)
    {
        var copy = new Shell(_host, cancellation ?? _cancellation)
        {
            Name = Name, Parameters = Parameters, ExitsOnError = ExitsOnError, RefusesUnset = RefusesUnset, Deadline = Deadline, Inside = Inside,
            _lastStatus = _lastStatus, _tested = _tested, _calls = _calls,
        };
        if (deadline is not null && (copy.Deadline is null || deadline < copy.Deadline))
            copy.Deadline = deadline;
        foreach (var variable in Variables)
            copy.Variables[variable.Key] = variable.Value;
        foreach (var function in _functions)
            copy._functions[function.Key] = function.Value;
        copy._exported.UnionWith(_exported);
        return copy;
    }

    public void Export(string name, string? value)
    {
        _exported.Add(name);
        if (value is not null)
            Variables[name] = value;
    }

    /// <summary>Lets time pass on the lab's clock, up to the deadline.</summary>
    /// <exception cref="ShellTimeoutException">The deadline came first.</exception>
    public async Task WaitAsync(TimeSpan duration)
    {
        var left = Deadline - _host.World.Clock.Now;
        await _host.World.Clock.Delay(left < duration ? left.Value : duration, _cancellation).ConfigureAwait(false);
        if (left < duration)
            throw new ShellTimeoutException();
    }

    /// <summary>Waits for one job, or for all of them; what they printed comes out here.</summary>
    /// <returns>The job's status; 127 when this shell has no such job.</returns>
    public async Task<int> WaitForJobsAsync(int? id, ShellStreams streams)
    {
        if (id is { } one && !_jobs.ContainsKey(one))
            return 127;
        var status = 0;
        foreach (var job in _jobs.Where(j => id is null || j.Key == id).ToArray())
        {
            status = await job.Value.Status.ConfigureAwait(false);
            streams.Output.Append(job.Value.Output);
            streams.Error.Append(job.Value.Error);
            _jobs.Remove(job.Key);
        }
        return id is null ? 0 : status;
    }

    private int Die(ShellFatalException problem, ShellStreams streams)
    {
        streams.Error.Append($"{Name}: 1: {problem.Message}\n");
        return Stop();
    }

    private int Stop()
    {
        _lastStatus = 2;
        _exited |= !IsInteractive;
        return 2;
    }

    // A subshell is a process: what ends it ends no other.
    private async Task<int> RunForkAsync(ShellNode node, ShellStreams streams)
    {
        var copy = Fork();
        try
        {
            return await copy.RunAsync(node, streams).ConfigureAwait(false);
        }
        catch (ShellFatalException e)
        {
            return copy.Die(e, streams);
        }
        finally
        {
            _host.ReleaseLocks(copy._heldLocks);
        }
    }

    // What && || ! if and while ask for may fail under set -e.
    private async Task<int> AskAsync(ShellNode node, ShellStreams streams)
    {
        _tested++;
        try
        {
            return await RunAsync(node, streams).ConfigureAwait(false);
        }
        finally
        {
            _tested--;
        }
    }

    private async Task<int> RunAsync(ShellNode node, ShellStreams streams)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (IsOver)
            return _lastStatus;
        if (Deadline <= _host.World.Clock.Now)
            throw new ShellTimeoutException();
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
            CaseNode choice => await RunCaseAsync(choice, streams).ConfigureAwait(false),
            FunctionNode function => Define(function),
            _ => throw new InvalidOperationException($"The shell does not know {node.GetType().Name}."),
        };
        if (ExitsOnError && _lastStatus != 0 && _tested == 0 && node is SimpleCommand or PipelineNode { Negated: false } or CompoundCommand { Subshell: true })
            Exit(_lastStatus);
        return _lastStatus;
    }

    private async Task<int> RunListAsync(ListNode list, ShellStreams streams)
    {
        var status = 0;
        foreach (var (command, background) in list.Items)
        {
            if (IsOver)
                return _lastStatus;
            if (background)
            {
                var job = new BackgroundJob();
                var copy = Fork();
                (var id, job.Status) = _host.StartJob(
                    token => copy.Fork(token).RunForkAsync(command, new ShellStreams("", job.Output, job.Error)));
                _jobs[id] = job;
                Variables["!"] = id.ToString(CultureInfo.InvariantCulture);
                status = 0;
            }
            else
                status = await RunAsync(command, streams).ConfigureAwait(false);
        }
        return status;
    }

    private async Task<int> RunAndOrAsync(AndOrNode node, ShellStreams streams)
    {
        var status = await AskAsync(node.First, streams).ConfigureAwait(false);
        for (var i = 0; i < node.Rest.Count; i++)
        {
            var (and, command) = node.Rest[i];
            if (IsOver || and != (status == 0))
                continue;
            status = i == node.Rest.Count - 1
                ? await RunAsync(command, streams).ConfigureAwait(false) : await AskAsync(command, streams).ConfigureAwait(false);
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
            var stage = new ShellStreams(input, output, streams.Error) { Descriptors = streams.Descriptors, Show = last ? streams.Show : null };
            status = node.Commands.Count == 1
                ? await AskAsync(node.Commands[i], stage).ConfigureAwait(false)
                : await RunForkAsync(node.Commands[i], stage).ConfigureAwait(false);
            var text = last ? "" : output.ToString();
            input = new Lazy<string>(() => text);
        }
        return node.Negated ? (status == 0 ? 1 : 0) : status;
    }

    private async Task<int> RunIfAsync(IfNode node, ShellStreams streams)
    {
        if (await AskAsync(node.Condition, streams).ConfigureAwait(false) == 0)
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
                if (IsOver)
                    return _lastStatus;
            }
        }
        return status;
    }

    private async Task<int> RunCaseAsync(CaseNode node, ShellStreams streams)
    {
        var word = await ExpandOneAsync(node.Word, streams).ConfigureAwait(false);
        foreach (var (patterns, body) in node.Branches)
        {
            foreach (var pattern in patterns)
            {
                if (ShellPattern.IsMatch(word, await ExpandPatternAsync(pattern, streams).ConfigureAwait(false)))
                    return await RunAsync(body, streams).ConfigureAwait(false);
            }
        }
        return 0;
    }

    private int Define(FunctionNode node)
    {
        _functions[node.Name] = node.Body;
        return 0;
    }

    private async Task<int> CallAsync(ShellNode body, IReadOnlyList<string> words, ShellStreams streams)
    {
        if (_calls >= DeepestCalls)
            throw new ShellFatalException($"the emulated shell calls functions {DeepestCalls} deep");
        var before = Parameters;
        // $0 stays what it was.
        Parameters = [Variable("0"), .. words.Skip(1)];
        _calls++;
        try
        {
            var status = await RunAsync(body, streams).ConfigureAwait(false);
            return _returning ? _lastStatus : status;
        }
        finally
        {
            _calls--;
            (Parameters, _returning) = (before, false);
        }
    }

    private async Task<int> RunWhileAsync(WhileNode node, ShellStreams streams)
    {
        var status = 0;
        for (var i = 0; i < MostIterations && !IsOver; i++)
        {
            if (await AskAsync(node.Condition, streams).ConfigureAwait(false) == 0 == node.Until)
                return status;
            status = await RunAsync(node.Body, streams).ConfigureAwait(false);
        }
        return IsOver ? _lastStatus : throw new ShellFatalException($"the emulated shell ends a loop after {MostIterations} rounds");
    }

    private async Task<int> RunCompoundAsync(CompoundCommand node, ShellStreams streams)
    {
        var target = new RedirectedStreams(this, streams);
        foreach (var redirection in node.Redirections)
        {
            if (target.Apply(redirection, await ExpandOneAsync(redirection.Target, streams).ConfigureAwait(false)) is { } problem)
                return Fail(streams, problem);
        }
        var status = node.Subshell
            ? await RunForkAsync(node.Body, target.Streams).ConfigureAwait(false)
            : await RunAsync(node.Body, target.Streams).ConfigureAwait(false);
        return target.Finish() is null ? status : 1;
    }

    private async Task<int> RunSimpleAsync(SimpleCommand node, ShellStreams streams)
    {
        var words = new List<string>();
        foreach (var word in node.Words)
            words.AddRange(await ExpandAsync(word, streams).ConfigureAwait(false));
        var target = new RedirectedStreams(this, streams);
        foreach (var redirection in node.Redirections)
        {
            if (target.Apply(redirection, await ExpandOneAsync(redirection.Target, streams).ConfigureAwait(false)) is { } problem)
                return Fail(streams, problem);
        }
        if (words.Count == 0)
        {
            foreach (var (name, value) in node.Assignments)
                Variables[name] = await ExpandOneAsync(value, streams).ConfigureAwait(false);
            target.Finish();
            // The status is that of the last $( … ), if there is one.
            return node.Assignments.Select(a => a.Value).Concat(node.Words).Any(w => w.Parts.Any(p => p.Kind == WordPartKind.Substitution)) ? _lastStatus : 0;
        }
        if (words[0] == "exec" && node.Redirections.Count > 0 && words.Count == 1)
            throw new ShellFatalException("exec: the emulated shell does not redirect itself");
        var runner = node.Assignments.Count > 0 ? Fork() : this;
        foreach (var (name, value) in node.Assignments)
            runner.Export(name, await ExpandOneAsync(value, streams).ConfigureAwait(false));
        var status = await runner.ExecuteAsync(words, target.Streams).ConfigureAwait(false);
        return target.Finish() is null ? status : 1;
    }

    /// <summary>Runs one command whose words are expanded.</summary>
    public Task<int> ExecuteAsync(IReadOnlyList<string> words, ShellStreams streams)
    {
        // Standard input may keep its writer waiting; it is read before the world is held.
        if (CommandTable.ReadsInput(words))
            _ = streams.Input;
        if (_functions.TryGetValue(words[0], out var function))
            return CallAsync(function, words, streams);
        var command = Inside is null ? _host.Commands.Find(words[0]) : ContainerCommands.Find(_host.Commands, words[0]);
        if (command is not null)
            return command(new CommandContext(this, words, streams));
        streams.Error.Append($"{Name}: 1: {words[0]}: not found\n");
        return Task.FromResult(127);
    }

    private int Fail(ShellStreams streams, string problem)
    {
        streams.Error.Append($"{Name}: 1: {problem}\n");
        return 2;
    }
}

/// <summary>What a shell runs beside itself, and what that has printed until someone waits for it.</summary>
internal sealed class BackgroundJob
{
    public Task<int> Status { get; set; } = Task.FromResult(0);
    public StringBuilder Output { get; } = new();
    public StringBuilder Error { get; } = new();
}
