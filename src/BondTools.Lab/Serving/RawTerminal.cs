#if NET
using System;
using System.Runtime.InteropServices;

namespace BondTools.Lab.Serving;

/// <summary>
/// Takes echo and line editing from the pseudo terminal on standard input, since the device does both itself, and gives
/// them back. It asks libc: .NET undoes what a child <c>stty</c> sets as soon as the child has ended.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    // Larger than struct termios of any libc.
    private const int TermiosSize = 256;
    private readonly byte[]? _before;

    public RawTerminal()
    {
        var settings = new byte[TermiosSize];
        // It fails where standard input is no terminal, and then there is nothing to do.
        if (GetAttributes(0, settings) != 0)
            return;
        _before = (byte[])settings.Clone();
        MakeRaw(settings);
        _ = SetAttributes(0, 0, settings);
    }

    public void Dispose()
    {
        if (_before is not null)
            _ = SetAttributes(0, 0, _before);
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    private static extern int GetAttributes(int descriptor, [Out] byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    private static extern int SetAttributes(int descriptor, int actions, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    private static extern void MakeRaw([In, Out] byte[] settings);
}
#endif
