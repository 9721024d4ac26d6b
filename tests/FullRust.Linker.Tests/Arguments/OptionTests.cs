using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

[NeedsLibrary("what the options hold after parsing")]
public sealed class OptionTests
{
    [Fact]
    public void DevelopmentLinkOfRustc_IsUnderstood()
    {
        CommandLine line = CommandLine.Parse(
            "d/rustcAbC/symbols.o", "d/app.0.rcgu.o", "--as-needed", "-Bstatic", "d/librt.rlib", "lib/libcore.rlib",
            "-L", "d/raw-dylibs", "-Bdynamic", "--eh-frame-hdr", "-z", "noexecstack", "-L", "lib", "-o", "d/app", "--gc-sections",
            "-z", "relro", "-z", "now", "-static");
        line.Diagnostics.Should().BeEmpty();
        line.Parsed.Action.Should().Be(CommandLineAction.Link);
        line.Options.Inputs.Select(i => i.Name).Should().Equal("d/rustcAbC/symbols.o", "d/app.0.rcgu.o", "d/librt.rlib", "lib/libcore.rlib");
        line.Options.OutputPath.Should().Be("d/app");
        line.Options.OutputKind.Should().Be(OutputKind.StaticExecutable);
        line.Options.GcSections.Should().BeTrue();
        line.Options.EhFrameHeader.Should().BeTrue();
    }

    [Fact]
    public void StaticLinkOfGcc_IsUnderstood()
    {
        CommandLine line = CommandLine.Parse(
            "-plugin", "/l/liblto_plugin.so", "-plugin-opt=/l/lto-wrapper", "-plugin-opt=-fresolution=/t/c.res", "-plugin-opt=-pass-through=-lgcc",
            "--build-id", "-m", "elf_x86_64", "--hash-style=gnu", "--as-needed", "-static", "-z", "relro", "-o", "a", "crt1.o", "-L/usr/lib", "x.o",
            "--start-group", "-lgcc", "-lgcc_eh", "-lc", "--end-group", "crtend.o");
        line.Diagnostics.Should().BeEmpty();
        line.Options.Inputs.Select(i => i.Name).Should().Equal("crt1.o", "x.o", "gcc", "gcc_eh", "c", "crtend.o");
        line.Options.Inputs.Should().OnlyContain(i => i.IsStatic);
    }

    [Fact]
    public void Flavor_IsTakenAndDropped() => CommandLine.Parse("-flavor", "gnu", "a.o").Parsed.Action.Should().Be(CommandLineAction.Link);

    [Fact]
    public void PositionalState_HoldsForTheInputsAfterIt()
    {
        InputArgument[] inputs = [.. CommandLine.Parse(
            "-Bstatic", "--push-state", "--whole-archive", "-Bdynamic", "a.a", "--pop-state", "b.a", "--start-lib", "c.o", "--end-lib", "-b", "binary", "d", "-b", "elf", "e.o", "-l:f.a", "-T", "s").Options.Inputs];
        inputs.Should().Equal(
            new InputArgument(InputKind.File, "a.a", WholeArchive: true, IsStatic: false),
            new InputArgument(InputKind.File, "b.a"),
            new InputArgument(InputKind.File, "c.o", IsLazy: true),
            new InputArgument(InputKind.Binary, "d"),
            new InputArgument(InputKind.File, "e.o"),
            new InputArgument(InputKind.LibraryFile, "f.a"),
            new InputArgument(InputKind.Script, "s"));
    }

    [Theory]
    [InlineData("-static-pie")]
    [InlineData("-pie", "-static")]
    [InlineData("-static", "-pie", "--no-dynamic-linker", "-z", "text")]
    [InlineData("-pie", "--no-dynamic-linker")]
    public void StaticPie_IsRecognisedInAllItsForms(params string[] args) =>
        CommandLine.Parse([.. args, "a.o"]).Options.OutputKind.Should().Be(OutputKind.StaticPie);

    [Fact]
    public void NoPie_UndoesPie() => CommandLine.Parse("-pie", "-no-pie", "a.o").Options.OutputKind.Should().Be(OutputKind.StaticExecutable);

    [Fact]
    public void Sysroot_ReplacesThePrefixOfEarlierAndLaterFolders() =>
        CommandLine.Parse("-L=/a", "--sysroot=/s", "-L", "$SYSROOT/b", "-L/c", "x.o").Options.LibraryPaths.Should().Equal("/s/a", "/s/b", "/c");

    [Theory]
    [InlineData("--build-id=none", BuildIdKind.None)]
    [InlineData("--build-id=fast", BuildIdKind.Fast)]
    [InlineData("--build-id=md5", BuildIdKind.Md5)]
    [InlineData("--build-id=sha1", BuildIdKind.Sha1)]
    [InlineData("--build-id=sha256", BuildIdKind.Sha256)]
    [InlineData("--build-id=uuid", BuildIdKind.Uuid)]
    public void BuildId_TakesEveryStyle(string argument, BuildIdKind kind) => CommandLine.Parse(argument, "a.o").Options.BuildId.Should().Be(kind);

    [Fact]
    public void BuildId_TakesBytes()
    {
        LinkOptions options = CommandLine.Parse("--build-id=0x12-34:aB", "a.o").Options;
        options.BuildId.Should().Be(BuildIdKind.Hex);
        options.BuildIdBytes.Should().Equal(0x12, 0x34, 0xab);
    }

    [Fact]
    public void PackageMetadata_IsPercentDecoded() =>
        CommandLine.Parse("--package-metadata=%7B%22a%22:%22%C3%A9%22}", "a.o").Options.PackageMetadata.Should().Be("{\"a\":\"é\"}");

    [Theory]
    [InlineData(UnresolvedPolicy.Ignore, "--unresolved-symbols=ignore-all")]
    [InlineData(UnresolvedPolicy.Ignore, "--warn-unresolved-symbols", "--unresolved-symbols=ignore-in-object-files")]
    [InlineData(UnresolvedPolicy.Warn, "--warn-unresolved-symbols")]
    [InlineData(UnresolvedPolicy.Warn, "--warn-unresolved-symbols", "-z", "undefs", "--no-undefined")]
    [InlineData(UnresolvedPolicy.Error, "--unresolved-symbols=ignore-all", "-z", "defs")]
    [InlineData(UnresolvedPolicy.Error, "--warn-unresolved-symbols", "--error-unresolved-symbols")]
    public void Unresolved_CombinesMethodAndSeverity(UnresolvedPolicy policy, params string[] args) =>
        CommandLine.Parse([.. args, "a.o"]).Options.Unresolved.Should().Be(policy);

    [Theory]
    [InlineData("-s", "-S")]
    [InlineData("-S", "-s")]
    public void StripAll_IsStrongerThanStripDebug(string first, string second) =>
        CommandLine.Parse(first, second, "a.o").Options.Strip.Should().Be(StripPolicy.All);

    [Fact]
    public void Compression_TakesALevel()
    {
        LinkOptions options = CommandLine.Parse("--compress-debug-sections=zstd:7", "--compress-sections=.debug_*=zlib", "a.o").Options;
        options.CompressDebugSections.Should().Be(new Compression(CompressionKind.Zstd, 7));
        options.CompressSections.Should().Equal(new SectionCompression(".debug_*", new Compression(CompressionKind.Zlib)));
    }

    [Fact]
    public void EveryOptionWithoutEffect_LinksSilently()
    {
        foreach (Option row in OptionTable.Groups.SelectMany(g => g.Options).Where(o => o.Apply is null))
        {
            foreach (string name in row.Names.Split(' '))
            {
                CommandLine line = row.Arity == Arity.Required ? CommandLine.Parse("--" + name.TrimStart(), "1", "a.o") : CommandLine.Parse("--" + name, "a.o");
                if (name.Length == 1)
                    line = row.Arity == Arity.Required ? CommandLine.Parse("-" + name, "1", "a.o") : CommandLine.Parse("-" + name, "a.o");
                line.Diagnostics.Should().BeEmpty(name);
                line.Options.Inputs.Should().ContainSingle(name);
            }
        }
    }

    [Theory]
    [InlineData("-flto=auto")]
    [InlineData("-flto-partition=none")]
    [InlineData("--lto-O3")]
    [InlineData("--thinlto-jobs=4")]
    [InlineData("-fuse-ld=lld")]
    [InlineData("-mllvm", "-x")]
    [InlineData("-dynamic-linker", "/lib/ld.so")]
    [InlineData("-I", "/lib/ld.so")]
    [InlineData("-G", "8")]
    [InlineData("-rpath=/x")]
    [InlineData("-z", "pack-relative-relocs")]
    [InlineData("-d")]
    [InlineData("-dc")]
    public void OptionsThatCompilersPass_LinkSilently(params string[] args)
    {
        CommandLine line = CommandLine.Parse([.. args, "a.o"]);
        line.Diagnostics.Should().BeEmpty();
        line.Options.Inputs.Select(i => i.Name).Should().Equal("a.o");
    }

    [Fact]
    public void LibraryWhoseNameBeginsLikeAnOption_IsALibrary() =>
        CommandLine.Parse("-lto-thing", "-lib").Options.Inputs.Select(i => i.Name).Should().Equal("to-thing", "ib");

    [Theory]
    [InlineData("bar", "../dir/foo.exe", "bar")]
    [InlineData("%", "../dir/foo.exe", "../dir/foo.exe.map")]
    [InlineData("%.bar", "../dir/foo.exe", "../dir/foo.exe.bar")]
    [InlineData("../dir/%.bar", "../dir2/foo.exe", "../dir/../dir2/foo.exe.bar")]
    [InlineData("-", "a.out", "-")]
    public void MapFile_FollowsTheManualsExamples(string map, string output, string expected) =>
        CommandLine.Parse("-Map=" + map, "-o", output, "x.o").Options.MapFile.Should().Be(expected);

    [Fact]
    public void MapFile_InAFolder_IsNamedAfterTheOutput()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            CommandLine.Parse("-Map", folder, "-o", "x/foo", "x.o").Options.MapFile.Should().Be(Path.Combine(folder, "foo.map"));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public void JustSymbols_WithAFolder_IsARunPath() => CommandLine.Parse("-R", Path.GetTempPath(), "-R", "syms", "x.o").Options.Inputs.Should().HaveCount(2);

    [Fact]
    public void VersionNumber_IsTheAssemblys() =>
        typeof(LinkerVersion).Assembly.GetName().Version!.ToString(3).Should().Be(LinkerVersion.Number);
}
