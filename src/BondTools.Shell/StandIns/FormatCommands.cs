using System;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace BondTools.Shell.StandIns;

/// <summary>Formats as a table, by the module's own views where no property is named.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Creates the command.</summary>
    public FormatTableCommand() => FormatEngine.Attach(this, "Table");
}

/// <summary>Formats as a list.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Creates the command.</summary>
    public FormatListCommand() => FormatEngine.Attach(this, "List");
}

/// <summary>
/// Gives a formatting command its engine. The engine has the commands' base classes public and the part that they work
/// with internal, so it is made by name.
/// </summary>
internal static class FormatEngine
{
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    public static void Attach(FrontEndCommandBase command, string shape)
    {
        var engine = typeof(FrontEndCommandBase).Assembly;
        var shapeValue = Enum.Parse(engine.GetType(Namespace + "FormatShape", throwOnError: true)!, shape);
        var implementation = Activator.CreateInstance(
            engine.GetType(Namespace + "InnerFormatShapeCommand", throwOnError: true)!,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, binder: null, [shapeValue], culture: null);
        typeof(FrontEndCommandBase).GetField("implementation", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(command, implementation);
    }
}
