using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Lab.World;

namespace BondTools.Tests.Lab;

/// <summary>Two emulated Linux hosts, back to back, with the names and addresses of the recordings in bonding-lab.</summary>
internal sealed class LinuxPair
{
    private readonly List<BondDevice> _left, _right;
    private readonly HashSet<int> _deaf = [];
    private bool _turn;

    public LinuxPair(BondOptions host, params BondOptions[] peers)
        : this(
            host, peers, [Card("enp0s8", "08:00:27:00:00:08"), Card("enp0s9", "08:00:27:00:00:09")],
            [Card("p1", "02:5c:00:00:00:01"), Card("p2", "02:5c:00:00:00:02")])
    {
    }

    private LinuxPair(BondOptions host, BondOptions[] peers, List<Nic> hostNics, List<Nic> peerNics)
    {
        Host = new BondDevice("bond0", 9, host);
        Peers = peers.Select((p, i) => new BondDevice("swbond", 9 + i, p)).ToList();
        (HostNics, PeerNics) = (hostNics, peerNics);
        (_left, _right) = ([Host], Peers);
    }

    /// <summary>The same with the names and addresses of the recordings in bonding-kernel.</summary>
    public static LinuxPair Guest(BondOptions host, params BondOptions[] peers) => Guest(2, host, peers);

    /// <inheritdoc cref="Guest(BondOptions, BondOptions[])"/>
    public static LinuxPair Guest(int links, BondOptions host, params BondOptions[] peers) => new(
        host, peers, Enumerable.Range(1, links).Select(i => Card($"s{i}", $"02:00:00:00:01:0{i}")).ToList(),
        Enumerable.Range(1, links).Select(i => Card($"p{i}", $"02:00:00:00:02:0{i}")).ToList());

    public BondDevice Host { get; }
    public List<BondDevice> Peers { get; }
    public List<Nic> HostNics { get; }
    public List<Nic> PeerNics { get; }

    /// <summary>Enslaves both cards of the host, and at the other end the cards that are named.</summary>
    public LinuxPair Connect(int[]? peerOfLink = null)
    {
        peerOfLink ??= new int[HostNics.Count];
        for (var i = 0; i < HostNics.Count; i++)
        {
            Host.Enslave(HostNics[i]);
            if (peerOfLink[i] < Peers.Count && peerOfLink[i] >= 0)
                Peers[peerOfLink[i]].Enslave(PeerNics[i]);
            else
                PeerNics[i].AdminUp = true;
        }
        for (var i = 0; i < HostNics.Count; i++)
        {
            var (link, peer) = (i, peerOfLink[i] >= 0 && peerOfLink[i] < Peers.Count ? Peers[peerOfLink[i]] : null);
            if (Host.Slaves[i].Lacp is { } near)
                near.Send = m =>
                {
                    if (Works(link))
                        peer?.Receive(PeerNics[link], m);
                };
            if (peer?.Find(PeerNics[i])?.Lacp is { } far)
                far.Send = m =>
                {
                    if (Works(link) && !_deaf.Contains(link))
                        Host.Receive(HostNics[link], m);
                };
        }
        return this;
    }

    public LinuxPair Run(double seconds)
    {
        for (var left = (int)(seconds * 20); left > 0; left--)
        {
            _turn = !_turn;
            foreach (var bond in _turn ? _left : _right)
                bond.Tick();
        }
        return this;
    }

    public LinuxPair Cut(int link)
    {
        HostNics[link - 1].AdminUp = PeerNics[link - 1].AdminUp = false;
        return this;
    }

    public LinuxPair Plug(int link)
    {
        HostNics[link - 1].AdminUp = PeerNics[link - 1].AdminUp = true;
        return this;
    }

    /// <summary>From now on nothing arrives at the host on this link, while its carrier stands.</summary>
    public LinuxPair Deafen(int link)
    {
        _deaf.Add(link - 1);
        return this;
    }

    /// <summary>Link 2 hears its partner first, as happened in some recordings; so its aggregator is the one.</summary>
    public LinuxPair SecondFirst()
    {
        _deaf.Add(0);
        RunUntil(() => Host.Slaves[1].Lacp!.HasPartner, 5);
        _deaf.Remove(0);
        return this;
    }

    /// <summary>The host's link monitor sees what happened; its LACP machines do not know yet.</summary>
    public LinuxPair Notice()
    {
        Host.MonitorLinks();
        return this;
    }

    /// <summary>Runs until a condition holds and gives the seconds that took.</summary>
    public double RunUntil(Func<bool> condition, double limit)
    {
        var seconds = 0.0;
        for (; seconds < limit && !condition(); seconds += 0.05)
            Run(0.05);
        return seconds;
    }

    /// <summary>The recording and this state as lines, in which nothing but a card's speed without a carrier is passed over.</summary>
    public static (string[] Recorded, string[] Emulated) Lines(string file, BondDevice bond)
    {
        var recorded = File.ReadAllText(file).Replace("bond swbondb ", "bond swbond ", StringComparison.Ordinal);
        var driver = recorded.Substring(0, recorded.IndexOf('\n', StringComparison.Ordinal)).Split(": ")[1];
        return (Settle(recorded), Settle(BondProcText.Render(bond, driver)));
    }

    private static string[] Settle(string text) => text.Split('\n')
        .Select(l => l.StartsWith("Speed: ", StringComparison.Ordinal) ? "Speed: (any)" : l.StartsWith("Duplex: ", StringComparison.Ordinal) ? "Duplex: (any)" : l)
        .ToArray();

    private bool Works(int link) => HostNics[link].Carrier && PeerNics[link].Carrier;

    private static Nic Card(string name, string address) => new()
    {
        Name = name, Index = 3, PermanentAddress = MacAddress.Parse(address), Address = MacAddress.Parse(address), MaximumMbps = 10000,
        Uplink = true,
    };
}
