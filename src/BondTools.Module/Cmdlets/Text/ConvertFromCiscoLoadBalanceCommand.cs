using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Cisco;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads the hash method from the text of show etherchannel load-balance.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CiscoLoadBalance")]
[OutputType(typeof(CiscoLoadBalance))]
public sealed class ConvertFromCiscoLoadBalanceCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => CiscoLoadBalanceParser.Parse(text);
}
