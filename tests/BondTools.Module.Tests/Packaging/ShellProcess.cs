using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

/// <summary>The shell as a process of its own: a fresh engine in which nothing is loaded yet.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task<ShellResult> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <summary>Runs the shell to its end.</summary>
    public static async Task<ShellResult> RunAsync(string input, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.Shell);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new ShellResult(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}

/// <summary>What a shell process left behind.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    /// <summary>Its output lines, once it is clear that it succeeded and complained of nothing.</summary>
    public string[] Lines
    {
        get
        {
            Assert.Equal("", Error);
            Assert.Equal(0, ExitCode);
            return Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
