using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Lab.Switch;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>A lab, a real engine, and the lab's two sessions in it as $pve and $switch.</summary>
public sealed class LabFixture : IDisposable
{
    private readonly BondLabSession _session;
    private readonly Engine _engine;

    public LabFixture(BondLabStart start = BondLabStart.Bare, ILabClock? clock = null, bool archive = true)
    {
        World = BondLab.Create(new BondLabOptions { Start = start, Clock = clock, SwitchArchive = archive });
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

    internal Engine Engine => _engine;

    internal RunResult Run(string script) => _engine.Run(script);

    internal IReadOnlyList<object> Get(string script) => _engine.Get(script);

    internal T GetOne<T>(string script) => _engine.GetOne<T>(script);

    internal ErrorRecord Fail(string script, BondToolsErrorKind kind) => _engine.Fail(script, kind);

    /// <summary>What the emulated switch answers to a command, asked behind the cmdlets' back.</summary>
    internal async Task<string> OnSwitchAsync(string command) =>
        (await World.Switch.ExecuteAsync(command, [], TestContext.Current.CancellationToken)).Output;

    /// <summary>Configures the emulated switch, behind the cmdlets' back; no line may be refused.</summary>
    internal void Configure(params IEnumerable<string> lines)
    {
        var session = new IosSession((EmulatedSwitch)World.Switch, privileged: true);
        session.Run("configure terminal");
        foreach (var line in lines)
        {
            var answer = session.Run(line);
            Assert.False(answer.Contains('%', StringComparison.Ordinal) || answer.Contains("rejected", StringComparison.Ordinal), $"{line}: {answer}");
        }
    }

    /// <summary>Runs a command on the emulated host, behind the cmdlets' back.</summary>
    internal async Task<string> OnHostAsync(string command, string input = "")
    {
        var result = await World.Host.ExecuteAsync(command, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
        Assert.True(result.ExitStatus == 0, $"{command}: {result.Error}");
        return result.Output;
    }
}
