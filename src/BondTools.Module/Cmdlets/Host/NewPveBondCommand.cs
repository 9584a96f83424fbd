using System;
using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a new bond.</summary>
[Cmdlet(VerbsCommon.New, "PveBond", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBond))]
public sealed class NewPveBondCommand : BondEditCmdlet
{
    private const int DefaultMiiPollingInterval = 100;

    /// <summary>The slaves, in the order that the transmit hash will index. Proxmox sorts them by name when it rewrites the file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Slaves")]
    [ValidateInterfaceName]
    public string[] Slave { get; set; } = [];

    /// <summary>Does not bring the bond up at boot.</summary>
    [Parameter]
    public SwitchParameter NoAuto { get; set; }

    private protected override bool IsNew => true;

    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.AddBond(file, new PveBond
    {
        Name = Name,
        Slaves = Slave,
        Mode = Mode ?? BondMode.Lacp,
        TransmitHashPolicy = TransmitHashPolicy,
        MiiPollingInterval = TimeSpan.FromMilliseconds(MiiPollingInterval ?? DefaultMiiPollingInterval),
        UpDelay = Milliseconds(UpDelay),
        DownDelay = Milliseconds(DownDelay),
        LacpRate = LacpRate,
        MinLinks = MinLinks,
        AdSelect = AdSelect,
        PrimarySlave = PrimarySlave,
        Mtu = Mtu,
        Auto = !NoAuto,
        Method = Address is null ? "manual" : "static",
        Addresses = Address ?? [],
        Gateway = Gateway,
        Comment = Comment,
    });
}
