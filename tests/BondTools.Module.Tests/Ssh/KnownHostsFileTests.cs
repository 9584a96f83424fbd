using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

public sealed class KnownHostsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bondtools-known-").FullName;

    private string KnownHostsPath => Path.Combine(_folder, ".ssh", "known_hosts");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folder_and_file_are_made_for_the_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        KnownHostsFile.Add(KnownHostsPath, "pve1", 22, KnownHostsTests.MakeKey("ssh-ed25519", 1));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KnownHostsPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(KnownHostsPath)!));
        }
    }

    [Theory]
    [InlineData("# mine\nhost key\n", "# mine\nhost key\n")]
    [InlineData("# mine\nno end of line", "# mine\nno end of line\n")]
    [InlineData("", "")]
    public void What_is_there_is_kept(string before, string kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KnownHostsPath)!);
        File.WriteAllText(KnownHostsPath, before);
        var key = KnownHostsTests.MakeKey("ssh-ed25519", 1);
        KnownHostsFile.Add(KnownHostsPath, "Pve1", 2222, key);
        Assert.Equal($"{kept}[pve1]:2222 ssh-ed25519 {key.ToBase64()}\n", File.ReadAllText(KnownHostsPath));
    }

    [Fact]
    public void The_same_key_is_recorded_once()
    {
        var key = KnownHostsTests.MakeKey("ssh-ed25519", 1);
        KnownHostsFile.Add(KnownHostsPath, "pve1", 22, key);
        KnownHostsFile.Add(KnownHostsPath, "pve1", 22, key);
        Assert.Single(File.ReadAllLines(KnownHostsPath));
    }

    [Fact]
    public void Many_hosts_at_once_are_all_recorded()
    {
        const int hosts = 50;
        Parallel.For(0, hosts, i => KnownHostsFile.Add(KnownHostsPath, $"pve{i}", 22, KnownHostsTests.MakeKey("ssh-ed25519", (byte)i)));
        var known = KnownHosts.Load(KnownHostsPath);
        Assert.All(Enumerable.Range(0, hosts), i => Assert.Equal(HostKeyStatus.Trusted, known.Check($"pve{i}", 22, KnownHostsTests.MakeKey("ssh-ed25519", (byte)i)).Status));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var error = Assert.Throws<BondToolsException>(() =>
            KnownHostsFile.Add(Path.Combine(_folder, "file", "known_hosts"), "pve1", 22, KnownHostsTests.MakeKey("ssh-ed25519", 1)));
        Assert.Equal(BondToolsErrorKind.ConnectFailed, error.Kind);
        Assert.Contains("known_hosts", error.Message, StringComparison.Ordinal);
    }
}
