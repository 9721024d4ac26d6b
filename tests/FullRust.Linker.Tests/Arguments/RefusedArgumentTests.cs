// Command lines that are refused before anything is read, each with a message that helps.

using System;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

public sealed class RefusedArgumentTests : IDisposable
{
    private readonly LinkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EmptyArgument_IsAnErrorThatShowsIt() => Refusal("", "a.o").Message.Should().Contain("''");

    [Theory]
    [InlineData("--")]
    [InlineData("--gc-section", "--gc-sections")]
    [InlineData("-gcsections", "-gc-sections")]
    [InlineData("--no-such-thing-at-all")]
    [InlineData("--outptu=x", "--output=x")]
    public void UnknownOption_IsAnErrorWithTheNearestSpelling(string argument, string? nearest = null)
    {
        Diagnostic error = Refusal(argument, "a.o");
        error.Id.Should().Be(DiagnosticId.UnknownOption);
        error.Message.Should().Contain($"unknown argument '{argument}'");
        if (nearest is null)
            error.Message.Should().NotContain("did you mean");
        else
            error.Message.Should().EndWith($"did you mean '{nearest}'");
    }

    [Theory]
    [InlineData("8M")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("08")]
    [InlineData("0x10000000000000000")]
    [InlineData("18446744073709551616")]
    [InlineData("02000000000000000000000")]
    public void Number_WithSuffixSignOrOverflow_IsAnError(string text) =>
        Refusal("-z", "stack-size=" + text, "a.o").Id.Should().Be(DiagnosticId.InvalidOptionValue);

    [Fact]
    public void MissingValue_IsAnError() => Refusal("a.o", "-o").Id.Should().Be(DiagnosticId.InvalidOptionValue);

    [Fact]
    public void ValueForAFlag_IsAnError() => Refusal("a.o", "--gc-sections=yes").Id.Should().Be(DiagnosticId.InvalidOptionValue);

    [Fact]
    public void SeveralErrors_AreReportedTogether() => _folder.Link("--nonsense-a", "", "-z", "max-page-size=3").Diagnostics.Should().HaveCount(3);

    [Fact]
    public void NoInput_IsAnError() => Refusal("-o", "x").Message.Should().Be("no input files");

    [Fact]
    public void UnknownZKeyword_IsAWarning()
    {
        LinkOutcome outcome = _folder.Assemble("main.o", ".globl _start\n_start: ret").Link("-z", "no-such-keyword", "main.o").ShouldSucceed();
        outcome.Diagnostics.Should().ContainSingle().Which.Should().Match<Diagnostic>(d => d.Severity == Severity.Warning && d.Id == DiagnosticId.UnknownZKeyword);
    }

    [Fact]
    public void UnknownZKeyword_WithFatalWarningsAfterIt_IsAnError() =>
        Refusal("-z", "no-such-keyword", "--fatal-warnings", "a.o").Id.Should().Be(DiagnosticId.UnknownZKeyword);

    [Fact]
    public void Flavor_OfAnotherSystem_IsRefused() =>
        Refusal("-flavor", "darwin", "a.o").Id.Should().Be(DiagnosticId.UnsupportedOption);

    [Theory]
    [InlineData("--pop-state")]
    [InlineData("--end-lib")]
    public void EndWithoutBeginning_IsAnError(string argument) => Refusal(argument, "a.o").Id.Should().Be(DiagnosticId.InvalidOptionValue);

    [Theory]
    [InlineData("-shared", "-static -no-pie")]
    [InlineData("-Bshareable", "-static -no-pie")]
    [InlineData("-pie", "-Crelocation-model=static")]
    [InlineData("--pic-executable", "-Crelocation-model=static")]
    public void OtherOutputKind_IsRefusedAndNamesTheCure(string argument, string cure)
    {
        Diagnostic error = Refusal(argument, "a.o");
        error.Id.Should().Be(DiagnosticId.UnsupportedOption);
        error.Message.Should().Contain(argument == "-Bshareable" ? "-shared" : argument == "--pic-executable" ? "-pie" : argument);
        string.Join('\n', error.Notes).Should().Contain(cure);
    }

    [Theory]
    [InlineData("-m", "elf_i386")]
    [InlineData("-EB", "x.o")]
    [InlineData("-c", "script.mri")]
    public void OtherMachineOrLanguage_IsRefused(string argument, string value) =>
        Refusal(argument, value, "a.o").Id.Should().Be(DiagnosticId.UnsupportedOption);

    [Theory]
    [InlineData("--build-id=0x123")]
    [InlineData("--build-id=0x")]
    [InlineData("--build-id=crc")]
    [InlineData("--icf=some")]
    [InlineData("--threads=0")]
    [InlineData("--oformat=srec")]
    [InlineData("--compress-debug-sections=lzma")]
    [InlineData("--unresolved-symbols=maybe")]
    [InlineData("--package-metadata={")]
    [InlineData("--package-metadata=%7")]
    [InlineData("--defsym=x")]
    [InlineData("--section-start=.text")]
    [InlineData("--orphan-handling=lose")]
    [InlineData("--color-diagnostics=red")]
    [InlineData("--shuffle-sections=a=b")]
    [InlineData("-Ttext=xyz")]
    [InlineData("-Ofast")]
    public void WrongValue_IsAnError(string argument) =>
        Refusal(argument, "a.o").Id.Should().Be(DiagnosticId.InvalidOptionValue);

    private Diagnostic Refusal(params string[] arguments) => _folder.Link(arguments).ShouldFailOnce();
}
