using System;
using System.Linq;

namespace BondTools.Linux;

/// <summary>The files that an interfaces file takes in by <c>source</c> and <c>source-directory</c>. ifupdown follows these lines, Proxmox VE only keeps them.</summary>
internal static class SourcedInterfaces
{
    private const string Folder = "/etc/network/";
    private const string Heading = "# cat ";

    /// <summary>
    /// Prints the files whose names, which may hold wildcards, it reads from standard input; each behind its path. What the
    /// shell expands there it does not run.
    /// </summary>
    public const string PrintCommand = "for f in $(cat); do if [ -f \"$f\" ]; then echo; echo; echo \"" + Heading + "$f\"; cat \"$f\"; fi; done";

    /// <summary>The names of the files, with wildcards, a line each; empty when there are none.</summary>
    public static string NamesIn(InterfacesFile file) => string.Concat(file.Lines
        .Where(line => line.Kind == InterfacesLineKind.Directive && line.Keyword is "source" or "source-directory" or "source-dir")
        .SelectMany(line => line.Words.Select(word => (word[0] == '/' ? "" : Folder) + word + (line.Keyword == "source" ? "" : "/*") + "\n")));

    /// <summary>The path of the file that has a stanza of a name; null when none has.</summary>
    /// <param name="printed">What <see cref="PrintCommand"/> printed.</param>
    /// <param name="name">The interface's name.</param>
    public static string? FileWith(string printed, string name)
    {
        string? path = null;
        foreach (var line in InterfacesLine.Split(printed))
        {
            if (line.Text.StartsWith(Heading, StringComparison.Ordinal))
                path = line.Text.Substring(Heading.Length);
            else if (line.Kind == InterfacesLineKind.Iface && line.Words.FirstOrDefault() == name)
                return path;
        }

        return null;
    }
}
