using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>
/// Counts, for every command, in how many fields the records agree with what others expect of the same output, and
/// writes the table to out/cisco-corpus when the last test of the collection has ended.
/// </summary>
public sealed class CorpusAgreement : IDisposable
{
    public const string Name = "Cisco corpus";

    private readonly SortedDictionary<string, List<CorpusSample>> _commands = new(StringComparer.Ordinal);

    /// <summary>Begins the comparison of one output.</summary>
    /// <param name="command">The command, which is a row of the table.</param>
    /// <param name="file">The sample's name.</param>
    public CorpusSample Sample(string command, string file)
    {
        if (!_commands.TryGetValue(command, out var samples))
            _commands[command] = samples = [];
        var sample = new CorpusSample(file);
        samples.Add(sample);
        return sample;
    }

    public void Dispose()
    {
        if (_commands.Count == 0)
            return;
        var table = new StringBuilder("| command | samples | in full agreement | fields | agree | corpus is wrong | disagree |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (command, samples) in _commands)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {command} | {samples.Count} | {samples.Count(s => s.Explained.Count + s.Disagreements.Count == 0)} ")
                .Append(CultureInfo.InvariantCulture, $"| {samples.Sum(s => s.Compared)} | {samples.Sum(s => s.Agreed)} | {samples.Sum(s => s.Explained.Count)} | {samples.Sum(s => s.Disagreements.Count)} |\n");
        }
        table.Append('\n');
        foreach (var (command, samples) in _commands)
        {
            foreach (var sample in samples)
            {
                foreach (var line in sample.Explained.Concat(sample.Disagreements).Distinct())
                    table.Append(CultureInfo.InvariantCulture, $"- {command}, {sample.File}: {line}\n");
            }
        }
        // The same tests run on both builds of the domain, at the same time.
        var folder = Path.Combine(Corpus.RepoRoot, "out", "cisco-corpus");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, typeof(CorpusAgreement).Assembly.GetName().Name + ".md"), table.ToString());
    }
}

/// <summary>One output of the corpus, compared field by field.</summary>
public sealed class CorpusSample(string file)
{
    public string File { get; } = file;
    public int Compared { get; private set; }
    public int Agreed { get; private set; }
    public List<string> Explained { get; } = [];
    public List<string> Disagreements { get; } = [];

    /// <summary>Compares a field that both sides know.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="expected">What the corpus says.</param>
    /// <param name="actual">What the record says.</param>
    /// <param name="corpusIsWrong">Why the corpus is wrong, where it is: the disagreement is then listed, and no failure.</param>
    public void Same<T>(string field, T expected, T actual, string? corpusIsWrong = null)
    {
        Compared++;
        if (EqualityComparer<T>.Default.Equals(expected, actual))
            Agreed++;
        else if (corpusIsWrong is not null)
            Explained.Add($"{field} '{expected}' against '{actual}': {corpusIsWrong}");
        else
            Disagreements.Add($"{field}: expected '{expected}', got '{actual}'");
    }

    /// <summary>Fails when a field disagrees without a reason, or when nothing was compared.</summary>
    public void Check()
    {
        Assert.True(Disagreements.Count == 0, $"{File}: {string.Join("; ", Disagreements.Distinct().Take(10))}");
        Assert.True(Compared > 0, $"{File}: nothing was compared");
    }
}

/// <summary>The test classes that fill one table.</summary>
[CollectionDefinition(CorpusAgreement.Name)]
public sealed class CorpusAgreementTests : ICollectionFixture<CorpusAgreement>;
