using System.IO;
using System.Linq;
using BondTools.Capture;
using BondTools.Fuzzing;
using BondTools.Hashing;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Hashing;

/// <summary>The slaves that a kernel sent frames on, recorded by tests/KernelLab, against those that are foretold.</summary>
public class LinuxLinkResolverTests
{
    private const int Slaves = 3, Frames = 2280;

    public static TheoryData<string, BondIngress> Recorded()
    {
        var recorded = new TheoryData<string, BondIngress>();
        foreach (var policy in TransmitHashPolicy.All)
        {
            recorded.Add(policy.Name, BondIngress.Local);
            recorded.Add(policy.Name, BondIngress.Bridge);
        }
        return recorded;
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Every_frame_is_foretold_as_the_kernel_sent_it(string policy, BondIngress ingress)
    {
        var sent = Sample.Read("transmit-hash-6.1-3-slaves.txt").Split('\n').Single(line => line.StartsWith($"{policy} {ingress} ", System.StringComparison.Ordinal)).Split(' ')[2].Trim();
        var frames = new FrameGenerator(Slaves).Make(Frames);
        using var reader = CaptureReader.Open(new MemoryStream(CaptureWriter.Pcap(frames.Select((f, i) => new WrittenFrame(i * 1000L, f.Frame)))), "frames");
        var resolver = new LinuxLinkResolver(TransmitHashPolicy.Parse(policy), Slaves, "6.1.0-56-cloud-amd64", ingress);
        var foretold = 0;
        while (reader.Read())
        {
            var choice = resolver.Resolve(reader);
            if (choice.Certainty == LinkCertainty.Unknown)
                continue;
            foretold++;
            Assert.Equal((reader.FrameNumber, frames[(int)reader.FrameNumber - 1].Kind, sent[(int)reader.FrameNumber - 1] - '0'), (choice.FrameNumber, frames[(int)reader.FrameNumber - 1].Kind, choice.SlaveIndex));
        }
        // Only what a local socket sends under encap3+4 stays untold.
        Assert.InRange(foretold, policy == "encap3+4" && ingress == BondIngress.Local ? Frames / 2 : Frames, Frames);
    }

    [Fact]
    public void The_active_slave_of_an_active_backup_bond_sends_everything_and_what_does_not_hash_or_is_not_known_is_not_foretold()
    {
        var bond = new BondStatus
        {
            DriverVersion = "v6.1.0",
            Mode = BondMode.ActiveBackup,
            MiiStatus = MiiStatus.Up,
            MiiPollingInterval = System.TimeSpan.FromMilliseconds(100),
            CurrentActiveSlave = "b",
            Slaves = [new BondSlave { Name = "a", MiiStatus = MiiStatus.Up, LinkFailureCount = 0 }, new BondSlave { Name = "b", MiiStatus = MiiStatus.Up, LinkFailureCount = 0 }],
            Negotiated = false,
            Reason = "",
        };
        var flow = new Flow { EtherType = Flow.Arp };
        var choice = LinuxLinkResolver.For(bond, null, BondIngress.Bridge).Resolve(flow);
        Assert.Equal(("b", 1, LinkCertainty.Exact), (choice.Link, choice.SlaveIndex, choice.Certainty));
        Assert.Equal(LinkCertainty.Unknown, LinuxLinkResolver.For(bond with { CurrentActiveSlave = null }, null, BondIngress.Bridge).Resolve(flow).Certainty);
        var old = bond with { Mode = BondMode.BalanceXor, TransmitHashPolicy = TransmitHashPolicy.Layer2, DriverVersion = "v3.7.1 (April 27, 2011)" };
        Assert.Contains("v3.7.1, as those of many kernels", LinuxLinkResolver.For(old, null, BondIngress.Bridge).Resolve(flow).Reason, System.StringComparison.Ordinal);
        Assert.Contains("balance-rr", LinuxLinkResolver.For(bond with { Mode = BondMode.BalanceRR }, null, BondIngress.Bridge).Resolve(flow).Reason, System.StringComparison.Ordinal);
    }
}
