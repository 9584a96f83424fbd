using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The emulated shell against the machine's own: the same status, output and files for the same line.</summary>
public class HostShellTests
{
    private const string Folder = "/tmp/t";
    private static readonly (string Name, string Text)[] Files = [("a", "alpha\n"), ("b c", "beta\nbeta two\n"), ("empty", "")];

    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public HostShellTests() => _lab = BondLab.Create(new BondLabOptions { Clock = _clock });

    // @ stands for the folder.
    public static TheoryData<string> Lines() =>
    [
        "echo 'a  $b' \"c  d\" e\\ f",
        "x='one two'; for w in $x \"$x\"; do echo \"<$w>\"; done",
        "x=' one two '; echo a$x\"b\"",
        "echo \"$(echo \"a\\\"b\")\" '' x",
        "true && echo yes || echo no; false && echo yes || echo no",
        "false || false && echo never; echo $?",
        "! true; echo $?; ! false; echo $?",
        "echo new > @/new; echo more >> @/new; cat @/new",
        "cat < @/a > @/copy; cat @/missing 2> /dev/null; echo $?",
        "{ echo out; echo err >&2; } > @/both 2>&1; cat @/both",
        "{ echo out; echo err >&2; } 2> @/err; cat @/err",
        "{ echo out >&2; } 2> @/err; wc -c < @/err",
        "echo x > @/nowhere/file; echo $?",
        "if [ -e @/a ] && [ ! -e @/z ]; then echo there; else echo gone; fi",
        "if false; then :; elif [ -s @/empty ]; then echo full; else echo empty; fi",
        "for f in @/*; do if [ -e \"$f\" ]; then echo \"# cat $f\"; cat \"$f\"; fi; done",
        "for f in @/nothing*; do if [ -e \"$f\" ]; then cat \"$f\"; fi; done",
        "i=x; while [ $i != xxxx ]; do i=x$i; echo $i; done",
        "i=; until [ \"$i\" = aa ]; do i=a$i; done; echo $i",
        "set -e; echo one; false; echo two",
        "set -e; false || echo saved; if false; then :; fi; ! true; echo end",
        "set -e; x=$(false); echo never",
        "set -e; (exit 3); echo never",
        "set -e; f=$(echo fine); echo $f; sh -c 'false; echo inner'; echo outer",
        "set -e; { false; } || echo caught; true && false; echo never",
        "set -u; echo ${nothing:-default}; echo $nothing; echo never",
        "sh -eu -c 'echo $nothing; echo never'; echo $?",
        "(exit 7); echo $?; exit",
        "false; exit",
        "false; s=$?; echo kept; exit $s",
        "sh -c 'echo out; exit 3' > @/log 2>&1 < /dev/null; s=$?; cat @/log; exit $s",
        "false; x=$(true); echo $?; x=$(false); echo $?; $(false); echo $?",
        "ls @/*.armed > /dev/null 2>&1 && exit 77; echo none; ls @/a @/none 2> /dev/null; echo $?",
        "mv @/none @/x 2> /dev/null || [ -e @/a ]",
        "exit 300",
        "x=1; (x=2; echo $x); echo $x",
        "x=1 sh -c 'echo ${x:-none}'; echo ${x:-none}; x=1; sh -c 'echo ${x-none}'; export x; sh -c 'echo $x'",
        "sh -c 'echo $0 $1 $#' name one two",
        "echo out | cat | wc -l; echo x | sh -c 'exit 4'; echo $?",
        "exec sh -c 'exit 5'; echo never",
        "eval 'x=3; echo $x'; echo $x",
        "{ echo job > @/job; } & wait; cat @/job",
        "(exit 6) & wait $!; echo $?",
        "sha256sum @/a > @/sums && sha256sum -c --status @/sums; echo $?; echo changed > @/a; sha256sum -c --status @/sums; echo $?",
        "echo \"0000000000000000000000000000000000000000000000000000000000000000  @/a\" | sha256sum -c --status || exit 76; echo never",
        "sha256sum @/a | sha256sum -c --status && [ ! -e @/pending ] && echo unchanged",
        "flock -o -w 10 -E 75 @/lock sh -c 'mkdir -p @/state && cat > @/t.new && mv -f @/t.new @/t || { rm -f @/t.new; exit 1; }' < @/a; cat @/t",
        "flock -n -E 9 @/lock sh -c 'flock -n -E 75 @/lock true'; echo $?",
        "flock -w 0.2 @/lock flock -w 0.1 -E 75 @/lock echo never; echo $?; flock @/lock echo free",
        "flock -o @/lock sh -c 'exit 76'",
        "if command -v flock > /dev/null; then echo has; fi; command -v echo; command -v no-such-command; echo $?",
        "mv @/none @/x 2> /dev/null || exit 0; echo never",
        "mv @/a @/armed && mv @/a @/again 2> /dev/null; echo $?",
        "cp @/a @/saved && sync @/saved && echo 90 > @/armed && if command -v no-such > /dev/null; then echo has; else sh -c 'sleep 0; echo late > @/late' > /dev/null 2>&1 < /dev/null & fi; wait; cat @/late",
        "timeout 5 sh -c 'exit 3'; echo $?; timeout 0.3 sleep 30; echo $?; timeout -s KILL 0.2 sleep 30; echo $?",
        "timeout 0.3 sh -c 'echo begun; sleep 30; echo never'; echo $?",
        "no-such-command; echo $?",
        "if true; then echo; fi fi",
        "echo a; echo 'open",
        "[ a = a ]; echo $?; [ 1 -gt 2 ]; echo $?; [ -z '' ] && [ -n x ] && test -d @ && test -f @/a; echo $?",
        "rm @/a 'no such' 2> /dev/null; echo $?; rm -f 'no such'; echo $?",
        "head -n 1 '@/b c'; tail -n 1 '@/b c'; grep -c beta '@/b c'; grep -q gamma '@/b c'; echo $?",
        "printf '%s-%s\\n' a b c; printf 'x\\ty\\n'",
        "cat @/a - < @/empty; cmp -s @/a '@/b c'; echo $?",
        "sync @/none 2> /dev/null; echo $?; chmod 600 @/a; echo $?",
        "umask 077; echo fine > @/u; cat @/u",
        "f() { echo \"$1 of $#\"; return 3; echo never; }; f a b; echo $?; f; echo $0 > /dev/null",
        "f() { for x in 1 2; do if [ $x = 2 ]; then return 4; fi; echo $x; done; }; if f; then echo yes; else echo \"no $?\"; fi; echo on",
        "f() { echo out; return 1; }; f > @/fout || echo failed; cat @/fout; f() { echo second; }; (f; exit 2); echo $?",
        "f() { exit 5; }; f; echo never",
        "f() { x=inner; }; x=outer; f; echo $x; echo $(f; echo $x)",
        "for x in abc a.c '' 'a b' '*'; do case $x in abc | d*) echo one ;; a?c) echo two ;; '') echo none ;; '*') echo star ;; *) echo other ;; esac; done; case x in y) ;; esac; echo $?",
        "p=/a/b.c/d.e; echo ${p##*/} ${p#*/} ${p%/*} ${p%%.*} ${p%.x} ${p#?} ${p##*}x",
        "set -u; x=; echo a${x%y}b",
        "case a in a) false ;; esac; echo $?; case a in a) exit 6 ;; esac; echo never",
        "f() { flock -n 9 || exit 7; flock -n @/l true 9>&- || echo held; }; f 9> @/l; echo $?",
        "ln -s ../t/a @/link 2> /dev/null; if [ -L @/link ]; then readlink @/link; fi; readlink -f @/./a; ln @/a @/hard; ln @/a @/hard 2> /dev/null; echo $?; cat @/hard; rm @/link",
        "ls -1rd @/a @/empty; ls -1r @ | tail -n +2",
        "cat '@/b c' | tr -s ' \\t' '\\n\\n' | grep -qxF -e two; echo $?; echo 'a  b' | tr -s ' ' '\\n'; echo bet | grep -qxF -e beta; echo $?",
        "setsid -w sh -c 'echo apart; exit 8' > @/apart; echo $?; cat @/apart",
        "x=$(echo a/b); y=${x%/*}; echo \"$y/${x#*/}\"",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_does_what_it_does_on_the_machine(string line)
    {
        Assert.SkipUnless(File.Exists("/bin/sh") && File.Exists("/usr/bin/flock"), "The machine has no /bin/sh, or no util-linux.");
        Assert.Equal(RunReal(line), await RunEmulated(line));
    }

    [Theory]
    [InlineData("trap 'rm x' EXIT; echo never")]
    [InlineData("set -x; echo never")]
    [InlineData("exec > /tmp/x; echo never")]
    [InlineData("echo ${x:=word}; echo never")]
    [InlineData("return 1; echo never")]
    [InlineData("f() { f; }; f; echo never")]
    [InlineData("echo $((1 + 1)); echo never")]
    public async Task What_the_shell_cannot_do_it_refuses(string line)
    {
        var result = await Run(line);
        Assert.Equal(2, result.ExitStatus);
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task A_time_limit_counts_in_the_time_of_the_lab()
    {
        var before = _clock.Now;
        Assert.Equal(124, (await Run("timeout 20 sh -c 'sleep 5; sleep 3600'")).ExitStatus);
        Assert.Equal(TimeSpan.FromSeconds(20), _clock.Now - before);
    }

    private async Task<string> RunEmulated(string line)
    {
        foreach (var (name, text) in Files)
            await _lab.Host.ExecuteAsync($"mkdir -p {Folder}; cat > '{Folder}/{name}'", Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        var result = await Run(line.Replace("@", Folder, StringComparison.Ordinal));
        var seen = new StringBuilder($"{result.ExitStatus}\n{result.Output.Replace(Folder, "@", StringComparison.Ordinal)}");
        foreach (var name in (await Run($"ls {Folder}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            seen.Append(name).Append(": ").Append((await Run($"cat '{Folder}/{name}'")).Output.Replace(Folder, "@", StringComparison.Ordinal));
        return seen.ToString();
    }

    private Task<EmulatedResult> Run(string line) => _lab.Host.ExecuteAsync(line, [], TestContext.Current.CancellationToken);

    private static string RunReal(string line)
    {
        var folder = Directory.CreateTempSubdirectory("bondtools-shell-").FullName;
        try
        {
            foreach (var (name, text) in Files)
                File.WriteAllText(Path.Combine(folder, name), text);
            var start = new ProcessStartInfo("/bin/sh", ["-c", line.Replace("@", folder, StringComparison.Ordinal)])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder,
            };
            start.Environment["LC_ALL"] = "C";
            start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = error.Result;
            var seen = new StringBuilder($"{process.ExitCode}\n{output.Replace(folder, "@", StringComparison.Ordinal)}");
            foreach (var path in Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                seen.Append(Path.GetFileName(path)).Append(": ");
                if (File.Exists(path))
                    seen.Append(File.ReadAllText(path).Replace(folder, "@", StringComparison.Ordinal));
            }
            return seen.ToString();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
