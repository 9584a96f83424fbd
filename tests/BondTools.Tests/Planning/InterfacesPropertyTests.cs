using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

/// <summary>What holds of every edit on every file. A failure names its seed and prints the file.</summary>
/// <remarks>
/// Where an edit cannot be taken back byte for byte, by nature:
/// <list type="bullet">
/// <item>A name that is taken from an <c>auto</c> line of several comes back on a line of its own, before its stanza.</item>
/// <item>A value comes back in the one spelling that is written (<c>802.3ad</c> for <c>4</c>, blanks for commas, CIDR for a
/// netmask), on one line where it was continued, and once where the option had several lines.</item>
/// <item>A stanza of the other family that held nothing but addresses goes with the last of them.</item>
/// <item>An option or comment that went and comes again stands at the end of its stanza.</item>
/// <item>New slaves keep the stanza and the <c>auto</c> that they got.</item>
/// <item>A file that ends with a backslash gets the line that it announces, so that what follows is no part of it.</item>
/// </list>
/// </remarks>
public class InterfacesPropertyTests
{
    private const int Rounds = 1_000;

    private int _done;
    private int _refused;

    [Fact]
    public void Parsing_gives_every_byte_back() => ForAll((text, _) =>
    {
        Assert.Equal(text, InterfacesFile.Parse(text).ToString());
        var bytes = ByteText.Encode(text);
        Assert.Equal(bytes, ByteText.Encode(InterfacesFile.Parse(ByteText.Decode(bytes)).ToString()));
    });

    [Fact]
    public void An_edit_touches_its_own_stanza_only() => ForAll((text, random) =>
    {
        foreach (var edit in Edits(InterfacesFile.Parse(text), random))
            AssertOthersKept(text, edit);
    });

    [Fact]
    public void An_edit_done_twice_is_the_edit_done_once() => ForAll((text, random) =>
    {
        foreach (var edit in Edits(InterfacesFile.Parse(text), random).Where(edit => edit.IsSet))
        {
            if (Try(() => edit.Apply(InterfacesFile.Parse(text))) is { } once)
                Assert.Equal(once.ToString(), edit.Apply(once).ToString());
        }
    });

    [Fact]
    public void What_is_set_and_cleared_again_leaves_no_trace() => ForAllFinished((text, random) =>
    {
        var file = InterfacesFile.Parse(text);
        foreach (var bond in file.Bonds)
            AssertUndone(file, Absent(bond, random), change => InterfacesEdit.SetBond(file, bond.Name, change), (set, clear) => InterfacesEdit.SetBond(set, bond.Name, new PveBondChange { Clear = clear }));
        foreach (var bridge in file.Bridges)
            AssertUndone(file, Absent(bridge, random), change => InterfacesEdit.SetBridge(file, bridge.Name, change), (set, clear) => InterfacesEdit.SetBridge(set, bridge.Name, new PveBridgeChange { Clear = clear }));
    });

    [Fact]
    public void What_is_changed_and_changed_back_leaves_no_trace() => ForAll((text, random) =>
    {
        var file = InterfacesFile.Parse(text);
        foreach (var bond in file.Bonds)
        {
            AssertThereAndBack(file, bond.Name, "mtu", bond.Mtu, 8000, value => new PveBondChange { Mtu = value });
            AssertThereAndBack(file, bond.Name, "bond-min-links", bond.MinLinks, 2, value => new PveBondChange { MinLinks = value });
            AssertThereAndBack(file, bond.Name, "bond-lacp-rate", bond.LacpRate, LacpRate.Slow, value => new PveBondChange { LacpRate = value });
            AssertThereAndBack(file, bond.Name, "bond-mode", bond.Mode, BondMode.BalanceXor, value => new PveBondChange { Mode = value });
            AssertThereAndBack(file, bond.Name, "bond-slaves", bond.Slaves, [.. bond.Slaves.Reverse()], value => new PveBondChange { Slaves = value });
            AssertThereAndBack(file, bond.Name, "bond-use-carrier", "1", "0", value => new PveBondChange { OtherOptions = [Option("bond-use-carrier", value!)] });
            var comment = bond.Comment is null ? null : string.Concat(bond.Comment.Select(c => c == '\n' ? '\n' : 'x')) + "y";
            if (!string.IsNullOrEmpty(bond.Comment) && !bond.Comment.Contains('\\', StringComparison.Ordinal) && !bond.Comment.EndsWith('\n'))
            {
                var other = InterfacesEdit.SetBond(file, bond.Name, new PveBondChange { Comment = comment });
                Assert.Equal(text, InterfacesEdit.SetBond(other, bond.Name, new PveBondChange { Comment = bond.Comment }).ToString());
            }
        }
    });

    [Fact]
    public void What_is_as_it_is_wished_stays_as_it_is_spelt() => ForAll((text, _) =>
    {
        var file = InterfacesFile.Parse(text);
        foreach (var bond in file.Bonds)
        {
            Assert.Equal(text, InterfacesEdit.SetBond(file, bond.Name, new PveBondChange()).ToString());
            Assert.Equal(text, InterfacesEdit.SetBond(file, bond.Name, new PveBondChange
            {
                Slaves = bond.Slaves, Mode = bond.Mode, TransmitHashPolicy = bond.TransmitHashPolicy, MiiPollingInterval = bond.MiiPollingInterval, UpDelay = bond.UpDelay,
                DownDelay = bond.DownDelay, LacpRate = bond.LacpRate, MinLinks = bond.MinLinks, AdSelect = bond.AdSelect, PrimarySlave = bond.PrimarySlave, Mtu = bond.Mtu,
                Auto = bond.Auto, Addresses = bond.Addresses, Gateway = bond.Gateway, Comment = bond.Comment, OtherOptions = bond.OtherOptions,
            }).ToString());
        }

        foreach (var bridge in file.Bridges)
        {
            Assert.Equal(text, InterfacesEdit.SetBridge(file, bridge.Name, new PveBridgeChange
            {
                Ports = bridge.Ports, VlanAware = bridge.VlanAware, VlanIds = bridge.VlanIds, Stp = bridge.Stp, ForwardDelay = bridge.ForwardDelay, Mtu = bridge.Mtu,
                Auto = bridge.Auto, Addresses = bridge.Addresses, Gateway = bridge.Gateway, Comment = bridge.Comment, OtherOptions = bridge.OtherOptions,
            }).ToString());
        }
    });

    [Fact]
    public void What_is_added_and_removed_again_leaves_no_trace() => ForAllFinished((text, random) =>
    {
        var file = InterfacesFile.Parse(text);
        var addresses = random.Next(3) switch { 0 => Array.Empty<string>(), 1 => ["10.7.0.1/24"], _ => new[] { "10.7.0.1/24", "2001:db8:7::1/64" } };
        var method = addresses.Length > 0 ? "static" : "manual";
        var bridged = InterfacesEdit.AddBridge(file, new PveBridge { Name = "vmbr77", Auto = random.Next(2) == 0, Method = method, Addresses = addresses, Comment = random.Next(2) == 0 ? "a\n\nb" : null });
        Assert.Equal(text, InterfacesEdit.RemoveBridge(bridged, "vmbr77").ToString());

        // Its slaves are ready when it comes, and stay so when it goes.
        var wish = new PveBond { Name = "bond77", Slaves = ["eno77", "eno78"], Mode = BondMode.Lacp, Method = method, Addresses = addresses };
        var ready = InterfacesEdit.RemoveBond(InterfacesEdit.AddBond(file, wish), "bond77");
        Assert.Equal(ready.ToString(), InterfacesEdit.RemoveBond(InterfacesEdit.AddBond(ready, wish), "bond77").ToString());
    });

    [Fact]
    public void The_files_of_others_keep_to_all_of_it()
    {
        var random = new Random(25);
        foreach (var path in Directory.GetFiles(Corpus.Require("interfaces"), "*.eni"))
        {
            var text = ByteText.Decode(File.ReadAllBytes(path));
            Assert.Equal(text, InterfacesFile.Parse(text).ToString());
            for (var round = 0; round < 20; round++)
            {
                foreach (var edit in Edits(InterfacesFile.Parse(text), random))
                {
                    AssertOthersKept(text, edit);
                    if (edit.IsSet && Try(() => edit.Apply(InterfacesFile.Parse(text))) is { } once)
                        Assert.Equal(once.ToString(), edit.Apply(once).ToString());
                }
            }
        }
    }

    [Fact]
    public void A_file_that_ends_with_a_backslash_is_ended_before_anything_follows()
    {
        foreach (var ending in new[] { "\\", "\\\n", "\\\r\n" })
        {
            var text = "iface eno9 inet manual\n\niface bond0 inet manual\n\tbond-mode 4\n\tbond-slaves eno1 eno2 " + ending;
            var file = InterfacesFile.Parse(text);
            Assert.Equal(["eno1", "eno2"], file.Bonds[0].Slaves);
            var changed = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Mtu = 9000 });
            Assert.Equal((9000, 2), (changed.Bonds[0].Mtu!.Value, changed.Bonds[0].Slaves.Count));
            Assert.StartsWith(text, changed.ToString(), StringComparison.Ordinal);
            Assert.Equal("vmbr77", InterfacesEdit.AddBridge(file, new PveBridge { Name = "vmbr77" }).Bridges[0].Name);
        }
    }

    [Fact]
    public void Hostile_text_is_read_in_linear_time_or_refused_with_a_line()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var words = new[] { "iface ", "auto ", "\\\n", "\n", "\r\n", "#", "bond0 ", "inet ", " ", "inherits ", "address 1.2.3.4\n", "\uFEFF", "%", "\0" };
            var text = random.Next(2) == 0 ? ByteText.Decode(bytes) : "iface x\n" + string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                Assert.Equal(text, InterfacesFile.Parse(text).ToString());
            }
            catch (UnexpectedOutputException e)
            {
                Assert.True(e.LineNumber > 0, $"seed {seed}");
            }
        }

        static string Many(int count, string line) => new StringBuilder().Insert(0, line, count).ToString();
        var texts = new Func<int, string>[]
        {
            n => Many(n, "iface eno1 inet manual\n\tbond-slaves x\n"),
            n => string.Concat(Enumerable.Range(0, n).Select(i => $"auto bond{i}\niface bond{i} inet m{i}\n\tbond-slaves eno{i}\n\n")),
            n => "iface x\n" + Many(n, "mtu 1500\n"),
            n => Many(n, "# comment\n\n"),
            n => "auto" + Many(n, " bond0") + "\n",
            n => "auto" + Many(n, " \\\n") + "x\n",
            n => "auto x" + Many(n, "\\ \t"),
            n => "iface x inet manual\n" + Many(n, " "),
            n => "#" + Many(n, "\uFEFF#"),
        };
        foreach (var text in texts)
        {
            var (small, large) = (text(10_000), text(100_000));
            // Ten times the text would take a hundred times as long in quadratic time; what is short is all noise, and on a busy machine
            // so is one run.
            var limit = TimeSpan.FromMilliseconds(500) + 40 * Time(small);
            Assert.Contains(Enumerable.Range(0, 3), _ => Time(large) <= limit);
        }
    }

    private static TimeSpan Time(string text)
    {
        var watch = Stopwatch.StartNew();
        var file = InterfacesFile.Parse(text);
        _ = file.Bonds.Count + (file.Find("eno1")?.Options.Count ?? 0);
        Assert.Equal(text, file.ToString());
        return watch.Elapsed;
    }

    // A file that ends with a backslash gets the line it announces before anything is added.
    private void ForAllFinished(Action<string, Random> property) => ForAll((text, random) =>
    {
        if (!InterfacesFile.Parse(text).Lines[^1].IsUnfinished)
            property(text, random);
    });

    private void ForAll(Action<string, Random> property)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var text = new InterfacesGenerator(random).File();
            try
            {
                property(text, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}\n--- the file ---\n{text.Replace("\r", "<CR>", StringComparison.Ordinal)}---", e);
            }
        }

        Assert.True(_refused <= _done, $"{_refused} edits were refused and only {_done} done.");
    }

    private sealed record Edit(string Name, bool IsSet, Func<InterfacesFile, InterfacesFile> Apply, IReadOnlyCollection<string> Slaves, IReadOnlyCollection<string> Options);

    private static IEnumerable<Edit> Edits(InterfacesFile file, Random random)
    {
        var free = new[] { "eno6", "eno77", "eno78" }.Where(nic => file.Find(nic)?.Addresses.Count is null or 0).OrderBy(_ => random.Next()).Take(2).ToArray();
        yield return new Edit("bond77", false, f => InterfacesEdit.AddBond(f, new PveBond { Name = "bond77", Slaves = free, Mode = BondMode.Lacp }), free, []);
        yield return new Edit("vmbr77", false, f => InterfacesEdit.AddBridge(f, new PveBridge { Name = "vmbr77", VlanAware = random.Next(2) == 0 }), [], []);
        foreach (var name in file.Interfaces.Where(i => i.Type == NetworkInterfaceType.Bond).Select(i => i.Name).Distinct())
        {
            var bond = PveBond.From(file.Find(name)!);
            var (change, options) = Change(bond, random);
            yield return new Edit(name, true, f => InterfacesEdit.SetBond(f, name, change), [], options);
            IReadOnlyList<string> slaves = [.. bond.Slaves, .. free.Take(1)];
            yield return new Edit(name, true, f => InterfacesEdit.SetBond(f, name, change with { Slaves = slaves }), free, [.. options, "bond-slaves"]);
            yield return new Edit(name, false, f => InterfacesEdit.RemoveBond(f, name), [], []);
        }

        foreach (var name in file.Interfaces.Where(i => i.Type == NetworkInterfaceType.Bridge).Select(i => i.Name).Distinct())
        {
            var change = new PveBridgeChange
            {
                Auto = random.Next(3) switch { 0 => true, 1 => false, _ => null },
                VlanAware = random.Next(3) switch { 0 => true, 1 => false, _ => null },
                Stp = random.Next(2) == 0 ? false : null,
                Comment = random.Next(2) == 0 ? " some \n\n thing" : null,
                Mtu = random.Next(2) == 0 ? 1400 : null,
                Addresses = random.Next(3) switch { 0 => [], 1 => ["10.8.0.1/24", "2001:db8:8::1/64"], _ => null },
                OtherOptions = random.Next(2) == 0 ? [Option("bridge_ageing", "17")] : null,
                Clear = ["Gateway"],
            };
            yield return new Edit(name, true, f => InterfacesEdit.SetBridge(f, name, change), [], ["bridge-vlan-aware", "bridge-vids", "bridge-pvid", "bridge-stp", "mtu", "address", "netmask", "gateway", "bridge-ageing"]);
            yield return new Edit(name, false, f => InterfacesEdit.RemoveBridge(f, name), [], []);
        }
    }

    private static (PveBondChange Change, List<string> Options) Change(PveBond bond, Random random)
    {
        var options = new List<string>();
        T? Maybe<T>(T value, params string[] names)
        {
            if (random.Next(3) > 0)
                return default;
            options.AddRange(names);
            return value;
        }

        return (new PveBondChange
        {
            Mtu = Maybe<int?>(9000, "mtu"),
            LacpRate = Maybe<LacpRate?>(LacpRate.Slow, "bond-lacp-rate"),
            MinLinks = Maybe<int?>(2, "bond-min-links"),
            AdSelect = Maybe<AdSelect?>(AdSelect.Bandwidth, "bond-ad-select"),
            UpDelay = Maybe<TimeSpan?>(TimeSpan.FromMilliseconds(300), "bond-updelay"),
            TransmitHashPolicy = Maybe(TransmitHashPolicy.VlanSrcMac, "bond-xmit-hash-policy"),
            Auto = Maybe<bool?>(!bond.Auto),
            Comment = Maybe("new\n  words"),
            Addresses = Maybe<IReadOnlyList<string>>(["10.8.0.1/24", "2001:db8:8::1/64"], "address", "netmask"),
            OtherOptions = Maybe<IReadOnlyList<NamedValue>>([Option("post-up", "one"), Option("post-up", "two"), Option("bond-use-carrier", "0")], "post-up", "bond-use-carrier"),
        }, options);
    }

    private static (PveBondChange Change, List<string> Clear) Absent(PveBond bond, Random random)
    {
        var clear = new List<string>();
        T? Maybe<T>(bool isAbsent, string name, T value)
        {
            if (!isAbsent || random.Next(2) == 0)
                return default;
            clear.Add(name);
            return value;
        }

        var change = new PveBondChange
        {
            Mtu = Maybe<int?>(bond.Mtu is null, "Mtu", 9000),
            LacpRate = Maybe<LacpRate?>(bond.LacpRate is null, "LacpRate", LacpRate.Slow),
            MinLinks = Maybe<int?>(bond.MinLinks is null, "MinLinks", 2),
            AdSelect = Maybe<AdSelect?>(bond.AdSelect is null, "AdSelect", AdSelect.Bandwidth),
            UpDelay = Maybe<TimeSpan?>(bond.UpDelay is null, "UpDelay", TimeSpan.FromMilliseconds(300)),
            DownDelay = Maybe<TimeSpan?>(bond.DownDelay is null, "DownDelay", TimeSpan.FromMilliseconds(300)),
            TransmitHashPolicy = Maybe(bond.TransmitHashPolicy is null, "TransmitHashPolicy", TransmitHashPolicy.Layer34),
            Comment = Maybe(bond.Comment is null, "Comment", "new\n  words"),
            Addresses = Maybe<IReadOnlyList<string>>(bond.Addresses.Count == 0, "Addresses", ["10.8.0.1/24", "2001:db8:8::1/64"]),
            OtherOptions = Maybe<IReadOnlyList<NamedValue>>(true, "x_test", [Option("x-test", "1"), Option("x_test", "2")]),
        };
        return (change.Addresses is null ? change : change with { Gateway = Maybe(bond.Gateway is null, "Gateway", IPAddress.Parse("10.8.0.254")) }, clear);
    }

    private static (PveBridgeChange Change, List<string> Clear) Absent(PveBridge bridge, Random random)
    {
        var clear = new List<string> { "x-test" };
        var change = new PveBridgeChange { OtherOptions = [Option("x-test", "1")] };
        if (bridge.Mtu is null && random.Next(2) == 0)
        {
            change = change with { Mtu = 1400 };
            clear.Add("Mtu");
        }

        if (bridge.Stp is null && random.Next(2) == 0)
        {
            change = change with { Stp = false };
            clear.Add("Stp");
        }

        if (bridge.Comment is null && random.Next(2) == 0)
        {
            change = change with { Comment = "x" };
            clear.Add("Comment");
        }

        return (change, clear);
    }

    private void AssertUndone<T>(InterfacesFile file, (T Change, List<string> Clear) absent, Func<T, InterfacesFile> set, Func<InterfacesFile, List<string>, InterfacesFile> clear)
    {
        if (Try(() => set(absent.Change)) is { } changed)
            Assert.Equal(file.ToString(), clear(changed, absent.Clear).ToString());
    }

    private void AssertThereAndBack<T>(InterfacesFile file, string name, string option, T? present, T other, Func<T?, PveBondChange> change)
    {
        if (present is null || !IsPlain(file, name, option))
            return;
        if (Try(() => InterfacesEdit.SetBond(file, name, change(other))) is { } changed)
            Assert.Equal(file.ToString(), InterfacesEdit.SetBond(changed, name, change(present)).ToString());
    }

    /// <summary>Whether an option has one line, not continued, in the spelling that an edit writes.</summary>
    private static bool IsPlain(InterfacesFile file, string name, string option)
    {
        var bond = PveBond.From(file.Find(name)!);
        var written = StanzaText.Of(bond).Options.Where(o => OptionName.Of(o.Name) == option).Select(o => o.Value).ToList();
        var lines = file.Stanzas.Where(stanza => stanza.Name == name).SelectMany(stanza => file.Lines.Skip(stanza.Start + 1).Take(stanza.End - stanza.Start - 1))
            .Where(line => line.Kind == InterfacesLineKind.Option && OptionName.Of(line.Keyword) == option).ToList();
        return lines.Count == 1 && written.Count == 1 && lines[0].Value == written[0] && !lines[0].Raw.TrimEnd().Contains('\n', StringComparison.Ordinal);
    }

    private void AssertOthersKept(string text, Edit edit)
    {
        var before = InterfacesFile.Parse(text);
        if (Try(() => edit.Apply(before)) is not { } after)
            return;
        var (old, now) = (Others(before, edit.Name), Others(after, edit.Name));
        var news = edit.Slaves.SelectMany(slave => new[] { "auto " + slave, $"iface {slave} inet manual" }).ToList();
        var kept = 0;
        foreach (var line in now)
        {
            if (kept < old.Count && (line == old[kept] || Regex.Replace(line, @"[\s\\]+", " ").Trim() == old[kept]))
                kept++;
            else
                Assert.Contains(line, news);
        }

        Assert.Equal(old.Count, kept);
        if (edit.IsSet)
            Assert.Equal(OwnLines(before, edit), OwnLines(after, edit));
    }

    // The lines that are none of an interface's, without blank ones; of an auto line that names it, the rest.
    private static List<string> Others(InterfacesFile file, string name)
    {
        var lines = new List<string>();
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (line.Kind == InterfacesLineKind.Blank || file.Stanzas.Any(stanza => stanza.Name == name && i >= stanza.Start && i < stanza.End))
                continue;
            if (line.Kind is not (InterfacesLineKind.Auto or InterfacesLineKind.Allow) || !line.Words.Contains(name))
                lines.Add(line.Raw.TrimStart('\uFEFF').TrimEnd('\r', '\n'));
            else if (line.Words.Any(word => word != name))
                lines.Add($"{line.Keyword} {string.Join(" ", line.Words.Where(word => word != name))}");
        }

        return lines;
    }

    // The lines of the stanza itself that the edit has no business with, and whether there was a byte order mark. The command
    // beside an option that ifupdown2 does not know is that option's.
    private static List<string> OwnLines(InterfacesFile file, Edit edit) =>
    [
        .. file.Stanzas.Where(stanza => stanza.Name == edit.Name).SelectMany(stanza => file.Lines.Skip(stanza.Start + 1).Take(stanza.End - stanza.Start - 1))
            .Where(line => line.Kind == InterfacesLineKind.Option && !edit.Options.Contains(BondCompanion.OptionOf(edit.Name, line.Keyword, line.Value)?.Name ?? OptionName.Of(line.Keyword))).Select(line => line.Raw.TrimEnd('\r', '\n')),
        file.ToString().StartsWith('\uFEFF') ? "BOM" : "",
    ];

    private InterfacesFile? Try(Func<InterfacesFile> edit)
    {
        try
        {
            var edited = edit();
            _done++;
            return edited;
        }
        catch (BondToolsException e) when (e.Kind == BondToolsErrorKind.InvalidConfiguration)
        {
            // The wish does not fit this file, which is for other tests to look at.
            _refused++;
            return null;
        }
    }

    private static NamedValue Option(string name, string value) => new() { Name = name, Value = value };
}
