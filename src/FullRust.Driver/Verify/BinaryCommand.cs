// "binary": reads every input, verifies it, reports in the order of the inputs.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class BinaryCommand
{
    internal static int Run(VerifyArguments arguments, TextWriter output, TextWriter error)
    {
        VerifyOptions options = OptionsOf(arguments);
        var results = new List<InputResult>();
        foreach (string path in InputList.Expand(arguments.Inputs, results))
            results.Add(InputReader.Read(path, arguments.MaxInput, input => Judge(path, input, options)));

        int code = 0;
        foreach (InputResult result in results)
        {
            code = Math.Max(code, result.ExitCode);
            if (result.Report is null)
                error.WriteLine($"fullrust-verify: {PrintableText.Escape(result.Path)}: {result.Error} ({RuleTable.CodeOf(result.Rule)})");
            else if (!arguments.Quiet || !result.Report.IsVerified)
                TextReport.Write(output, result.Path, result.Report, result.Sha256, arguments.Verbose);
        }

        return code;
    }

    private static InputResult Judge(string path, InputBytes input, VerifyOptions options)
    {
        ReadOnlySpan<byte> image = input.Bytes.Span;
        return new InputResult(path, Verifier.Verify(image, options), Sha256.HexOf(image), default, "");
    }

    private static VerifyOptions OptionsOf(VerifyArguments arguments) => new()
    {
        Profile = arguments.Profile ?? VerifyProfile.StaticExec,
        MinKernel = arguments.MinKernel ?? KernelVersion.Oldest,
        FailOn = arguments.FailOn ?? FindingLevel.Error,
        StrictSections = arguments.StrictSections,
        NoTrailing = arguments.NoTrailing,
        RequireBuildId = arguments.RequireBuildId,
        RequireProvenance = arguments.RequireProvenance,
        MaxFileSize = arguments.MaxFileSize,
        SegmentBudgets = arguments.SegmentBudgets,
    };
}
