using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>Renders <c>show lacp counters</c>, from the LACPDUs that the lab's ports really sent and received.</summary>
internal static class LacpCounterShow
{
    public static string Render(SwitchModel model, int? group)
    {
        var text = new StringBuilder("             LACPDUs         Marker      Marker Response    LACPDUs\n")
            .Append("Port       Sent   Recv     Sent   Recv     Sent   Recv      Pkts Err\n")
            .Append("---------------------------------------------------------------------\n");
        foreach (var channel in model.Channels.Where(c => (group is null || c.Number == group) && c.Lacp is { Members.Count: > 0 }))
        {
            text.Append($"Channel group: {channel.Number}\n");
            foreach (var port in model.Members(channel.Number))
            {
                if (port.Lacp is { } member)
                    text.Append($"{port.ShortName,-11}{member.Sent,-7}{member.Received,-9}{0,-7}{0,-9}{0,-7}{0,-10}{0}\n");
            }
        }
        return text.Append('\n').ToString();
    }
}
