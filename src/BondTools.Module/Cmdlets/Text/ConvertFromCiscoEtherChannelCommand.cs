using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads port-channels from the text of show etherchannel summary, show port-channel summary (NX-OS) or show bundle (IOS XR).</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoEtherChannel")]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class ConvertFromCiscoEtherChannelCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => CiscoEtherChannelParser.Parse(text);
}
