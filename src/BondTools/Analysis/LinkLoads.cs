using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis;

/// <summary>What each of several links carries of flows that are dealt to them whole.</summary>
internal sealed class LinkLoads(int links)
{
    /// <summary>What each link carries, in the unit that the flows are weighed by.</summary>
    public double[] Weights { get; } = new double[links];

    /// <summary>How many flows each link carries.</summary>
    public int[] Flows { get; } = new int[links];

    /// <summary>Jain's index; null when there is nothing on any link.</summary>
    public double? Fairness => LacpFairness.Index(Weights);

    /// <summary>The busiest link's part of all; 0 when there is nothing on any link.</summary>
    public double MaxShare => Weights.Sum() is > 0 and var sum ? Weights.Max() / sum : 0;

    /// <summary>Puts a flow on a link.</summary>
    public void Add(int link, double weight)
    {
        Weights[link] += weight;
        Flows[link]++;
    }

    /// <summary>
    /// The best split that is known to exist: the flows in falling order, each on the link that has least (Graham's rule, LPT).
    /// The busiest link of the true optimum carries no less than three quarters of this one's.
    /// </summary>
    public static LinkLoads Greedy(IEnumerable<double> weights, int links)
    {
        var loads = new LinkLoads(links);
        foreach (var weight in weights.OrderByDescending(weight => weight))
        {
            var least = 0;
            for (var link = 1; link < links; link++)
            {
                if (loads.Weights[link] < loads.Weights[least])
                    least = link;
            }
            loads.Add(least, weight);
        }
        return loads;
    }
}
