using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace BondTools.Shell.StandIns;

/// <summary>
/// The commands in this folder stand in for those of Microsoft.PowerShell.Utility and .Management, which are not
/// published as libraries: the main parameters of each, and no more.
/// </summary>
internal static class StandIn
{
    /// <summary>Adds each of them whose name is not taken.</summary>
    public static void AddTo(InitialSessionState state)
    {
        foreach (var type in typeof(StandIn).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet)
                continue;
            var name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            if (!state.Commands.Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)))
                state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }
    }
}
