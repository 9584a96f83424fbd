using System;
using System.Text;

namespace BondTools.Shell.Host;

/// <summary>
/// The process's three streams. Results go to standard output; everything that is said about the work, and progress,
/// goes to standard error, so that a pipe gets results alone.
/// </summary>
internal sealed class Terminal
{
    private const int WidthWithoutTerminal = 120;
    private readonly object _gate = new();
    private readonly bool _colorsErrors = !Console.IsErrorRedirected && !NoColor;
    private int _progressLength;

    public bool HasColor { get; } = !Console.IsOutputRedirected && !NoColor;

    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    public bool TakesColor => HasColor && Capture is null;

    /// <summary>Where output goes instead while Out-String or Out-File collects it.</summary>
    public StringBuilder? Capture { get; set; }

    /// <summary>The columns there are, or that collected text may have.</summary>
    public int? CaptureWidth { get; set; }

    public int Width => CaptureWidth ?? (Console.IsOutputRedirected || Console.WindowWidth <= 0 ? WidthWithoutTerminal : Console.WindowWidth);

    public void Write(string text)
    {
        lock (_gate)
        {
            if (Capture is not null)
            {
                Capture.Append(text);
                return;
            }
            EraseProgress();
            Console.Out.Write(text);
        }
    }

    public void WriteError(string text) => Report(text, "\u001b[31m");

    public void WriteWarning(string text) => Report("WARNING: " + text, "\u001b[33m");

    public void WriteVerbose(string text) => Report("VERBOSE: " + text, "\u001b[36m");

    public void WriteDebug(string text) => Report("DEBUG: " + text, "\u001b[36m");

    public void WriteProgress(string text)
    {
        if (!ShowsProgress)
            return;
        lock (_gate)
        {
            EraseProgress();
            var shown = text.Length < Width ? text : text[..(Width - 1)];
            Console.Error.Write(shown);
            _progressLength = shown.Length;
        }
    }

    public void ClearProgress()
    {
        lock (_gate)
            EraseProgress();
    }

    // no-color.org: present and not empty.
    private static bool NoColor => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private void Report(string text, string color)
    {
        lock (_gate)
        {
            EraseProgress();
            Console.Error.WriteLine(_colorsErrors ? $"{color}{text}\u001b[0m" : text);
        }
    }

    private void EraseProgress()
    {
        if (_progressLength == 0)
            return;
        Console.Error.Write("\r" + new string(' ', _progressLength) + "\r");
        _progressLength = 0;
    }
}
