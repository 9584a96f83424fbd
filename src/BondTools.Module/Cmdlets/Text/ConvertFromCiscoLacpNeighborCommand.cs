using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads LACP partners from the text of show lacp neighbor.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoLacpNeighbor")]
[OutputType(typeof(CiscoLacpNeighbor))]
public sealed class ConvertFromCiscoLacpNeighborCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => LacpNeighborParser.Parse(text);
}
