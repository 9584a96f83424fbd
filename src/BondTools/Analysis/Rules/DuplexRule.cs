using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves differ in duplex, so that the kernel will not aggregate them; or a slave and its port differ, which loses frames under load.</summary>
internal sealed class DuplexRule() : LinkRule("duplex-mismatch", FindingSeverity.Error, FindingEnd.Both, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var known = link.Bond.Slaves.Where(slave => LinkCase.IsUp(slave) && slave.Duplex is Duplex.Half or Duplex.Full).ToList();
        var odd = OddOnes.Among(link, known, slave => slave.Duplex);
        if (odd.Count > 0)
        {
            yield return Find(
                $"The slaves differ in duplex: {Sentence.Enumerate(known.Select(slave => $"{slave.Name} is {Word(slave.Duplex)}"))}.",
                odd.Select(slave => slave.Name),
                "Give all links full duplex: LACP aggregates no other. Look at auto-negotiation at both ends.",
                known.Select(slave => link.Quote(slave, $"duplex {Word(slave.Duplex)}, key {slave.Actor?.Key}")));
        }
        foreach (var slave in known.Except(odd))
        {
            if (link.LinkOf(slave).SwitchInterface is { } port && link.Switch.DuplexOf(port) is var other and not Duplex.Unknown && other != slave.Duplex)
            {
                yield return Find(
                    $"{slave.Name} is {Word(slave.Duplex)} duplex, and its port {port} {Word(other)}.",
                    [slave.Name],
                    "Set both ends to full duplex, or both to auto-negotiation: an end that does not negotiate makes the other one half duplex.",
                    [link.Quote(slave, $"duplex {Word(slave.Duplex)}"), $"{link.SwitchLabel} {SwitchCase.Quote(link.Switch.Status(port)!)}"]);
            }
        }
    }

    private static string Word(Duplex? duplex) => duplex == Duplex.Half ? "half" : "full";
}
