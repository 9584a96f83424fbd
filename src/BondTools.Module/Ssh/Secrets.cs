using System.Net;
using System.Security;

namespace BondTools.Module.Ssh;

/// <summary>Opens secrets at the last moment, for a library that takes them as text.</summary>
internal static class Secrets
{
    /// <summary>The text of a secret. It is not to be kept or written anywhere.</summary>
    public static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;
}
