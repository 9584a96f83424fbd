#if NET
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.Serving;

namespace BondTools.Lab;

/// <summary>
/// The lab as a program: <c>host</c> and <c>switch</c> serve a device on standard input and output, as sshd's ForceCommand
/// wants it; <c>serve</c> holds one lab on a Unix socket that many of them share.
/// </summary>
internal static class Program
{
    private const int UsageError = 64;
    private const string Usage = """
        usage: BondTools.Lab host|switch [--socket PATH] [--command LINE] [--start bare|article] [--enable-secret TEXT]
               BondTools.Lab serve --socket PATH [--start bare|article] [--enable-secret TEXT] [--until-eof]

        host, switch  run LINE (or $SSH_ORIGINAL_COMMAND) on the device and exit with its status;
                      without one, be the device's terminal. Without --socket the lab is the process's own.
        serve         hold a lab until SIGTERM, or with --until-eof until standard input ends.
        --enable-secret  the switch's terminal begins unprivileged, and enable asks for TEXT.

        """;

    private static async Task<int> Main(string[] arguments)
    {
        if (ProgramOptions.Parse(arguments) is not { } options)
        {
            await Console.Error.WriteAsync(Usage).ConfigureAwait(false);
            return UsageError;
        }
        using var stop = new CancellationTokenSource();
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
        try
        {
            return options.Verb == "serve"
                ? await LabServer.RunAsync(options, stop.Token).ConfigureAwait(false)
                : await DeviceProgram.RunAsync(options, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await Console.Error.WriteLineAsync($"BondTools.Lab: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}
#endif
