using System;
using System.IO;

namespace BondTools.Shell;

/// <summary>Finds the module: beside the tool when it is installed, in the build output when it runs from a clone.</summary>
internal static class ModuleLocator
{
    /// <summary>The manifest's full path.</summary>
    /// <exception cref="FileNotFoundException">The module is in neither place.</exception>
    public static string FindManifest()
    {
        var packed = Path.Combine(AppContext.BaseDirectory, "module", "BondTools", "BondTools.psd1");
        if (File.Exists(packed))
            return packed;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var built = Path.Combine(folder, "out", "BondTools", "BondTools.psd1");
            if (File.Exists(Path.Combine(folder, "BondTools.sln")) && File.Exists(built))
                return built;
        }
        throw new FileNotFoundException("The BondTools module is neither beside the shell nor in out/BondTools; run 'dotnet build' first.");
    }
}
