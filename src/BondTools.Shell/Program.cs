namespace BondTools.Shell;

internal static class Program
{
    private static int Main() => 64;
}
