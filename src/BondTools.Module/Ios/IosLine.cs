using System;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace BondTools.Module.Ios;

/// <summary>What may be sent to an IOS terminal, as bytes, and how it is shown in a trace.</summary>
internal static class IosLine
{
    // The command line of IOS takes 254 characters.
    private const int Longest = 254;

    // The words after which a configuration holds a secret.
    private static readonly string[] SecretWords = { "password", "secret", "community", "key-string", "key", "pre-shared-key" };

    /// <summary>Return.</summary>
    public static readonly byte[] Return = { (byte)'\r' };

    /// <summary>The key that makes a pager go on.</summary>
    public static readonly byte[] NextPage = { (byte)' ' };

    /// <summary>Control-C, which ends a question.</summary>
    public static readonly byte[] Interrupt = { 3 };

    /// <summary>Checks a line and takes the blanks around it away.</summary>
    /// <exception cref="BondToolsException">
    /// The line is empty, too long, or holds something else than printable ASCII; or a question mark, which IOS answers
    /// with help as soon as it is typed (<see cref="BondToolsErrorKind.InvalidConfiguration"/>).
    /// </exception>
    public static string Validate(string line)
    {
        var trimmed = (line ?? throw new ArgumentNullException(nameof(line))).Trim(' ');
        if (trimmed.Length is 0 or > Longest)
            throw Invalid($"A line for the switch has 1 to {Longest} characters; this one has {trimmed.Length}.");
        foreach (var c in trimmed)
        {
            if (c is < ' ' or > '~')
                throw Invalid("A line for the switch holds a control character, or one that is not ASCII.");
            if (c == '?')
                throw Invalid("A line for the switch holds a question mark, which IOS takes for a call for help.");
        }
        return trimmed;
    }

    /// <summary>A line, already validated, with its Return.</summary>
    public static byte[] Encode(string line) => Encoding.ASCII.GetBytes(line + "\r");

    /// <summary>A secret with its Return; the caller clears the array after use.</summary>
    public static byte[] Encode(SecureString secret)
    {
        var characters = new char[secret.Length + 1];
        var memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Marshal.Copy(memory, characters, 0, secret.Length);
            foreach (var c in characters)
            {
                if (char.IsControl(c) && c != '\0')
                    throw Invalid("A secret for the switch holds a control character.");
            }
            characters[secret.Length] = '\r';
            return Encoding.UTF8.GetBytes(characters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
            Array.Clear(characters, 0, characters.Length);
        }
    }

    /// <summary>A line with what follows a word for a secret replaced by stars.</summary>
    public static string Mask(string line)
    {
        foreach (var word in SecretWords)
        {
            var at = line.IndexOf(word + " ", StringComparison.OrdinalIgnoreCase);
            if (at == 0 || (at > 0 && line[at - 1] is ' ' or '-'))
                return line.Substring(0, at + word.Length) + " ********";
        }
        return line;
    }

    private static BondToolsException Invalid(string message) => new(BondToolsErrorKind.InvalidConfiguration, message);
}
