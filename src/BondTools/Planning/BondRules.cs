using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What a bond must keep to by the rules of Proxmox VE, and what its options must keep to.</summary>
internal static class BondRules
{
    /// <summary>Whether Proxmox VE takes a name for a bond: it goes by nothing else.</summary>
    public static bool IsBondName(string name) => NetworkInterface.IsNumbered(name, "bond") && InterfaceName.Problem(name) is null;

    /// <summary>What is wrong with a bond.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveBond bond) =>
        NetworkRules.GatewayProblems(bond.Gateway, bond.Gateway6)
            .Concat(NetworkRules.Problems(file, StanzaText.Of(bond), bond.Mtu, bond.OtherOptions, PveBond.Known))
            .Concat(SlaveProblems(file, bond.Name, bond.Slaves, bond.Mtu)).Concat(BondOptionRules.Problems(bond)).Concat(BondMonitorRules.Problems(bond));

    /// <summary>What is wrong with the slaves of a bond, the kernel's or Open vSwitch's.</summary>
    public static IEnumerable<string> SlaveProblems(InterfacesFile file, string name, IReadOnlyList<string> slaves, int? mtu)
    {
        if (slaves.Count == 0)
            yield return $"{name} has no slaves.";
        foreach (var slave in NetworkRules.Duplicates(slaves))
            yield return $"The slave {PlainText.Printable(slave)} is listed twice.";
        foreach (var slave in slaves)
        {
            if (NetworkRules.UseProblem(file, name, slave) is { } problem)
                yield return problem;
            else if (file.Find(slave) is { } stanza && stanza.Type is not (NetworkInterfaceType.Ethernet or NetworkInterfaceType.Unknown))
                yield return $"{slave} is no NIC but of type {stanza.Type}; only NICs can be slaves.";
            else if (NetworkRules.MtuOf(file, slave) is { } slaveMtu && slaveMtu > (mtu ?? 1500))
                yield return $"The MTU {slaveMtu} of the slave {slave} is larger than that of {name} ({mtu ?? 1500}).";
        }
    }
}
