using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>Each fault, made in the embedded lab, is named by its rule, at its end, and by no other as an error.</summary>
[Collection(SerialSessions.Name)]
public sealed class LinkFaultTests(LinkFaultTests.Table table) : IClassFixture<LinkFaultTests.Table>, IDisposable
{
    private readonly ManualLabClock _clock = new();
    private LabFixture? _lab;
    private string _parameters = "";

    private LabFixture Lab => _lab ??= new LabFixture(BondLabStart.Article, _clock);

    public static IEnumerable<TheoryDataRow<string>> Faults => LabLinkFaults.All.Select(fault => new TheoryDataRow<string>(fault.Name));

    public static IEnumerable<TheoryDataRow<string>> HealthyStates => LabLinkFaults.Healthy.Select(state => new TheoryDataRow<string>(state.Name));

    public void Dispose() => _lab?.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named_by_its_rule_at_its_end_and_by_no_other_as_an_error(string name)
    {
        var fault = LabLinkFaults.All.Single(f => f.Name == name);
        await MakeAsync(fault.Steps);
        var report = Test();

        var said = string.Join("\n", report.Findings.Select(f => $"{f.Severity} {f.RuleId} ({f.End}): {f.Message}"));
        var finding = report.Findings.FirstOrDefault(f => f.RuleId == fault.Rule);
        Assert.True(finding is not null, $"{fault.Rule} did not fire:\n{said}");
        Assert.True((fault.End, fault.Severity) == (finding.End, finding.Severity), said);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Remedy);
        // Churn always has a cause, which has a rule of its own.
        if (fault.Rule != "churned")
            Assert.True(report.Findings.All(f => f.Severity < FindingSeverity.Error || f.RuleId == fault.Rule), said);
        table.Rows.Add(name, finding);

        if (!Array.TrueForAll(fault.Steps, step => step.StartsWith("fault ", StringComparison.Ordinal)))
            return;
        Lab.World.ClearFaults();
        _clock.Advance(TimeSpan.FromSeconds(100));
        var mended = Test();
        Assert.True(mended.Passed, string.Join("\n", mended.Findings));
    }

    [Fact]
    public async Task Two_faults_on_two_links_are_both_named()
    {
        await MakeAsync(["fault LacpOff 1", "switch interface Et0/1|shutdown"]);
        var report = Test();
        Assert.Equal(
            ["member-shutdown", "partner-silent"],
            report.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => f.RuleId).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HealthyStates))]
    public async Task Where_nothing_is_wrong_no_rule_fires(string name)
    {
        await MakeAsync(LabLinkFaults.Healthy.Single(state => state.Name == name).Steps);
        var report = Test();
        Assert.True(report.Passed);
        Assert.Empty(report.Findings);
        table.Rows.AddHealthy(name);
    }

    private LacpLinkReport Test() => Lab.GetOne<LacpLinkReport>($"Test-LacpLink -Session $pve, $switch {_parameters}");

    private async Task MakeAsync(IEnumerable<string> steps)
    {
        // Longer than the 90 s that a partner at the slow rate may be silent before it is missed.
        var wait = 100;
        foreach (var step in steps)
        {
            var (verb, what) = step.Split(' ', 2) is [var first, var rest] ? (first, rest) : (step, "");
            switch (verb)
            {
                case "fault":
                    var words = what.Split(' ');
                    Lab.World.SetFault(Enum.Parse<BondLabFault>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture));
                    break;
                case "switch":
                    Lab.Configure(what.Split('|'));
                    break;
                case "host":
                    await Lab.OnHostAsync(what);
                    break;
                case "file":
                    await EditAsync(what);
                    break;
                case "look":
                    Lab.Get("$before = Get-PveBondStatus -Session $pve bond0");
                    _parameters += " -PreviousBond $before";
                    break;
                case "ask":
                    _parameters += " " + what;
                    break;
                case "wait":
                    wait = int.Parse(what, CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new ArgumentException(step);
            }
        }
        _clock.Advance(TimeSpan.FromSeconds(wait));
    }

    private async Task EditAsync(string change)
    {
        var ends = change.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Split(" => ");
        var file = await Lab.OnHostAsync("cat /etc/network/interfaces");
        Assert.Contains(ends[0], file, StringComparison.Ordinal);
        await Lab.OnHostAsync("cat > /etc/network/interfaces && ifreload -a", file.Replace(ends[0], ends[1], StringComparison.Ordinal));
    }

    /// <summary>What the faults were found by.</summary>
    public sealed class Table : IDisposable
    {
        internal LinkFaultTable Rows { get; } = new("lab-faults.md");

        /// <inheritdoc/>
        public void Dispose() => Rows.Write();
    }
}
