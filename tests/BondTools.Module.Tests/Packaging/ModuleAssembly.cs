using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace BondTools.Module.Tests.Packaging;

/// <summary>The cmdlets as the compiled assembly declares them.</summary>
internal static class ModuleAssembly
{
    public static Assembly Assembly { get; } = Assembly.Load("BondTools.Module");

    /// <summary>All cmdlets, by name.</summary>
    public static CmdletType[] Cmdlets { get; } =
        [.. from type in Assembly.GetTypes()
            let attribute = type.GetCustomAttribute<CmdletAttribute>()
            where attribute is not null && !type.IsAbstract
            orderby $"{attribute.VerbName}-{attribute.NounName}"
            select new CmdletType(type, attribute.VerbName, attribute.NounName)];
}

/// <summary>A cmdlet's class and the two halves of its name.</summary>
internal sealed record CmdletType(Type Type, string Verb, string Noun)
{
    public string Name => $"{Verb}-{Noun}";
}
