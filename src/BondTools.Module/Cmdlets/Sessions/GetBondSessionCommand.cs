using System;
using System.Management.Automation;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the sessions of this process that were not closed.</summary>
[Cmdlet(VerbsCommon.Get, "BondSession")]
[OutputType(typeof(BondSession))]
public sealed class GetBondSessionCommand : PSCmdlet
{
    /// <summary>Only the sessions with these numbers.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public int[]? Id { get; set; }

    /// <summary>Only the sessions to these devices; wildcards are taken.</summary>
    [Parameter]
    [Alias("HostName", "Host", "Server", "Node")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ComputerName { get; set; }

    /// <summary>Only the sessions to this kind of device.</summary>
    [Parameter]
    public BondDeviceKind? Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var session in SessionRegistry.GetAll())
        {
            if ((Id is null || Array.IndexOf(Id, session.Id) >= 0)
                && (Kind is null || session.Kind == Kind)
                && (ComputerName is null || Array.Exists(ComputerName, name => IsMatch(name, session.ComputerName))))
                WriteObject(session);
        }
    }

    private static bool IsMatch(string pattern, string name) =>
        new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name);
}
