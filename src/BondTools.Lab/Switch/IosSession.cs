using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.Switch;

internal enum IosMode { User, Privileged, Configure, Interface, Archive }

/// <summary>One login to the switch: the mode it is in and the commands of each mode.</summary>
internal sealed class IosSession
{
    private readonly EmulatedSwitch _device;
    private readonly IosShow _show;
    private readonly EtherChannelShow _channels;
    private readonly CommandTree _user = new(), _privileged = new(), _configure = new(), _interface = new(), _archive = new();

    public IosSession(EmulatedSwitch device, bool privileged)
    {
        _device = device;
        _show = new IosShow(device.World, device);
        _channels = new EtherChannelShow(device.World);
        Mode = privileged ? IosMode.Privileged : IosMode.User;
        AddShow(_user);
        AddShow(_privileged);
        AddExec(_user);
        AddExec(_privileged);
        AddPrivileged(_privileged);
        new IosConfigCommands(this, device).Register(_configure, _interface);
        new IosArchiveCommands(this, device).Register(_privileged, _configure, _archive);
    }

    public IosMode Mode { get; set; }
    /// <summary>The interfaces being configured; several after <c>interface range</c>.</summary>
    public IReadOnlyList<string> Interfaces { get; set; } = [];
    public bool IsRange { get; set; }
    public int Length { get; private set; } = 24;
    public bool Monitors { get; private set; }
    public bool LoggedOut { get; private set; }
    /// <summary>What the next line answers instead of being a command.</summary>
    public Func<string, string>? Question { get; private set; }
    public bool QuestionIsSecret { get; private set; }

    public bool IsConfiguring => Mode is IosMode.Configure or IosMode.Interface or IosMode.Archive;

    public string Prompt => _device.HostName + Mode switch
    {
        IosMode.User => ">",
        IosMode.Privileged => "#",
        IosMode.Configure => "(config)#",
        IosMode.Archive => "(config-archive)#",
        _ => IsRange ? "(config-if-range)#" : "(config-if)#",
    };

    /// <summary>Runs one line and gives what is printed.</summary>
    public string Run(string line)
    {
        if (Question is { } answer)
        {
            Question = null;
            return answer(line);
        }
        var trimmed = line.Trim();
        if (trimmed.Length == 0 || trimmed[0] == '!')
            return "";
        var bar = line.IndexOf('|');
        var command = bar < 0 ? line : line.Substring(0, bar);
        if (IsConfiguring && IsDo(trimmed))
            return RunIn(_privileged, command, command.IndexOf(' ', command.IndexOf(trimmed[0])) + 1, bar < 0 ? null : line.Substring(bar + 1));
        return RunIn(Tree(), command, 0, bar < 0 ? null : line.Substring(bar + 1));
    }

    private static bool IsDo(string line) => line.StartsWith("do ", StringComparison.OrdinalIgnoreCase);

    private CommandTree Tree() => Mode switch
    {
        IosMode.User => _user,
        IosMode.Privileged => _privileged,
        IosMode.Configure => _configure,
        IosMode.Archive => _archive,
        _ => _interface,
    };

    private string RunIn(CommandTree tree, string line, int offset, string? filter)
    {
        var parsed = tree.Parse(line.Substring(offset));
        // In an interface or the archive, a command of the global mode leaves it.
        if (parsed.Error is not null && (tree == _interface || tree == _archive) && _configure.Parse(line) is { Error: null } global)
            (parsed, Mode) = (global, IosMode.Configure);
        if (parsed.Error is not null)
        {
            var caret = parsed.Caret < 0 ? "" : new string(' ', Prompt.Length + offset + parsed.Caret) + "^\n";
            return caret + parsed.Error;
        }
        var output = parsed.Run!(parsed.Values);
        return filter is null ? output : Filter(output, filter.Trim());
    }

    private static string Filter(string output, string filter)
    {
        var blank = filter.IndexOf(' ');
        var (verb, pattern) = blank < 0 ? (filter, "") : (filter.Substring(0, blank), filter.Substring(blank + 1));
        var lines = output.Split('\n').ToList();
        bool Has(string line) => line.IndexOf(pattern, StringComparison.Ordinal) >= 0;
        IEnumerable<string> kept = verb.Length == 0 ? lines
            : "include".StartsWith(verb, StringComparison.Ordinal) ? lines.Where(Has)
            : "exclude".StartsWith(verb, StringComparison.Ordinal) ? lines.Where(l => !Has(l))
            : "begin".StartsWith(verb, StringComparison.Ordinal) ? lines.SkipWhile(l => !Has(l)) : ["% Invalid input detected at '^' marker."];
        var text = string.Join("\n", kept);
        return text.Length == 0 || text[text.Length - 1] == '\n' ? text : text + "\n";
    }

    private void AddShow(CommandTree tree)
    {
        var model = _device.World.Switch;
        tree.Add("show etherchannel summary", () => _show.EtherChannelSummary(null));
        tree.Add("show etherchannel <1-255> summary", v => _show.EtherChannelSummary(Number(v[0])));
        tree.Add("show etherchannel load-balance", _show.LoadBalance);
        AddGroupView(tree, "detail", _channels.Detail);
        AddGroupView(tree, "port-channel", _channels.PortChannels);
        AddGroupView(tree, "protocol", _channels.Protocols);
        tree.Add("show lacp neighbor", () => _show.LacpNeighbor(null));
        tree.Add("show lacp <1-255> neighbor", v => _show.LacpNeighbor(Number(v[0])));
        tree.Add("show lacp internal", () => _show.LacpInternal(null));
        tree.Add("show lacp <1-255> internal", v => _show.LacpInternal(Number(v[0])));
        tree.Add("show lacp sys-id", _show.LacpSystemId);
        tree.Add("show interfaces", () => _show.Interfaces(null));
        tree.Add("show interfaces status", _show.InterfacesStatus);
        tree.Add("show interfaces INTERFACE", v => _show.Interfaces(InterfaceName.Expand(v[0])!) is { Length: > 0 } text ? text
            : "% Invalid input detected at '^' marker.\n\n");
        tree.Add("show interfaces INTERFACE switchport", v => IosSwitchportCommands.Show(model, InterfaceName.Expand(v[0])!));
        tree.Add("show lacp counters", () => LacpCounterShow.Render(model, null));
        tree.Add("show lacp <1-255> counters", v => LacpCounterShow.Render(model, Number(v[0])));
        tree.Add("show version", _show.Version);
        tree.Add("show clock", () => _device.World.Now.ToString("'*'HH:mm:ss.fff 'UTC' ddd MMM d yyyy", CultureInfo.InvariantCulture) + "\n");
        tree.Add("show privilege", () => $"Current privilege level is {(Mode == IosMode.User ? 1 : 15)}\n");
        if (tree == _user)
            return;
        tree.Add("show running-config", () => Sized("Building configuration...\n\nCurrent configuration : {0} bytes\n!\n! Last configuration change at boot\n!",
            IosConfiguration.Running(_device, model)));
        tree.Add("show running-config interface INTERFACE", v => IosConfiguration.Interface(model, InterfaceName.Expand(v[0])!) is { } text
            ? Sized("Building configuration...\n\nCurrent configuration : {0} bytes\n!\n", text) : "% Invalid input detected at '^' marker.\n\n");
        tree.Add("show startup-config", () => Sized("Using {0} out of 1048576 bytes\n!", _device.StartupConfiguration));
    }

    private static void AddGroupView(CommandTree tree, string view, Func<int?, string> show)
    {
        tree.Add("show etherchannel " + view, () => show(null));
        tree.Add("show etherchannel <1-255> " + view, v => show(Number(v[0])));
    }

    private static string Sized(string heading, string text) => string.Format(CultureInfo.InvariantCulture, heading, text.Length) + text;

    private void AddExec(CommandTree tree)
    {
        tree.Add("enable", Enable);
        tree.Add("disable", () => Become(IosMode.User));
        tree.Add("exit", LogOut);
        tree.Add("logout", LogOut);
        tree.Add("quit", LogOut);
        tree.Add("terminal length <0-512>", v =>
        {
            Length = Number(v[0]);
            return "";
        });
        tree.Add("terminal width <0-512>", () => "");
        tree.Add("terminal monitor", () => Monitor(true));
        tree.Add("terminal no monitor", () => Monitor(false));
    }

    private void AddPrivileged(CommandTree tree)
    {
        tree.Add("configure terminal", Configure);
        tree.Add("write", Save);
        tree.Add("write memory", Save);
        tree.Add("write terminal", () => Run("show running-config"));
        foreach (var kind in new[] { "ip", "mac" })
            tree.Add($"test etherchannel load-balance interface port-channel <1-255> {kind} WORD WORD", v => _channels.TestLoadBalance(Number(v[0]), kind, v[1], v[2]));
        tree.Add("copy running-config startup-config", () => Ask("Destination filename [startup-config]? ", _ => Save()));
    }

    public string Configure()
    {
        Become(IosMode.Configure);
        return "Enter configuration commands, one per line.  End with CNTL/Z.\n";
    }

    private string Save()
    {
        _device.SaveConfiguration();
        return "Building configuration...\n[OK]\n";
    }

    private string Enable()
    {
        if (Mode == IosMode.Privileged || _device.EnableSecret is null)
            return Become(IosMode.Privileged);
        return AskSecret(3);
    }

    private string AskSecret(int left)
    {
        QuestionIsSecret = true;
        return Ask("Password: ", answer =>
        {
            if (answer == _device.EnableSecret)
            {
                QuestionIsSecret = false;
                return Become(IosMode.Privileged);
            }
            if (left > 1)
                return AskSecret(left - 1);
            QuestionIsSecret = false;
            return "% Bad secrets\n\n";
        });
    }

    private string Ask(string question, Func<string, string> answer)
    {
        Question = answer;
        return question;
    }

    /// <summary>Breaks a question off, as Control-C does.</summary>
    public void Abandon() => (Question, QuestionIsSecret) = (null, false);

    private string Monitor(bool on)
    {
        Monitors = on;
        return "";
    }

    private string LogOut()
    {
        LoggedOut = true;
        return "";
    }

    public string Become(IosMode mode)
    {
        Mode = mode;
        return "";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
