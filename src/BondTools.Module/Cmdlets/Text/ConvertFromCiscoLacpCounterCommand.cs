using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads LACP packet counters from the text of show lacp counters.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoLacpCounter")]
[OutputType(typeof(CiscoLacpCounter))]
public sealed class ConvertFromCiscoLacpCounterCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => LacpCounterParser.Parse(text);
}
