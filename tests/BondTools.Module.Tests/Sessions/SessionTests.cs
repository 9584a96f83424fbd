using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Xunit;

namespace BondTools.Module.Tests.Sessions;

/// <summary>Sessions and the fan-out, over connections that the test answers itself.</summary>
[Collection(SerialSessions.Name)]
public sealed class SessionTests : IDisposable
{
    private readonly List<BondSession> _before = [.. SessionRegistry.GetAll()];

    public void Dispose()
    {
        foreach (var session in SessionRegistry.GetAll().Except(_before))
            SessionRegistry.Close(session);
    }

    [Fact]
    public void Without_a_session_it_is_said_how_to_open_one()
    {
        var error = Assert.Single(Run("Invoke-TestHost hello").Errors);
        Assert.StartsWith("BondTools.NoSession,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Connect-PveHost", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_session_of_the_kind_is_used()
    {
        FakeConnection.OpenEcho("sw1", BondDeviceKind.CiscoSwitch);
        FakeConnection.OpenEcho("pve1");
        Assert.Equal("hello", Assert.Single(Run("Invoke-TestHost hello").Output));
    }

    [Fact]
    public void With_two_sessions_it_must_be_said_which()
    {
        FakeConnection.OpenEcho("pve1");
        FakeConnection.OpenEcho("pve2");
        var error = Assert.Single(Run("Invoke-TestHost hello").Errors);
        Assert.StartsWith("BondTools.NoSession,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Session", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_come_down_the_pipeline_and_the_wrong_kind_is_one_error()
    {
        FakeConnection.OpenEcho("pve1");
        FakeConnection.OpenEcho("sw1", BondDeviceKind.CiscoSwitch);
        FakeConnection.OpenEcho("pve2");
        var result = Run("Get-BondSession | Invoke-TestHost hello");
        Assert.Equal(["hello", "hello"], result.Output);
        Assert.Equal("sw1", Assert.Single(result.Errors).TargetObject);
    }

    [Fact]
    public void Sessions_are_found_by_number_name_and_kind()
    {
        var first = FakeConnection.OpenEcho("pve1");
        var second = FakeConnection.OpenEcho("sw1", BondDeviceKind.CiscoSwitch);
        Assert.Equal([first], Run($"Get-BondSession {first.Id}").Output);
        Assert.Equal([second], Run("Get-BondSession -ComputerName SW*").Output);
        Assert.Equal([second], Run("Get-BondSession -Kind CiscoSwitch").Output);
    }

    [Fact]
    public void A_closed_session_is_gone_and_says_so()
    {
        var connection = new FakeConnection((_, _) => throw new InvalidOperationException());
        var session = FakeConnection.Open("pve1", connection);
        Assert.Empty(Run("Get-BondSession | Disconnect-BondSession; Get-BondSession").Output);
        Assert.Equal(BondSessionState.Closed, session.State);
        Assert.True(SpinWait.SpinUntil(() => connection.IsDisposed, TimeSpan.FromSeconds(10)));
        var error = Assert.Single(Run("Invoke-TestHost hello -Session $s", ("s", session)).Errors);
        Assert.StartsWith("BondTools.NoSession,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_session_whose_connection_was_lost_is_broken()
    {
        var connection = new FakeConnection((_, _) => throw new InvalidOperationException());
        var session = FakeConnection.Open("pve1", connection);
        connection.IsConnected = false;
        Assert.Equal([session], Run("Get-BondSession").Output);
        Assert.Equal(BondSessionState.Broken, session.State);
        Assert.Contains("lost", Assert.Single(Run("Invoke-TestHost hello -Session $s", ("s", session)).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_fails_is_one_error_and_the_others_go_on()
    {
        var sessions = new[]
        {
            FakeConnection.OpenEcho("pve1"),
            FakeConnection.Open("pve2", new FakeConnection((_, _) => throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "gone"))),
            FakeConnection.OpenEcho("pve3"),
        };
        var result = Run("Invoke-TestHost hello -Session $s", ("s", sessions));
        Assert.Equal(2, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.Equal("pve2", error.TargetObject);
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
    }

    [Fact]
    public void No_more_than_the_throttle_limit_run_at_once()
    {
        var meter = new Meter();
        var sessions = Enumerable.Range(0, 12).Select(i => FakeConnection.Open($"pve{i}", meter.Connection())).ToArray();
        Assert.Equal(12, Run("Invoke-TestHost hello -Session $s -ThrottleLimit 3", ("s", sessions)).Output.Count);
        Assert.Equal(3, meter.Most);
    }

    [Fact]
    public void Records_on_the_pipeline_keep_their_own_parameters_while_they_run_at_once()
    {
        var meter = new Meter();
        var session = FakeConnection.Open("pve1", meter.Connection());
        var result = Run("1..10 | ForEach-Object { [pscustomobject]@{ Line = \"line $_\" } } | Invoke-TestHost -Session $s", ("s", session));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"line {i}").Order(), result.Output.Cast<string>().Order());
        Assert.InRange(meter.Most, 2, 10);
    }

    [Fact]
    public void Changes_on_the_pipeline_are_made_one_after_another()
    {
        var meter = new Meter();
        var session = FakeConnection.Open("pve1", meter.Connection());
        var result = Run("1..5 | ForEach-Object { [pscustomobject]@{ Line = \"line $_\" } } | Set-TestHost -Session $s", ("s", session));
        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"line {i}"), result.Output.Cast<string>());
        Assert.Equal(1, meter.Most);
    }

    [Fact]
    public void A_deadline_is_a_timeout_with_the_command_and_what_had_come()
    {
        var session = FakeConnection.Open("pve1", new FakeConnection(async (_, token) =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(1), token);
            }
            catch (OperationCanceledException)
            {
                throw new CommandCanceledException("half", token);
            }

            throw new InvalidOperationException();
        }));
        var error = Assert.Single(Run("Invoke-TestHost 'ifreload -a' -Session $s -TimeoutSec 1", ("s", session)).Errors);
        var exception = Assert.IsType<BondToolsException>(error.Exception);
        Assert.Equal((BondToolsErrorKind.Timeout, "ifreload -a", "half"), (exception.Kind, exception.Command, exception.Output));
    }

    private static RunResult Run(string script, params (string Name, object Value)[] variables)
    {
        using var engine = new Engine(variables);
        return engine.Run(script);
    }

    /// <summary>Counts how many commands run at once.</summary>
    private sealed class Meter
    {
        private readonly Lock _gate = new();
        private int _running;

        public int Most { get; private set; }

        public FakeConnection Connection() => new(async (command, token) =>
        {
            lock (_gate)
                Most = Math.Max(Most, ++_running);
            // why: a command has to last a while for others to overlap it.
            await Task.Delay(100, token);
            lock (_gate)
                _running--;
            return new CommandResult(0, command, "");
        });
    }
}
