using System.Collections.Generic;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads interfaces from the text of /etc/network/interfaces, or of a page that quotes it.</summary>
[Cmdlet(VerbsData.ConvertFrom, "NetworkInterface")]
[OutputType(typeof(NetworkInterface))]
public sealed class ConvertFromNetworkInterfaceCommand : ConvertFromCmdlet
{
    private protected override IEnumerable<object> Parse(string text) => InterfacesFile.ParseExcerpt(text).Interfaces;
}
