// Random programs linked by ours and every other linker on the machine: same success, same output, same defined functions with the
// same sizes, and the same order of one section's contents. Not asked: mold 1.10, which knows neither large sections nor every feature
// of RandomFeatures.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.LinkCases.Tests;

public sealed class RandomProgramTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(4000)]
    [InlineData(5000)]
    public void RandomPrograms_AreLinkedAlike(int firstSeed)
    {
        for (int seed = firstSeed; seed < firstSeed + 6; seed++)
        {
            var program = new RandomProgram(seed);
            using var folder = new LinkFolder();
            string[] arguments = program.Prepare(folder);
            LinkOutcome ours = folder.Link(arguments).ShouldSucceed();
            ToolResult run = ours.Run();
            run.ExitCode.Should().Be(0, "seed {0}: {1}", seed, program.Sources);
            foreach (ReferenceLinker linker in ReferenceLinker.Installed.Where(static l => l.Name != "mold"))
            {
                (ToolResult result, string output) = folder.LinkWith(linker, arguments);
                result.ExitCode.Should().Be(0, "seed {0}, {1}: {2}", seed, linker.Name, result);
                ToolRunner.Run(output, []).Output.Should().Be(run.Output, "seed {0}, {1}", seed, linker.Name);
                Compare(ours.Elf, ElfReader.Open(output), $"seed {seed}, {linker.Name}");
            }
        }
    }

    /// <summary>RANDOM_PROGRAMS=FIRST:COUNT tries many more by hand, and says what differs.</summary>
    [Fact]
    public void RandomPrograms_AskedForByHand_AreLinkedAlike()
    {
        string[] range = (Environment.GetEnvironmentVariable("RANDOM_PROGRAMS") ?? "0:0").Split(':');
        int first = int.Parse(range[0], CultureInfo.InvariantCulture);
        for (int seed = first; seed < first + int.Parse(range[1], CultureInfo.InvariantCulture); seed += 6)
            RandomPrograms_AreLinkedAlike(seed);
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
