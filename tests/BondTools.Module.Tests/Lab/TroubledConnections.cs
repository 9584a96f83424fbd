using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Tests.Lab;

/// <summary>A connection to the same host on which something happens at the first command that holds a text.</summary>
internal abstract class TroubledConnection(IDeviceConnection inner, string mark) : IDeviceConnection
{
    private int _left = 1;

    /// <summary>At how many commands it happens; one unless said otherwise.</summary>
    public int Times { init => _left = value; }

    public bool IsConnected => true;

    public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
    {
        if (_left == 0 || !command.Contains(mark, StringComparison.Ordinal))
            return await inner.ExecuteAsync(command, input, cancellationToken);
        _left--;
        return await TroubleAsync(() => inner.ExecuteAsync(command, input, cancellationToken));
    }

    public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) => inner.StreamAsync(command, read, stop);

    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => inner.OpenTerminalAsync(cancellationToken);

    public void Dispose()
    {
    }

    protected abstract Task<CommandResult> TroubleAsync(Func<Task<CommandResult>> execute);
}

/// <summary>The connection breaks, before the command has reached the host or after it has; with a token source, its client dies too.</summary>
internal sealed class CutConnection(IDeviceConnection inner, string mark, CancellationTokenSource? death = null, bool isReached = true)
    : TroubledConnection(inner, mark)
{
    protected override async Task<CommandResult> TroubleAsync(Func<Task<CommandResult>> execute)
    {
        if (isReached)
            await execute();
        if (death is not null)
            await death.CancelAsync();
        throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "The connection was cut.");
    }
}

/// <summary>Behind the command somebody else does something on the host.</summary>
internal sealed class DisturbedConnection(IDeviceConnection inner, string mark, Func<Task> disturb) : TroubledConnection(inner, mark)
{
    protected override async Task<CommandResult> TroubleAsync(Func<Task<CommandResult>> execute)
    {
        var result = await execute();
        await disturb();
        return result;
    }
}

/// <summary>The host answers the command with something else.</summary>
internal sealed class AnsweringConnection(IDeviceConnection inner, string mark, CommandResult answer) : TroubledConnection(inner, mark)
{
    protected override Task<CommandResult> TroubleAsync(Func<Task<CommandResult>> execute) => Task.FromResult(answer);
}
