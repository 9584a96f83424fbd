using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Cmdlets;
using BondTools.Module.Devices;

namespace BondTools.Module.Tests.Sessions;

/// <summary>Runs work that a test gives it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestWork", SupportsShouldProcess = true)]
public sealed class InvokeTestWorkCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public object Work { get; set; } = null!;

    private protected override Task ProcessRecordAsync(IPipelineOutput output, CancellationToken cancellationToken) =>
        ((Func<IPipelineOutput, CancellationToken, Task>)((PSObject.AsPSObject(Work)).BaseObject))(output, cancellationToken);
}

/// <summary>Runs a command on hosts and writes what it printed.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestHost", DefaultParameterSetName = SessionSet)]
public sealed class InvokeTestHostCommand : DeviceCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Line { get; set; } = "";

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var connection = new CmdletConnection(link.Connection, link.ComputerName, output, Timeout);
        var result = await connection.ExecuteAsync(Line, null, cancellationToken);
        await output.WriteObjectAsync(result.Output.TrimEnd());
    }
}

/// <summary>The same, as a cmdlet that changes something.</summary>
[Cmdlet(VerbsCommon.Set, "TestHost", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
public sealed class SetTestHostCommand : DeviceCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Line { get; set; } = "";

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (await output.ShouldProcessAsync(link.ComputerName, Line))
            await output.WriteObjectAsync((await link.Connection.ExecuteAsync(Line, null, cancellationToken)).Output);
    }
}
