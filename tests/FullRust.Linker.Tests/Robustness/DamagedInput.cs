// One damaged input in a link: it ends in diagnostics or in an image that the kernel could load, in bounded time.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;

namespace FullRust.Linker.Tests.Robustness;

internal static class DamagedInput
{
    private const long LargestImage = 600 << 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    // What a loader relies on, whatever the input's flags ask for.
    private static readonly RuleId[] s_integrity =
        [RuleId.H01, RuleId.H02, RuleId.H03, RuleId.P01, RuleId.P02, RuleId.P03, RuleId.L01, RuleId.L02, RuleId.L03, RuleId.L04, RuleId.L05, RuleId.L06, RuleId.L07, RuleId.L08];

    /// <summary>An object with every kind of section that the linker reads.</summary>
    internal static byte[] Object { get; } = LinkFolder.AssembleBytes(RichObject.Source);

    /// <summary>A GNU archive of it, with an index and a long name.</summary>
    internal static byte[] Archive()
    {
        using LinkFolder folder = Folder();
        folder.Write("a.o", Object).Write("a-longer-name-than-fifteen.o", LinkFolder.AssembleBytes(".globl other\nother: ret"));
        return File.ReadAllBytes(folder.Archive("lib.a", "rcs", "a.o", "a-longer-name-than-fifteen.o")["lib.a"]);
    }

    /// <summary>A folder with a program that needs what the object and the archive define.</summary>
    internal static LinkFolder Folder() => new LinkFolder().Assemble("start.o", ".globl start2\nstart2: call g\n call other\n.weak other").Write("a.o", Object);

    /// <summary>Links, and throws if that must not end so; whether there was an image.</summary>
    internal static bool Try(LinkFolder folder, string name, byte[] bytes, string[] arguments, string what)
    {
        folder.Write(name, bytes);
        File.Delete(folder["out"]);
        var watch = Stopwatch.StartNew();
        try
        {
            LinkOutcome outcome = folder.Link(arguments);
            watch.Elapsed.Should().BeLessThan(s_limit, what);
            outcome.Errors.Any().Should().Be(outcome.ExitCode != 0, what);
            File.Exists(outcome.Output).Should().Be(outcome.ExitCode == 0, what);
            if (outcome.ExitCode != 0)
                return false;
            new FileInfo(outcome.Output).Length.Should().BeLessThan(LargestImage, what);
            if (!arguments.Contains("-r"))
                CheckIntegrity(outcome.Bytes, what);
            return true;
        }
        catch (Exception problem) when (problem is not Xunit.Sdk.XunitException)
        {
            File.Copy(folder[name], Path.Combine(Path.GetTempPath(), "fullrust-mutation" + Path.GetExtension(name)), overwrite: true);
            throw new InvalidOperationException($"{what}: {problem}", problem);
        }
    }

    private static void CheckIntegrity(ReadOnlySpan<byte> image, string what)
    {
        IEnumerable<VerifyFinding> findings = Verifier.Verify(image, InProcessLinker.Rules).Findings.Where(static f => s_integrity.Contains(f.Rule) && f.Level >= FindingLevel.Error);
        string.Join('\n', findings.Select(static f => $"{f.Rule} {f.Place}: {f.Message}")).Should().BeEmpty(what);
    }
}
