using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace BondTools.Tests;

public class ByteTextTests
{
    // <FC> stands for U+DCFC: an attribute cannot hold a lone surrogate.
    [Theory]
    [InlineData("", "")]
    [InlineData("grün 東京 \U0001F50C", "6772C3BC6E20E69DB1E4BAAC20F09F948C")]
    [InlineData("\uFEFFa\r\n", "EFBBBF610D0A")]
    [InlineData("\uFFFD", "EFBFBD")]
    [InlineData("gr<FC>n", "6772FC6E")]
    [InlineData("<C3>", "C3")]
    [InlineData("<C0><80>", "C080")]
    [InlineData("<ED><A0><80>", "EDA080")]
    [InlineData("<E0><80><80>", "E08080")]
    [InlineData("<F4><90><80><80>", "F4908080")]
    [InlineData("<E2><82>a", "E28261")]
    [InlineData("\U0001F50C<FF>", "F09F948CFF")]
    public void A_byte_that_is_no_UTF8_is_kept_as_an_escape(string text, string bytes)
    {
        text = Regex.Replace(text, "<(..)>", match => ((char)(0xDC00 + Convert.ToInt32(match.Groups[1].Value, 16))).ToString());
        Assert.Equal(text, ByteText.Decode(Convert.FromHexString(bytes)));
        Assert.Equal(bytes, Convert.ToHexString(ByteText.Encode(text)));
    }

    [Fact]
    public void Any_bytes_come_back()
    {
        var random = new Random(383);
        // Bytes at which UTF-8 changes its mind are likelier than the others.
        byte[] edges = [0, 10, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? (byte)random.Next(256) : edges[random.Next(edges.Length)]).ToArray();
            Assert.Equal(bytes, ByteText.Encode(ByteText.Decode(bytes)));
        }
    }

    [Fact]
    public void Text_without_such_bytes_is_what_UTF8_makes_of_it()
    {
        var random = new Random(3629);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => char.ConvertFromUtf32(random.Next(2) == 0 ? random.Next(0x800) : random.Next(0xE000, 0x110000))));
            Assert.Equal(Encoding.UTF8.GetBytes(text), ByteText.Encode(text));
            Assert.Equal(text, ByteText.Decode(Encoding.UTF8.GetBytes(text)));
        }
    }
}
