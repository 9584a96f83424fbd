using System;
using System.Linq;
using System.Security.Cryptography;

namespace BondTools.Lab.Host;

/// <summary>Commands on files: cat, ls, mv, cp, ln, readlink, rm, mkdir, mktemp, cmp, sha256sum, touch, chmod, sync.</summary>
internal static class FileCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("cat", Cat);
        table.Add("ls", List);
        table.Add("mv", c => Move(c, remove: true));
        table.Add("cp", c => Move(c, remove: false));
        table.Add("ln", Link);
        table.Add("readlink", ReadLink);
        table.Add("rm", Remove);
        table.Add("mkdir", MakeFolder);
        table.Add("mktemp", MakeTemporary);
        table.Add("touch", Touch);
        table.Add("cmp", Compare);
        table.Add("sha256sum", Checksum);
        table.Add("tee", Tee);
        // Files here have no modes and no disk: these only ask whether the file is there.
        table.Add("sync", c => RequireFiles(c, 0));
        table.Add("chmod", c => RequireFiles(c, 1));
        table.Add("chown", c => RequireFiles(c, 1));
    }

    private static int RequireFiles(CommandContext c, int skip)
    {
        var missing = c.Arguments.Where(a => a.Length > 0 && a[0] != '-').Skip(skip).FirstOrDefault(a => !c.Files.Exists(a));
        return missing is null ? 0 : c.Fail($"cannot access '{missing}': No such file or directory");
    }

    private static int Cat(CommandContext c)
    {
        var status = 0;
        foreach (var path in c.Arguments.Count == 0 ? ["-"] : c.Arguments.ToArray())
        {
            if (path.Length > 1 && path[0] == '-')
                continue;
            var text = path == "-" ? c.Streams.Input : c.Files.Read(path);
            if (text is null)
                status = c.Fail(c.Files.IsFolder(path) ? $"{path}: Is a directory" : $"{path}: No such file or directory");
            else
                c.Output.Append(text);
        }
        return status;
    }

    private static int List(CommandContext c)
    {
        bool all = c.TakeFlag('A'), itself = c.TakeFlag('d'), reverse = c.TakeFlag('r');
        while (c.TakeFlag('1'))
            continue;
        if (c.Arguments.Exists(a => a.Length > 1 && a[0] == '-'))
            return c.Fail("the emulated host has ls with -1, -A, -d and -r only", 2);
        var status = 0;
        var paths = c.Arguments.DefaultIfEmpty("/root").OrderBy(a => a, StringComparer.Ordinal);
        foreach (var path in reverse ? paths.Reverse() : paths)
        {
            if (c.Files.IsFolder(path) && !itself)
            {
                var names = c.Files.List(path).Where(n => all || n[0] != '.');
                foreach (var name in reverse ? names.Reverse() : names)
                    c.Output.Append(name).Append('\n');
            }
            else if (c.Files.Exists(path))
                c.Output.Append(path).Append('\n');
            else
                status = c.Fail($"cannot access '{path}': No such file or directory", 2);
        }
        return status;
    }

    private static int Move(CommandContext c, bool remove)
    {
        while (c.TakeFlag('f') || c.TakeFlag('p') || c.TakeFlag('a') || c.TakeFlag('T'))
            continue;
        c.Arguments.RemoveAll(a => a is "--" or "--preserve=all");
        if (c.Arguments.Count != 2)
            return c.Fail("missing file operand");
        var (from, to) = (c.Arguments[0], c.Arguments[1]);
        if (c.Files.Read(from) is not { } text)
            return c.Fail($"cannot stat '{from}': No such file or directory");
        if (c.Files.IsFolder(to))
            to = to.TrimEnd('/') + "/" + from.Substring(from.LastIndexOf('/') + 1);
        if (!c.Files.CanWrite(to))
            return c.Fail($"cannot create regular file '{to}': No such file or directory");
        c.Files.Write(to, text);
        if (remove && HostFiles.Normalize(from) != HostFiles.Normalize(to))
            c.Files.Remove(from);
        return 0;
    }

    // A link without -s is a second name for the same bytes; as no command here writes into a file, a copy is no different.
    private static int Link(CommandContext c)
    {
        var symbolic = c.TakeFlag('s');
        if (c.Arguments.Count != 2 || c.Arguments.Exists(a => a[0] == '-'))
            return c.Fail("the emulated host has ln and ln -s with two names only");
        var (target, path) = (c.Arguments[0], c.Arguments[1]);
        if (symbolic)
            return c.Files.Link(target, path) ? 0 : c.Fail($"failed to create symbolic link '{path}'");
        if (c.Files.Read(target) is not { } text)
            return c.Fail($"failed to access '{target}': No such file or directory");
        if (c.Files.Exists(path) || !c.Files.CanWrite(path))
            return c.Fail($"failed to create hard link '{path}'");
        c.Files.Write(path, text);
        return 0;
    }

    private static int ReadLink(CommandContext c)
    {
        var full = c.TakeFlag('f');
        if (c.Arguments.Count != 1 || (full ? c.Files.Resolve(c.Arguments[0]) : c.Files.ReadLink(c.Arguments[0])) is not { } target)
            return 1;
        c.Output.Append(target).Append('\n');
        return 0;
    }

    private static int Remove(CommandContext c)
    {
        bool force = c.TakeFlag('f'), recursive = c.TakeFlag('r') || c.TakeFlag('R');
        var status = 0;
        foreach (var path in c.Arguments.Where(a => a != "--"))
        {
            if (c.Files.IsFolder(path))
                status = recursive && c.Files.RemoveFolder(path) ? status : c.Fail($"cannot remove '{path}': Is a directory");
            else if (!c.Files.Remove(path) && !force)
                status = c.Fail($"cannot remove '{path}': No such file or directory");
        }
        return status;
    }

    private static int MakeFolder(CommandContext c)
    {
        var parents = c.TakeFlag('p');
        _ = c.TakeOption("-m");
        foreach (var path in c.Arguments.Where(a => a != "--"))
        {
            if (c.Files.Exists(path))
            {
                if (!parents)
                    return c.Fail($"cannot create directory '{path}': File exists");
                continue;
            }
            var full = HostFiles.Normalize(path);
            for (var slash = full.IndexOf('/', 1); slash > 0; slash = full.IndexOf('/', slash + 1))
                c.Files.MakeFolder(full.Substring(0, slash));
            c.Files.MakeFolder(full);
        }
        return 0;
    }

    private static int MakeTemporary(CommandContext c)
    {
        var folder = c.TakeOption("-p") ?? c.TakeOption("--tmpdir");
        var directory = c.TakeFlag('d');
        var template = c.Arguments.Count > 0 ? c.Arguments[0] : "/tmp/tmp.XXXXXXXXXX";
        if (template.Length - template.TrimEnd('X').Length < 3)
            return c.Fail($"too few X's in template '{template}'");
        if (folder is not null)
            template = folder + "/" + template;
        var path = c.Host.NextTemporaryName(template);
        if (!c.Files.CanWrite(path))
            return c.Fail($"failed to create file via template '{template}': No such file or directory");
        if (directory)
            c.Files.MakeFolder(path);
        else
            c.Files.Write(path, "");
        c.Output.Append(path).Append('\n');
        return 0;
    }

    private static int Touch(CommandContext c)
    {
        foreach (var path in c.Arguments.Where(p => p[0] != '-' && c.Files.Read(p) is null))
        {
            if (!c.Files.CanWrite(path))
                return c.Fail($"cannot touch '{path}': No such file or directory");
            c.Files.Write(path, "");
        }
        return 0;
    }

    private static int Compare(CommandContext c)
    {
        var silent = c.TakeFlag('s');
        c.Arguments.Remove("--");
        if (c.Arguments.Count != 2)
            return c.Fail("missing operand", 2);
        var texts = c.Arguments.Select(a => a == "-" ? c.Streams.Input : c.Files.Read(a)).ToArray();
        for (var i = 0; i < 2; i++)
        {
            if (texts[i] is null)
                return silent ? 2 : c.Fail($"{c.Arguments[i]}: No such file or directory", 2);
        }
        if (texts[0] == texts[1])
            return 0;
        if (!silent)
            c.Output.Append($"{c.Arguments[0]} {c.Arguments[1]} differ\n");
        return 1;
    }

    private static int Checksum(CommandContext c)
    {
        bool check = c.TakeFlag('c'), quiet = c.Arguments.Remove("--status");
        c.Arguments.Remove("--");
        foreach (var path in c.Arguments.Count == 0 ? ["-"] : c.Arguments.ToArray())
        {
            if ((path == "-" ? c.Streams.Input : c.Files.Read(path)) is not { } text)
                return c.Fail($"{path}: No such file or directory");
            if (check && !Verify(c, text, quiet))
                return 1;
            if (!check)
                c.Output.Append($"{Hash(text)}  {path}\n");
        }
        return 0;
    }

    /// <summary>Checks each line of a list as sha256sum writes it: the hash, two blanks, the file.</summary>
    private static bool Verify(CommandContext c, string list, bool quiet)
    {
        const int pathStart = 66;
        var isAllRight = true;
        foreach (var line in list.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var path = line.Length > pathStart ? line.Substring(pathStart) : "";
            var isRight = c.Files.Read(path) is { } text && line.StartsWith(Hash(text), StringComparison.Ordinal);
            isAllRight &= isRight;
            if (!quiet)
                c.Output.Append($"{path}: {(isRight ? "OK" : "FAILED")}\n");
        }
        return isAllRight;
    }

    private static string Hash(string text) => BitConverter.ToString(Hash(ByteText.Encode(text))).Replace("-", "").ToLowerInvariant();

    private static byte[] Hash(byte[] bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        return sha.ComputeHash(bytes);
#endif
    }

    private static int Tee(CommandContext c)
    {
        var append = c.TakeFlag('a');
        foreach (var path in c.Arguments)
        {
            if (!c.Files.CanWrite(path))
                return c.Fail($"{path}: No such file or directory");
            c.Files.Write(path, (append ? c.Files.Read(path) : "") + c.Streams.Input);
        }
        c.Output.Append(c.Streams.Input);
        return 0;
    }
}
