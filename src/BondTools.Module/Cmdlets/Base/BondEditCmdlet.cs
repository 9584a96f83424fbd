using System;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>The options of a bond, for New-PveBond and Set-PveBond.</summary>
public abstract class BondEditCmdlet : StanzaEditCmdlet
{
    /// <summary>The bonding mode, by the kernel's name or number (<c>802.3ad</c>, <c>4</c>).</summary>
    [Parameter]
    [KernelNumber]
    [ArgumentCompleter(typeof(BondModeCompleter))]
    public BondMode? Mode { get; set; }

    /// <summary>The transmit hash policy, by the kernel's name or number (<c>layer2+3</c>, <c>2</c>).</summary>
    [Parameter]
    [KernelNumber]
    [Alias("XmitHashPolicy")]
    [ArgumentCompleter(typeof(TransmitHashPolicyCompleter))]
    public TransmitHashPolicy? TransmitHashPolicy { get; set; }

    /// <summary>How often the links are looked at, in milliseconds (miimon).</summary>
    [Parameter]
    [Alias("MiiMon")]
    [ValidateRange(0, int.MaxValue)]
    public int? MiiPollingInterval { get; set; }

    /// <summary>How long a link must be up before it is used, in milliseconds (updelay).</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? UpDelay { get; set; }

    /// <summary>How long a link must be down before it is dropped, in milliseconds (downdelay).</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DownDelay { get; set; }

    /// <summary>The LACPDU rate asked of the switch (lacp_rate).</summary>
    [Parameter]
    public LacpRate? LacpRate { get; set; }

    /// <summary>How many ports must be up for the bond to be up (min_links).</summary>
    [Parameter]
    [ValidateRange(0, 255)]
    public int? MinLinks { get; set; }

    /// <summary>How the active aggregator is chosen (ad_select).</summary>
    [Parameter]
    public AdSelect? AdSelect { get; set; }

    /// <summary>The preferred slave of active-backup, balance-tlb and balance-alb (primary).</summary>
    [Parameter]
    [Alias("Primary")]
    [ValidateInterfaceName]
    public string? PrimarySlave { get; set; }

    private protected static TimeSpan? Milliseconds(int? value) => value is { } number ? TimeSpan.FromMilliseconds(number) : null;

    private protected sealed override object? Find(InterfacesFile file) =>
        file.Bonds.FirstOrDefault(b => b.Name == Name);
}
