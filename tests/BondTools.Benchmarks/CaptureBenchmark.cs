using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using BondTools.Capture;
using BondTools.Lacp;

namespace BondTools.Benchmarks;

/// <summary>
/// What measuring two captures costs: beside tshark's field output of the same files, and by the files' length in time and memory.
/// </summary>
internal static class CaptureBenchmark
{
    private const int Packets = 1_000_000, FlowsPerLink = 5_000;

    // What Measure-BondCapture needs to know of each frame, for the link, the flow and LACP.
    private const string Fields = "-e frame.time_epoch -e frame.len -e eth.src -e eth.dst -e vlan.id -e ip.src -e ip.dst -e ipv6.src -e ipv6.dst -e ip.proto"
        + " -e tcp.srcport -e tcp.dstport -e tcp.seq_raw -e udp.srcport -e udp.dstport -e icmp.ident -e lacp.actor.state -e lacp.partner.state";

    public static int Run(string[] args)
    {
        if (args is ["child", .. var measured])
            return Child(measured);

        using var folder = new Folder();
        string[] pair = [folder.Write("enp0s8.pcap", Packets, 0), folder.Write("enp0s9.pcap", Packets, 1)];
        var report = new StringWriter();
        report.WriteLine(Line($"Two captures of {Packets:N0} packets each, {FlowsPerLink:N0} flows a link, {new FileInfo(pair[0]).Length / 1_000_000} MB a file."));
        report.WriteLine("| what | seconds | packets/s | peak memory |");
        report.WriteLine("|---|---:|---:|---:|");
        var rounds = Enumerable.Range(0, 3).Select(_ => Measure(pair)).OrderBy(r => r.Seconds).ToList();
        var own = rounds[1];
        report.WriteLine(Line($"| the engine on both, median of 3 | {own.Seconds:0.000} | {2 * Packets / own.Seconds:N0} | {own.PeakMegabytes:0} MB |"));
        var single = Measure([pair[0]]);
        report.WriteLine(Line($"| the engine on one | {single.Seconds:0.000} | {Packets / single.Seconds:N0} | {single.PeakMegabytes:0} MB |"));
        var cmdlet = InShell(pair);
        report.WriteLine(Line($"| Measure-BondCapture on both, in BondTools.Shell | {cmdlet.Seconds:0.000} | {2 * Packets / cmdlet.Seconds:N0} | {cmdlet.PeakMegabytes:0} MB ({cmdlet.BaseMegabytes:0} MB before it began) |"));
        if (Programs.Exists("tshark"))
        {
            var watch = Stopwatch.StartNew();
            foreach (var file in pair)
                Programs.Shell($"tshark -r {file} -n -T fields {Fields} 2> /dev/null > /dev/null");
            var theirs = watch.Elapsed.TotalSeconds;
            report.WriteLine(Line($"| tshark -T fields on both, one after the other | {theirs:0.0} | {2 * Packets / theirs:N0} | |"));
            report.WriteLine(Line($"| so many times as fast: the engine, the cmdlet | {theirs / own.Seconds:0} and {theirs / cmdlet.Seconds:0} | | |"));
        }
        else
        {
            report.WriteLine("| tshark is not installed | | | |");
        }

        report.WriteLine();
        report.WriteLine("| packets a file | seconds | peak memory |");
        report.WriteLine("|---:|---:|---:|");
        foreach (var packets in new[] { 100_000, 1_000_000, 4_000_000 })
        {
            string[] files = [folder.Write("short8.pcap", packets, 0), folder.Write("short9.pcap", packets, 1)];
            var result = Measure(files);
            report.WriteLine(Line($"| {packets:N0} | {result.Seconds:0.000} | {result.PeakMegabytes:0} MB |"));
        }
        Console.Write(report);
        return own.Seconds > 0 ? 0 : 1;
    }

    /// <summary>A process of its own, so that its memory is that of the measuring.</summary>
    private static int Child(string[] files)
    {
        // Once on the first file alone: compiling is not what is measured.
        CountPackets([files[0]]);
        var watch = Stopwatch.StartNew();
        var packets = CountPackets(files);
        Console.WriteLine(Line($"{watch.Elapsed.TotalSeconds} {PeakMegabytes()} {packets}"));
        return 0;
    }

    private static long CountPackets(string[] files)
    {
        var sources = files.Select(file => (CaptureReader.Open(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1), file), new LacpOrigin(Path.GetFileNameWithoutExtension(file), file))).ToList();
        var report = CaptureMeter.Measure(sources, 100, [], CancellationToken.None);
        sources.ForEach(source => source.Item1.Dispose());
        return report.Links.Sum(link => link.Packets);
    }

    private static (double Seconds, double PeakMegabytes) Measure(string[] files)
    {
        var words = Output("dotnet", [typeof(CaptureBenchmark).Assembly.Location, "capture", "child", .. files]).Split(' ');
        return (Number(words[0]), Number(words[1]));
    }

    private static (double Seconds, double PeakMegabytes, double BaseMegabytes) InShell(string[] files)
    {
        const string peak = "[int](([IO.File]::ReadAllLines('/proc/self/status') | Where-Object { $_.StartsWith('VmHWM') }) -replace '[^0-9]') / 1024";
        var script = $"$null = Measure-BondCapture '{files[0]}' -Top 1; $base = {peak}; $watch = [Diagnostics.Stopwatch]::StartNew(); "
            + $"$report = Measure-BondCapture '{files[0]}', '{files[1]}'; $seconds = $watch.Elapsed.TotalSeconds; \"$seconds $({peak}) $base\"";
        var words = Output("dotnet", [Repository.Shell, "-Command", script]).Split(' ');
        return (Number(words[0]), Number(words[1]), Number(words[2]));
    }

    private static string Output(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    private static double PeakMegabytes() => Number(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim()) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Captures made for the measurement, deleted after it.</summary>
    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("capture-benchmark-");

        public void Dispose() => _folder.Delete(recursive: true);

        /// <summary>TCP in both directions, a LACPDU every second: what two links of a busy bond carry.</summary>
        public string Write(string name, int packets, int link)
        {
            var path = Path.Combine(_folder.FullName, name);
            using var file = new BufferedStream(File.Create(path), 1 << 20);
            var random = new Random(link + 1);
            Span<byte> header = stackalloc byte[24];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262144);
            BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
            file.Write(header);
            Span<byte> record = stackalloc byte[16];
            Span<byte> frame = stackalloc byte[110];
            var sequences = new uint[FlowsPerLink * 2];
            for (var i = 0; i < packets; i++)
            {
                var microseconds = i * 10L;
                frame.Clear();
                if (i % 100_000 == 0)
                    Lacpdu(frame, link);
                else
                    Tcp(frame, link, random, sequences);
                BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(1_700_000_000 + (microseconds / 1_000_000)));
                BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(microseconds % 1_000_000));
                BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)frame.Length);
                BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)frame.Length);
                file.Write(record);
                file.Write(frame);
            }
            return path;
        }

        private static void Tcp(Span<byte> frame, int link, Random random, uint[] sequences)
        {
            var flow = random.Next(FlowsPerLink);
            var isReply = random.Next(2);
            ((ReadOnlySpan<byte>)[0x02, 0, 0, 0, 0, (byte)isReply, 0x02, 0, 0, 0, 0, (byte)(1 - isReply), 0x08, 0x00, 0x45, 0, 0, 96]).CopyTo(frame);
            frame[22] = 64;
            frame[23] = 6;
            var (source, destination) = isReply == 0 ? (26, 30) : (30, 26);
            ((ReadOnlySpan<byte>)[10, (byte)link, (byte)(flow >> 8), (byte)flow]).CopyTo(frame[source..]);
            ((ReadOnlySpan<byte>)[192, 168, 1, 1]).CopyTo(frame[destination..]);
            BinaryPrimitives.WriteUInt16BigEndian(frame[(isReply == 0 ? 34 : 36)..], (ushort)(32768 + flow));
            BinaryPrimitives.WriteUInt16BigEndian(frame[(isReply == 0 ? 36 : 34)..], 443);
            BinaryPrimitives.WriteUInt32BigEndian(frame[38..], sequences[(flow * 2) + isReply] += 56);
            frame[46] = 0x50;
            frame[47] = 0x10;
        }

        private static void Lacpdu(Span<byte> frame, int link)
        {
            ((ReadOnlySpan<byte>)[0x01, 0x80, 0xC2, 0, 0, 2, 0x02, 0, 0, 0, 9, (byte)link, 0x88, 0x09, 1, 1]).CopyTo(frame);
            foreach (var (at, type, system) in new[] { (16, 1, 9), (36, 2, 8) })
            {
                ((ReadOnlySpan<byte>)[(byte)type, 20, 0x80, 0, 0x02, 0, 0, 0, 0, (byte)system, 0, 9, 0, 255, 0, (byte)(link + 1), 0x3D]).CopyTo(frame[at..]);
            }
            frame[56] = 3;
            frame[57] = 16;
        }
    }
}
