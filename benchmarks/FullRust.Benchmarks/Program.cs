// Benchmarks of the linker's parts, over a recorded link (benchmarks/run record hello-debug makes it).

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FullRust.Benchmarks;

internal static class Program
{
    private static void Main(string[] arguments)
    {
        // In this process: no second build, and the same settings as ours.
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments, config);
    }
}
