using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

public class TextDifferenceTests
{
    [Fact]
    public void The_same_text_has_no_difference() => Assert.Equal("", TextDifference.Unified("a\nb\n", "a\nb\n", "x", "y"));

    [Theory]
    [InlineData("a\n", "a\nb\n", "@@ -1 +1,2 @@\n a\n+b\n")]
    [InlineData("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n")]
    [InlineData("a\n", "", "@@ -1 +0,0 @@\n-a\n")]
    [InlineData("a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n", "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n", "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n")]
    public void Writes_what_diff_writes(string old, string wish, string hunks) =>
        Assert.Equal("--- interfaces\n+++ interfaces.new\n" + hunks, TextDifference.Unified(old, wish, "interfaces", "interfaces.new"));

    [Fact]
    public void Applying_the_difference_gives_the_new_text()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var (old, wish) = (RandomText(random), RandomText(random));
            Assert.Equal(wish, Apply(old, TextDifference.Unified(old, wish, "a", "b")));
        }
    }

    [Fact]
    public void A_large_text_with_a_small_change_is_quick()
    {
        var lines = string.Concat(Enumerable.Range(0, 200_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n"));
        var difference = TextDifference.Unified(lines, lines.Replace("\n77777\n", "\nx\n", StringComparison.Ordinal), "a", "b");
        Assert.Equal(10, difference.Split('\n').Length - 1 - 1);
        var other = string.Concat(Enumerable.Range(300_000, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n"));
        Assert.Equal(other, Apply(lines, TextDifference.Unified(lines, other, "a", "b")));
    }

    private static string RandomText(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => (char)('a' + random.Next(4)) + "\n"));
        return random.Next(3) == 0 ? text.TrimEnd('\n') : text;
    }

    private static string Apply(string old, string difference)
    {
        if (difference.Length == 0)
            return old;
        var parts = old.Split('\n');
        var lines = parts.Select((line, i) => i == parts.Length - 1 ? line : line + "\n").Where(line => line.Length > 0).ToList();
        var result = new List<string>();
        var position = 0;
        foreach (var line in difference.Split('\n').Skip(2).SkipLast(1))
        {
            switch (line[0])
            {
                case '@':
                    var range = line.Split(' ')[1].Substring(1).Split(',');
                    var start = int.Parse(range[0], CultureInfo.InvariantCulture) - (range.Length > 1 && range[1] == "0" ? 0 : 1);
                    result.AddRange(lines.Skip(position).Take(start - position));
                    position = start;
                    break;
                case '\\':
                    if (result.Count > 0 && result[^1] is var last && _lastKind != '-')
                        result[^1] = last.TrimEnd('\n');
                    break;
                case ' ':
                    Assert.Equal(lines[position].TrimEnd('\n'), line.Substring(1));
                    result.Add(lines[position++]);
                    break;
                case '-':
                    Assert.Equal(lines[position++].TrimEnd('\n'), line.Substring(1));
                    break;
                case '+':
                    result.Add(line.Substring(1) + "\n");
                    break;
            }

            if (line[0] != '\\')
                _lastKind = line[0];
        }

        return string.Concat(result.Concat(lines.Skip(position)));
    }

    [ThreadStatic]
    private static char _lastKind;
}
