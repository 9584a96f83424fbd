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

    public Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken) => answer(command, cancellationToken);

    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => Task.FromResult(Stream.Null);

    public void Dispose() => IsDisposed = true;

    /// <summary>Opens a session on a connection that answers with the command's own text.</summary>
    public static BondSession OpenEcho(string name, BondDeviceKind kind = BondDeviceKind.PveHost) =>
        Open(name, new FakeConnection((command, _) => Task.FromResult(new CommandResult(0, command, ""))), kind);

    public static BondSession Open(string name, FakeConnection connection, BondDeviceKind kind = BondDeviceKind.PveHost) =>
        SessionRegistry.Register(new DeviceLink(kind, name, connection, _ => Task.FromResult<IDeviceConnection>(connection)), 0, "root");
}
