using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Ios;

/// <summary>
/// Commands and answers over the terminal of an IOS or NX-OS switch. One command runs at a time; others wait.
/// </summary>
/// <remarks>
/// After a timeout, a cancellation or a lost connection nobody knows what the switch will print next: the session then
/// closes its stream and is not <see cref="IsUsable"/> any more. A new terminal on the same connection is the remedy.
/// </remarks>
internal sealed class IosSession : IDisposable
{
    /// <summary>The command that enters configuration mode.</summary>
    public const string EnterConfiguration = "configure terminal";

    private readonly IosSessionOptions _options;
    private readonly IosChannel _channel;
    private readonly IosTerminal _terminal;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _disposed;

    private IosSession(Stream stream, IosSessionOptions options)
    {
        (_options, _channel, CommandTimeout, Trace) = (options, new IosChannel(stream), options.CommandTimeout, options.Trace);
        _terminal = new IosTerminal(options.MaximumOutput);
    }

    /// <summary>The switch's host name, from its prompt.</summary>
    public string HostName => _terminal.HostName;

    /// <summary>Whether the prompt ends with <c>#</c>.</summary>
    public bool IsPrivileged => _terminal.IsPrivileged;

    /// <summary>How long each command from now on may take.</summary>
    public TimeSpan CommandTimeout { get; set; }

    /// <summary>Is given every line that goes out or comes in from now on, secrets masked.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Whether commands can still be run.</summary>
    public bool IsUsable => Volatile.Read(ref _disposed) == 0;

    /// <summary>Waits for the prompt, logging in where the shell asks, turns paging off and enables when there is a secret.</summary>
    /// <param name="terminal">The terminal; the session closes it.</param>
    /// <param name="options">How to log in and how long to wait.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="BondToolsException">Timeout, ConnectionLost, AuthenticationFailed or UnexpectedOutput.</exception>
    public static async Task<IosSession> OpenAsync(Stream terminal, IosSessionOptions options, CancellationToken cancellationToken)
    {
        var session = new IosSession(terminal, options);
        try
        {
            await session.LogInAsync(cancellationToken).ConfigureAwait(false);
            // Both are refused by some platforms; the pager is answered then, and wide lines are recognised anyway.
            await session.ExchangeAsync("terminal length 0", null, cancellationToken).ConfigureAwait(false);
            await session.ExchangeAsync("terminal width 511", null, cancellationToken).ConfigureAwait(false);
            if (options.EnableSecret is not null && !session.IsPrivileged)
                await session.EnableAsync(options.EnableSecret, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command that asks nothing.</summary>
    /// <param name="command">The line; it is validated.</param>
    /// <param name="cancellationToken">Ends the wait at once, and with it the session.</param>
    /// <returns>What it printed, lines ended by a line feed, without echo, prompt and log messages.</returns>
    /// <exception cref="BondToolsException">
    /// CommandRejected (the switch refused it, or asked something), Timeout, ConnectionLost, InvalidConfiguration,
    /// or UnexpectedOutput when the answer passes its limit.
    /// </exception>
    public Task<string> RunAsync(string command, CancellationToken cancellationToken) => RunAsync(command, null, cancellationToken);

    /// <summary>Runs a command that may ask something.</summary>
    /// <param name="command">The line; it is validated.</param>
    /// <param name="answer">
    /// Is given a question and returns the answer: an empty text for Return (which confirms), or null to break off.
    /// </param>
    /// <param name="cancellationToken">Ends the wait at once, and with it the session.</param>
    /// <inheritdoc cref="RunAsync(string, CancellationToken)"/>
    public async Task<string> RunAsync(string command, Func<string, string?>? answer, CancellationToken cancellationToken)
    {
        var line = IosLine.Validate(command);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var output = await ExchangeAsync(line, answer, cancellationToken).ConfigureAwait(false);
            return IosText.FindRejection(output, false) is { } reason ? throw Rejected(line, reason, output) : output;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Enters configuration mode, sends lines, and leaves it again.</summary>
    /// <inheritdoc cref="ConfigureAsync(IReadOnlyList{string}, string, Action{string}, CancellationToken)"/>
    public Task ConfigureAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) =>
        ConfigureAsync(lines, EnterConfiguration, null, cancellationToken);

    /// <summary>Enters configuration mode, sends lines, and leaves it again.</summary>
    /// <param name="lines">The lines without <c>configure terminal</c> and <c>end</c>; all are validated before any is sent.</param>
    /// <param name="enter">The command that enters configuration mode, such as one with a revert timer.</param>
    /// <param name="accepted">Is given each line after the switch took it.</param>
    /// <param name="cancellationToken">Ends the wait at once, and with it the session.</param>
    /// <exception cref="BondToolsException">
    /// As for <see cref="RunAsync(string, CancellationToken)"/>. After a rejected line no further one is sent and
    /// configuration mode is left; what was sent before it is in force.
    /// </exception>
    public async Task ConfigureAsync(IReadOnlyList<string> lines, string enter, Action<string>? accepted, CancellationToken cancellationToken)
    {
        var valid = new List<string>(lines.Count);
        foreach (var line in lines)
            valid.Add(IosLine.Validate(line));

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ConfigureLineAsync(enter, cancellationToken).ConfigureAwait(false);
            try
            {
                foreach (var line in valid)
                {
                    await ConfigureLineAsync(line, cancellationToken).ConfigureAwait(false);
                    accepted?.Invoke(line);
                }
            }
            catch (BondToolsException) when (IsUsable && _terminal.Mode is not null)
            {
                await ExchangeAsync("end", null, cancellationToken).ConfigureAwait(false);
                throw;
            }
            await ExchangeAsync("end", null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the terminal.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _channel.Dispose();
    }

    // Closing an SSH channel may take its time; an error or Ctrl+C does not wait for that.
    private void Abandon()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _ = Task.Run(_channel.Dispose);
    }

    private async Task ConfigureLineAsync(string line, CancellationToken cancellationToken)
    {
        var output = await ExchangeAsync(line, null, cancellationToken).ConfigureAwait(false);
        if (IosText.FindRejection(output, true) is { } reason)
            throw Rejected(line, reason, output);
        if (_terminal.Mode is null)
            throw Rejected(line, "the switch is not in configuration mode", output);
    }

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var passwords = 0;
        while (true)
        {
            var state = await WaitAsync(clock, true, cancellationToken).ConfigureAwait(false);
            switch (state)
            {
                case IosState.Prompt:
                    _terminal.TakeAnswer();
                    return;
                case IosState.UserName when passwords == 0 && _options.UserName is { } user:
                    await ReplyAsync(IosLine.Encode(IosLine.Validate(user)), user, clock, cancellationToken).ConfigureAwait(false);
                    break;
                case IosState.Password when passwords == 0 && _options.Password is { } password:
                    passwords++;
                    await ReplyAsync(password, clock, cancellationToken).ConfigureAwait(false);
                    break;
                case IosState.UserName or IosState.Password:
                    throw new BondToolsException(
                        BondToolsErrorKind.AuthenticationFailed,
                        passwords > 0 ? "The switch's shell refused the user name or the password." : "The switch's shell asks for a user name or a password, and there is none to give.")
                    {
                        Output = IosText.Shown(_terminal.OutputSoFar),
                        RecommendedAction = "Check the credential; the shell of this switch asks for it a second time, after SSH.",
                    };
                case IosState.Question:
                    throw new BondToolsException(BondToolsErrorKind.UnexpectedOutput, $"The switch asks '{_terminal.CurrentLine}' instead of giving a prompt.")
                    {
                        Output = IosText.Shown(_terminal.OutputSoFar),
                        RecommendedAction = "Log in by hand once and answer it.",
                    };
                case IosState.Pager:
                    await ReplyAsync(IosLine.NextPage, null, clock, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    await ReplyAsync(IosLine.Return, "", clock, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task EnableAsync(SecureString secret, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await BeginAsync("enable", clock, cancellationToken).ConfigureAwait(false);
        var state = await WaitAsync(clock, false, cancellationToken).ConfigureAwait(false);
        if (state == IosState.Password)
        {
            await ReplyAsync(secret, clock, cancellationToken).ConfigureAwait(false);
            state = await WaitAsync(clock, false, cancellationToken).ConfigureAwait(false);
        }
        var output = _terminal.OutputSoFar;
        if (state == IosState.Prompt)
            output = TakeAnswer();
        if (state != IosState.Prompt || !IsPrivileged)
        {
            throw new BondToolsException(BondToolsErrorKind.AuthenticationFailed, $"{HostName} refused the enable secret.")
            {
                Command = "enable",
                Output = IosText.Shown(output),
                RecommendedAction = "Check the enable secret, or connect as a user of privilege level 15.",
            };
        }
    }

    // Sends a line and takes what it printed; the gate is held, or nobody else has the session yet.
    private async Task<string> ExchangeAsync(string line, Func<string, string?>? answer, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await BeginAsync(line, clock, cancellationToken).ConfigureAwait(false);
        string? unanswered = null;
        while (true)
        {
            var state = await WaitAsync(clock, false, cancellationToken).ConfigureAwait(false);
            if (state == IosState.Prompt)
            {
                var output = TakeAnswer();
                return unanswered is null ? output : throw Rejected(line, $"it asks '{unanswered}'", output);
            }
            if (state == IosState.Pager)
            {
                await ReplyAsync(IosLine.NextPage, null, clock, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var question = _terminal.CurrentLine;
            var reply = state == IosState.Question && unanswered is null ? answer?.Invoke(question) : null;
            if (reply is null)
            {
                unanswered ??= question;
                await ReplyAsync(IosLine.Interrupt, "^C", clock, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var bytes = reply.Length == 0 ? IosLine.Return : IosLine.Encode(IosLine.Validate(reply));
                await ReplyAsync(bytes, reply, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task BeginAsync(string line, Stopwatch clock, CancellationToken cancellationToken)
    {
        if (!IsUsable)
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, $"The terminal of {Name} is closed.") { Command = line };
        _terminal.Begin(line);
        await SendAsync(IosLine.Encode(line), line, clock, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReplyAsync(byte[] bytes, string? shown, Stopwatch clock, CancellationToken cancellationToken)
    {
        _terminal.Reply();
        await SendAsync(bytes, shown, clock, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReplyAsync(SecureString secret, Stopwatch clock, CancellationToken cancellationToken)
    {
        var bytes = IosLine.Encode(secret);
        try
        {
            await ReplyAsync(bytes, "********", clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    private async Task SendAsync(byte[] bytes, string? shown, Stopwatch clock, CancellationToken cancellationToken)
    {
        if (shown is not null)
            Trace?.Invoke("> " + IosLine.Mask(shown));
        try
        {
            if (!await _channel.SendAsync(bytes, CommandTimeout - clock.Elapsed, cancellationToken).ConfigureAwait(false))
                throw Broken(_channel.Failure is null ? BondToolsErrorKind.Timeout : BondToolsErrorKind.ConnectionLost);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    // Waits until the switch waits. A session whose wait fails is closed, because it is out of step.
    private async Task<IosState> WaitAsync(Stopwatch clock, bool nudge, CancellationToken cancellationToken)
    {
        try
        {
            // why: only bytes change the state, so each turn waits for some; the deadline is the command's, and the token ends any wait at once.
            while (true)
            {
                var remaining = CommandTimeout - clock.Elapsed;
                var state = _terminal.State;
                var ready = state != IosState.Busy;
                if (ready && !_terminal.MayContinue)
                    return state;

                var nudging = nudge && !ready && _options.Silence < remaining;
                var patience = ready ? _options.Settle : nudging ? _options.Silence : remaining;
                var arrival = await _channel.ReceiveAsync(_terminal, patience, cancellationToken).ConfigureAwait(false);
                if (arrival == Arrival.Data)
                    continue;
                if (ready)
                    return state;
                if (arrival == Arrival.End)
                    throw Broken(BondToolsErrorKind.ConnectionLost);
                if (!nudging)
                    throw Broken(BondToolsErrorKind.Timeout);
                nudge = false;
                await SendAsync(IosLine.Return, "", clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    private string TakeAnswer()
    {
        var output = _terminal.TakeAnswer();
        if (Trace is { } trace)
        {
            foreach (var line in output.Split('\n'))
                trace("< " + IosLine.Mask(line));
        }
        return output;
    }

    private string Name => HostName.Length > 0 ? HostName : "the switch";

    private BondToolsException Broken(BondToolsErrorKind kind) =>
        new(kind, kind == BondToolsErrorKind.Timeout ? $"The terminal of {Name} gave no prompt within {CommandTimeout.TotalSeconds:0.#} seconds." : $"The connection to {Name} ended before its answer was complete.", _channel.Failure)
        {
            Command = _terminal.Command is { } command ? IosLine.Mask(command) : null,
            Output = IosText.Shown(_terminal.OutputSoFar),
        };

    private BondToolsException Rejected(string line, string reason, string output) =>
        new(BondToolsErrorKind.CommandRejected, $"{Name} rejected '{IosLine.Mask(line)}': {reason}") { Command = IosLine.Mask(line), Output = IosText.Shown(output) };
}
