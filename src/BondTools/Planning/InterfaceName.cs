using System.Text;

namespace BondTools.Planning;

/// <summary>The rule for the names of network interfaces.</summary>
public static class InterfaceName
{
    /// <summary>The longest name in bytes (IFNAMSIZ less the closing zero).</summary>
    public const int LongestName = 15;

    /// <summary>Checks a name by the kernel's rule (net/core/dev.c, dev_valid_name): 1 to 15 bytes, no '/', ':' or blank, neither "." nor "..".</summary>
    /// <param name="name">The name.</param>
    /// <param name="allowAlias">Whether the name may be an alias of ifupdown (<c>eth0:1</c>).</param>
    /// <returns>The name.</returns>
    /// <exception cref="BondToolsException">InvalidConfiguration: the kernel takes no such name.</exception>
    public static string Validate(string name, bool allowAlias = false)
    {
        var reason = Problem(name, allowAlias);
        return reason is null ? name : throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"'{PlainText.Printable(name)}' is no interface name: {reason}.");
    }

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    internal static string? Problem(string? name, bool allowAlias = false)
    {
        if (string.IsNullOrEmpty(name))
            return "it is empty";
        if (name is "." or "..")
            return "the kernel keeps it for folders";
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > LongestName)
            return $"it has {bytes} bytes, the kernel takes {LongestName}";
        foreach (var c in name!)
        {
            if (c == '/' || (c == ':' && !allowAlias) || char.IsWhiteSpace(c) || char.IsControl(c) || PlainText.IsLineBreak(c))
                return "it holds a '/', a ':', a blank or a control character";
        }

        return null;
    }

    /// <summary>Whether Proxmox VE takes the name (pve-common, PVE::JSONSchema, pve-iface): a letter, then letters, digits and '_', and perhaps '.' or ':' and a number.</summary>
    internal static bool IsProxmoxName(string name)
    {
        var tail = name.IndexOfAny(['.', ':']);
        var stem = tail < 0 ? name.Length : tail;
        if (stem is < 2 or > 21 || !IsLetter(name[0]) || (tail >= 0 && tail == name.Length - 1))
            return false;
        for (var i = 1; i < name.Length; i++)
        {
            var digit = name[i] is >= '0' and <= '9';
            if (i < stem ? !(digit || IsLetter(name[i]) || name[i] == '_') : i > stem && !digit)
                return false;
        }

        return true;
    }

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}
