// How messages look: for people, for Visual Studio, for programs.

using System;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class MessageStyleTests : IDisposable
{
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    [NeedsLibrary("formats a message of its own")]
    public void VisualStudio_MessageWithSourceLine_BeginsWithIt()
    {
        var diagnostic = new Diagnostic(Severity.Error, DiagnosticId.UndefinedSymbol, "undefined symbol: f", [">>> referenced by main.c:5 (/src/main.c:5)", ">>>               main.o:(main)"]);
        diagnostic.Format("ld", new MessageStyle(PlaceComesFirst: true)).Should().StartWith("/src/main.c(5): error: undefined symbol: f\n>>> ");
        diagnostic.Format("ld").Should().StartWith("ld: error: undefined symbol: f\n");
        (diagnostic with { Notes = [] }).Format("ld", new MessageStyle(PlaceComesFirst: true)).Should().Be("ld: error: undefined symbol: f");
    }

    [Fact]
    [NeedsLibrary("formats messages of its own")]
    public void Color_Severities_AreColored()
    {
        new Diagnostic(Severity.Error, DiagnosticId.Layout, "x", []).Format("ld", new MessageStyle(IsColored: true)).Should().Be("ld: \u001b[0;1;31merror: \u001b[0mx");
        new Diagnostic(Severity.Warning, DiagnosticId.Layout, "x", []).Format("ld", new MessageStyle(IsColored: true)).Should().Be("ld: \u001b[0;1;35mwarning: \u001b[0mx");
        new Diagnostic(Severity.Note, DiagnosticId.Layout, "x", []).Format("ld", new MessageStyle(IsColored: true)).Should().Be("ld: x");
    }

    [Fact]
    [NeedsLibrary("formats messages of its own")]
    public void Ids_StandBehindTheFirstLine()
    {
        var diagnostic = new Diagnostic(Severity.Error, DiagnosticId.UndefinedSymbol, "undefined symbol: f", [">>> referenced by main.o"]);
        diagnostic.Format("ld", new MessageStyle(ShowsIds: true)).Should().Be("ld: error: undefined symbol: f [FRL4001]\n>>> referenced by main.o");
    }

    [Fact]
    [NeedsLibrary("the subject of a message goes to --error-handling-script, not into texts")]
    public void Subject_MissingNames_AreAsInTheFiles()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: call _ZN1a1bEv\n");
        _shop.LinkFails(main).Single().Subject.Should().Be("_ZN1a1bEv");
        _shop.LinkFails(main, "-labsent").Single().Subject.Should().Be("absent");
    }
}
