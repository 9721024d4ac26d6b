// Static position-independent executables: made through gcc's start files for glibc, and through musl's own, and run where the kernel
// puts them.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class StaticPieTests : IDisposable
{
    private const string Program = """
        #include <stdio.h>
        #include <stdlib.h>
        int value = 5; int *to_value = &value; __thread int local = 3;
        extern int missing(void) __attribute__((weak));
        static int started; __attribute__((constructor)) static void start(void) { started = 1; }
        int main(void) { char *p = malloc(100); snprintf(p, 100, "%p %d %d", (void *)main, *to_value + local, started + (missing != 0)); puts(p); return 0; }
        """;

    private const string Throwing = """
        #include <stdexcept>
        #include <cstdio>
        struct B { virtual int f() { throw std::runtime_error("b"); } };
        B *volatile made = new B;
        int main() { try { return made->f(); } catch (std::exception &e) { std::printf("%p %s 1\n", (void *)main, e.what()); return 0; } }
        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("norelro")]
    [InlineData("relro")]
    [InlineData("pack-relative-relocs")]
    public void Glibc_Program_RunsAtManyAddresses(string keyword)
    {
        _shop.Tool("gcc", "-O1", "-fPIE", "-c", "-o", _shop.Path("p.o"), _shop.Write("p.c", Program));
        RunsAtManyAddresses(_shop.Link(["-z", keyword, .. GlibcLine(_shop.Path("p.o"))]), "8 1");
    }

    [Fact]
    public void Glibc_Exceptions_AreCaught()
    {
        _shop.Tool("g++", "-O1", "-fPIE", "-c", "-o", _shop.Path("p.o"), _shop.Write("p.cc", Throwing));
        RunsAtManyAddresses(_shop.Link(GlibcLine(_shop.Path("p.o"))), "b 1");
    }

    [Fact]
    public void Musl_Program_RunsAtManyAddresses()
    {
        // musl is an extra of the machine's; with glibc the same is tested above on every machine.
        if (ToolRunner.Find("musl-gcc") is null)
            return;
        _shop.Tool("musl-gcc", "-O1", "-fPIE", "-c", "-o", _shop.Path("p.o"), _shop.Write("p.c", Program));
        string startFile = _shop.Tool("musl-gcc", "-###", _shop.Path("p.o")).Error.Split(' ', '\n', '"').First(w => w.EndsWith("/crti.o"));
        string folder = Path.GetDirectoryName(startFile)!;
        RunsAtManyAddresses(
            _shop.Link(
                "-static", "-pie", "--no-dynamic-linker", "--eh-frame-hdr", Path.Combine(folder, "rcrt1.o"), Path.Combine(folder, "crti.o"), _shop.Path("p.o"),
                "--start-group", Path.Combine(folder, "libc.a"), FileOf("gcc", "libgcc.a"), "--end-group", Path.Combine(folder, "crtn.o")),
            "8 1");
    }

    [Fact]
    public void Headers_SayPositionIndependentWithoutInterpreter()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: lea _DYNAMIC(%rip), %rax\n.data\n.quad _start\n");
        string path = _shop.Link("-static", "-pie", "--no-dynamic-linker", main);
        string text = _shop.Tool("readelf", "-hlrdW", path).Output;
        text.Should().Contain("DYN (").And.NotContain("INTERP").And.Contain("PIE");
        text.Should().Contain("R_X86_64_RELATIVE");
        Verify(path);
    }

    [Fact]
    public void Constants_DoNotMove()
    {
        string main = _shop.Assemble("main", ".globl _start, fixed\n.set fixed, 0x1234\n_start: ret\n.data\n.quad fixed, given, place, absent\n.weak absent\n");
        string path = _shop.Link("-static-pie", "--defsym=given=0x55", "--defsym=place=_start+1", main);
        string[] relatives = [.. _shop.Tool("readelf", "-rW", path).Output.Split('\n').Where(l => l.Contains("R_X86_64_RELATIVE"))];
        relatives.Should().ContainSingle();
        ulong start = _shop.Symbol(path, "_start")!.Value.Value;
        Convert.ToUInt64(relatives[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], 16).Should().Be(start + 1);
        BitConverter.ToUInt64(_shop.Bytes(path, ".data"), 8).Should().Be(0x55);
    }

    [Fact]
    public void AddressInCode_IsRefusedWithCure()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov $_start, %eax\n movabs $_start, %rax\n");
        IReadOnlyList<Diagnostic> errors = _shop.LinkFails("-static-pie", main);
        errors.Should().HaveCount(2).And.OnlyContain(d => d.Id == DiagnosticId.BadRelocation && d.Message.Contains("-fPIE"));
    }

    private string[] GlibcLine(string program)
    {
        string crtbegin = FileOf("gcc", "crtbeginS.o");
        return
        [
            "-static", "-pie", "--no-dynamic-linker", "-z", "text", "--eh-frame-hdr", FileOf("gcc", "rcrt1.o"), FileOf("gcc", "crti.o"), crtbegin, program,
            "--start-group", FileOf("g++", "libstdc++.a"), FileOf("gcc", "libm.a"), FileOf("gcc", "libgcc.a"), FileOf("gcc", "libgcc_eh.a"), FileOf("gcc", "libc.a"),
            "--end-group", FileOf("gcc", "crtendS.o"), FileOf("gcc", "crtn.o"),
        ];
    }

    private string FileOf(string compiler, string name) => _shop.Tool(compiler, "-print-file-name=" + name).Output.Trim();

    private void RunsAtManyAddresses(string path, string rest)
    {
        var addresses = new HashSet<string>();
        for (int i = 0; i < 20; i++)
        {
            ToolResult result = ToolRunner.Run(path, [], _shop.Folder);
            result.ExitCode.Should().Be(0, result.ToString());
            string[] words = result.Output.Trim().Split(' ', 2);
            words[1].Should().Be(rest);
            addresses.Add(words[0]);
        }

        addresses.Count.Should().BeGreaterThan(1, "the kernel chooses another address each time");
        Verify(path);
    }

    private static void Verify(string path)
    {
        var options = new VerifyOptions { Groups = VerifyOptions.ForLinker.Groups, Profile = VerifyProfile.StaticPie };
        VerifyReport report = Verifier.Verify(File.ReadAllBytes(path), options);
        report.IsVerified.Should().BeTrue(string.Join('\n', report.Findings.Select(f => $"{f.Rule}: {f.Message}")));
    }
}
