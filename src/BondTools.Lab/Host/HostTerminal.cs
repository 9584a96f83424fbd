using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>An interactive shell on the host: echo, line by line, a prompt, Ctrl+C and Ctrl+D.</summary>
internal sealed class HostTerminal : IDisposable
{
    private readonly EmulatedHost _host;
    private readonly StringBuilder _line = new();
    private readonly object _gate = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _ended;
    private CancellationTokenSource? _running;
    private Task _work = Task.CompletedTask;
    private Shell _shell;

    public HostTerminal(EmulatedHost host)
    {
        _host = host;
        _ended = _closed.Token;
        Stream = new TerminalStream(Typed);
        Stream.Closed += Dispose;
        Stream.InputEnded = EndInput;
        _shell = new Shell(host, _ended) { Name = "-bash" };
        Stream.Show(Prompt);
    }

    public TerminalStream Stream { get; }

    /// <summary>Ends what still runs; the stream does it when either end closes.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private string Prompt => $"root@{_host.Name}:~# ";

    private void Typed(string text)
    {
        lock (_gate)
        {
            foreach (var c in text)
                Typed(c);
        }
    }

    private void Typed(char c)
    {
        switch (c)
        {
            case '\r' or '\n':
                Stream.Show("\n");
                var line = _line.ToString();
                _line.Clear();
                // Lines typed while a command runs wait for it.
                _work = _work.ContinueWith(_ => RunAsync(line), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
                break;
            case '\x03':
                Stream.Show("^C\n");
                _line.Clear();
                if (_running is null)
                    Stream.Show(Prompt);
                else
                    _running.Cancel();
                break;
            case '\x04' when _line.Length == 0:
                EndInput();
                break;
            case '\x7f' or '\b':
                if (_line.Length > 0)
                {
                    _line.Length--;
                    Stream.Show("\b \b");
                }
                break;
            case >= ' ' or '\t':
                _line.Append(c);
                Stream.Show(c.ToString());
                break;
        }
    }

    private void EndInput()
    {
        lock (_gate)
            _work = _work.ContinueWith(
                _ =>
                {
                    Stream.Show("logout\n");
                    Stream.Hangup();
                },
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunAsync(string line)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_ended);
        lock (_gate)
            _running = running;
        var output = new StringBuilder();
        try
        {
            var shell = _shell.Fork(running.Token);
            shell.IsInteractive = true;
            await shell.RunAsync(line, new ShellStreams("", output, output)).ConfigureAwait(false);
            _shell = shell;
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C: what it had printed is shown below.
        }
        lock (_gate)
            _running = null;
        Stream.Show(output.ToString());
        if (_shell.Exited)
        {
            Stream.Show("logout\n");
            Stream.Hangup();
        }
        else
            Stream.Show(Prompt);
    }
}
