using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Xunit;

namespace BondTools.Module.Tests.Sessions;

/// <summary>The progress of cmdlets that work on devices, in the real engine.</summary>
[Collection(SerialSessions.Name)]
public sealed class ProgressTests : IDisposable
{
    private readonly List<BondSession> _sessions = [];

    public void Dispose() => _sessions.ForEach(SessionRegistry.Close);

    [Theory]
    [InlineData("Invoke-TestHost 'echo' -Session $sessions -ThrottleLimit 2")]
    [InlineData("$sessions | Set-TestHost 'echo'")]
    public void Several_devices_have_a_record_each_below_one_for_all(string script)
    {
        var records = Run(script, 5, Echo);
        var parents = records.Where(r => r.ActivityId == 0).ToList();
        Assert.All(parents, parent => Assert.Equal(script.Contains("Set-", StringComparison.Ordinal) ? "Set-TestHost" : "Invoke-TestHost", parent.Activity));
        Assert.Equal("5 of 5 devices", parents[^1].StatusDescription);
        Assert.Equal((100, ProgressRecordType.Completed), (parents[^1].PercentComplete, parents[^1].RecordType));
        Assert.Same(parents[^1], records[^1]);

        // The first device of a pipeline is begun before a second is in sight.
        var children = records.Where(r => r.ParentActivityId == 0).GroupBy(r => r.ActivityId).ToList();
        Assert.InRange(children.Count, 4, 5);
        Assert.All(children, child => Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], child.Select(r => r.RecordType)));
        Assert.All(children, child => Assert.StartsWith("host", Assert.Single(child.Select(r => r.Activity).Distinct()), StringComparison.Ordinal));
    }

    [Fact]
    public void One_device_shows_nothing() => Assert.Empty(Run("Invoke-TestHost 'echo' -Session $sessions", 1, Echo));

    [Fact]
    public void A_device_that_fails_is_done_too()
    {
        var records = Run("Invoke-TestHost 'echo' -Session $sessions -ErrorAction SilentlyContinue", 2, (_, _) => throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "gone"));
        Assert.Equal(2, records.Count(r => r.ParentActivityId == 0 && r.RecordType == ProgressRecordType.Completed));
        Assert.Equal("2 of 2 devices", records[^1].StatusDescription);
    }

    [Fact]
    public void A_hundred_devices_cost_a_few_records_each() =>
        Assert.InRange(Run("Invoke-TestHost 'echo' -Session $sessions", 100, Echo).Count, 200, 302);

    private static Task<CommandResult> Echo(string command, CancellationToken cancellationToken) => Task.FromResult(new CommandResult(0, command, ""));

    private List<ProgressRecord> Run(string script, int devices, Func<string, CancellationToken, Task<CommandResult>> answer)
    {
        for (var i = 1; i <= devices; i++)
            _sessions.Add(FakeConnection.Open($"host{i}", new FakeConnection(answer)));
        using var engine = new Engine(("sessions", _sessions.ToArray()));
        using var shell = engine.Prepare(script);
        shell.Invoke();
        return [.. shell.Streams.Progress];
    }
}
