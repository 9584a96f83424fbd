using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BondTools.Shell.Host;
using BondTools.Shell.StandIns;
using Microsoft.PowerShell;

namespace BondTools.Shell;

/// <summary>One engine with one runspace, and the loop around it.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ShellHost _host = new();
    private readonly Runspace _runspace;
    private readonly object _gate = new();
    private PowerShell? _running;

    public ShellSession()
    {
        var state = InitialSessionState.CreateDefault2();
        // A script that the user names is meant to run; elsewhere than on Windows the engine has no policy.
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        StandIn.AddTo(state);
        // The engine gives a pipeline's thread the host's culture only where it makes that thread anew.
        CultureInfo.DefaultThreadCurrentCulture = _host.CurrentCulture;
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        Console.CancelKeyPress += OnCancelKey;
    }

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>The exit code of the process.</returns>
    public int Run(ShellOptions options)
    {
        if (!options.NoModule && !ImportModule())
            return 1;
        var succeeded = options.Task switch
        {
            ShellTask.File => RunFile(options.Text, options.Arguments),
            ShellTask.Command => Invoke(shell => shell.AddScript(options.Text)),
            _ => ReadAndRun(options.NoLogo),
        };
        return _host.ExitCode ?? (succeeded ? 0 : 1);
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKey;
        _host.Terminal.ClearProgress();
        _runspace.Dispose();
    }

    private bool ImportModule()
    {
        try
        {
            var manifest = ModuleLocator.FindManifest();
            return Invoke(shell => shell.AddCommand("Import-Module").AddArgument(manifest).AddParameter("ErrorAction", ActionPreference.Stop));
        }
        catch (FileNotFoundException error)
        {
            _host.Terminal.WriteError(error.Message);
            return false;
        }
    }

    private bool RunFile(string path, string[] arguments)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            _host.Terminal.WriteError($"There is no script '{path}'.");
            return false;
        }
        var succeeded = Invoke(shell =>
        {
            shell.AddCommand(full, useLocalScope: false);
            foreach (var argument in ScriptArguments.Parse(arguments))
                shell.Commands.Commands[0].Parameters.Add(argument);
        });
        // A script's own exit statement leaves its code here and ends nothing but the script.
        if (succeeded && _runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code)
            _host.SetShouldExit(code);
        return succeeded;
    }

    /// <summary>Reads statements until the input ends or a statement exits.</summary>
    private bool ReadAndRun(bool noLogo)
    {
        var interactive = !Console.IsInputRedirected;
        if (interactive && !noLogo)
            Console.Out.WriteLine("BondTools shell. 'Get-Command -Module BondTools' lists the cmdlets, 'exit' leaves.");
        var succeeded = true;
        while (_host.ExitCode is null && StatementReader.Read(interactive) is { } statement)
        {
            if (statement.Length > 0)
                succeeded = Invoke(shell => shell.AddScript(statement));
        }
        // At a terminal the last statement says nothing about the session as a whole.
        return succeeded || interactive;
    }

    /// <summary>Runs one pipeline to its end, its output rendered as it comes.</summary>
    /// <returns>False when an error or Ctrl+C ended it.</returns>
    private bool Invoke(Action<PowerShell> fill)
    {
        using var shell = PowerShell.Create(_runspace);
        fill(shell);
        shell.AddCommand("Out-Default");
        shell.Streams.Error.DataAdded += (sender, added) => _host.Terminal.WriteError(ErrorText.Of(((PSDataCollection<ErrorRecord>)sender!)[added.Index]));
        lock (_gate)
            _running = shell;
        try
        {
            shell.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            _host.Terminal.WriteError(ErrorText.Of(error.ErrorRecord));
            return false;
        }
        finally
        {
            lock (_gate)
                _running = null;
            _host.Terminal.ClearProgress();
        }
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs cancel)
    {
        lock (_gate)
        {
            // With nothing running Ctrl+C only ends the line, or the process that waits for one.
            if (_running is null)
                return;
            cancel.Cancel = true;
            _running.BeginStop(null, null);
        }
    }
}
