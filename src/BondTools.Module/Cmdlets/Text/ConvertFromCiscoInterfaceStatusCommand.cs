using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads the status of interfaces from the text of show interfaces status.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoInterfaceStatus")]
[OutputType(typeof(CiscoInterfaceStatus))]
public sealed class ConvertFromCiscoInterfaceStatusCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => InterfaceStatusParser.Parse(text);
}
