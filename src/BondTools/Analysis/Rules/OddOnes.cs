using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>Picks the slaves that are unlike the others in something they must have alike.</summary>
internal static class OddOnes
{
    /// <summary>The slaves that differ from those which carry the traffic; from the last of them where none does; none when all are alike.</summary>
    public static List<BondSlave> Among<T>(LinkCase link, List<BondSlave> slaves, Func<BondSlave, T> of)
    {
        if (slaves.Select(of).Distinct().Count() < 2)
            return [];
        var right = of(slaves.Find(slave => slave.AggregatorId is not null && slave.AggregatorId == link.Bond.ActiveAggregatorId) ?? slaves[slaves.Count - 1]);
        return slaves.FindAll(slave => !Equals(of(slave), right));
    }
}
