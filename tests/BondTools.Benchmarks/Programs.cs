using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace BondTools.Benchmarks;

/// <summary>The programs of the system that the measurements stand beside.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs a line of the shell, its output thrown away.</summary>
    /// <exception cref="InvalidOperationException">It failed or did not end.</exception>
    public static void Run(string program, string arguments) => Shell($"{program} {arguments}");

    /// <summary>Runs a line of the shell and counts the lines it prints.</summary>
    public static int Shell(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Count(c => c == '\n');
        if (!process.WaitForExit(Patience) || process.ExitCode != 0)
            throw new InvalidOperationException($"This failed: {line}");
        return lines;
    }
}
