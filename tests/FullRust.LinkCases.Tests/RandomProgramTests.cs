// Random programs linked by ours and every other linker on the machine: same success, same output, same defined functions with the
// same sizes, and the same order of one section's contents. Not asked: mold 1.10, which knows neither large sections nor every feature
// of RandomFeatures.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.LinkCases.Tests;

public sealed class RandomProgramTests
{
    private const int ProgramsPerSeed = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void RandomPrograms_AreLinkedAlike(ulong seed) => TryPrograms(seed, ProgramsPerSeed);

    /// <summary>RANDOM_PROGRAMS=SEED:COUNT tries many more by hand, and gives the smallest program that differs.</summary>
    [Fact]
    public void RandomPrograms_AskedForByHand_AreLinkedAlike()
    {
        string[] range = (Environment.GetEnvironmentVariable("RANDOM_PROGRAMS") ?? "1:0").Split(':');
        if (range[1] != "0")
            TryPrograms(ulong.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void RandomProgram_ThatFailsByOneFeature_IsReducedToThatFeature()
    {
        var smallest = new List<ProgramModel>();
        Action run = () => Check.One(
            ConfigFor(7, 200),
            Prop.ForAll(ProgramModel.Arbitrary, model =>
            {
                bool isFine = !new RandomProgram(model).Sources.Contains("__tls_get_addr", StringComparison.Ordinal);
                if (!isFine)
                    smallest.Add(model);
                return isFine;
            }));

        run.Should().Throw<Exception>().Which.Message.Should().Contain("__tls_get_addr").And.Contain("(7,1)", "the seed repeats the run");
        smallest[^1].Features.Should().ContainSingle();
        smallest[^1].Functions.Should().OnlyContain(f => f.IsPlain);
        smallest[^1].Main.Choices.Should().BeEmpty();
    }

    // The seed is the test's: a failure is the same on every run and machine, and FsCheck's report names it too.
    private static Config ConfigFor(ulong seed, int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, 1);

    private static void TryPrograms(ulong seed, int count) => Check.One(ConfigFor(seed, count), Prop.ForAll(ProgramModel.Arbitrary, LinkAndCompare));

    private static void LinkAndCompare(ProgramModel model)
    {
        var program = new RandomProgram(model);
        using var folder = new LinkFolder();
        string[] arguments = program.Prepare(folder);
        LinkOutcome ours = folder.Link(arguments).ShouldSucceed();
        ToolResult run = ours.Run();
        run.ExitCode.Should().Be(0);
        foreach (ReferenceLinker linker in ReferenceLinker.Installed.Where(static l => l.Name != "mold"))
        {
            (ToolResult result, string output) = folder.LinkWith(linker, arguments);
            result.ExitCode.Should().Be(0, "{0}: {1}", linker.Name, result);
            ToolRunner.Run(output, []).Output.Should().Be(run.Output, linker.Name);
            Compare(ours.Elf, ElfReader.Open(output), linker.Name);
        }
    }

    private static void Compare(ElfReader ours, ElfReader theirs, string what)
    {
        Functions(ours).Should().BeEquivalentTo(Functions(theirs), what);
        bool isThere = ours.HasSection(".list");
        isThere.Should().Be(theirs.HasSection(".list"), what);
        if (isThere)
            ours.Contents(".list").Should().Equal(theirs.Contents(".list"), what);
    }

    private static IEnumerable<(string Name, ulong Size)> Functions(ElfReader elf) =>
        elf.Symbols.Where(static s => !s.IsUndefined && s.Name.Length > 1 && s.Name[0] == 'f' && char.IsAsciiDigit(s.Name[1])).Select(static s => (s.Name, s.Size));
}
