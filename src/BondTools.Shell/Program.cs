using System;
using System.Reflection;

namespace BondTools.Shell;

internal static class Program
{
    /// <summary>The exit code for a command line that makes no sense (sysexits.h, EX_USAGE).</summary>
    private const int UsageError = 64;

    private static int Main(string[] args)
    {
        // The engine reports each imported module to its maker unless told not to; a network tool must not phone home.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        ShellOptions options;
        try
        {
            options = ShellOptions.Parse(args);
        }
        catch (FormatException error)
        {
            Console.Error.WriteLine($"bondtools: {error.Message} Try -Help.");
            return UsageError;
        }

        switch (options.Task)
        {
            case ShellTask.Help:
                Console.Out.Write(ShellOptions.Usage);
                return 0;
            case ShellTask.Version:
                Console.Out.WriteLine(typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
                return 0;
            default:
                using (var session = new ShellSession())
                    return session.Run(options);
        }
    }
}
