using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Module.Tests;

namespace BondTools.KernelLab;

/// <summary>One row for each kind of fault: how often it was tried, and how the host came out of it.</summary>
internal sealed class FaultTable
{
    private readonly List<(string Fault, string Outcome, bool LockedOut)> _runs = [];

    /// <summary>Notes one run.</summary>
    public void Add(string fault, string outcome, bool lockedOut) => _runs.Add((fault, outcome, lockedOut));

    /// <summary>Writes the table where a reader of the tests' output finds it.</summary>
    public void Write()
    {
        if (_runs.Count == 0)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "kernel-lab"));
        var rows = _runs.GroupBy(r => r.Fault).Select(g =>
            $"| {g.Key} | {g.Count()} | {string.Join("; ", g.GroupBy(r => r.Outcome).Select(o => o.Count() == 1 ? o.Key : $"{o.Key} ({o.Count()})"))} | {g.Count(r => r.LockedOut)} |");
        File.WriteAllText(
            Path.Combine(folder.FullName, "faults.md"),
            "| fault | runs | outcome | lock-outs |\n|---|---:|---|---:|\n" + string.Join("\n", rows) + $"\n| all | {_runs.Count} | | {_runs.Count(r => r.LockedOut)} |\n");
    }
}
