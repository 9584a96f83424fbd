using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The lab as a child process, the way sshd starts it.</summary>
public sealed class LabProgramTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("bondlab").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Process Start(string? sshCommand, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(BondTools.Lab.BondLab).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["SSH_ORIGINAL_COMMAND"] = sshCommand ?? "";
        return Process.Start(start)!;
    }

    private static async Task<(int Status, string Output, string Error)> Run(string? sshCommand, string input, params string[] arguments)
    {
        using var child = Start(sshCommand, arguments);
        await child.StandardInput.WriteAsync(input.AsMemory(), Cancel);
        child.StandardInput.Close();
        var error = child.StandardError.ReadToEndAsync(Cancel);
        var output = await child.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(Limit, Cancel);
        await child.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
        return (child.ExitCode, output, await error);
    }

    [Fact]
    public async Task A_command_of_sshd_is_run_with_its_input_and_status()
    {
        var (status, output, error) = await Run("cat > /tmp/x && sha256sum < /tmp/x; cat /none; exit 3", "hello\n", "host");
        Assert.Equal(3, status);
        Assert.StartsWith("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", output, StringComparison.Ordinal);
        Assert.Equal("cat: /none: No such file or directory\n", error);
    }

    [Fact]
    public async Task A_command_that_reads_no_input_does_not_wait_for_its_end()
    {
        using var child = Start(null, "host", "--command", "uname -r");
        var output = await child.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(Limit, Cancel);
        Assert.Equal("6.17.2-1-pve\n", output);
        child.StandardInput.Close();
        await child.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
    }

    [Fact]
    public async Task Children_share_the_world_of_a_server_that_ends_cleanly_on_SIGTERM()
    {
        var socket = Path.Combine(_folder, "lab.sock");
        using var server = Start(null, "serve", "--socket", socket, "--start", "article");
        try
        {
            Assert.StartsWith("listening", await server.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
            Assert.Equal(0, (await Run("cat > /tmp/shared", "both see it", "host", "--socket", socket)).Status);
            Assert.Equal("both see it", (await Run("cat /tmp/shared", "", "host", "--socket", socket)).Output);
            Assert.Equal(7, (await Run("exit 7", "", "host", "--socket", socket)).Status);
            var summary = await Run(null, "terminal length 0\rshow etherchannel summary\rexit\r", "switch", "--socket", socket);
            Assert.Contains("Po1(SU)         LACP        Et0/0(P)    Et0/1(P)", summary.Output, StringComparison.Ordinal);
            var terminal = await Run(null, "cat /tmp/shared\r", "host", "--socket", socket);
            Assert.Contains("both see it", terminal.Output, StringComparison.Ordinal);

            using var kill = Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await server.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
            Assert.Equal(0, server.ExitCode);
            Assert.False(File.Exists(socket));
        }
        finally
        {
            if (!server.HasExited)
                server.Kill();
        }
    }

    [Fact]
    public async Task A_command_line_that_is_not_understood_is_explained()
    {
        var (status, _, error) = await Run(null, "", "router");
        Assert.Equal(64, status);
        Assert.Contains("usage:", error, StringComparison.Ordinal);
    }
}
