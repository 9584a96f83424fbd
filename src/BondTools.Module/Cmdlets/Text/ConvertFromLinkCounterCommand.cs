using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads interface counters from the text or the JSON of ip -s link.</summary>
[Cmdlet(VerbsData.ConvertFrom, "LinkCounter")]
[OutputType(typeof(LinkCounter))]
public sealed class ConvertFromLinkCounterCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => LinkCounterParser.Parse(text);
}
