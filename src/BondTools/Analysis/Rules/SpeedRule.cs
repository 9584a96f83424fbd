using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves have different speeds, so that the kernel will not aggregate them; or a slave has another speed than its port.</summary>
internal sealed class SpeedRule() : LinkRule("speed-mismatch", FindingSeverity.Error, FindingEnd.Both, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var known = link.Bond.Slaves.Where(slave => LinkCase.IsUp(slave) && slave.SpeedMbps is not null).ToList();
        var odd = OddOnes.Among(link, known, slave => slave.SpeedMbps);
        if (odd.Count > 0)
        {
            yield return Find(
                $"The slaves differ in speed: {Sentence.Enumerate(known.Select(slave => $"{slave.Name} has {slave.SpeedMbps} Mbit/s"))}.",
                odd.Select(slave => slave.Name),
                "Give all links the same speed: look at auto-negotiation at both ends, the cable, and the transceivers.",
                known.Select(slave => link.Quote(slave, $"{slave.SpeedMbps} Mbit/s, key {slave.Actor?.Key}")));
        }
        foreach (var slave in known.Except(odd))
        {
            if (link.LinkOf(slave).SwitchInterface is { } port && link.Switch.Speed(port) is { } speed && speed != slave.SpeedMbps)
            {
                yield return Find(
                    $"{slave.Name} runs at {slave.SpeedMbps} Mbit/s, and its port {port} at {speed}.",
                    [slave.Name],
                    "Set both ends to the same speed, or both to auto-negotiation.",
                    [link.Quote(slave, $"{slave.SpeedMbps} Mbit/s"), $"{link.SwitchLabel} {SwitchCase.Quote(link.Switch.Status(port)!)}"]);
            }
        }
    }
}
