using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Tests.Sessions;

/// <summary>A connection whose commands are answered by the test.</summary>
internal sealed class FakeConnection(Func<string, CancellationToken, Task<CommandResult>> answer) : IDeviceConnection
{
    public bool IsConnected { get; set; } = true;

    public bool IsDisposed { get; private set; }

    /// <summary>Answers commands whose output is read while they run.</summary>
    public Func<string, Action<Stream>, CancellationToken, Task<CommandResult>>? Stream { get; init; }

    public Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken) => answer(command, cancellationToken);

    public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) =>
        Stream?.Invoke(command, read, stop) ?? throw new NotSupportedException();

    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => Task.FromResult(System.IO.Stream.Null);

    public void Dispose() => IsDisposed = true;

    /// <summary>Opens a session on a connection that answers with the command's own text.</summary>
    public static BondSession OpenEcho(string name, BondDeviceKind kind = BondDeviceKind.PveHost) =>
        Open(name, new FakeConnection((command, _) => Task.FromResult(new CommandResult(0, command, ""))), kind);

    public static BondSession Open(string name, FakeConnection connection, BondDeviceKind kind = BondDeviceKind.PveHost) =>
        SessionRegistry.Register(new DeviceLink(kind, name, connection, _ => Task.FromResult<IDeviceConnection>(connection)), 0, "root");
}
