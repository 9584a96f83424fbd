using System;
using System.Security;

namespace BondTools.Module.Ios;

/// <summary>How an IOS session logs in, waits and reports.</summary>
internal sealed record IosSessionOptions
{
    /// <summary>The user name, for a shell that asks for one although SSH has logged in already.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, for a shell that asks again.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The secret for <c>enable</c>; null leaves the session at the level it was given.</summary>
    public SecureString? EnableSecret { get; init; }

    /// <summary>How long login as a whole, and each command, may take by the clock on the wall.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a silent switch is given before it is sent one Return.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long nothing may come behind what looks like a prompt before it is one. It bounds the one doubt that bytes
    /// alone cannot remove: a packet that ends in mid-output with the prompt's very text.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The most bytes one answer may have.</summary>
    public int MaximumOutput { get; init; } = 16 * 1024 * 1024;

    /// <summary>Is told every line that goes out (behind <c>&gt; </c>) and comes in (behind <c>&lt; </c>), secrets masked.</summary>
    public Action<string>? Trace { get; init; }
}
