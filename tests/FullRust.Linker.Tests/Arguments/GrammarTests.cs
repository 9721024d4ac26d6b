using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

[NeedsLibrary("what the options hold after parsing")]
public sealed class GrammarTests
{
    [Theory]
    [InlineData("-gc-sections")]
    [InlineData("--gc-sections")]
    public void LongName_TakesOneDashOrTwo(string argument) => CommandLine.Parse(argument, "a.o").Options.GcSections.Should().BeTrue();

    [Theory]
    [InlineData("-no-relax")]
    [InlineData("--no-relax")]
    public void LongName_TakesOneDash_WhereLldDoesNot(string argument) => CommandLine.Parse(argument, "a.o").Options.Relax.Should().BeFalse();

    [Theory]
    [InlineData("-dependency-file", "d")]
    [InlineData("-dependency-file=d", null)]
    [InlineData("--dependency-file", "d")]
    [InlineData("--dependency-file=d", null)]
    public void RequiredValue_FollowsEqualsOrStandsAlone(string argument, string? value)
    {
        CommandLine line = value is null ? CommandLine.Parse(argument, "a.o") : CommandLine.Parse(argument, value, "a.o");
        line.Options.DependencyFile.Should().Be("d");
        line.Options.Inputs.Should().ContainSingle();
    }

    [Fact]
    public void NameBeginningWithO_WithOneDash_IsTheOutput() => CommandLine.Parse("-omagic", "a.o").Options.OutputPath.Should().Be("magic");

    [Fact]
    public void NameBeginningWithO_WithTwoDashes_IsTheOption() => CommandLine.Parse("--omagic", "a.o").Options.Magic.Should().Be(MagicPolicy.OMagic);

    [Fact]
    public void UniqueWithOneDash_IsTheOptionAndNotU()
    {
        CommandLine line = CommandLine.Parse("-unique", "a.o");
        line.Options.UniqueOrphans.Should().BeTrue();
        line.Options.UndefinedSymbols.Should().BeEmpty();
    }

    [Fact]
    public void LongNames_ComeBeforeJoinedShortForms()
    {
        LinkOptions options = CommandLine.Parse("-soname", "X", "-Ttext=1000", "-entry=main", "-rpath", "/r", "a.o").Options;
        options.Strip.Should().Be(StripPolicy.None);
        options.SectionAddresses.Should().Equal(new SectionAddress(".text", 0x1000));
        options.Entry.Should().Be("main");
        options.Inputs.Select(i => i.Name).Should().Equal("a.o");
    }

    [Fact]
    public void ShortForms_TakeJoinedAndSeparateValues()
    {
        LinkOptions options = CommandLine.Parse("-Lx", "-L", "y", "-ofile", "-efoo", "-uf", "-u", "g", "-znow", "-z", "norelro", "-melf_x86_64", "-m", "elf_x86_64", "-la", "-l", "b", "-hso", "-O2", "-yS").Options;
        options.LibraryPaths.Should().Equal("x", "y");
        options.OutputPath.Should().Be("file");
        options.Entry.Should().Be("foo");
        options.UndefinedSymbols.Should().Equal("f", "g");
        options.Relro.Should().BeFalse();
        options.Optimize.Should().Be(2);
        options.TraceSymbols.Should().Equal("S");
        options.Inputs.Select(i => (i.Kind, i.Name)).Should().Equal((InputKind.Library, "a"), (InputKind.Library, "b"));
    }

    [Fact]
    public void OptionalValue_NeverTakesTheNextArgument()
    {
        LinkOptions options = CommandLine.Parse("--build-id", "a.o", "--threads", "b.o", "--demangle", "c.o", "--unique", "d.o").Options;
        options.Inputs.Select(i => i.Name).Should().Equal("a.o", "b.o", "c.o", "d.o");
        options.BuildId.Should().Be(BuildIdKind.Sha1);
    }

    [Fact]
    public void RepeatedOption_LastWins() => CommandLine.Parse("-o", "a", "-o", "b", "--output=c", "x.o").Options.OutputPath.Should().Be("c");

    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("0x1000", 4096)]
    [InlineData("010000", 4096)]
    public void Number_MayBeDecimalHexadecimalOrOctal(string text, ulong value) =>
        CommandLine.Parse("-z", "max-page-size=" + text, "a.o").Options.MaxPageSize.Should().Be(value);

    [Fact]
    public void Address_IsHexadecimalWithoutPrefix()
    {
        LinkOptions options = CommandLine.Parse("-Ttext-segment=400000", "--section-start=.foo=0x500000", "-Tbss", "600000", "a.o").Options;
        options.ImageBase.Should().Be(0x400000);
        options.SectionAddresses.Should().Equal(new SectionAddress(".foo", 0x500000), new SectionAddress(".bss", 0x600000));
    }

    [Fact]
    public void Names_AreUniqueInEachTable()
    {
        OptionSuggestion.Spellings(OptionTable.Groups).Should().OnlyHaveUniqueItems();
        OptionSuggestion.Spellings(ZKeywordTable.Groups).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void EveryRow_IsFoundByEveryOfItsNames()
    {
        IEnumerable<Option> rows = OptionTable.Groups.SelectMany(g => g.Options);
        foreach (Option row in rows)
        {
            foreach (string name in row.Names.Split(' '))
            {
                OptionTable.Index.TryFind(name, out Option found).Should().BeTrue(name);
                found.Names.Should().Be(row.Names);
            }
        }
    }

    [Fact]
    public void AnyArguments_NeverThrow()
    {
        string[] values = ["", "-", "--", "=", "-=", "--=", "x", "0", "-z", "@", "%", "*=", "=*", ":", "\0", "é", "--x=", "-o", "\ud800"];
        foreach (string name in OptionSuggestion.Spellings(OptionTable.Groups))
        {
            foreach (string value in values)
            {
                CommandLine.Parse("-" + name, value);
                CommandLine.Parse("--" + name + "=" + value);
                CommandLine.Parse("-" + name + value);
            }
        }
    }
}
