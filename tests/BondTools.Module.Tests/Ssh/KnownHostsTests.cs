using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

public sealed class KnownHostsTests
{
    private static readonly HostKey Key = MakeKey("ssh-ed25519", 1);
    private static readonly HostKey OtherKey = MakeKey("ssh-ed25519", 2);
    private static readonly HostKey RsaKey = MakeKey("ssh-rsa", 3);

    [Theory]
    [InlineData("pve1", "pve1", 22)]
    [InlineData("pve1,pve2,10.0.0.1", "pve2", 22)]
    [InlineData("pve1", "PVE1", 22)]
    [InlineData("PVE1", "pve1", 22)]
    [InlineData("[pve1]:2222", "pve1", 2222)]
    [InlineData("*.example.org", "a.b.example.org", 22)]
    [InlineData("pve?", "pve7", 22)]
    [InlineData("*", "anything", 22)]
    [InlineData("*a*b*c", "xxaxxbxxc", 22)]
    [InlineData("fe80::1", "FE80::1", 22)]
    public void A_name_that_fits_the_line_is_trusted(string hosts, string host, int port) =>
        Assert.Equal(HostKeyStatus.Trusted, Check(host, port, $"{hosts} {Line(Key)} a comment"));

    [Theory]
    [InlineData("pve1", "pve10", 22)]
    [InlineData("pve10", "pve1", 22)]
    [InlineData("[pve1]:2222", "pve1", 22)]
    [InlineData("[pve1]:2222", "pve1", 2223)]
    [InlineData("pve?", "pve", 22)]
    [InlineData("*.example.org,!bad.example.org", "bad.example.org", 22)]
    [InlineData("!bad.example.org,*.example.org", "bad.example.org", 22)]
    [InlineData("!pve1", "pve2", 22)]
    public void A_name_that_does_not_fit_the_line_is_unknown(string hosts, string host, int port) =>
        Assert.Equal(HostKeyStatus.Unknown, Check(host, port, $"{hosts} {Line(Key)}"));

    [Theory]
    [InlineData("# pve1 {0}")]
    [InlineData("@cert-authority pve1 {0}")]
    [InlineData("@something pve1 {0}")]
    [InlineData("pve1")]
    [InlineData("pve1 ssh-ed25519")]
    [InlineData("pve1 ssh-ed25519 not*base64")]
    [InlineData("pve1 ssh-ed25519 AAAA")]
    [InlineData("|1|broken {0}")]
    [InlineData("|1|no*base64|AAAA {0}")]
    [InlineData("")]
    [InlineData("   \t ")]
    public void A_line_that_is_no_host_line_is_passed_over(string line) =>
        Assert.Equal(HostKeyStatus.Unknown, Check("pve1", 22, line.Replace("{0}", Line(Key), StringComparison.Ordinal)));

    [Fact]
    public void A_key_whose_type_is_not_the_one_on_the_line_is_passed_over() =>
        Assert.Equal(HostKeyStatus.Unknown, Check("pve1", 22, $"pve1 ssh-rsa {Key.ToBase64()}"));

    [Fact]
    public void Another_key_is_a_change_and_the_line_of_the_same_type_is_named()
    {
        var verdict = KnownHosts.Parse("f", ["# heading", $"pve1 {Line(RsaKey)}", $"pve1 {Line(OtherKey)}"]).Check("pve1", 22, Key);
        Assert.Equal(HostKeyStatus.Changed, verdict.Status);
        Assert.Equal(3, verdict.Entry!.Line);
    }

    [Fact]
    public void A_key_of_another_type_is_a_change_too() =>
        Assert.Equal(HostKeyStatus.Changed, Check("pve1", 22, $"pve1 {Line(RsaKey)}"));

    [Fact]
    public void One_fitting_line_among_others_is_enough() =>
        Assert.Equal(HostKeyStatus.Trusted, Check("pve1", 22, $"pve1 {Line(OtherKey)}", $"pve1 {Line(Key)}"));

    [Theory]
    [InlineData("pve1")]
    [InlineData("*")]
    public void A_revoked_key_is_refused_even_where_it_is_also_trusted(string hosts) =>
        Assert.Equal(HostKeyStatus.Revoked, Check("pve1", 22, $"pve1 {Line(Key)}", $"@revoked {hosts} {Line(Key)}"));

    [Fact]
    public void A_revoked_key_says_nothing_about_another_one() =>
        Assert.Equal(HostKeyStatus.Unknown, Check("pve1", 22, $"@revoked * {Line(OtherKey)}"));

    [Fact]
    public void A_host_on_an_unusual_port_is_trusted_by_its_key_under_the_bare_name()
    {
        Assert.Equal(HostKeyStatus.Trusted, Check("pve1", 2222, $"pve1 {Line(Key)}"));
        Assert.Equal(HostKeyStatus.Unknown, Check("pve1", 2222, $"pve1 {Line(OtherKey)}"));
        Assert.Equal(HostKeyStatus.Changed, Check("pve1", 2222, $"pve1 {Line(Key)}", $"[pve1]:2222 {Line(OtherKey)}"));
    }

    [Fact]
    public void The_types_of_a_hosts_keys_are_listed_once_and_without_revoked_ones()
    {
        var known = KnownHosts.Parse("f", [$"pve1 {Line(RsaKey)}", $"pve1,pve2 {Line(Key)}", $"@revoked pve1 {Line(MakeKey("ecdsa-sha2-nistp256", 4))}", $"pve1 {Line(OtherKey)}"]);
        Assert.Equal(["ssh-rsa", "ssh-ed25519"], known.GetKeyTypes("pve1", 22));
        Assert.Empty(known.GetKeyTypes("pve3", 22));
    }

    [Fact]
    public void A_file_that_is_not_there_knows_no_host() =>
        Assert.Equal(HostKeyStatus.Unknown, KnownHosts.Load("/nonexistent/known_hosts").Check("pve1", 22, Key).Status);

    [Fact]
    public void Many_wildcards_are_matched_in_bounded_time()
    {
        var hosts = string.Concat(Enumerable.Repeat("*a", 2000)) + "b";
        Assert.Equal(HostKeyStatus.Unknown, Check(new string('a', 4000), 22, $"{hosts} {Line(Key)}"));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 9, 65 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 65 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 65 })]
    public void Bytes_without_a_key_type_are_no_key(byte[] blob) => Assert.Null(HostKey.TryRead(blob));

    private static HostKeyStatus Check(string host, int port, params string[] lines) =>
        KnownHosts.Parse("f", lines).Check(host, port, Key).Status;

    private static string Line(HostKey key) => $"{key.Type} {key.ToBase64()}";

    internal static HostKey MakeKey(string type, byte fill)
    {
        var blob = new byte[4 + type.Length + 36];
        BinaryPrimitives.WriteInt32BigEndian(blob, type.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(blob, 4);
        Array.Fill(blob, fill, 4 + type.Length, 36);
        return HostKey.TryRead(blob)!;
    }
}
