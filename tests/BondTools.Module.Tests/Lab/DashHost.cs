using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>
/// A host in a folder: this machine's own shell and tools run what the module sends, and the tools that would touch a
/// network or a service manager are stand-ins that write down how they were called.
/// </summary>
internal sealed class DashHost : IDeviceConnection
{
    public const string Interfaces = "/etc/network/interfaces";
    public const string OldFile = "auto lo\niface lo inet loopback\n\nauto vmbr0\niface vmbr0 inet manual\n\tbridge-ports nic0\n";

    private readonly TemporaryFolder _folder = new();

    public DashHost()
    {
        Assert.SkipUnless(File.Exists("/bin/sh") && File.Exists("/usr/bin/flock"), "The machine has no /bin/sh, or no util-linux.");
        Assert.SkipWhen(File.Exists("/usr/bin/pvesh"), "On a Proxmox host the script would reload the real network.");
        foreach (var folder in new[] { "etc/network", "etc/systemd/system", "run/systemd/system", "var/lib", "bin", "sys/class/net/vmbr0/bridge", "sys/class/net/veth101i0" })
            Directory.CreateDirectory(PathOf("/" + folder));
        File.CreateSymbolicLink(PathOf("/sys/class/net/veth101i0/master"), "../vmbr0");
        File.WriteAllText(PathOf(Interfaces), OldFile);
        Stub("id", "echo 0");
        Stub("systemd-run", "exit 0");
        Stub("systemctl", "exit 0");
        Stub("bridge", "exit 0");
        Stub("ip", "ln -s ../$5 ROOT/sys/class/net/$3/master");
        // As stock ifupdown2 does, it throws what it does not know off the bridge.
        Stub("ifreload", "rm -f ROOT/sys/class/net/veth101i0/master; echo reloading; sleep $(cat ROOT/slow 2> /dev/null || echo 0); exit $(cat ROOT/status 2> /dev/null || echo 0)");
    }

    public bool IsConnected => true;

    /// <summary>How the stand-ins were called.</summary>
    public string Calls => File.Exists(PathOf("/calls")) ? File.ReadAllText(PathOf("/calls")) : "";

    /// <summary>Where a path of the host is on this machine.</summary>
    public string PathOf(string path) => _folder.Path + path;

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public bool Exists(string path) => File.Exists(PathOf(path));

    public void Write(string path, string text) => File.WriteAllText(PathOf(path), text);

    /// <summary>The file of the only publication.</summary>
    public string OfPublication(string name) => $"/var/lib/bondtools/{Path.GetFileName(Assert.Single(Directory.GetDirectories(PathOf("/var/lib/bondtools"))))}/{name}";

    /// <summary>Puts a stand-in before a command; ROOT is the host's folder.</summary>
    public void Stub(string name, string script)
    {
        var path = PathOf("/bin/" + name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >> {PathOf("/calls")}\n{script.Replace("ROOT", PathOf(""), StringComparison.Ordinal)}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Lets a command fail for want of room, each time or from its n-th call on.</summary>
    public void FillDisk(string command, int firstCall = 1) =>
        Stub(command, $"if [ $(grep -c '^{command} ' ROOT/calls) -ge {firstCall} ]; then echo '{command}: No space left on device' >&2; exit 1; fi; PATH=/usr/sbin:/usr/bin:/sbin:/bin exec {command} \"$@\"");

    public void Unstub(string name) => File.Delete(PathOf("/bin/" + name));

    public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
    {
        var here = command
            .Replace("/etc/network", PathOf("/etc/network"), StringComparison.Ordinal)
            .Replace("/var/lib/bondtools", PathOf("/var/lib/bondtools"), StringComparison.Ordinal);
        var start = new ProcessStartInfo("/bin/sh", ["-c", here])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path,
        };
        start.Environment["PATH"] = PathOf("/bin") + ":/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input ?? [], cancellationToken);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CommandResult(process.ExitCode, output, await error);
    }

    public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) => throw new NotSupportedException();

    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The publish opens and closes fresh connections to it; the host itself ends with <see cref="Remove"/>.</summary>
    public void Dispose()
    {
    }

    public void Remove() => _folder.Dispose();

    /// <summary>Everything beside the folders of publications.</summary>
    public string[] Leftovers() =>
        [.. Directory.GetFileSystemEntries(PathOf("/etc"), "*bondtools*", SearchOption.AllDirectories).Select(p => p[_folder.Path.Length..])];
}
