using System;
using System.Collections.Generic;
using System.Text;
using BondTools.Cisco;

namespace BondTools.Module.Ios;

/// <summary>What an IOS terminal is doing at the moment.</summary>
internal enum IosState
{
    /// <summary>Output is under way, or nothing has come yet.</summary>
    Busy,
    /// <summary>The prompt stands there and nothing follows it.</summary>
    Prompt,
    /// <summary>A pager waits for a key.</summary>
    Pager,
    /// <summary>A shell asks for a user name.</summary>
    UserName,
    /// <summary>A shell, or <c>enable</c>, asks for a secret.</summary>
    Password,
    /// <summary>A console waits for Return.</summary>
    PressReturn,
    /// <summary>A command asks something.</summary>
    Question,
}

/// <summary>
/// The IOS terminal as a state machine: bytes go in, <see cref="State"/> says what the switch waits for. It knows no
/// stream, no task and no clock.
/// </summary>
/// <remarks>
/// Each byte is looked at once, whatever the pieces it comes in. A prompt counts when it is the only thing on the last
/// line, carries the learned host name, and the echo of the command has gone before it; log messages may follow it. What
/// looks like a prompt in mid-output stops counting with the next byte, so a caller lets a moment pass before it takes an
/// answer that is not empty (<see cref="MayContinue"/>).
/// </remarks>
internal sealed class IosTerminal
{
    // No prompt, pager or question is longer; it bounds what is looked at when the state is asked for.
    private const int LongestWait = 512;

    // The shortest end of a long command that a scrolled echo ("$…") must show.
    private const int ShortestScrolledEcho = 8;

    private readonly int _maximumOutput;
    private readonly TerminalLine _line = new();
    private readonly List<string> _lines = new();
    private string _command = "";
    private bool _echoed = true;
    private bool _relearn = true;
    private bool _printed;
    private bool _pressReturn;
    private long _received;
    // The index of a line that is a prompt and was followed by nothing but log messages; -1 when there is none.
    private int _promptIndex = -1;
    private IosPrompt _prompt;

    /// <summary>Creates a terminal that knows no prompt yet.</summary>
    /// <param name="maximumOutput">The most bytes one answer may have.</param>
    public IosTerminal(int maximumOutput) => _maximumOutput = maximumOutput;

    /// <summary>The host name of the last prompt taken; empty before the first.</summary>
    public string HostName { get; private set; } = "";

    /// <summary>The mode of the last prompt taken (<c>config-if</c>), or null outside configuration.</summary>
    public string? Mode { get; private set; }

    /// <summary>Whether the last prompt taken ended with <c>#</c>.</summary>
    public bool IsPrivileged { get; private set; }

    /// <summary>The command whose answer is awaited, or null.</summary>
    public string? Command => _command.Length > 0 ? _command : null;

    /// <summary>The unfinished line: the question, when one is asked.</summary>
    public string CurrentLine => _line.Text.Trim();

    /// <summary>Everything that came since the command was sent, as far as it is understood.</summary>
    public string OutputSoFar => Join(_lines.Count, true) + _line.Text;

    /// <summary>Whether more might follow what <see cref="State"/> says: a piece of output may end by chance where it looks like a prompt.</summary>
    public bool MayContinue => _printed || State is not (IosState.Prompt or IosState.Pager);

    /// <summary>What the switch waits for.</summary>
    public IosState State
    {
        get
        {
            if (_pressReturn)
                return IosState.PressReturn;
            if (!_echoed || _line.Length > LongestWait)
                return IosState.Busy;
            var text = _line.Text.Trim();
            if (text.Length == 0)
                return _promptIndex >= 0 ? IosState.Prompt : IosState.Busy;
            if (IsPrompt(text, out _))
                return IosState.Prompt;
            if (IosText.IsPager(text))
                return IosState.Pager;
            if (EndsWith(text, "username:") || EndsWith(text, "login:"))
                return IosState.UserName;
            if (EndsWith(text, "password:"))
                return IosState.Password;
            if (IosText.IsQuestion(text))
                return IosState.Question;
            if (IsPressReturn(text))
                return IosState.PressReturn;
            return _promptIndex >= 0 && CiscoText.IsLogMessage(text) ? IosState.Prompt : IosState.Busy;
        }
    }

    /// <summary>Says that a command line is about to be sent: its answer begins behind its echo.</summary>
    /// <param name="command">The line without its end.</param>
    /// <param name="relearn">Whether the prompt behind the answer may carry any host name.</param>
    public void Begin(string command, bool relearn = false)
    {
        Reset();
        _command = command;
        _echoed = false;
        _relearn |= relearn || ChangesHostName(command);
    }

    /// <summary>Says that a waiting key, a secret or an answer is about to be sent: output goes on from there.</summary>
    public void Reply()
    {
        if (State is IosState.Question)
            _lines.Add(_line.Text);
        _line.Clear();
        _pressReturn = false;
        _promptIndex = -1;
    }

    /// <summary>Takes bytes from the switch.</summary>
    /// <exception cref="BondToolsException">The answer is longer than it may be (<see cref="BondToolsErrorKind.UnexpectedOutput"/>).</exception>
    public void Receive(byte[] bytes, int offset, int count)
    {
        for (var i = offset; i < offset + count; i++)
        {
            if (++_received > _maximumOutput)
            {
                throw new BondToolsException(BondToolsErrorKind.UnexpectedOutput, $"The switch printed more than {_maximumOutput} bytes in answer to one command.")
                {
                    Command = IosLine.Mask(_command),
                    Output = IosText.Shown(OutputSoFar),
                    RecommendedAction = "Ask for less, for instance with '| include', or allow a longer answer.",
                };
            }
            if (!_line.Put(bytes[i]))
                continue;
            EndLine(_line.Text);
            _line.Clear();
        }
    }

    /// <summary>Takes the answer at a prompt: what the command printed, without echo, prompt and log messages.</summary>
    /// <exception cref="InvalidOperationException">The terminal is not at a prompt.</exception>
    public string TakeAnswer()
    {
        if (State != IosState.Prompt)
            throw new InvalidOperationException("The terminal is not at a prompt.");
        if (IsPrompt(_line.Text.Trim(), out var prompt))
            _prompt = prompt;
        var length = _promptIndex >= 0 ? _promptIndex : _lines.Count;
        var answer = Join(length, KeepsLogMessages(_command));

        // A long name that configuration mode has cut does not replace the whole one.
        if (_relearn || _prompt.Host.Length > HostName.Length)
            HostName = _prompt.Host;
        (Mode, IsPrivileged) = (_prompt.Mode, _prompt.Privileged);
        // The first prompt may have been a line of a banner: the one behind the first echo is certain.
        _relearn = _command.Length == 0;
        Reset();
        return answer;
    }

    private void Reset()
    {
        _line.Clear();
        _lines.Clear();
        (_promptIndex, _received, _command, _echoed, _printed, _pressReturn) = (-1, 0, "", true, false, false);
    }

    private void EndLine(string text)
    {
        if (!_echoed)
        {
            _echoed = IsEcho(text.Trim());
            if (_echoed)
                _lines.Clear();
            else
                _lines.Add(text);
            return;
        }

        if (_promptIndex < 0)
        {
            // A line of a banner is no prompt: before the first command only an unfinished line can be one.
            if (_command.Length > 0 && IsPrompt(text.Trim(), out var prompt))
                (_promptIndex, _prompt) = (_lines.Count, prompt);
        }
        else if (text.Length > 0 && !CiscoText.IsLogMessage(text) && !IsPrompt(text.Trim(), out _))
        {
            _promptIndex = -1;
        }
        _pressReturn |= _command.Length == 0 && IsPressReturn(text.Trim());
        _printed |= text.Length > 0;
        _lines.Add(text);
    }

    // The echo stands behind the prompt, which is not on the line any more, unless a log message came between and the
    // switch wrote both anew ("logging synchronous"). Wider than the terminal, only its end is shown, behind a dollar.
    private bool IsEcho(string text)
    {
        if (text.EndsWith(_command, StringComparison.Ordinal))
            return text.Length == _command.Length || IsPrompt(text.Substring(0, text.Length - _command.Length).Trim(), out _);
        var dollar = text.IndexOf('$');
        return dollar >= 0
            && text.Length - dollar > ShortestScrolledEcho
            && _command.EndsWith(text.Substring(dollar + 1), StringComparison.Ordinal)
            && (dollar == 0 || IsPrompt(text.Substring(0, dollar).Trim(), out _));
    }

    private bool IsPrompt(string text, out IosPrompt prompt) =>
        IosPrompt.TryParse(text, out prompt) && (_relearn || IosPrompt.SameHost(prompt.Host, HostName));

    private string Join(int count, bool logMessages)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            if (logMessages || !CiscoText.IsLogMessage(_lines[i]))
                joined.Append(_lines[i]).Append('\n');
        }
        return joined.ToString();
    }

    // These commands print log messages as their output.
    private static bool KeepsLogMessages(string command) =>
        command.IndexOf(" log", StringComparison.OrdinalIgnoreCase) >= 0
        || command.IndexOf(" tech", StringComparison.OrdinalIgnoreCase) >= 0
        || command.StartsWith("more ", StringComparison.OrdinalIgnoreCase);

    private static bool ChangesHostName(string command)
    {
        var line = command.StartsWith("no ", StringComparison.OrdinalIgnoreCase) ? command.Substring(3) : command;
        return line.StartsWith("host", StringComparison.OrdinalIgnoreCase) || line.StartsWith("switchname", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsPressReturn(string text) => text.StartsWith("Press RETURN to get started", StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(string text, string end) => text.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
