using System;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>A user of this machine with a random password, made for the tests and deleted afterwards.</summary>
public sealed class PasswordUser : IDisposable
{
    private readonly bool _made;

    public PasswordUser()
    {
        if (!IsAvailable)
            return;
        Tool.RunOrFail("useradd", null, "-m", "-s", "/bin/sh", Name);
        _made = true;
        Tool.RunOrFail("chpasswd", $"{Name}:{Password}\n");
    }

    public static bool IsAvailable =>
        SshServer.IsAvailable && Environment.UserName == "root" && Tool.Find("useradd") is not null && Tool.Find("chpasswd") is not null;

    public string Name { get; } = "bt" + Guid.NewGuid().ToString("N")[..8];

    public string Password { get; } = "Pw-" + Guid.NewGuid().ToString("N");

    public static void SkipUnlessAvailable() =>
        Assert.SkipUnless(IsAvailable, "Logging in by password needs root, to make a user for the test, and OpenSSH's server.");

    public void Dispose()
    {
        // Processes of its last sessions may still be ending; -f deletes it all the same.
        if (_made)
            Tool.Run("userdel", null, "-r", "-f", Name);
    }
}
