#if NET
namespace BondTools.Lab;

internal static class Program
{
    private static int Main() => 64;
}
#endif
