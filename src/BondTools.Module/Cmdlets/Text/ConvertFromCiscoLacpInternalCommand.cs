using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads the switch's own side of LACP ports from the text of show lacp internal.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoLacpInternal")]
[OutputType(typeof(CiscoLacpInternal))]
public sealed class ConvertFromCiscoLacpInternalCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => LacpInternalParser.Parse(text);
}
