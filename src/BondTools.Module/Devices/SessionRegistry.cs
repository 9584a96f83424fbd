using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace BondTools.Module.Devices;

/// <summary>The open sessions of this process, whether over SSH or into the embedded lab. Safe from any thread.</summary>
internal static class SessionRegistry
{
    private static readonly object Gate = new();
    private static readonly SortedDictionary<int, (BondSession Session, DeviceLink Link)> Open = [];
    private static int _lastId;

    /// <summary>Opens a session on a link, which belongs to the session from now on.</summary>
    /// <param name="link">The device.</param>
    /// <param name="port">The TCP port; 0 for a device of the embedded lab.</param>
    /// <param name="userName">The user who logged in.</param>
    public static BondSession Register(DeviceLink link, int port, string userName)
    {
        lock (Gate)
        {
            var session = new BondSession(++_lastId, link.Kind, link.ComputerName, port, userName);
            Open.Add(session.Id, (session, link));
            return session;
        }
    }

    /// <summary>The sessions that were not closed, by id, each in its present state.</summary>
    public static IReadOnlyList<BondSession> GetAll()
    {
        lock (Gate)
        {
            foreach (var (session, link) in Open.Values)
                Refresh(session, link);
            return [.. Open.Values.Select(o => o.Session)];
        }
    }

    /// <summary>The device behind a session.</summary>
    /// <exception cref="BondToolsException">
    /// NoSession when it was closed or lost; InvalidConfiguration when the device is of another kind.
    /// </exception>
    public static DeviceLink Get(BondSession session, BondDeviceKind kind)
    {
        if (session.Kind != kind)
        {
            throw new BondToolsException(
                BondToolsErrorKind.InvalidConfiguration,
                $"Session {session.Id} to {session.ComputerName} is one to a {session.Kind}; this cmdlet works on a {kind}.")
            {
                RecommendedAction = $"Choose with Get-BondSession -Kind {kind}.",
            };
        }

        lock (Gate)
        {
            if (Open.TryGetValue(session.Id, out var open) && ReferenceEquals(open.Session, session))
            {
                Refresh(session, open.Link);
                if (session.State == BondSessionState.Opened)
                    return open.Link;
            }
        }

        throw new BondToolsException(
            BondToolsErrorKind.NoSession,
            session.State == BondSessionState.Broken
                ? $"The connection of session {session.Id} to {session.ComputerName} was lost."
                : $"Session {session.Id} to {session.ComputerName} is closed.")
        {
            RecommendedAction = $"Connect again with {ConnectCmdlet(kind)}.",
        };
    }

    /// <summary>The only open session of a kind.</summary>
    /// <exception cref="BondToolsException">NoSession when there is none, or more than one.</exception>
    public static BondSession GetOnlyOpen(BondDeviceKind kind)
    {
        var open = GetAll().Where(s => s.Kind == kind && s.State == BondSessionState.Opened).ToList();
        return open.Count switch
        {
            1 => open[0],
            0 => throw new BondToolsException(BondToolsErrorKind.NoSession, $"No session to a {kind} is open.")
            {
                RecommendedAction = $"Open one with {ConnectCmdlet(kind)}, or give -ComputerName for a one-off connection.",
            },
            _ => throw new BondToolsException(BondToolsErrorKind.NoSession, $"{open.Count} sessions to a {kind} are open, so it must be said which one is meant.")
            {
                RecommendedAction = $"Give -Session, for example the result of Get-BondSession -ComputerName {open[0].ComputerName}.",
            },
        };
    }

    /// <summary>The latest open session to a device of this name; null when there is none.</summary>
    public static BondSession? FindOpen(BondDeviceKind kind, string computerName) =>
        GetAll().LastOrDefault(s => s.Kind == kind && s.State == BondSessionState.Opened
            && string.Equals(s.ComputerName, computerName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Closes a session; does nothing when it is closed already. The connection is closed in the background.</summary>
    public static void Close(BondSession session)
    {
        DeviceLink link;
        lock (Gate)
        {
            if (!Open.TryGetValue(session.Id, out var open) || !ReferenceEquals(open.Session, session))
                return;
            Open.Remove(session.Id);
            session.State = BondSessionState.Closed;
            link = open.Link;
        }

        _ = Task.Run(link.Dispose);
    }

    private static void Refresh(BondSession session, DeviceLink link)
    {
        if (!link.Connection.IsConnected)
            session.State = BondSessionState.Broken;
    }

    private static string ConnectCmdlet(BondDeviceKind kind) =>
        kind == BondDeviceKind.PveHost ? "Connect-PveHost" : "Connect-CiscoSwitch";
}
