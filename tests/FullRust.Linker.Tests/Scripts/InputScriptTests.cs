using System;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

public sealed class InputScriptTests : IDisposable
{
    // Exits with the value at the address of the symbol "value".
    private const string ExitWithValue = ".globl _start\n_start: mov value(%rip), %edi\nmov $60, %eax\nsyscall\n";

    // Exits with the low byte of the symbol "answer" itself.
    private const string ExitWithAnswer = ".globl _start\n_start: mov $answer, %edi\nmov $60, %eax\nsyscall\n";

    private static readonly string[] s_others = [.. new[] { "ld.bfd", "ld.lld" }.Where(static t => ToolRunner.Find(t) is not null)];

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Value(string name, int value) => _shop.Assemble(name, $".data\n.globl value\nvalue: .long {value}\n");

    [Fact]
    public void InputAndGroup_NameFilesRelativeToTheScript()
    {
        _shop.Assemble("main", ExitWithValue);
        Value("v", 7);
        _shop.Tool("ar", "rcs", "libv.a", "v.o");
        string script = _shop.Write("sub/in.ld", "/* an input */ OUTPUT_FORMAT(elf64-x86-64) INPUT(../main.o) GROUP(AS_NEEDED(libnone.so) -lv)");
        _shop.Run(_shop.Link(script, "-L", _shop.Folder)).Should().Be(7);
    }

    [Fact]
    public void Library_ThatIsAScript_IsRead()
    {
        string main = _shop.Assemble("main", ExitWithValue);
        Value("v", 9);
        _shop.Tool("ar", "rcs", "libreal.a", "v.o");
        _shop.Write("libm.a", "/* GNU ld script */\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( " + _shop.Path("libreal.a") + " )\n");
        _shop.LinkLikeOthers(9, s_others, main, "-L", _shop.Folder, "-lm");
    }

    [Fact]
    public void Entry_OfAScript_IsUsed_AndOptionWins()
    {
        string main = _shop.Assemble("main", ".globl one, two\none: mov $1, %edi\njmp 1f\ntwo: mov $2, %edi\n1: mov $60, %eax\nsyscall\n");
        string script = _shop.Write("s.ld", "ENTRY(two)");
        _shop.LinkLikeOthers(2, s_others, main, script);
        _shop.LinkLikeOthers(1, s_others, main, script, "-e", "one");
    }

    [Fact]
    public void Extern_ExtractsAMember()
    {
        string main = _shop.Assemble("main", ".globl _start\n.weak value\n_start: lea value(%rip), %rax\nxor %edi, %edi\ncmp $0, %rax\nsetne %dil\nmov $60, %eax\nsyscall\n");
        Value("v", 1);
        _shop.Tool("ar", "rcs", "libv.a", "v.o");
        string script = _shop.Write("s.ld", "EXTERN(value) INPUT(-lv)");
        _shop.Run(_shop.Link(main, script, "-L", _shop.Folder)).Should().Be(1);
    }

    [Fact]
    public void Assignment_DefinesASymbol() => _shop.LinkLikeOthers(42, s_others, _shop.Assemble("main", ExitWithAnswer), _shop.Write("s.ld", "base = 2; answer = base * 20 + 2;"));

    [Fact]
    public void Assignment_MayReferToALaterOne() => _shop.Run(_shop.Link(_shop.Assemble("main", ExitWithAnswer), "--defsym=answer=later+1", "--defsym=later=41")).Should().Be(42);

    [Theory]
    [InlineData("answer=42")]
    [InlineData("answer=0x2A")]
    [InlineData("answer=052")]
    [InlineData("answer=(1<<5)|10")]
    [InlineData("answer=1?42:0")]
    public void Defsym_TakesExpressions(string definition) => _shop.LinkLikeOthers(42, [.. s_others.Where(static o => o == "ld.bfd")], _shop.Assemble("main", ExitWithAnswer), "--defsym", definition);

    [Fact]
    public void Defsym_AliasOfAFunction_KeepsTypeAndSection()
    {
        string main = _shop.Assemble("main", ".globl _start, real\n.type real,@function\n_start: call alias\ncall *alias@GOTPCREL(%rip)\nmov %eax, %edi\nmov $60, %eax\nsyscall\nreal: inc %eax\nadd $20, %eax\nret\n.size real, .-real\n");
        string path = _shop.Link(main, "--defsym=alias=real");
        _shop.Run(path).Should().Be(42);
        _shop.Symbol(path, "alias").Should().Be(_shop.Symbol(path, "real"));
        _shop.Symbol(path, "alias")!.Value.Type.Should().Be("FUNC");
    }

    [Fact]
    public void Defsym_WithAnOffset_MovesWithItsSection()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov alias(%rip), %edi\nmov $60, %eax\nsyscall\n.data\n.globl table\ntable: .long 1, 2, 42\n");
        string path = _shop.LinkLikeOthers(42, s_others, main, "--defsym=alias=table+8");
        _shop.Symbol(path, "alias")!.Value.Value.Should().Be(_shop.Symbol(path, "table")!.Value.Value + 8);
        _shop.Symbol(path, "alias")!.Value.Section.Should().Be(_shop.Symbol(path, "table")!.Value.Section);
    }

    [Fact]
    public void Defsym_OfAnAliasedIfunc_StillCallsTheChosenFunction()
    {
        string main = _shop.Assemble("main", ".globl _start, f\n.type f,@gnu_indirect_function\nf: lea g(%rip), %rax\nret\ng: mov $42, %eax\nret\n"
            + "_start: lea __rela_iplt_start(%rip), %rbx\n1: lea __rela_iplt_end(%rip), %rcx\ncmp %rcx, %rbx\nje 2f\ncall *16(%rbx)\nmov (%rbx), %rcx\nmov %rax, (%rcx)\nadd $24, %rbx\njmp 1b\n2: call alias\nmov %eax, %edi\nmov $60, %eax\nsyscall\n");
        _shop.LinkLikeOthers(42, s_others, main, "--defsym=alias=f", "-z", "norelro");
    }

    [Fact]
    public void Defsym_ExtractsWhatItNames()
    {
        string main = _shop.Assemble("main", ExitWithValue.Replace("value", "alias"));
        Value("v", 5);
        _shop.Tool("ar", "rcs", "libv.a", "v.o");
        _shop.LinkLikeOthers(5, s_others, main, "--defsym=alias=value", _shop.Path("libv.a"));
    }

    [Fact]
    public void Defsym_KeepsWhatItNames_UnderGcSections()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov alias+0(%rip), %edi\nmov $60, %eax\nsyscall\n.section .data.v,\"aw\"\n.globl value\nvalue: .long 6\n");
        _shop.LinkLikeOthers(6, [.. s_others.Where(static o => o == "ld.lld")], main, "--defsym=alias=value+0", "--gc-sections");
    }

    [Fact]
    public void Defsym_OfADefinedName_Wins() =>
        _shop.LinkLikeOthers(42, s_others, _shop.Assemble("main", ExitWithAnswer + ".globl answer\n.set answer, 7\n"), "--defsym=answer=42");

    [Fact]
    public void Defsym_OfAnUndefinedName_IsAnErrorThatNamesTheOption()
    {
        Diagnostic error = _shop.LinkFails(_shop.Assemble("main", ExitWithAnswer), "--defsym=answer=nobody+1").Should().ContainSingle().Subject;
        error.Message.Should().Contain("--defsym=answer").And.Contain("symbol not found: nobody");
    }

    [Fact]
    public void Defsym_OfGentoosMarker_Links() => _shop.LinkLikeOthers(7, s_others, _shop.Assemble("main", ExitWithValue), Value("v", 7), "--defsym=__gentoo_check_ldflags__=0");

    [Fact]
    public void Provide_DefinesOnlyWhatIsMissing()
    {
        string main = _shop.Assemble("main", ExitWithAnswer);
        string script = _shop.Write("s.ld", "PROVIDE(answer = 42); PROVIDE(unused = nobody);");
        string path = _shop.LinkLikeOthers(42, s_others, main, script);
        _shop.Symbol(path, "unused").Should().BeNull();
        string own = _shop.Assemble("own", ".globl answer\n.set answer, 7\n");
        _shop.LinkLikeOthers(7, s_others, main, own, script);
    }

    [Fact]
    public void ProvideHidden_MakesALocalSymbol()
    {
        string path = _shop.Link(_shop.Assemble("main", ExitWithAnswer), _shop.Write("s.ld", "PROVIDE_HIDDEN(answer = 42);"));
        _shop.Tool("readelf", "-sW", path).Output.Should().MatchRegex("LOCAL +HIDDEN .*answer");
    }

    [Fact]
    public void Provide_WantsWhatItIsMadeOf()
    {
        string main = _shop.Assemble("main", ExitWithValue.Replace("value", "alias"));
        Value("v", 5);
        _shop.Tool("ar", "rcs", "libv.a", "v.o");
        _shop.Run(_shop.Link(main, _shop.Write("s.ld", "PROVIDE(alias = value);"), _shop.Path("libv.a"))).Should().Be(5);
    }

    [Fact]
    public void SearchDir_IsSearchedAfterL_AndNotUnderNostdlib()
    {
        string main = _shop.Assemble("main", ExitWithValue);
        Value("v", 3);
        _shop.Write("d/x", "");
        _shop.Tool("ar", "rcs", "d/libv.a", "v.o");
        string script = _shop.Write("s.ld", $"SEARCH_DIR({_shop.Path("d")})");
        _shop.LinkLikeOthers(3, s_others, main, script, "-lv");
        _shop.LinkFails("-nostdlib", main, script, "-lv").Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.LibraryNotFound);
    }

    [Fact]
    public void Assert_ThatFails_IsAnErrorWithItsText()
    {
        string main = _shop.Assemble("main", ExitWithValue);
        string value = Value("v", 3);
        _shop.Run(_shop.Link(main, value, _shop.Write("ok.ld", "ASSERT(SIZEOF(.data) == 4, \"size\")"))).Should().Be(3);
        _shop.LinkFails(main, value, _shop.Write("no.ld", "\nASSERT(SIZEOF(.data) == 5, \"wrong size\")"))
            .Should().ContainSingle().Which.Message.Should().Be("wrong size");
    }

    [Fact]
    public void OtherFormat_IsAnError() => _shop.LinkFails(_shop.Assemble("main", ExitWithValue), Value("v", 1), _shop.Write("s.ld", "OUTPUT_FORMAT(elf32-i386)"))
        .Should().ContainSingle().Which.Message.Should().Contain("unknown output format name: elf32-i386");

    [Fact]
    public void MissingInput_IsAnErrorAtItsPlace() => _shop.LinkFails(_shop.Write("s.ld", "INPUT(\n  nothere.o)"))
        .Should().ContainSingle().Which.Message.Should().EndWith("s.ld:2: unable to find nothere.o");

    [Fact]
    public void ScriptThatNamesItself_IsAnError() => _shop.LinkFails(_shop.Write("s.ld", "INPUT(s.ld)"))
        .Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.LinkerScript);

    [Fact]
    public void ForeignBinary_IsNoScript()
    {
        string path = _shop.Path("x.bin");
        System.IO.File.WriteAllBytes(path, [1, 2, 0, 3]);
        _shop.LinkFails(path).Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.IncompatibleInput);
    }
}
