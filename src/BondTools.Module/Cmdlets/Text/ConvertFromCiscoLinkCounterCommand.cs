using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads interfaces and their counters from the text of show interfaces.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoLinkCounter")]
[OutputType(typeof(CiscoLinkCounter))]
public sealed class ConvertFromCiscoLinkCounterCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => CiscoLinkCounterParser.Parse(text);
}
