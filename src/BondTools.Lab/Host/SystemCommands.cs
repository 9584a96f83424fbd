using System;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.Host;

/// <summary>Commands about the system: date, uname, hostname, id, systemd-run, systemctl, reboot.</summary>
internal static class SystemCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("date", Date);
        table.Add("uname", Uname);
        table.Add("hostname", c => Say(c, c.Arguments.Contains("-f") ? c.Host.Name + ".lab.example" : c.Host.Name));
        table.Add("whoami", c => Say(c, "root"));
        table.Add("id", c => Say(c, c.Arguments.Contains("-un") ? "root" : c.Arguments.Count > 0 ? "0" : "uid=0(root) gid=0(root) groups=0(root)"));
        table.Add("which", Which);
        table.Add("systemd-run", Run);
        table.Add("systemctl", Control);
        table.AddWaiting("reboot", async c =>
        {
            await c.Host.RestartAsync().ConfigureAwait(false);
            return 0;
        });
    }

    private static int Say(CommandContext c, string text)
    {
        c.Output.Append(text).Append('\n');
        return 0;
    }

    private static int Date(CommandContext c)
    {
        var now = c.Host.World.Now.ToUniversalTime();
        var format = c.Arguments.Find(a => a[0] == '+');
        return Say(c, format switch
        {
            null => now.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture),
            "+%s" => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => now.ToString(format.Substring(1).Replace("%F", "yyyy-MM-dd").Replace("%T", "HH:mm:ss").Replace("%Y", "yyyy")
                .Replace("%m", "MM").Replace("%d", "dd").Replace("%H", "HH").Replace("%M", "mm").Replace("%S", "ss")
                .Replace("%s", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture),
        });
    }

    private static int Uname(CommandContext c) => Say(c, string.Join(" ", c.Arguments.DefaultIfEmpty("-s")) switch
    {
        "-r" => EmulatedHost.KernelRelease,
        "-n" => c.Host.Name,
        "-m" => "x86_64",
        "-a" => $"Linux {c.Host.Name} {EmulatedHost.KernelRelease} #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux",
        _ => "Linux",
    });

    private static int Which(CommandContext c)
    {
        var missing = 0;
        foreach (var name in c.Arguments)
        {
            if (c.Host.Commands.Find(name) is null)
                missing = 1;
            else
                c.Output.Append("/usr/bin/").Append(name).Append('\n');
        }
        return missing;
    }

    // systemd-run --on-active=90 --unit=NAME COMMAND…
    private static int Run(CommandContext c)
    {
        var after = c.TakeOption("--on-active");
        var unit = c.TakeOption("--unit") ?? "run-r" + c.Host.NextTemporaryName("XXXXXXXX");
        _ = c.TakeOption("--description");
        while (c.TakeOption("--property") is not null || c.TakeOption("--timer-property") is not null || c.TakeOption("-p") is not null)
            continue;
        c.Arguments.RemoveAll(a => a is "--quiet" or "-q" or "--collect" or "-G" or "--no-block" or "--system" or "--");
        if (c.Arguments.Count == 0)
            return c.Fail("Command line to execute required.");
        if (after is null || RunnerCommands.ParseDuration(after) is not { } delay)
            return c.Fail(after is null ? "The emulated host runs timers only: give --on-active." : $"Failed to parse OnActiveSec= parameter: {after}");
        unit = BaseName(unit);
        if (c.Host.IsActive(unit))
            return c.Fail($"Failed to start transient timer unit: Unit {unit}.timer was already loaded or has a fragment file.");
        c.Host.StartTimer(unit, delay, c.Arguments.ToList());
        c.Streams.Error.Append($"Running timer as unit: {unit}.timer\nWill run service as unit: {unit}.service\n");
        return 0;
    }

    private static int Control(CommandContext c)
    {
        var quiet = c.Arguments.RemoveAll(a => a is "--quiet" or "-q") > 0;
        c.Arguments.RemoveAll(a => a is "--no-block" or "--");
        if (c.Arguments.Count < 2)
            return c.Arguments.Count == 1 && c.Arguments[0] is "daemon-reload" or "reset-failed" ? 0 : c.Fail("Too few arguments.");
        var status = 0;
        foreach (var argument in c.Arguments.Skip(1))
        {
            // A timer that has fired leaves nothing behind; its service is over at once.
            var unit = BaseName(argument);
            switch (c.Arguments[0])
            {
                case "is-active":
                    var active = c.Host.IsActive(unit) && !argument.EndsWith(".service", StringComparison.Ordinal);
                    if (!quiet)
                        c.Output.Append(active ? "active\n" : "inactive\n");
                    status = active ? status : 3;
                    break;
                case "stop":
                    // The service of a pending timer is loaded as long as the timer is, and stopping it changes nothing.
                    if (!argument.EndsWith(".service", StringComparison.Ordinal) && !c.Host.StopUnit(unit))
                    {
                        c.Streams.Error.Append($"Failed to stop {argument}: Unit {argument} not loaded.\n");
                        status = 5;
                    }
                    break;
                case "reset-failed" or "start" or "restart" or "reload":
                    break;
                default:
                    return c.Fail($"Unknown command verb '{c.Arguments[0]}'.");
            }
        }
        return status;
    }

    private static string BaseName(string unit) =>
        unit.EndsWith(".timer", StringComparison.Ordinal) ? unit.Substring(0, unit.Length - ".timer".Length)
        : unit.EndsWith(".service", StringComparison.Ordinal) ? unit.Substring(0, unit.Length - ".service".Length) : unit;
}
