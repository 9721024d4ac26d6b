// The verifier: every rule, the reports, the inventory of system calls. What is verified must run by the model of the loader.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Loading;
using FullRust.ElfVerify.Reporting;
using FullRust.ElfVerify.Syscalls;
using FullRust.Fuzz.Mutation;
using FullRust.HostileElf;

namespace FullRust.Fuzz.Targets;

internal sealed class ExecutableTarget : FuzzTarget
{
    // Disassembling and five formats of reports take ten times as long as all rules.
    private const int ReportsEvery = 16;

    private static readonly LoaderEnvironment s_newest = new(KernelVersion.Newest, 0x10000, 4UL << 30);

    private static readonly VerifyOptions[] s_options =
    [
        VerifyOptions.Default, new() { Profile = VerifyProfile.Hardened, StrictSections = true, NoTrailing = true }, new() { Profile = VerifyProfile.StaticPie },
        new() { Profile = VerifyProfile.Gvisor, RequireProvenance = true, RequireBuildId = true },
    ];

    /// <inheritdoc/>
    internal override string Name => "executable";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; } = [SampleElf.Build().Bytes, .. SingleFaults.All().Select(static c => c.Bytes).Where(static b => b.Length > 64), .. Disguises.OfStatic("/lib64/x").Select(static d => d.Bytes).Take(40)];

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; } = new ElfMutator(["/lib64/ld-linux-x86-64.so.2\0"u8.ToArray(), "GNU\0"u8.ToArray(), [0x0f, 0x05], [0xcd, 0x80], "fullrust\0"u8.ToArray(), "{\"packages\":[]}"u8.ToArray()]);

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        VerifyOptions options = s_options[variant % s_options.Length];
        VerifyReport report = Verifier.Verify(input, options);
        Require(report.Findings.SequenceEqual(Verifier.Verify(input, options).Findings), "the same bytes give the same findings");
        LoadOutcome outcome = LoaderModel.Load(input, s_newest);
        if (report.IsVerified)
        {
            Require(outcome.Kind == LoadOutcomeKind.Runs && outcome.Interpreter is null, "what is verified runs without an interpreter");
            Require(!report.Facts.HasDynamic || options.Profile == VerifyProfile.StaticPie, "what is verified has no dynamic section");
        }

        Verifier.Verify(input, VerifyOptions.ForLinker);
        if (variant % ReportsEvery == 0)
            Describe(input, report);
    }

    private static void Describe(byte[] input, VerifyReport report)
    {
        SyscallInventory inventory = SyscallInventory.Of(input);
        SyscallReport.WriteText(TextWriter.Null, "input", inventory);
        var run = new VerifyRun("0", [new VerifiedFile("input", report, "", default, "")], null, "/");
        JsonReport.Write(Stream.Null, run);
        SarifReport.Write(Stream.Null, run);
        JunitReport.Write(Stream.Null, run);
        GithubReport.Write(TextWriter.Null, run);
        TextReport.Write(TextWriter.Null, "input", report, "", isVerbose: true);
    }
}
