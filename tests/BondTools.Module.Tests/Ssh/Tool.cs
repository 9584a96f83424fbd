using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Runs programs of the system, such as ssh-keygen.</summary>
internal static class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static (int ExitCode, string Output) Run(string name, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name) ?? throw new FileNotFoundException(name)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Deadline))
        {
            process.Kill();
            throw new TimeoutException($"{name} did not end.");
        }

        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Waits for a process with exactly this command line.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> FindProcessAsync(string commandLine)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (exitCode, output) = Run("pgrep", null, "-fx", commandLine);
            if (exitCode == 0)
                return output.Trim();
            if (watch.Elapsed > Deadline)
                throw new TimeoutException($"'{commandLine}' never began.");
            // why: no event tells that some other process began; each look is a short process.
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until a process is gone.</summary>
    /// <returns>Whether it is, within a time.</returns>
    public static async Task<bool> IsGoneAsync(string processId, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (Directory.Exists("/proc/" + processId))
        {
            if (watch.Elapsed > within)
                return false;
            // why: a process that is no child of ours has no event for its end.
            await Task.Delay(20);
        }

        return true;
    }

    public static string RunOrFail(string name, string? input, params string[] arguments)
    {
        var (exitCode, output) = Run(name, input, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{name}: {output}");
    }
}
