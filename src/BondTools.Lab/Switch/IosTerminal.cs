using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BondTools.Lab.Switch;

/// <summary>A vty of the switch: echo, line editing, the pager and syslog lines around an <see cref="IosSession"/>.</summary>
internal sealed class IosTerminal
{
    private const string More = " --More-- ";
    // What IOS sends to wipe the pager's words from the line.
    private static readonly string Wipe = new string('\b', 9) + new string(' ', 8) + new string('\b', 8) + " \b";
    private readonly EmulatedSwitch _device;
    private readonly IosSession _session;
    private readonly StringBuilder _line = new();
    private readonly Queue<string> _pages = new();
    private bool _skipLineFeed;

    public IosTerminal(EmulatedSwitch device)
    {
        _device = device;
        Stream = new TerminalStream(Typed);
        lock (device.World.Gate)
        {
            device.World.Advance();
            _session = new IosSession(device, device.EnableSecret is null);
            device.World.Switch.Logged += Log;
        }
        Stream.Closed += () => device.World.Switch.Logged -= Log;
        Stream.Show("\n" + _session.Prompt);
    }

    public TerminalStream Stream { get; }

    private void Typed(string text)
    {
        lock (_device.World.Gate)
        {
            _device.World.Advance();
            foreach (var c in text)
                Typed(c);
        }
    }

    private void Typed(char c)
    {
        // A line may end in CR, LF or both.
        var skip = c == '\n' && _skipLineFeed;
        _skipLineFeed = c == '\r';
        if (skip || _session.LoggedOut)
            return;
        if (_pages.Count > 0)
        {
            TurnPage(c);
            return;
        }
        switch (c)
        {
            case '\r' or '\n':
                Stream.Show("\n");
                var line = _line.ToString();
                _line.Clear();
                Finish(_session.Run(line));
                break;
            case '\x1a':
                Stream.Show("^Z\n");
                _line.Clear();
                _session.Abandon();
                if (_session.IsConfiguring)
                    _session.Become(IosMode.Privileged);
                Finish("");
                break;
            case '\x03':
                _line.Clear();
                _session.Abandon();
                Stream.Show("\n");
                if (_session.IsConfiguring)
                    _session.Become(IosMode.Privileged);
                Finish("");
                break;
            case '\x15':
                if (Echoes)
                    Stream.Show(string.Concat(System.Linq.Enumerable.Repeat("\b \b", _line.Length)));
                _line.Clear();
                break;
            case '\x7f' or '\b' when _line.Length > 0:
                _line.Length--;
                if (Echoes)
                    Stream.Show("\b \b");
                break;
            case >= ' ' and not '\x7f':
                _line.Append(c);
                if (Echoes)
                    Stream.Show(c.ToString());
                break;
        }
    }

    // A secret is not shown while it is typed.
    private bool Echoes => !_session.QuestionIsSecret || _session.Question is null;

    private void Finish(string output)
    {
        if (_session.LoggedOut)
        {
            Stream.Show(output);
            Stream.Hangup();
            return;
        }
        var lines = output.Split('\n');
        if (_session.Length == 0 || lines.Length <= _session.Length)
        {
            Stream.Show(output);
            ShowPrompt();
            return;
        }
        foreach (var line in lines)
            _pages.Enqueue(line);
        ShowLines(_session.Length - 1);
    }

    private void TurnPage(char c)
    {
        Stream.Show(Wipe);
        switch (c)
        {
            case ' ':
                ShowLines(_session.Length - 1);
                break;
            case '\r' or '\n':
                ShowLines(1);
                break;
            default:
                _pages.Clear();
                ShowPrompt();
                break;
        }
    }

    private void ShowLines(int count)
    {
        for (; count > 0 && _pages.Count > 0; count--)
        {
            var line = _pages.Dequeue();
            Stream.Show(_pages.Count > 0 ? line + "\n" : line);
        }
        if (_pages.Count > 0)
            Stream.Show(More);
        else
            ShowPrompt();
    }

    private void ShowPrompt()
    {
        if (_session.Question is null)
            Stream.Show(_session.Prompt);
    }

    private void Log(string message)
    {
        if (!_session.Monitors)
            return;
        var time = _device.World.Now.ToString("MMM d HH:mm:ss.fff", CultureInfo.InvariantCulture);
        // Only a prompt is written anew with what stands behind it: a question may be about a secret.
        var again = _session.Question is null && _pages.Count == 0 ? _session.Prompt + _line : "";
        Stream.Show($"\n*{time}: {message}\n{again}");
    }
}
