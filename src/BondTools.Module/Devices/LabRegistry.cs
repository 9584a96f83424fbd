using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Lab;

namespace BondTools.Module.Devices;

/// <summary>The embedded labs that run in this process. Safe from any thread.</summary>
internal static class LabRegistry
{
    private const string UserName = "root";

    private static readonly object Gate = new();
    private static readonly List<(BondLabSession Session, BondLab Lab)> Running = [];

    /// <summary>Opens a session to each device of a lab.</summary>
    public static BondLabSession Register(string name, BondLab lab)
    {
        var session = new BondLabSession(
            name,
            Open(BondDeviceKind.PveHost, lab.Host),
            Open(BondDeviceKind.CiscoSwitch, lab.Switch));
        lock (Gate)
            Running.Add((session, lab));
        return session;
    }

    /// <summary>The labs, in the order they were started.</summary>
    public static IReadOnlyList<BondLabSession> GetAll()
    {
        lock (Gate)
            return [.. Running.Select(r => r.Session)];
    }

    /// <summary>The only lab that runs.</summary>
    /// <exception cref="BondToolsException">NoSession when there is none, or more than one.</exception>
    public static BondLabSession GetOnly()
    {
        var running = GetAll();
        return running.Count == 1
            ? running[0]
            : throw new BondToolsException(BondToolsErrorKind.NoSession, running.Count == 0 ? "No lab is running." : $"{running.Count} labs are running.")
            {
                RecommendedAction = running.Count == 0 ? "Start one with Start-BondLab." : "Give -Lab.",
            };
    }

    /// <summary>The world behind a lab's session.</summary>
    /// <exception cref="BondToolsException">NoSession when it was stopped.</exception>
    public static BondLab Get(BondLabSession session)
    {
        lock (Gate)
        {
            return Running.FirstOrDefault(r => ReferenceEquals(r.Session, session)).Lab
                ?? throw new BondToolsException(BondToolsErrorKind.NoSession, $"The lab {session.Name} is not running.")
                {
                    RecommendedAction = "Start one with Start-BondLab.",
                };
        }
    }

    /// <summary>Closes a lab's sessions and forgets it; does nothing when it was stopped already.</summary>
    public static void Stop(BondLabSession session)
    {
        lock (Gate)
            Running.RemoveAll(r => ReferenceEquals(r.Session, session));
        SessionRegistry.Close(session.Host);
        SessionRegistry.Close(session.Switch);
    }

    private static BondSession Open(BondDeviceKind kind, IEmulatedDevice device) =>
        SessionRegistry.Register(
            new DeviceLink(kind, device.Name, new LabConnection(device), _ => Task.FromResult<IDeviceConnection>(new LabConnection(device))),
            port: 0,
            UserName);
}
