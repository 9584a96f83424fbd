using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.Host;

/// <summary>The commands test and [ (POSIX.1-2017, test), with up to three operands and a negation.</summary>
internal static class ShellTest
{
    public static int Bracket(CommandContext c)
    {
        if (c.Arguments.Count == 0 || c.Arguments[c.Arguments.Count - 1] != "]")
            return c.Fail("missing ]", 2);
        return Test(c, c.Arguments.Take(c.Arguments.Count - 1).ToList());
    }

    public static int Test(CommandContext c, List<string> a)
    {
        var negate = a.Count > 0 && a[0] == "!";
        if (negate)
            a = a.Skip(1).ToList();
        bool? result = a.Count switch
        {
            0 => false,
            1 => a[0].Length > 0,
            2 => a[0] switch
            {
                "-e" => c.Files.Exists(a[1]),
                "-f" => c.Files.Read(a[1]) is not null,
                "-r" or "-w" => c.Files.Exists(a[1]),
                "-h" or "-L" => c.Files.ReadLink(a[1]) is not null,
                "-s" => c.Files.Read(a[1]) is { Length: > 0 },
                "-d" => c.Files.IsFolder(a[1]),
                "-x" => c.Host.Commands.Find(a[1]) is not null,
                "-n" => a[1].Length > 0,
                "-z" => a[1].Length == 0,
                _ => null,
            },
            3 => Compare(a[0], a[1], a[2]),
            _ => null,
        };
        return result is { } value ? (value != negate ? 0 : 1) : c.Fail("unexpected operator", 2);
    }

    private static bool? Compare(string left, string op, string right)
    {
        if (op is "=" or "==")
            return left == right;
        if (op == "!=")
            return left != right;
        if (!long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a)
            || !long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b))
            return null;
        return op switch { "-eq" => a == b, "-ne" => a != b, "-lt" => a < b, "-le" => a <= b, "-gt" => a > b, "-ge" => a >= b, _ => null };
    }
}
