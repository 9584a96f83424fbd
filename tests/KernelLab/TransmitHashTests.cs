using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Fuzzing;
using BondTools.Hashing;
using BondTools.Linux;
using BondTools.Module.Tests;
using BondTools.Module.Tests.Sessions;
using BondTools.Tests.Hashing;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>The slave that Resolve-BondLink foretells against the slave that the real kernel sends each frame on.</summary>
[Collection(OnTheGuest.Name)]
public sealed class TransmitHashTests(KernelGuest guest)
{
    private const int Frames = 2280;
    private const string Slaves = "enp0s8 enp0s9 enp0s10 enp0s11";

    /// <summary>Sends frames into an interface, and says on which of the slaves each came out: a digit a frame, a dash for none.</summary>
    private const string Injector = """
        import socket, struct, sys, time
        frames, interface, slaves = open(sys.argv[1], 'rb').read(), sys.argv[2], sys.argv[3:]
        ears = []
        for slave in slaves:
            ear = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            ear.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)
            ear.bind((slave, 0))
            ear.setblocking(False)
            ears.append(ear)
        mouth = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        mouth.bind((interface, 0))
        seen, sent, at = {}, 0, 0
        def listen():
            for index, ear in enumerate(ears):
                while True:
                    try: data, address = ear.recvfrom(65536)
                    except BlockingIOError: break
                    if address[2] == 4 and data[-8:-4] == b'BTHF':
                        seen[struct.unpack('!I', data[-4:])[0]] = index
        while at < len(frames):
            length, = struct.unpack_from('!H', frames, at)
            mouth.send(frames[at + 2:at + 2 + length])
            at += 2 + length
            sent += 1
            if sent % 64 == 0: listen()
        for i in range(50):
            listen()
            if len(seen) == sent: break
            time.sleep(0.02)
        print(''.join(str(seen.get(i, '-')) for i in range(sent)))
        """;

    public static TheoryData<string, int> Bonds()
    {
        var bonds = new TheoryData<string, int>();
        foreach (var slaves in new[] { 2, 3, 4 })
            bonds.Add("balance-xor", slaves);
        bonds.Add("802.3ad", 2);
        return bonds;
    }

    [Theory]
    [MemberData(nameof(Bonds))]
    public async Task Every_frame_leaves_on_the_slave_that_was_foretold(string mode, int slaves)
    {
        await guest.LoadAsync(KernelGuest.Bare);
        var names = string.Join(" ", Slaves.Split(' ').Take(slaves));
        var frames = new FrameGenerator(seed: slaves).Make(Frames);
        var folder = Directory.CreateTempSubdirectory("transmit-hash-");
        try
        {
            var path = Path.Combine(folder.FullName, "frames.pcap");
            await File.WriteAllBytesAsync(path, CaptureWriter.Pcap(frames.Select((f, i) => new WrittenFrame(i * 1000L, f.Frame))), TestContext.Current.CancellationToken);
            var version = await PrepareAsync(mode, names, frames);

            var foretold = 0;
            var untold = 0;
            var answers = new List<string>();
            foreach (var policy in TransmitHashPolicy.All)
            {
                await guest.RunAsync($"ip link set bond0 type bond xmit_hash_policy {policy}");
                foreach (var ingress in new[] { BondIngress.Local, BondIngress.Bridge })
                {
                    var real = (await guest.RunAsync($"python3 /run/injector.py /run/frames {(ingress == BondIngress.Local ? "bond0" : "veth0")} {names}")).Trim();
                    Assert.Equal(Frames, real.Length);
                    answers.Add($"{policy} {ingress} {real}");
                    var choices = Foretell(path, policy, slaves, version, ingress);
                    Assert.Equal(Frames, choices.Count);
                    var wrong = new List<string>();
                    for (var i = 0; i < Frames; i++)
                    {
                        if (choices[i].SlaveIndex is not { } index)
                            untold++;
                        else if (real[i] == (char)('0' + index))
                            foretold++;
                        else
                            wrong.Add($"frame {i + 1} ({frames[i].Kind}): foretold {index}, sent on {real[i]}; {choices[i].Flow}");
                    }
                    Assert.True(wrong.Count == 0, $"{mode}, {policy}, {ingress}: {wrong.Count} of {Frames} are wrong.\n{string.Join("\n", wrong.Take(40))}");
                }
            }
            guest.Timings.Add(string.Create(CultureInfo.InvariantCulture,
                $"transmit hash, {mode}, {slaves} slaves, kernel {version}: {foretold} frames of {Frames} flows left on the slave foretold, 0 on another; of {untold} (encap3+4, local TCP and UDP) none was foretold"));
            Assert.True(foretold > Frames * 11);
            // What the kernel did, for the tests that run without one.
            var recording = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "kernel-lab")).FullName, $"transmit-hash-{mode}-{slaves}.txt");
            await File.WriteAllLinesAsync(recording, [$"# kernel {version}, {mode}, {slaves} slaves, frames of seed {slaves}", .. answers], TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<BondLinkChoice> Foretell(string path, TransmitHashPolicy policy, int slaves, string version, BondIngress ingress)
    {
        using var engine = new Engine();
        return [.. engine.Get($"Resolve-BondLink -Path '{path}' -TransmitHashPolicy {policy} -SlaveCount {slaves} -KernelVersion {version} -Ingress {ingress}").Cast<BondLinkChoice>()];
    }

    private async Task<string> PrepareAsync(string mode, string names, IReadOnlyList<(string Kind, byte[] Frame)> frames)
    {
        using var packed = new MemoryStream();
        foreach (var (_, frame) in frames)
        {
            packed.Write([(byte)(frame.Length >> 8), (byte)frame.Length]);
            packed.Write(frame);
        }
        var isLacp = mode == "802.3ad";
        return (await guest.RunAsync($$"""
            base64 -d > /run/frames << 'END'
            {{Convert.ToBase64String(packed.ToArray(), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n")}}
            END
            cat > /run/injector.py << 'END'
            {{Injector}}
            END
            labctl switch {{(isLacp ? "lacp rate=fast" : "none")}}
            # What leaves is all that counts: the ports of one bridge would send everything back.
            {{(isLacp ? "" : "for n in 1 2 3 4; do ip -n sw link set port$n nomaster up; done")}}
            # A packet filter on the bridge would drop what has no valid checksum.
            sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 net.bridge.bridge-nf-call-arptables=0 2> /dev/null
            ip link add bond0 type bond mode {{mode}} miimon 100 {{(isLacp ? "lacp_rate fast" : "")}}
            for n in {{names}}; do ip link set $n down; ip link set $n master bond0; done
            ip link set bond0 up
            ip link add br9 type bridge mcast_snooping 0
            ip link set br9 up
            ip link add veth0 type veth peer name veth1
            ip link set veth1 master br9
            ip link set bond0 master br9
            ip link set veth0 up
            ip link set veth1 up
            for i in $(seq 150); do [ {{(isLacp ? "$(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4" : "$(cat /sys/class/net/bond0/operstate) = up")}} ] && break; sleep 0.1; done
            sleep 1
            uname -r
            """)).Trim();
    }
}
