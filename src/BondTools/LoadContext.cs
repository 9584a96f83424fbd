#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace BondTools;

/// <summary>
/// Keeps the assemblies that BondTools stands on (SSH.NET and what it brings) apart from those of other modules, which
/// may carry other versions of the same.
/// </summary>
/// <remarks>
/// BondTools.dll itself is loaded into the default context, so that its types can be named in scripts. Everything else
/// beside it goes into a context called <c>BondTools</c>; what is not beside it (the engine, the framework) is shared.
/// </remarks>
public static class LoadContext
{
    private static readonly ModuleContext Context = new(typeof(LoadContext).Assembly);

    /// <summary>Loads the assembly of the cmdlets, once in a process.</summary>
    /// <returns>The assembly to hand to <c>Import-Module -Assembly</c>.</returns>
    /// <exception cref="FileNotFoundException">The assembly is not beside BondTools.dll.</exception>
    public static Assembly LoadModule() => Context.LoadFromAssemblyName(new AssemblyName("BondTools.Module"));

    private sealed class ModuleContext(Assembly shared) : AssemblyLoadContext("BondTools")
    {
        private readonly string _folder = Path.GetDirectoryName(shared.Location)!;
        private readonly string? _sharedName = shared.GetName().Name;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (string.Equals(assemblyName.Name, _sharedName, StringComparison.OrdinalIgnoreCase))
                return shared;
            // The engine is never beside a packed module, but it is where the module was built for tests.
            if (assemblyName.Name is "System.Management.Automation")
                return null;
            var path = Path.Combine(_folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
#endif
