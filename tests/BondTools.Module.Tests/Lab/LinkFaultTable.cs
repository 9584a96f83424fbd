using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BondTools.Analysis;

namespace BondTools.Module.Tests.Lab;

/// <summary>One row for each fault: the rule that fired for it, at which end, and in which words.</summary>
internal sealed class LinkFaultTable(string path)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal), _healthy = new(StringComparer.Ordinal);

    /// <summary>Notes what one fault was found by.</summary>
    public void Add(string fault, Finding finding)
    {
        lock (_lock)
            _faults[fault] = $"| {fault} | {finding.RuleId} | {finding.End} | {finding.Severity} | {finding.Message} |";
    }

    /// <summary>Notes that nothing was found where nothing is wrong.</summary>
    public void AddHealthy(string state)
    {
        lock (_lock)
            _healthy[state] = $"| {state} (nothing is wrong) | none | | | |";
    }

    /// <summary>Writes the table where a reader of the tests' output finds it.</summary>
    public void Write()
    {
        if (_faults.Count + _healthy.Count == 0)
            return;
        var file = Path.Combine(Repository.Root, "out", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "| fault | rule | end | severity | message |\n|---|---|---|---|---|\n" + string.Concat(_faults.Values.Concat(_healthy.Values).Select(row => row + "\n")));
    }
}
