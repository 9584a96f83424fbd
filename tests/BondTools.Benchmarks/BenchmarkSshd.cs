using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace BondTools.Benchmarks;

/// <summary>A real sshd on a free loopback port, the file that is read through it, and an ssh_config in which 100 names lead to it.</summary>
internal sealed class BenchmarkSshd : IDisposable
{
    private const string Server = "/usr/sbin/sshd";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    public BenchmarkSshd()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        foreach (var name in new[] { "host", "id" })
            Programs.Run("ssh-keygen", $"-q -t ed25519 -N '' -f {InFolder(name)}");
        File.Copy(InFolder("id.pub"), InFolder("authorized_keys"));
        File.WriteAllText(KnownHostsPath, "* " + string.Join(' ', File.ReadAllText(InFolder("host.pub")).Split(' ').Take(2)) + "\n");
        File.WriteAllText(BondFile, BondText());
        // HOME: the start-up files of the user's shell are no part of what is measured.
        File.WriteAllText(InFolder("sshd_config"), string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {InFolder("host")}
            PidFile none
            AuthorizedKeysFile {InFolder("authorized_keys")}
            StrictModes no
            PermitRootLogin yes
            MaxStartups 400
            LogLevel QUIET
            SetEnv HOME={Folder}

            """));
        File.WriteAllText(SshConfig, string.Create(CultureInfo.InvariantCulture, $"""
            Host *
              HostName 127.0.0.1
              Port {Port}
              User {Environment.UserName}
              IdentityFile {KeyPath}
              IdentitiesOnly yes
              UserKnownHostsFile {KnownHostsPath}
              BatchMode yes
              LogLevel ERROR

            """));
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");
        _process = Process.Start(Server, ["-D", "-f", InFolder("sshd_config")]);
        WaitForAnswer();
    }

    public static bool IsAvailable => File.Exists(Server) && Programs.Exists("ssh-keygen");

    public string Folder { get; } = Directory.CreateTempSubdirectory("bondtools-bench-").FullName;

    public int Port { get; }

    public string KeyPath => InFolder("id");

    public string KnownHostsPath => InFolder("known_hosts");

    public string SshConfig => InFolder("ssh_config");

    /// <summary>A text of the length of a bond's file in /proc/net/bonding.</summary>
    public string BondFile => InFolder("bond0");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string BondText() =>
        string.Concat(Enumerable.Range(1, 77).Select(i => string.Create(CultureInfo.InvariantCulture, $"    field {i:D2} of the bond: value {i * 7919}\n")));

    private string InFolder(string name) => Path.Combine(Folder, name);

    private void WaitForAnswer()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < StartDeadline && !_process.HasExited)
            {
                // why: sshd has no way to say that it listens; it does so within milliseconds.
                Thread.Yield();
            }
        }
    }
}
