using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Host;
using BondTools.Analysis;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// A table for each watched host on the screen, drawn again in place where the console lets the cursor be moved, and one below
/// the other where it does not. Used on the pipeline thread only.
/// </summary>
internal sealed class LiveTable(PSHostUserInterface screen)
{
    private const int ShownEvents = 5;

    private readonly SortedDictionary<string, IReadOnlyList<string>> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<LacpBalanceEvent>> _events = new(StringComparer.Ordinal);
    private int _drawn;

    /// <summary>The console to draw on; null where there is none: a pipe, a file, or a host without a screen.</summary>
    public static LiveTable? On(PSHost host)
    {
        try
        {
            return !Console.IsOutputRedirected && host.UI?.RawUI is { BufferSize.Width: > 0 } ? new LiveTable(host.UI) : null;
        }
        catch (Exception error) when (error is HostException or NotImplementedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Shows a host's sample in place of its last one.</summary>
    public void Show(LacpBalanceSample sample, IReadOnlyList<LacpBalanceEvent> events)
    {
        if (!_events.TryGetValue(sample.ComputerName, out var shown))
            _events[sample.ComputerName] = shown = new Queue<LacpBalanceEvent>();
        foreach (var item in events)
        {
            shown.Enqueue(item);
            if (shown.Count > ShownEvents)
                shown.Dequeue();
        }

        // A console breaks a line that fills it.
        var width = screen.RawUI.BufferSize.Width - 1;
        _tables[sample.ComputerName] = BalanceScreen.Draw(sample, shown, width);
        List<string> lines = [.. _tables.Values.SelectMany(table => table)];
        // Lines of a longer table before are blanked; the table does not shrink under it.
        while (lines.Count < _drawn)
            lines.Add("");

        var top = screen.RawUI.CursorPosition.Y - _drawn;
        // A host that does not know its cursor leaves it at the top, whatever was written.
        if (_drawn > 0 && top >= 0)
            screen.RawUI.CursorPosition = new Coordinates(0, top);
        foreach (var line in lines)
            screen.WriteLine(line.PadRight(width));
        _drawn = lines.Count;
    }
}
