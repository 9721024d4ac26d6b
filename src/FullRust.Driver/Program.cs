namespace FullRust.Driver;

internal static class Program
{
    private static int Main() => 2;
}
