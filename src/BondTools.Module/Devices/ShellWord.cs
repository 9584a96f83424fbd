namespace BondTools.Module.Devices;

/// <summary>Puts text into a POSIX shell line as exactly one word.</summary>
internal static class ShellWord
{
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''") + "'";
}
