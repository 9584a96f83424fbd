using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads bonds from the text of /proc/net/bonding/NAME.</summary>
[Cmdlet(VerbsData.ConvertFrom, "BondStatus")]
[OutputType(typeof(BondStatus))]
public sealed class ConvertFromBondStatusCommand : ConvertFromCmdlet
{
    /// <summary>The bond's name, which the kernel's text does not hold; taken from a prompt line in the text unless given.</summary>
    [Parameter(Position = 1)]
    [ValidateInterfaceName]
    public string? Name { get; set; }

    private protected override IEnumerable<object> Parse(string text) => BondStatusParser.Parse(text, Name);
}
