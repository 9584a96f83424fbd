using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using BondTools.Module.Cmdlets;
using Xunit;

namespace BondTools.Module.Tests.Sessions;

/// <summary>Tests that use the process-wide sessions run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SerialSessions
{
    public const string Name = "Sessions";
}

/// <summary>The real PowerShell engine with the project's cmdlets, and with those that the tests declare.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    public Engine(params (string Name, object Value)[] variables)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var type in typeof(AsyncCmdlet).Assembly.GetTypes().Concat(typeof(Engine).Assembly.GetTypes()))
        {
            if (!type.IsAbstract && type.IsPublic && type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        }

        foreach (var (name, value) in variables)
            state.Variables.Add(new SessionStateVariableEntry(name, value, null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>A pipeline that is not started yet.</summary>
    public PowerShell Prepare(string script)
    {
        var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        return shell;
    }

    /// <summary>Runs a script to its end.</summary>
    public RunResult Run(string script)
    {
        using var shell = Prepare(script);
        var output = new Collection<PSObject>();
        Exception? thrown = null;
        try
        {
            output = shell.Invoke();
        }
        catch (RuntimeException e)
        {
            thrown = e;
        }

        return new RunResult(
            [.. output.Select(o => o.BaseObject)],
            thrown is RuntimeException terminating ? [.. shell.Streams.Error, terminating.ErrorRecord] : [.. shell.Streams.Error],
            [
                .. shell.Streams.Verbose.Select(r => r.Message),
                .. shell.Streams.Debug.Select(r => r.Message),
                .. shell.Streams.Warning.Select(r => r.Message),
                .. shell.Streams.Information.Select(r => r.ToString()),
                .. shell.Streams.Progress.Select(r => r.ToString()),
            ]);
    }

    /// <summary>Runs a script that must succeed.</summary>
    public IReadOnlyList<object> Get(string script)
    {
        var result = Run(script);
        Assert.True(result.Errors.Count == 0, string.Join("\n", result.Errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.Exception.Message}")));
        return result.Output;
    }

    /// <summary>Runs a script that must succeed and write one record.</summary>
    public T GetOne<T>(string script) => Assert.IsType<T>(Assert.Single(Get(script)));

    /// <summary>Runs a script that must end in exactly one error of this kind.</summary>
    public ErrorRecord Fail(string script, BondToolsErrorKind kind)
    {
        var error = Assert.Single(Run(script).Errors);
        Assert.StartsWith($"BondTools.{kind},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }
}

/// <summary>What a script left in the streams.</summary>
internal sealed record RunResult(IReadOnlyList<object> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Messages);
