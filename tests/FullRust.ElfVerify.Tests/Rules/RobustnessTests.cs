// On any bytes: an answer, the same one twice, in bounded time and memory, and never "verified" for a file that the model does not run.

using System;
using System.Diagnostics;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Loading;
using FullRust.HostileElf;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class RobustnessTests
{
    private const int QuickMutations = 20_000;

    [Fact]
    public void Verify_EveryPrefix_IsVerifiedOnlyWithoutLossOfLoadedBytes()
    {
        byte[] whole = SampleElf.Build().Bytes;
        const int LoadedEnd = 0x2100;
        for (int length = 0; length < whole.Length; length++)
        {
            bool isVerified = Verifier.Verify(whole.AsSpan(0, length), VerifyOptions.Default).IsVerified;
            if (length < LoadedEnd)
                isVerified.Should().BeFalse($"of {length} bytes");
            else
                isVerified.Should().BeTrue($"of {length} bytes, which lack only the section table");
        }
    }

    [Fact]
    public void Verify_SeededMutations_NeverThrowsAndNeverPassesWhatDoesNotRun()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("FULLRUST_MUTATIONS"), out int asked) ? asked : QuickMutations;
        byte[][] originals = [SampleElf.Build().Bytes, .. SingleFaults.All().Select(static item => item.Bytes).Where(static bytes => bytes.Length > 64)];
        var environment = new LoaderEnvironment(KernelVersion.Newest, 0x10000, 4UL << 30);
        var watch = Stopwatch.StartNew();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int seed = 0; seed < count; seed++)
        {
            byte[] damaged = Mutator.Mutate(originals[seed % originals.Length], seed);
            VerifyReport report = Verifier.Verify(damaged, VerifyOptions.Default);
            Verifier.Verify(damaged, VerifyOptions.ForLinker);
            if (!report.IsVerified)
                continue;
            LoadOutcome outcome = LoaderModel.Load(damaged, environment);
            outcome.Kind.Should().Be(LoadOutcomeKind.Runs, $"seed {seed} is verified");
            outcome.Interpreter.Should().BeNull($"seed {seed} is verified");
        }

        (watch.Elapsed / count).Should().BeLessThan(TimeSpan.FromMilliseconds(5));
        ((GC.GetAllocatedBytesForCurrentThread() - allocatedBefore) / count).Should().BeLessThan(4 << 20);
    }

    [Fact]
    public void Verify_SameBytesTwice_GivesTheSameFindings()
    {
        foreach (HostileCase item in SingleFaults.All())
            Verifier.Verify(item.Bytes, VerifyOptions.Default).Findings.Should().Equal(Verifier.Verify(item.Bytes, VerifyOptions.Default).Findings);
    }
}
