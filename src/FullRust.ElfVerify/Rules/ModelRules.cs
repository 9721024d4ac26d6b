// The safety net under the rules: a file that no single rule condemns must also start in the model of the kernel's loader, on the
// oldest kernel asked for and on the newest one known.

using System;
using FullRust.ElfVerify.Loading;

namespace FullRust.ElfVerify.Rules;

internal static class ModelRules
{
    private const ulong PortableFloor = 0x10000;

    internal static void Check(ReadOnlySpan<byte> image, RuleRun run)
    {
        run.Begin(RuleId.K01);
        run.Facts.Load = CheckOn(image, run.Options.MinKernel, run);
        if (run.Options.MinKernel != KernelVersion.Newest)
            CheckOn(image, KernelVersion.Newest, run);
    }

    private static LoadOutcome CheckOn(ReadOnlySpan<byte> image, KernelVersion kernel, RuleRun run)
    {
        LoadOutcome outcome = LoaderModel.Load(image, new LoaderEnvironment(kernel, PortableFloor, run.Options.MaxMemory));
        bool isGood = outcome.Kind == LoadOutcomeKind.Runs && outcome.Interpreter is null;
        if (!isGood && !run.HasErrors)
            run.Fail(RuleId.K01, $"Linux {kernel}", $"the model says: {outcome}", 0, 0);
        return outcome;
    }
}
