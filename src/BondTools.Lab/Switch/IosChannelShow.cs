using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using BondTools.Hashing;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>What IOS counts of LACP, which protocol a group speaks, and which member a flow would take.</summary>
internal sealed class IosChannelShow
{
    private readonly SwitchModel _model;

    public IosChannelShow(SwitchModel model) => _model = model;

    public void Register(CommandTree tree, bool privileged)
    {
        tree.Add("show lacp counters", () => LacpCounters(null));
        tree.Add("show lacp <1-255> counters", v => LacpCounters(Number(v[0])));
        tree.Add("show etherchannel protocol", () => Protocol(null));
        tree.Add("show etherchannel <1-255> protocol", v => Protocol(Number(v[0])));
        if (!privileged)
            return;
        const string test = "test etherchannel load-balance interface INTERFACE ";
        tree.Add(test + "ip WORD WORD", v => IPAddress.TryParse(v[1], out var source) && IPAddress.TryParse(v[2], out var destination)
            ? Select(v[0], Flow.Between(source, destination)) : Invalid);
        tree.Add(test + "mac WORD WORD", v => MacAddress.TryParse(v[1], out var source) && MacAddress.TryParse(v[2], out var destination)
            ? Select(v[0], Flow.Between(IPAddress.Any, IPAddress.Any) with { SourceMac = source, DestinationMac = destination }) : Invalid);
    }

    private const string Invalid = "% Invalid input detected at '^' marker.\n\n";

    private string LacpCounters(int? group)
    {
        var text = new StringBuilder("             LACPDUs         Marker      Marker Response    LACPDUs\n")
            .Append("Port       Sent   Recv     Sent   Recv     Sent   Recv      Pkts Err\n")
            .Append("---------------------------------------------------------------------\n");
        foreach (var channel in _model.Channels.Where(c => (group is null || c.Number == group) && c.Lacp is { Members.Count: > 0 }))
        {
            text.Append($"Channel group: {channel.Number}\n");
            foreach (var port in _model.Members(channel.Number))
            {
                if (port.Lacp is { } member)
                    text.Append($"{port.ShortName,-11}{member.Sent,-7}{member.Received,-9}{0,-7}{0,-9}{0,-7}{0,-10}{0}\n");
            }
        }
        return text.Append('\n').ToString();
    }

    private string Protocol(int? group)
    {
        var text = new StringBuilder("                Channel-group listing:\n                ----------------------\n\n");
        foreach (var channel in _model.Channels.Where(c => group is null || c.Number == group))
        {
            var protocol = _model.Members(channel.Number).Select(p => p.Mode).FirstOrDefault() switch
            {
                ChannelMode.On => "-  (Mode ON)",
                ChannelMode.Desirable or ChannelMode.Auto => "PAgP",
                _ => "LACP",
            };
            text.Append($"Group: {channel.Number}\n----------\nProtocol:  {protocol}\n\n");
        }
        return text.ToString();
    }

    // The forwarding of the lab takes the same member, by the same method.
    private string Select(string name, Flow flow)
    {
        if (_model.Channels.FirstOrDefault(c => "Port-channel" + c.Number == InterfaceName.Expand(name)) is not { } channel)
            return Invalid;
        var bundled = _model.Members(channel.Number).Where(_model.IsBundled).ToList();
        if (bundled.Count == 0)
            return $"No member ports in {channel.ShortName}\n";
        // A switch that hashes MAC addresses does not know those of a flow that it is told by IP addresses; its answer means nothing then.
        var known = flow with { SourceMac = flow.SourceMac ?? MacAddress.Zero, DestinationMac = flow.DestinationMac ?? MacAddress.Zero };
        var member = bundled[CiscoLoadBalanceForecast.SelectPort(_model.LoadBalance, known, bundled.Count)];
        return $"Computed RBH: 0x{CiscoLoadBalanceForecast.Bucket(_model.LoadBalance, known):X}\nWould select {member.ShortName} of {channel.ShortName}\n\n";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
