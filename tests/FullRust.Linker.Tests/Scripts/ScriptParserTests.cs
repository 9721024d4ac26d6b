using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

[NeedsLibrary("the parsed script")]
public sealed class ScriptParserTests
{
    private sealed class Files(Dictionary<string, string> texts) : IScriptFiles
    {
        public bool TryRead(string name, string scriptPath, out ScriptFile file, out string error)
        {
            bool isKnown = texts.TryGetValue(name, out string? text);
            file = new ScriptFile(name, text ?? "");
            error = isKnown ? "" : "No such file or directory";
            return isKnown;
        }
    }

    private static Script Parse(string text, params (string Name, string Text)[] files)
    {
        var sink = new DiagnosticSink();
        Script? script = ScriptParser.TryParse(new ScriptFile("t.ld", text), new Files(files.ToDictionary(f => f.Name, f => f.Text)), sink);
        sink.Diagnostics.Should().BeEmpty(string.Join('\n', sink.Diagnostics.Select(d => d.Format("ld"))));
        return script!;
    }

    private static OutputSectionCommand Section(string text) =>
        ((SectionsCommand)Parse("SECTIONS { " + text + " }").Commands.Single()).Items.OfType<OutputSectionCommand>().Single();

    private static InputSectionCommand Pattern(string text) => (InputSectionCommand)Section(".o : { " + text + " }").Statements.Single();

    [Fact]
    public void GlibcsLibmScript_GivesItsInputs()
    {
        Script script = Parse("/* GNU ld script\n*/\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( /usr/lib/libm-2.36.a /usr/lib/libmvec.a )\n");
        script.Commands[0].Should().BeOfType<OutputFormatCommand>().Which.Formats.Should().Equal("elf64-x86-64");
        script.Commands[1].Should().BeOfType<InputCommand>().Which.Inputs.Select(i => i.Name).Should().Equal("/usr/lib/libm-2.36.a", "/usr/lib/libmvec.a");
    }

    [Fact]
    public void Inputs_TakeLibrariesQuotesCommasAndAsNeeded()
    {
        var command = (InputCommand)Parse("INPUT(a.o, -lfoo \"b c.o\" AS_NEEDED ( libx.so -ly ) =/d.o -l z)").Commands.Single();
        command.Inputs.Select(i => (i.Name, i.IsLibrary, i.IsAsNeeded)).Should().Equal(
            ("a.o", false, false), ("foo", true, false), ("b c.o", false, false), ("libx.so", false, true), ("y", true, true), ("=/d.o", false, false), ("z", true, false));
    }

    [Fact]
    public void TopLevelCommands_AreRead()
    {
        Script script = Parse(
            "OUTPUT_FORMAT(\"elf64-x86-64\", \"elf64-x86-64\", \"elf64-x86-64\") OUTPUT_ARCH(i386:x86-64) ENTRY(start) EXTERN(a b, c) SEARCH_DIR(\"=/lib\"); TARGET(x) " +
            "NOCROSSREFS(.a .b) VERSION { V1 { global: x; local: *; }; } LD_FEATURE(\"SANE_EXPR\") STARTUP(crt.o) REGION_ALIAS(\"R\", rom) OUTPUT(x) FORCE_COMMON_ALLOCATION");
        script.Commands.Select(c => c.GetType().Name).Should().Equal(
            "OutputFormatCommand", "OutputArchCommand", "EntryCommand", "ExternCommand", "SearchDirCommand", "NoCrossReferencesCommand", "InputCommand", "RegionAliasCommand", "OutputCommand");
        ((ExternCommand)script.Commands[3]).Symbols.Should().Equal("a", "b", "c");
        ((OutputArchCommand)script.Commands[1]).Architecture.Should().Be("i386:x86-64");
    }

    [Theory]
    [InlineData("foo = 1;", "foo", nameof(AssignmentKind.Plain))]
    [InlineData("foo=1;", "foo", nameof(AssignmentKind.Plain))]
    [InlineData("\"a b\" = 1;", "a b", nameof(AssignmentKind.Plain))]
    [InlineData("PROVIDE(foo = 1);", "foo", nameof(AssignmentKind.Provide))]
    [InlineData("PROVIDE_HIDDEN (foo=1)", "foo", nameof(AssignmentKind.ProvideHidden))]
    [InlineData("HIDDEN(foo = 1);", "foo", nameof(AssignmentKind.Hidden))]
    public void Assignments_TakeTheirForms(string text, string symbol, string kind)
    {
        var assignment = (AssignmentCommand)Parse(text).Commands.Single();
        assignment.Symbol.Should().Be(symbol);
        assignment.Kind.ToString().Should().Be(kind);
    }

    [Theory]
    [InlineData("a += 2;", nameof(BinaryOperator.Add))]
    [InlineData("a+=2;", nameof(BinaryOperator.Add))]
    [InlineData("a-=2;", nameof(BinaryOperator.Subtract))]
    [InlineData("a *= 2;", nameof(BinaryOperator.Multiply))]
    [InlineData("a*=2;", nameof(BinaryOperator.Multiply))]
    [InlineData("a /= 2;", nameof(BinaryOperator.Divide))]
    [InlineData("a<<=2;", nameof(BinaryOperator.ShiftLeft))]
    [InlineData("a >>= 2;", nameof(BinaryOperator.ShiftRight))]
    [InlineData("a&=2;", nameof(BinaryOperator.And))]
    [InlineData("a |= 2;", nameof(BinaryOperator.Or))]
    [InlineData("a ^= 2;", nameof(BinaryOperator.ExclusiveOr))]
    public void CompoundAssignments_AreWrittenOut(string text, string op)
    {
        var assignment = (AssignmentCommand)Parse(text).Commands.Single();
        assignment.Symbol.Should().Be("a");
        var value = assignment.Value.Should().BeOfType<BinaryExpression>().Subject;
        value.Operator.ToString().Should().Be(op);
        value.Left.Should().BeOfType<SymbolExpression>().Which.Name.Should().Be("a");
    }

    [Fact]
    public void OutputSection_TakesEveryAttribute()
    {
        OutputSectionCommand section = Section(".d 0x1000 (NOLOAD) : AT(0x2000) ALIGN(16) SUBALIGN(4) ONLY_IF_RW { *(.d) } >ram AT> rom :p1 :p2 =0x90");
        section.Name.Should().Be(".d");
        section.Address.Should().BeOfType<NumberExpression>().Which.Value.Should().Be(0x1000);
        section.Kind.Should().Be(OutputSectionKind.NoLoad);
        section.LoadAddress.Should().NotBeNull();
        section.Alignment.Should().NotBeNull();
        section.SubAlignment.Should().NotBeNull();
        section.Constraint.Should().Be(OutputSectionConstraint.OnlyIfWritable);
        section.Region.Should().Be("ram");
        section.LoadRegion.Should().Be("rom");
        section.ProgramHeaders.Should().Equal("p1", "p2");
        section.Fill!.Literal.Should().Equal(0x90);
    }

    [Theory]
    [InlineData(".a:{}")]
    [InlineData(".a : {}")]
    [InlineData(".a . : {}")]
    [InlineData(".a ALIGN(16) : {}")]
    [InlineData(".a (0x10 + 4) : {}")]
    [InlineData(".a BLOCK(8) : {}")]
    [InlineData(".a (NOLOAD) : {}")]
    [InlineData(".a . (NOLOAD) : {}")]
    [InlineData(".a symbol (COPY) : {}")]
    [InlineData(".a (TYPE = SHT_PROGBITS) : {}")]
    [InlineData(".a (READONLY (TYPE=SHT_NOTE)) : {}")]
    [InlineData("\".a\" : {},")]
    public void OutputSection_TakesAllWaysToWriteAddressAndType(string text) => Section(text).Name.Should().Be(".a");

    [Fact]
    public void FillLiteral_IsAsLongAsItsDigits_AndAnExpressionIsNot()
    {
        Section(".a : {} =0x0090cc").Fill!.Literal.Should().Equal(0x00, 0x90, 0xcc);
        Section(".a : {} =0x1K").Fill!.Literal.Should().BeNull();
        Section(".a : {} =(0x90)").Fill!.Literal.Should().BeNull();
    }

    [Fact]
    public void FillExpression_EndsBeforeDiscard()
    {
        var sections = (SectionsCommand)Parse("SECTIONS { .a : {} =1+1 /DISCARD/ : { *(.x) } }").Commands.Single();
        sections.Items.OfType<OutputSectionCommand>().Select(s => s.Name).Should().Equal(".a", "/DISCARD/");
        ((OutputSectionCommand)sections.Items[1]).IsDiscard.Should().BeTrue();
    }

    [Fact]
    public void Statements_AreReadInOrder()
    {
        OutputSectionCommand section = Section(
            ".a : { *(.a) . = ALIGN(8); x = .; PROVIDE(y = .); BYTE(1) SHORT(2); LONG(3) QUAD(4) SQUAD(5) FILL(0xCC) ASCIZ \"a\\n\\101\" ASSERT(1, \"m\") CONSTRUCTORS SORT(CONSTRUCTORS) KEEP(*(.k)) foo.o ; }");
        section.Statements.Select(s => s.GetType().Name).Should().Equal(
            "InputSectionCommand", "AssignmentCommand", "AssignmentCommand", "AssignmentCommand", "DataCommand", "DataCommand", "DataCommand", "DataCommand", "DataCommand",
            "FillCommand", "TextCommand", "AssertCommand", "InputSectionCommand", "InputSectionCommand");
        section.Statements.OfType<DataCommand>().Select(d => d.Size).Should().Equal(1, 2, 4, 8, 8);
        section.Statements.OfType<TextCommand>().Single().Bytes.Should().Equal(Encoding.ASCII.GetBytes("a\nA\0"));
    }

    [Fact]
    public void Pattern_TakesSeveralSections() => Pattern("*(.text .text.* , COMMON)").Sections.Select(s => s.Section.Text).Should().Equal(".text", ".text.*", "COMMON");

    [Fact]
    public void Pattern_TakesExcludedFilesInsideAndOutside()
    {
        InputSectionCommand pattern = Pattern("EXCLUDE_FILE(*a.o *b.o) *(.x EXCLUDE_FILE(c.o) .y .z)");
        pattern.ExcludedFiles.Should().HaveCount(2);
        pattern.Sections.Select(s => s.ExcludedFiles.Count).Should().Equal(0, 1, 0);
    }

    [Theory]
    [InlineData("*(SORT(.a))", nameof(SortKey.Name), nameof(SortKey.None))]
    [InlineData("*(SORT_BY_NAME(.a))", nameof(SortKey.Name), nameof(SortKey.None))]
    [InlineData("*(SORT_BY_ALIGNMENT(SORT_BY_NAME(.a)))", nameof(SortKey.Alignment), nameof(SortKey.Name))]
    [InlineData("*(SORT_BY_INIT_PRIORITY(.a))", nameof(SortKey.InitPriority), nameof(SortKey.None))]
    [InlineData("*(SORT_NONE(.a))", nameof(SortKey.InputOrder), nameof(SortKey.None))]
    public void Pattern_TakesOrders(string text, string outer, string inner)
    {
        SectionPattern section = Pattern(text).Sections.Single();
        (section.Outer.ToString(), section.Inner.ToString()).Should().Be((outer, inner));
    }

    [Fact]
    public void Pattern_OfGnusDefaultScript_IsRead()
    {
        InputSectionCommand pattern = Pattern("KEEP (*(SORT_BY_INIT_PRIORITY(.init_array.*) SORT_BY_INIT_PRIORITY(EXCLUDE_FILE (*crtbegin.o *crtend?.o ) .ctors.*)))");
        pattern.IsKept.Should().BeTrue();
        pattern.Sections.Should().HaveCount(2);
        pattern.Sections[1].ExcludedFiles.Should().HaveCount(2);
    }

    [Fact]
    public void Pattern_TakesSectionFlags()
    {
        InputSectionCommand pattern = Pattern("INPUT_SECTION_FLAGS (SHF_ALLOC & !SHF_WRITE) *(.x)");
        pattern.RequiredFlags.Should().Be(2);
        pattern.ForbiddenFlags.Should().Be(1);
    }

    [Fact]
    public void Pattern_SortsFiles() => Pattern("SORT_BY_NAME(*)(.x)").SortsFiles.Should().BeTrue();

    [Theory]
    [InlineData("*", "a.o", null, true)]
    [InlineData("*", "m.o", "lib.a", true)]
    [InlineData("*m.o", "m.o", "lib.a", true)]
    [InlineData("*lib.a", "m.o", "lib.a", false)]
    [InlineData("*lib.a:", "m.o", "/x/lib.a", true)]
    [InlineData("*lib.a:m.o", "m.o", "/x/lib.a", true)]
    [InlineData("*lib.a:n.o", "m.o", "/x/lib.a", false)]
    [InlineData("*:*", "a.o", null, false)]
    [InlineData(":a.o", "a.o", null, true)]
    [InlineData(":a.o", "a.o", "lib.a", false)]
    public void FilePattern_TellsArchivesFromMembers(string pattern, string path, string? archive, bool expected) =>
        FilePattern.Parse(pattern).Matches(path, archive).Should().Be(expected);

    [Fact]
    public void Excluded_ArchiveName_StandsForItsMembers() => FilePattern.Parse("*lib.a").Excludes("m.o", "/x/lib.a").Should().BeTrue();

    [Fact]
    public void Memory_TakesAttributesAndShortForms()
    {
        var memory = (MemoryCommand)Parse("MEMORY { rom (rx) : ORIGIN = 0, LENGTH = 256K ram (!rx) : org = 0x40000000, l = 4M }").Commands.Single();
        memory.Regions.Select(r => (r.Name, r.Attributes)).Should().Equal(("rom", "rx"), ("ram", "!rx"));
    }

    [Fact]
    public void ProgramHeaders_TakeTypesAndFlags()
    {
        var headers = (ProgramHeadersCommand)Parse("PHDRS { h PT_PHDR PHDRS; text PT_LOAD FILEHDR PHDRS FLAGS(5); d 1 AT(0x100); e PT_GNU_STACK FLAGS(6); }").Commands.Single();
        headers.Headers.Select(h => ((NumberExpression)h.Type).Value).Should().Equal(6, 1, 1, 0x6474e551);
        headers.Headers[1].IncludesFileHeader.Should().BeTrue();
        headers.Headers[2].Address.Should().NotBeNull();
    }

    [Theory]
    [InlineData("INSERT AFTER .data;", true)]
    [InlineData("INSERT BEFORE .data;", false)]
    public void Insert_NamesItsAnchor(string text, bool isAfter)
    {
        var sections = (SectionsCommand)Parse("SECTIONS { .x : { *(.x) } } " + text).Commands.Single();
        sections.InsertAnchor.Should().Be(".data");
        sections.InsertsAfter.Should().Be(isAfter);
    }

    [Fact]
    public void Include_StandsForTheItemsOfItsFile_AtEveryLevel()
    {
        Script script = Parse(
            "INCLUDE top.ld SECTIONS { INCLUDE mid.ld .b : { INCLUDE low.ld } } MEMORY { INCLUDE mem.ld }",
            ("top.ld", "ENTRY(x)"), ("mid.ld", ".a : { *(.a) }"), ("low.ld", "*(.b) BYTE(1)"), ("mem.ld", "m : ORIGIN = 0, LENGTH = 1"));
        script.Includes.Should().Equal("top.ld", "mid.ld", "low.ld", "mem.ld");
        var sections = (SectionsCommand)script.Commands[1];
        ((OutputSectionCommand)sections.Items[1]).Statements.Should().HaveCount(2);
        ((MemoryCommand)script.Commands[2]).Regions.Should().ContainSingle();
    }

    [Fact]
    public void SectionNamedOverlay_IsASection() => Section("OVERLAY : { }").Name.Should().Be("OVERLAY");

    [Fact]
    public void AnyPrefixOfAScript_NeverThrows()
    {
        const string Text = "MEMORY{r(rx):ORIGIN=0,LENGTH=1K}PHDRS{t PT_LOAD FLAGS(5);}SECTIONS{. = 0x10;.a ALIGN(4)(NOLOAD):AT(1){KEEP(*(SORT(EXCLUDE_FILE(a).b)))BYTE(1)x+=1;FILL(0x1)ASCIZ \"q\"}>r :t =0x9/DISCARD/:{*(c)}}INSERT AFTER .z;INPUT(a AS_NEEDED(b))PROVIDE(q=MAX(1,2)?3:4);VERSION{a;}ASSERT(1,\"m\")";
        for (int length = 0; length <= Text.Length; length++)
            ScriptParser.TryParse(new ScriptFile("t", Text[..length]), null, new DiagnosticSink());
        ScriptParser.TryParse(new ScriptFile("t", Text), null, new DiagnosticSink()).Should().NotBeNull();
    }

    [Fact]
    public void RandomBytesOfAScript_NeverThrow()
    {
        var random = new Random(7);
        const string Alphabet = "{}()=;:,.>*?/\"\\ SECTIONSa1x&|<-+~!#\n";
        for (int i = 0; i < 20000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            ScriptParser.TryParse(new ScriptFile("t", (i % 2 == 0 ? "SECTIONS{" : "") + text), null, new DiagnosticSink());
        }
    }
}
