using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>The system's real sshd on a free loopback port, with keys and a configuration of its own in a temporary folder.</summary>
public sealed class SshServer : IAsyncLifetime
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);

    private readonly string? _extraConfiguration;
    private Process? _process;

    public SshServer()
        : this(null)
    {
    }

    internal SshServer(string? extraConfiguration) => _extraConfiguration = extraConfiguration;

    public int Port { get; private set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("bondtools-sshd-").FullName;

    public string KeyPath => Path.Combine(Folder, "id_test");

    public string EncryptedKeyPath => Path.Combine(Folder, "id_encrypted");

    public string KeyPassphrase { get; } = "opens-" + Guid.NewGuid().ToString("N");

    /// <summary>A known_hosts file with all the server's keys.</summary>
    public string KnownHostsPath => Path.Combine(Folder, "known_hosts");

    public static string SkipReason => "OpenSSH's server is not installed here (apt-get install openssh-server).";

    public static bool IsAvailable => OperatingSystem.IsLinux() && Tool.Find("sshd") is not null && Tool.Find("ssh-keygen") is not null;

    public async ValueTask InitializeAsync()
    {
        if (!IsAvailable)
            return;
        Port = FindFreePort();
        foreach (var type in new[] { "ed25519", "rsa" })
            Tool.RunOrFail("ssh-keygen", null, "-q", "-t", type, "-N", "", "-f", HostKeyPath(type));
        Tool.RunOrFail("ssh-keygen", null, "-q", "-t", "ed25519", "-N", "", "-f", KeyPath);
        Tool.RunOrFail("ssh-keygen", null, "-q", "-t", "ed25519", "-a", "4", "-N", KeyPassphrase, "-f", EncryptedKeyPath);
        File.WriteAllText(Path.Combine(Folder, "authorized_keys"), File.ReadAllText(KeyPath + ".pub") + File.ReadAllText(EncryptedKeyPath + ".pub"));
        File.WriteAllLines(KnownHostsPath, [KnownHostsLine("ed25519"), KnownHostsLine("rsa")]);
        var configuration = Path.Combine(Folder, "sshd_config");
        File.WriteAllText(configuration, Configuration());
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");
        var start = new ProcessStartInfo(Tool.Find("sshd")!) { RedirectStandardError = true };
        foreach (var argument in new[] { "-D", "-e", "-f", configuration })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await WaitForAnswerAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public string HostKeyPath(string type) => Path.Combine(Folder, "host_" + type);

    public string Fingerprint(string type) => Tool.RunOrFail("ssh-keygen", null, "-lf", HostKeyPath(type) + ".pub").Split(' ')[1];

    /// <summary>The server's line in known_hosts.</summary>
    public string KnownHostsLine(string type, string? name = null)
    {
        var key = File.ReadAllText(HostKeyPath(type) + ".pub").Split(' ');
        return $"{name ?? string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port}")} {key[0]} {key[1].Trim()}";
    }

    /// <summary>Writes another known_hosts file.</summary>
    public string WriteKnownHosts(params string[] lines)
    {
        var path = Path.Combine(Folder, "known_hosts_" + Guid.NewGuid().ToString("N"));
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>A login by key, to be varied with <c>with</c>.</summary>
    internal SshSettings Settings() => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        UserName = Environment.UserName,
        Keys = new SshKeyRing(KeyPath, null, null),
        KnownHostsPath = KnownHostsPath,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Ends the processes that serve the open connections, and leaves the server running.</summary>
    public void KillConnections()
    {
        foreach (var child in ChildrenOf(_process!.Id))
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
        }
    }

    /// <summary>How many processes serve connections.</summary>
    public int CountConnections() => ChildrenOf(_process!.Id).Count;

    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static List<int> ChildrenOf(int parent)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                // The fields behind the command's name in parentheses: state, then the parent.
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ');
                if (int.Parse(fields[2], CultureInfo.InvariantCulture) == parent)
                    children.Add(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It ended in between.
            }
        }

        return children;
    }

    private string Configuration()
    {
        // HOME: the start-up files of the user's shell are no part of the tests.
        var root = Environment.UserName == "root";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {_extraConfiguration}
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {HostKeyPath("ed25519")}
            HostKey {HostKeyPath("rsa")}
            PidFile {Path.Combine(Folder, "pid")}
            AuthorizedKeysFile {Path.Combine(Folder, "authorized_keys")}
            StrictModes no
            PermitRootLogin yes
            UsePAM {(root ? "yes" : "no")}
            PasswordAuthentication yes
            KbdInteractiveAuthentication yes
            MaxStartups 300
            MaxSessions 10
            LogLevel ERROR
            SetEnv HOME={Folder}

            """);
    }

    private async Task WaitForAnswerAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < StartDeadline && !_process!.HasExited)
            {
                // why: sshd has no way to say that it listens; it does so within milliseconds.
                await Task.Delay(20);
            }
        }
    }
}
