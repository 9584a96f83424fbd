using System;
using System.Globalization;

namespace BondTools.Lab.Switch;

/// <summary>The archive, and the configuration that is taken back unless it is confirmed in time.</summary>
internal sealed class IosArchiveCommands
{
    private const string NotPending = "%No Rollback Confirmed Change pending\n";
    private readonly IosSession _session;
    private readonly EmulatedSwitch _device;

    public IosArchiveCommands(IosSession session, EmulatedSwitch device) => (_session, _device) = (session, device);

    private RevertTimer Revert => _device.Revert;

    public void Register(CommandTree exec, CommandTree configure, CommandTree archive)
    {
        exec.Add("show archive", ShowArchive);
        exec.Add("configure terminal revert timer <1-120>", v => Begin(Minutes(v[0])));
        exec.Add("configure confirm", () => Revert.Confirm() ? "" : NotPending);
        exec.Add("configure revert now", () => Revert.RevertNow() ? "Rollback Done\n\n" : NotPending);
        exec.Add("configure revert timer <1-120>", v => Revert.Restart(Minutes(v[0])) ? "" : NotPending);

        configure.Add("archive", () => _session.Become(IosMode.Archive));
        configure.Add("no archive", () => SetPath(null));
        archive.Add("path WORD", v => SetPath(v[0]));
        archive.Add("no path", () => SetPath(null));
        archive.Add("maximum <1-14>", () => "");
        archive.Add("exit", () => _session.Become(IosMode.Configure));
        archive.Add("end", () => _session.Become(IosMode.Privileged));
    }

    private string Begin(TimeSpan after)
    {
        if (_device.World.Switch.ArchivePath is null)
            return "% Rollback Confirmed Change: the archive is not configured\n";
        if (!Revert.Begin(after))
            return "% Rollback Confirmed Change: another one is pending\n";
        return $"Rollback Confirmed Change: Backing up current running config to {NextName}\n\n" + _session.Configure();
    }

    private string ShowArchive() => _device.World.Switch.ArchivePath is null
        ? "Archive feature not enabled\n"
        : $"The maximum archive configurations allowed is 10.\nThe next archive file will be named {NextName}\n Archive #  Name\n   1        :\n";

    private string NextName => $"{_device.World.Switch.ArchivePath}-{Revert.Begun.ToString(CultureInfo.InvariantCulture)}";

    private string SetPath(string? path)
    {
        _device.World.Switch.ArchivePath = path;
        return "";
    }

    private static TimeSpan Minutes(string text) => TimeSpan.FromMinutes(int.Parse(text, CultureInfo.InvariantCulture));
}
