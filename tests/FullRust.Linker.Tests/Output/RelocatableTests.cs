// -r: an object made of objects. What counts is that every linker makes the same program of it as of the objects themselves.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Tests.Output;

public sealed class RelocatableTests : IDisposable
{
    private const string First = """
        .globl _start
        _start: call twice
         mov own(%rip), %edi
         add .data(%rip), %edi
         mov $60, %eax
         syscall
        .section .text.inline,"axG",@progbits,inline,comdat
        .weak inline
        inline: .cfi_startproc
         lea .Ltext(%rip), %rax
         ret
         .cfi_endproc
        .data
        .long 2
        .quad inline
        .hidden own
        .globl own
        own: .long 40
        .section .rodata.str1.1,"aMS",@progbits,1
        .asciz "abc"
        .Ltext: .asciz "def"
        .comm block, 8, 16
        .weak absent
        .section .text.follow,"ax"
        followed: nop
        .section follower,"ao",@progbits,.text.follow
        .long 7
        .section .excluded,"e"
        .long 1
        .section .debug_info,""
        .quad inline, absent
        """;

    private const string Second = """
        .section .text.inline,"axG",@progbits,inline,comdat
        .weak inline
        inline: .cfi_startproc
         ret
         .cfi_endproc
        .section .text.twice,"ax"
        .globl twice
        twice: .cfi_startproc
         call inline
         ret
         .cfi_endproc
        .data
        .quad .data+8
        .comm block, 16, 8
        .section .debug_info,""
        .quad .text.inline
        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Relocatable_LinkedByAll_IsTheProgram()
    {
        string path = Join();
        foreach (string linker in (string[])["ld", "ld.lld", "mold"])
        {
            if (ToolRunner.Find(linker) is null)
                continue;
            string program = _shop.Path("program." + linker);
            _shop.Tool(linker, "-o", program, path);
            _shop.Run(program).Should().Be(42, linker);
        }

        _shop.Run(_shop.Link(path)).Should().Be(42);
        _shop.Run(_shop.Link("--gc-sections", "--icf=all", path)).Should().Be(42);
    }

    [Fact]
    public void Relocatable_CompressedDebugSections_LeavesTheProgramAsItIs()
    {
        _shop.Write("debug.s", ".section .debug_info,\"\"\n.rept 3000\n.quad main\n.endr\n");
        _shop.Tool("as", "-o", "debug.o", "debug.s");
        string path = _shop.Link("-r", "--compress-debug-sections=zlib", "-o", "packed.o", _shop.Path("debug.o"), Join());
        _shop.Tool("readelf", "-SW", path).Output.Should().MatchRegex(@"\.debug_info .* C ");
        _shop.Run(_shop.Link(path)).Should().Be(42);
    }

    [Fact]
    public void Relocatable_Again_IsTheSame()
    {
        string path = Join();
        byte[] once = File.ReadAllBytes(path);
        string copy = _shop.Path("copy.o");
        File.Copy(path, copy);
        File.ReadAllBytes(_shop.Link("-r", copy)).Should().Equal(once);
    }

    [Fact]
    public void Relocatable_Tables_AreWellFormed()
    {
        string path = Join();
        ToolResult read = _shop.Tool("readelf", "-aW", path);
        (read.Output + read.Error).Should().NotContain("Warning").And.NotContain("Error").And.Contain("REL (Relocatable file)");
        read.Output.Should().Contain("There are no program headers in this file.");
        ((uint)File.GetUnixFileMode(path) & 0x49).Should().Be(0, "nobody runs an object");
    }

    [Fact]
    public void Relocatable_Group_StaysOneWithItsRelocations()
    {
        string groups = _shop.Tool("readelf", "-gW", Join()).Output;
        groups.Split("COMDAT group section").Length.Should().Be(2, "the second copy lost");
        groups.Should().Contain("[inline] contains 2 sections").And.Contain(".text.inline").And.Contain(".rela.text.inline");
    }

    [Fact]
    public void Relocatable_ForceGroupAllocation_LeavesPlainSections()
    {
        string path = _shop.Path("joined.o");
        File.Move(_shop.Link("-r", "--force-group-allocation", _shop.Assemble("first", First), _shop.Assemble("second", Second)), path);
        _shop.Tool("readelf", "-gW", path).Output.Should().Contain("no section groups");
        _shop.Tool("readelf", "-SW", path).Output.Split(" .text.inline ").Length.Should().Be(2, "one copy stays");
        _shop.Run(_shop.Link(path)).Should().Be(42);
    }

    // The compact form comes out as the usual one.
    [Theory]
    [InlineData("-r")]
    [InlineData("--emit-relocs")]
    public void CompactRelocations_AreKeptAsUsualOnes(string option)
    {
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[24]);
        data.UsesCrel = true;
        data.Reloc(0, R_X86_64_64, builder.Undefined("twice"), 5).Reloc(16, R_X86_64_64, builder.Undefined("own"), -3);
        builder.Symbol("compact", (uint)data.Index);
        string compact = _shop.Path("compact.o");
        File.WriteAllBytes(compact, builder.Build());

        string path = _shop.Path("kept");
        File.Move(_shop.Link(option, compact, _shop.Assemble("first", First), _shop.Assemble("second", Second)), path);

        string relocations = _shop.Tool("readelf", "-rW", path).Output;
        relocations.Should().NotContain("CREL").And.MatchRegex(@"R_X86_64_64 +[0-9a-f]+ twice \+ 5").And.MatchRegex("R_X86_64_64 +[0-9a-f]+ own - 3");
        _shop.Run(option == "-r" ? _shop.Link(path) : path).Should().Be(42);
    }

    [Fact]
    public void Relocatable_RecordsOfLostFunctions_AreGone()
    {
        // twice and the inline function that was kept; nothing speaks of the copy that lost.
        _shop.Tool("readelf", "--debug-dump=frames", Join()).Output.Split(" FDE ").Length.Should().Be(3);
        _shop.Tool("readelf", "-rW", Join()).Output.Split('\n').Count(l => l.Contains("R_X86_64_NONE")).Should().Be(1, "the debug information of the lost copy");
    }

    [Fact]
    public void Relocatable_Names_StayWhatTheyAre()
    {
        string symbols = _shop.Tool("readelf", "-sW", Join()).Output;
        Line(symbols, "block").Should().Contain("COM").And.Contain(" 16 OBJECT ").And.Contain("0000000000000010");
        Line(symbols, "own").Should().Contain("GLOBAL HIDDEN");
        Line(symbols, "inline").Should().Contain("WEAK");
        Line(symbols, "absent").Should().Contain("WEAK").And.Contain("UND");
        Line(symbols, "followed").Should().Contain("LOCAL");
        Line(symbols, ".Ltext").Should().Contain("LOCAL", "a relocation names it");
    }

    [Fact]
    public void Relocatable_SectionsThatProgramsDrop_Stay()
    {
        string path = Join();
        string[] headers = _shop.Tool("readelf", "-SW", path).Output.Split('\n');
        headers.Single(l => l.Contains(" .excluded ")).Should().Contain(" E ");
        headers.Single(l => l.Contains(" .note.GNU-stack ")).Should().NotContain("X");
        string follower = headers.Single(l => l.Contains(" follower "));
        string followed = headers.Single(l => l.Contains(" .text.follow "));
        follower.Should().Contain("AL");
        Fields(follower)[7].Should().Be(followed[(followed.IndexOf('[') + 1)..followed.IndexOf(']')].Trim(), "sh_link");
        headers.Count(l => l.Contains("] .data ")).Should().Be(1);
        headers.Count(l => l.Contains(" .text ") && l.Contains("PROGBITS")).Should().Be(1, "names are not folded to stems, .text.twice stays");
    }

    [Fact]
    public void Relocatable_DefineCommon_GivesRoom()
    {
        string symbols = _shop.Tool("readelf", "-sW", Join("-d")).Output;
        Line(symbols, "block").Should().NotContain("COM");
        _shop.Run(_shop.Link(Join("-d"))).Should().Be(42);
    }

    [Fact]
    public void Relocatable_StripAll_KeepsWhatTheNextLinkNeeds()
    {
        string path = Join("-s");
        _shop.Section(path, ".debug_info").Should().BeNull();
        string symbols = _shop.Tool("readelf", "-sW", path).Output;
        symbols.Should().NotContain(" followed").And.Contain(" own").And.Contain(" absent");
        _shop.Run(_shop.Link(path)).Should().Be(42);
    }

    [Fact]
    public void Relocatable_Unique_MergesNothing()
    {
        string path = Join("--unique");
        _shop.Tool("readelf", "-SW", path).Output.Split('\n').Count(l => l.Contains("] .data ")).Should().Be(2);
        _shop.Run(_shop.Link(path)).Should().Be(42);
    }

    [Fact]
    public void Relocatable_GcSections_NeedsRoots()
    {
        string[] objects = Objects();
        _shop.LinkFails(["-r", "--gc-sections", .. objects]).Should().ContainSingle(d => d.Id == DiagnosticId.UnsupportedOption);
        string path = _shop.Link(["-r", "--gc-sections", "-e", "_start", .. objects]);
        _shop.Tool("readelf", "-sW", path).Output.Should().Contain(" twice").And.NotContain(" followed");
        string kept = _shop.Path("kept.o");
        File.Copy(path, kept);
        _shop.Run(_shop.Link(kept)).Should().Be(42);
    }

    [Fact]
    public void Relocatable_Archive_IsAskedForReferencesOnly()
    {
        string[] objects = Objects();
        _shop.Tool("ar", "rcs", "libx.a", objects[1], _shop.Assemble("other", ".globl unused, _start\nunused: ret\n_start: ret\n"));
        string path = _shop.Link("-r", objects[0], _shop.Path("libx.a"));
        _shop.Tool("nm", path).Output.Should().Contain(" T twice").And.NotContain(" unused");
        string noStart = _shop.Link("-r", objects[1], _shop.Path("libx.a"));
        _shop.Tool("nm", noStart).Output.Should().NotContain("_start", "an object has no entry");
    }

    [Fact]
    public void Relocatable_Script_ChoosesOrdersAndDiscards()
    {
        // What a kernel's script for modules does.
        string script = _shop.Write("module.lds", """
            SECTIONS {
              /DISCARD/ : { *(.discard.*) }
              __table 0 : ALIGN(16) { *(SORT(___table+*)) }
              .text : { *(.text .text.*) }
            }
            """);
        string one = _shop.Assemble("one", ".globl _start\n_start: call two\n mov __table(%rip), %edi\n mov $60, %eax\n syscall\n.section ___table+b,\"a\"\n.long 1\n.section .discard.x,\"a\"\n.long 9\n");
        string two = _shop.Assemble("two", ".section .text.two,\"ax\"\n.globl two\ntwo: ret\n.section ___table+a,\"a\"\n.globl __table\n__table: .long 42\n");
        string path = _shop.Path("module.o");
        File.Copy(_shop.Link("-r", "-T", script, "--build-id", one, two), path);
        _shop.Bytes(path, "__table").Should().Equal(42, 0, 0, 0, 1, 0, 0, 0);
        string headers = _shop.Tool("readelf", "-SW", path).Output;
        headers.Should().NotContain("discard").And.NotContain(".text.two").And.Contain(".note.gnu.build-id");
        headers.Split('\n').Single(l => l.Contains("] __table ")).Should().EndWith(" 16");
        _shop.Run(_shop.Link(path)).Should().Be(42);
        string other = _shop.Write("other.lds", "SECTIONS { .text : { *(.text) BYTE(1) } }");
        _shop.LinkFails("-r", "-T", other, one).Should().ContainSingle(d => d.Id == DiagnosticId.LinkerScript);
    }

    [Fact]
    public void Relocatable_Script_SymbolsAreOffsetsInTheSectionBesideThem()
    {
        string script = _shop.Write("s.lds", """
            SECTIONS { before = .; .text : { inside = .; *(.text) } middle = .; .data : { *(.data) end = .; } size = SIZEOF(.text); start = ADDR(.data); }
            behind = . + 4;
            """);
        string main = _shop.Assemble("main", ".globl _start\n_start: .quad 1\n.data\n.long 1\n");
        string path = _shop.Link("-r", "-T", script, main);
        const string Text = "1", Data = "2"; // header indices
        (string Name, string Section, ulong Value)[] expected =
            [("before", Text, 0), ("inside", Text, 0), ("middle", Text, 8), ("end", Data, 4), ("start", Data, 0), ("behind", Data, 8), ("size", "ABS", 8)];
        foreach ((string name, string section, ulong value) in expected)
            (_shop.Symbol(path, name)!.Value.Section, _shop.Symbol(path, name)!.Value.Value).Should().Be((section, value), name);
    }

    [Fact]
    public void Script_OfADevice_IsReadToItsEnd()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: ret\n");
        _shop.Symbol(_shop.Link("-r", "-T", "/dev/null", main), "_start").Should().NotBeNull();
    }

    [Fact]
    public void Relocations_StandBehindTheirSection()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: call f\n.section .text.f,\"ax\"\nf: ret\n.data\n.quad f\n");
        string[] lines = [.. _shop.Tool("readelf", "-SW", _shop.Link("-r", main)).Output.Split('\n').Where(static l => l.Contains("] ."))];
        int text = Array.FindIndex(lines, static l => l.Contains("] .text "));
        lines[text + 1].Should().Contain("] .rela.text ");
        lines[text + 2].Should().Contain("] .data ");
        lines[text + 3].Should().Contain("] .rela.data ");
    }

    [Fact]
    public void Relocatable_GnuExtensions_AreSaidInTheHeader()
    {
        string main = _shop.Assemble("main", ".section .kept,\"awR\"\n.long 1\n.data\n.type only,@gnu_unique_object\n.globl only\nonly: .quad 1\n");
        string read = _shop.Tool("readelf", "-hsSW", _shop.Link("-r", main)).Output;
        read.Should().Contain("UNIX - GNU").And.Contain(" UNIQUE ");
        read.Split('\n').Single(l => l.Contains("] .kept ")).Should().Contain("WAR");
    }

    [Theory]
    [InlineData("--icf=all")]
    [InlineData("-pie")]
    [InlineData("--oformat=binary")]
    [InlineData("-shared")]
    public void Relocatable_WithWhatOnlyProgramsHave_IsRefused(string option) =>
        _shop.LinkFails(["-r", option, .. Objects()]).Should().ContainSingle(d => d.Id == DiagnosticId.UnsupportedOption);

    [Fact]
    public void Relocatable_ReferenceToLostLocal_IsAnError()
    {
        string user = _shop.Assemble("user", ".section .text.inline,\"axG\",@progbits,inline,comdat\n.weak inline\ninline: ret\nlocal: ret\n.text\ncall local+1\n");
        _shop.LinkFails(["-r", .. Objects(), user]).Should().ContainSingle(d => d.Message.Contains("discarded section"));
    }

    [FactWithTool("g++")]
    public void Relocatable_CxxProgram_IsTheSameWithEveryLinker()
    {
        string one = Compile("one", """
            #include <stdexcept>
            #include <string>
            #include <cstdio>
            struct noisy { noisy(); ~noisy(); };
            extern noisy global;
            int thrower(int);
            template <class T> T add(T a, T b) { if (a > 1000) throw std::runtime_error("big " + std::to_string(a)); return a + b; }
            thread_local int counter = 3;
            int main() {
                try { thrower(5); } catch (const std::exception &e) { puts(e.what()); }
                try { add(2000, 1); } catch (const std::exception &e) { puts(e.what()); }
                return add(1, counter);
            }
            """);
        string two = Compile("two", """
            #include <stdexcept>
            #include <string>
            #include <cstdio>
            struct noisy { noisy() { puts("born"); } ~noisy() { puts("dead"); } };
            noisy global;
            template <class T> T add(T a, T b) { if (a > 1000) throw std::runtime_error("big " + std::to_string(a)); return a + b; }
            extern thread_local int counter;
            int thrower(int x) { counter++; if (add(x, 1) == 6) throw std::logic_error("six " + std::to_string(counter)); return x; }
            """);
        string joined = _shop.Path("joined.o");
        File.Copy(_shop.Link("-r", one, two), joined);
        string[] linkers = ["bfd", .. ((string[])["lld", "mold"]).Where(l => ToolRunner.Find("ld." + l) is not null)];
        var outputs = new List<string>();
        foreach (string linker in linkers)
        {
            string program = _shop.Path("cxx." + linker);
            _shop.Tool("g++", "-static", "-fuse-ld=" + linker, "-o", program, joined);
            ToolResult run = ToolRunner.Run(program, [], _shop.Folder);
            run.ExitCode.Should().Be(5, linker);
            outputs.Add(run.Output);
        }

        outputs.Should().AllBe("born\nsix 4\nbig 2000\ndead\n");
    }

    private string Compile(string name, string text)
    {
        string path = _shop.Path(name + ".o");
        _shop.Tool("g++", "-O1", "-g", "-ffunction-sections", "-c", "-o", path, _shop.Write(name + ".cc", text));
        return path;
    }

    private string[] Objects() => [_shop.Assemble("first", First), _shop.Assemble("second", Second)];

    private string Join(params string[] options)
    {
        string path = _shop.Path("joined.o");
        File.Copy(_shop.Link(["-r", .. options, .. Objects()]), path, overwrite: true);
        return path;
    }

    private static string Line(string symbols, string name) => symbols.Split('\n').Single(l => l.EndsWith(" " + name, StringComparison.Ordinal));

    private static string[] Fields(string header) => header[(header.IndexOf(']') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
