using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>A lab, a real engine, and the lab's two sessions in it as $pve and $switch.</summary>
public sealed class LabFixture : IDisposable
{
    private readonly BondLabSession _session;
    private readonly Engine _engine;

    public LabFixture(BondLabStart start = BondLabStart.Bare, ILabClock? clock = null)
    {
        World = BondLab.Create(new BondLabOptions { Start = start, Clock = clock });
        _session = LabRegistry.Register("test", World);
        _engine = OpenEngine();
    }

    internal BondLab World { get; }

    public void Dispose()
    {
        LabRegistry.Stop(_session);
        _engine.Dispose();
    }

    /// <summary>Another engine with the same sessions; whoever asks disposes of it.</summary>
    internal Engine OpenEngine() => new(("lab", _session), ("pve", _session.Host), ("switch", _session.Switch), ("ConfirmPreference", "None"));

    internal RunResult Run(string script) => _engine.Run(script);

    /// <summary>Runs a script that must succeed.</summary>
    internal IReadOnlyList<object> Get(string script)
    {
        var result = Run(script);
        Assert.True(result.Errors.Count == 0, string.Join("\n", result.Errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.Exception.Message}")));
        return result.Output;
    }

    internal T GetOne<T>(string script) => Assert.IsType<T>(Assert.Single(Get(script)));

    /// <summary>Runs a script that must end in exactly one error of this kind.</summary>
    internal ErrorRecord Fail(string script, BondToolsErrorKind kind)
    {
        var error = Assert.Single(Run(script).Errors);
        Assert.StartsWith($"BondTools.{kind},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }

    /// <summary>Runs a command on the emulated host, behind the cmdlets' back.</summary>
    internal async Task<string> OnHostAsync(string command)
    {
        var result = await World.Host.ExecuteAsync(command, [], TestContext.Current.CancellationToken);
        Assert.True(result.ExitStatus == 0, $"{command}: {result.Error}");
        return result.Output;
    }
}
