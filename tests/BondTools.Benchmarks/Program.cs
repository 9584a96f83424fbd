namespace BondTools.Benchmarks;

internal static class Program
{
    private static int Main() => 64;
}
