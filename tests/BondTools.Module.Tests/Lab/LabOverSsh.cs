using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>One lab in a process of its own, and two real sshds in front of it: behind one is the host, behind the other the switch.</summary>
internal sealed class LabOverSsh : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly string Program = typeof(BondLab).Assembly.Location;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bondlab-");
    private readonly Process _lab;
    private readonly SshServer _host;
    private readonly SshServer _switch;

    private LabOverSsh(string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        // With its standard input it ends, so it does not outlive the tests, however these end.
        foreach (var argument in new[] { Program, "serve", "--socket", Socket, "--until-eof" }.Concat(options))
            start.ArgumentList.Add(argument);
        _lab = Process.Start(start)!;
        (_host, _switch) = (new SshServer(Force("host")), new SshServer(Force("switch")));
    }

    /// <summary>What the cmdlets need to log in to the host.</summary>
    public string HostLogin => Login(_host);

    /// <summary>What the cmdlets need to log in to the switch.</summary>
    public string SwitchLogin => Login(_switch);

    private string Socket => Path.Combine(_folder.FullName, "lab.sock");

    /// <summary>Starts all three.</summary>
    /// <param name="options">Further options of the lab's <c>serve</c>.</param>
    public static async Task<LabOverSsh> StartAsync(params string[] options)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        var lab = new LabOverSsh(options);
        try
        {
            var said = await lab._lab.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(StartDeadline);
            Assert.StartsWith("listening", said, StringComparison.Ordinal);
            await lab._host.InitializeAsync();
            await lab._switch.InitializeAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives another client what it needs to log in to the switch: the port and the file of the private key.</summary>
    public Task<string> WithSwitchAsync(Func<string, string, string> client) =>
        Task.Run(() => client(_switch.Port.ToString(CultureInfo.InvariantCulture), _switch.KeyPath));

    /// <summary>Runs a command on the emulated host without SSH.</summary>
    public Task<string> OnHostAsync(string command) =>
        Task.Run(() => Tool.RunOrFail("dotnet", null, Program, "host", "--socket", Socket, "--command", command));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _switch.DisposeAsync();
        _lab.StandardInput.Close();
        using (var deadline = new CancellationTokenSource(StartDeadline))
        {
            try
            {
                await _lab.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _lab.Kill();
            }
        }

        _lab.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Force(string device) => $"ForceCommand {Tool.Find("dotnet")} {Program} {device} --socket {Socket}";

    private static string Login(SshServer server) =>
        $"-ComputerName 127.0.0.1 -Port {server.Port} -KnownHostsPath '{server.KnownHostsPath}' -UserName {Environment.UserName} -KeyFilePath '{server.KeyPath}'";
}
