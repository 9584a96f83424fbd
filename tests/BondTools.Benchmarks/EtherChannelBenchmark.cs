using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using BondTools.Cisco;

namespace BondTools.Benchmarks;

/// <summary>
/// What parsing <c>show etherchannel summary</c> costs: beside TextFSM (Debian's python3-textfsm) with a template for the
/// same columns, and by the length of the input, hostile input too.
/// </summary>
internal static class EtherChannelBenchmark
{
    private const int Rounds = 5;
    private const int MembersPerGroup = 4;
    // Debian's Python, which sees Debian's modules whatever else stands on the path.
    private const string Python = "/usr/bin/python3";

    // The same columns as ours: the group, the port-channel with its letters, the protocol, the members over wrapped lines.
    private const string Template = """
        Value Required GROUP (\d+)
        Value PORTCHANNEL (Po\d+)
        Value FLAGS (\w+)
        Value PROTOCOL (\S+)
        Value List MEMBER ([A-Z][A-Za-z]+\d[\d/.]*)
        Value List STATE (\w+)

        Start
          ^Group\s+Port-channel -> Table

        Table
          ^\d+\s+Po -> Continue.Record
          ^${GROUP}\s+${PORTCHANNEL}\(${FLAGS}\)\s+${PROTOCOL} -> Continue
          ^\d+\s+Po\S+\s+\S+\s+${MEMBER}\(${STATE}\) -> Continue
          ^\d+\s+Po\S+\s+\S+\s+(\S+\s+){1}${MEMBER}\(${STATE}\) -> Continue
          ^\d+\s+Po\S+\s+\S+\s+(\S+\s+){2}${MEMBER}\(${STATE}\) -> Continue
          ^\s+${MEMBER}\(${STATE}\) -> Continue
          ^\s+(\S+\s+){1}${MEMBER}\(${STATE}\) -> Continue
          ^\s+(\S+\s+){2}${MEMBER}\(${STATE}\) -> Continue
        """;

    private const string Script = """
        import sys, time, textfsm
        template, output, rounds = open(sys.argv[1]), open(sys.argv[2]).read(), int(sys.argv[3])
        machine = textfsm.TextFSM(template)
        times = []
        for _ in range(rounds):
            machine.Reset()
            start = time.perf_counter()
            rows = machine.ParseText(output)
            times.append(time.perf_counter() - start)
        member = machine.header.index('MEMBER')
        print(sorted(times)[rounds // 2] * 1000, len(rows), sum(len(row[member]) for row in rows))
        """;

    public static int Run(string[] args)
    {
        var report = new StringBuilder("# Parsing show etherchannel summary\n\n");
        var text = Summary(1000);
        Compare(text, report);
        report.Append("\nBy the length of the input (medians of 5):\n\n| input | bytes | ms | ns a byte |\n|---|---:|---:|---:|\n");
        foreach (var groups in new[] { 1_000, 10_000, 100_000 })
            Measure(report, string.Create(CultureInfo.InvariantCulture, $"{groups} groups"), Summary(groups));
        foreach (var length in new[] { 1_000_000, 10_000_000 })
        {
            var heading = "Group  Port-channel  Protocol    Ports\n1      Po1(SU)         LACP      ";
            Measure(report, "one line without an end", heading + new string('x', length));
            Measure(report, "nothing but opening brackets", heading + new string('(', length));
            Measure(report, "members wrapped without an end", heading + string.Concat(Enumerable.Repeat("Gi1/0/1(P)\n     ", length / 16)));
            Measure(report, "nothing but line feeds", heading + new string('\n', length));
        }
        Console.Write(report);
        if (args.Length > 0)
            File.WriteAllText(args[0], report.ToString());
        return 0;
    }

    private static void Compare(string text, StringBuilder report)
    {
        var own = Time(text);
        var channels = EtherChannelSummaryParser.Parse(text);
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (var (name, content) in new[] { ("template", Template + "\n"), ("output", text), ("script", Script) })
                File.WriteAllText(Path.Combine(folder, name), content);
            var start = new ProcessStartInfo(Python, [Path.Combine(folder, "script"), Path.Combine(folder, "template"), Path.Combine(folder, "output"), Rounds.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException("python3-textfsm is missing, or failed.");
            var other = double.Parse(answer[0], CultureInfo.InvariantCulture);
            var (rows, members) = (int.Parse(answer[1], CultureInfo.InvariantCulture), int.Parse(answer[2], CultureInfo.InvariantCulture));
            if (rows != channels.Count || members != channels.Sum(c => c.Members.Count))
                throw new InvalidOperationException($"The answers differ: {rows} rows with {members} members against {channels.Count} with {channels.Sum(c => c.Members.Count)}.");
            report.Append(CultureInfo.InvariantCulture, $"1,000 groups of {MembersPerGroup} members, {text.Length} bytes, medians of {Rounds}; both found {rows} groups with {members} members.\n\n")
                .Append("| | ms | ratio |\n|---|---:|---:|\n")
                .Append(CultureInfo.InvariantCulture, $"| BondTools | {own:F2} | 1 |\n| python3-textfsm, ParseText alone | {other:F2} | {other / own:F0} |\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(StringBuilder report, string name, string text)
    {
        var milliseconds = Time(text);
        report.Append(CultureInfo.InvariantCulture, $"| {name} | {text.Length} | {milliseconds:F2} | {milliseconds * 1e6 / text.Length:F1} |\n");
    }

    // The median of the rounds, each the mean of several parses with the garbage they make, once the compiler is done.
    private static double Time(string text)
    {
        var repeats = Math.Max(1, 5_000_000 / text.Length);
        var times = new double[Rounds];
        for (var round = -2; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < repeats; i++)
                Parse(text);
            if (round >= 0)
                times[round] = watch.Elapsed.TotalMilliseconds / repeats;
            else
                // The compiler works beside the program, and takes its time.
                SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(200));
        }
        return times.Order().ElementAt(Rounds / 2);
    }

    private static void Parse(string text)
    {
        try
        {
            EtherChannelSummaryParser.Parse(text);
        }
        catch (UnexpectedOutputException)
        {
            // The right answer to hostile input.
        }
    }

    private static string Summary(int groups)
    {
        var text = new StringBuilder("Flags:  D - down        P - bundled in port-channel\n\nNumber of channel-groups in use: ").Append(groups)
            .Append("\n\nGroup  Port-channel  Protocol    Ports\n------+-------------+-----------+-----------------------------------------------\n");
        for (var group = 1; group <= groups; group++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{group,-7}{$"Po{group}(SU)",-16}{"LACP",-12}");
            for (var member = 0; member < MembersPerGroup; member++)
                text.Append(member == 3 ? "\n                                   " : "").Append(CultureInfo.InvariantCulture, $"Gi{1 + group / 48}/0/{group % 48 + member}(P)  ");
            text.Append('\n');
        }
        return text.ToString();
    }
}
