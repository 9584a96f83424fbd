using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>guard.sh: the host's side of one publication. What it does is said in it.</summary>
internal sealed class GuardScript
{
    // The exit statuses of guard.sh.
    public const int Missing = 69, Failed = 70, NotArmed = 74, LockTimedOut = 75, Outdated = 76, AnotherUnderWay = 77, Over = 78, Busy = 79;

    private static readonly Lazy<string> Script = new(Load);

    /// <summary>The publication's id: its second, its millisecond in three digits and three more by chance, so that names sort by time.</summary>
    public string Id { get; } = MakeId(DateTime.UtcNow);

    /// <summary>The publication's folder on the host.</summary>
    public string Folder => $"{HostPaths.State}/{Id}";

    /// <summary>The script for a change; the input of <see cref="Arm"/>.</summary>
    /// <remarks>
    /// Where a file no longer has an option that ifupdown2 does not know, the kernel keeps its value; so the script has the
    /// commands that give it back its default, for the way there and for the way back.
    /// </remarks>
    public static byte[] Of(NetworkChange change)
    {
        var (before, wish) = (InterfacesFile.Parse(change.Current), InterfacesFile.Parse(change.Pending!));
        return ByteText.Encode(Script.Value
            .Replace("reset_after_apply() { :; }", Function("reset_after_apply", BondCompanion.Resets(before, wish)))
            .Replace("reset_after_rollback() { :; }", Function("reset_after_rollback", BondCompanion.Resets(wish, before))));
    }

    /// <summary>Installs the script, which it reads from its input, and arms the publication.</summary>
    /// <remarks>It comes whole or not at all: the folder of one that did not goes again.</remarks>
    public string Arm(TimeSpan rollbackAfter, string beforeSha256, string wishSha256)
    {
        var seconds = rollbackAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return $"mkdir -p {HostPaths.State} && mkdir -m 700 {Folder} && cat > {Folder}/guard.sh || {{ rm -rf {Folder}; exit {NotArmed}; }}; " +
            $"{Run("arm")} {seconds} {beforeSha256} {wishSha256} {ShellWord.Quote(DescribeClient())}";
    }

    /// <summary>Runs a verb of the installed script.</summary>
    public string Run(string verb) => $"sh {Folder}/guard.sh {verb}";

    private static string MakeId(DateTime now) => string.Format(
        CultureInfo.InvariantCulture, "{0:yyyyMMdd'T'HHmmss'Z'}-{1:x3}{2}", now, now.Millisecond, Guid.NewGuid().ToString("N").Substring(0, 3));

    // Who and where, as far as it is made of characters that mean nothing to anybody.
    private static string DescribeClient() => string.Concat(
        $"{Environment.UserName}@{Environment.MachineName}".Where(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-' or '@'));

    private static string Function(string name, IReadOnlyList<string> commands) =>
        $"{name}() {{\n{string.Concat(commands.Select(command => $"    {command}\n"))}    :\n}}";

    private static string Load()
    {
        using var stream = typeof(GuardScript).Assembly.GetManifestResourceStream("guard.sh")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A checkout on Windows may have given it line ends that no POSIX shell takes.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
