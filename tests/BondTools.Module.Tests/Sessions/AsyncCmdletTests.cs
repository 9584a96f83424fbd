using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Cmdlets;
using Xunit;

namespace BondTools.Module.Tests.Sessions;

public sealed class AsyncCmdletTests
{
    [Fact]
    public void Records_arrive_in_order()
    {
        var result = Run("Invoke-TestWork $work", async (output, _) =>
        {
            for (var i = 0; i < 1000; i++)
                await output.WriteObjectAsync(i);
        });
        Assert.Equal(Enumerable.Range(0, 1000).Cast<object>(), result.Output);
    }

    [Fact]
    public void A_downstream_that_has_enough_stops_the_producer()
    {
        var produced = 0;
        using var ended = new ManualResetEventSlim();
        var result = Run("Invoke-TestWork $work | ForEach-Object { $_; if ($_ -eq 3) { throw 'enough' } }", async (output, _) =>
        {
            try
            {
                while (true)
                {
                    await output.WriteObjectAsync(Volatile.Read(ref produced));
                    Interlocked.Increment(ref produced);
                }
            }
            catch (OperationCanceledException)
            {
                ended.Set();
                throw;
            }
        });
        Assert.Equal("enough", Assert.Single(result.Errors).Exception.Message);
        Assert.True(ended.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.InRange(produced, 4, 4 + PipelinePump.Capacity + 1);
    }

    [Fact]
    public void Stopping_returns_within_a_second_even_when_the_work_does_not_listen()
    {
        using var release = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        Func<IPipelineOutput, CancellationToken, Task> work = (_, _) =>
        {
            begun.Set();
            release.Wait(TimeSpan.FromSeconds(60), CancellationToken.None);
            return Task.CompletedTask;
        };
        using var engine = new Engine(("work", work));
        using var shell = engine.Prepare("Invoke-TestWork $work");
        shell.BeginInvoke();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        release.Set();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-WhatIf", false)]
    public void ShouldProcess_is_asked_from_asynchronous_work(string parameter, bool expected)
    {
        var result = Run("Invoke-TestWork $work " + parameter, async (output, _) => await output.WriteObjectAsync(await output.ShouldProcessAsync("vmbr0", "remove")));
        Assert.Equal(expected, Assert.Single(result.Output));
    }

    [Fact]
    public void An_error_of_ours_becomes_a_record_with_everything_it_knows()
    {
        var result = Run("Invoke-TestWork $work", (_, _) => throw new BondToolsException(BondToolsErrorKind.Timeout, "It took too long.") { RecommendedAction = "Wait longer." });
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("BondTools.Timeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        Assert.Equal("It took too long.", error.ToString());
        Assert.Equal("Wait longer.", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Every_kind_of_error_has_a_category()
    {
        foreach (var kind in Enum.GetValues<BondToolsErrorKind>())
            Assert.NotEqual(ErrorCategory.NotSpecified, ErrorRecords.From(new BondToolsException(kind, "x"), null).CategoryInfo.Category);
    }

    [Fact]
    public void A_malformed_argument_is_an_invalid_argument()
    {
        var error = Assert.Single(Run("Invoke-TestWork $work", (_, _) => throw new FormatException("no MAC")).Errors);
        Assert.StartsWith("BondTools.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Fact]
    public void Messages_reach_their_streams()
    {
        var result = Run("Invoke-TestWork $work -Verbose -Debug", async (output, _) =>
        {
            await output.WriteVerboseAsync("said");
            await output.WriteDebugAsync("shown");
            await output.WriteWarningAsync("warned");
        });
        Assert.Equal(["said", "shown", "warned"], result.Messages);
    }

    private static RunResult Run(string script, Func<IPipelineOutput, CancellationToken, Task> work)
    {
        using var engine = new Engine(("work", work));
        return engine.Run(script);
    }
}
