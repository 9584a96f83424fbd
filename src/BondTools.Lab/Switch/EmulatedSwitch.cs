using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>The emulated switch.</summary>
internal sealed class EmulatedSwitch : IEmulatedDevice
{
    public EmulatedSwitch(LabWorld world, string name, string? enableSecret)
    {
        (World, HostName, EnableSecret, Started) = (world, name, enableSecret, world.Now);
        Name = name;
        Revert = new RevertTimer(world);
    }

    public string Name { get; }
    public LabWorld World { get; }
    public string HostName { get; set; }
    public string? EnableSecret { get; }
    public DateTimeOffset Started { get; }
    public RevertTimer Revert { get; }
    public string StartupConfiguration { get; private set; } = "";

    /// <inheritdoc/>
    /// <remarks>An exec channel of IOS takes one command; errors are printed, and the status is 0 all the same.</remarks>
    public Task<EmulatedResult> ExecuteAsync(string command, byte[] input, CancellationToken cancellationToken, Action<string>? show = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (World.Gate)
        {
            World.Advance();
            var session = new IosSession(this, EnableSecret is null);
            return Task.FromResult(new EmulatedResult(0, "\n" + session.Run(command), ""));
        }
    }

    /// <inheritdoc/>
    public Stream OpenTerminal() => new IosTerminal(this).Stream;

    public void SaveConfiguration()
    {
        lock (World.Gate)
            StartupConfiguration = IosConfiguration.Running(this, World.Switch);
    }
}
