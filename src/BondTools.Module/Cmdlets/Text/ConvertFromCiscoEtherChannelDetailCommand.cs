using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads channel-groups in full from the text of show etherchannel detail, port-channel, protocol or show interfaces etherchannel.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoEtherChannelDetail")]
[OutputType(typeof(CiscoEtherChannelDetail))]
public sealed class ConvertFromCiscoEtherChannelDetailCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => EtherChannelDetailParser.Parse(text);
}
