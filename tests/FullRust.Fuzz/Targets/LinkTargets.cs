// The inputs of a link that are fuzzed, with well-formed ones to begin with.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using FullRust.Fuzz.Mutation;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Fuzz.Targets;

internal static partial class LinkTargets
{
    private const string Start = ".globl _start, start\n_start: call helper\n lea text(%rip), %rdi\n start: ret\n.weak helper\n.data\n.quad start\n.section .rodata.str1.1,\"aMS\",@progbits,1\ntext: .asciz \"x\"\n.bss\n.skip 32";

    private static readonly string[] s_objectLines =
    [
        "input.o --gc-sections --eh-frame-hdr --icf=all", "input.o --build-id", "input.o -pie -z relro", "input.o -r --emit-relocs", "input.o --compress-debug-sections=zstd --strip-debug",
        "input.o start.o -z muldefs --print-gc-sections -Map=- --cref", "input.o --noinhibit-exec --unresolved-symbols=ignore-all", "input.o -z nosectionheader -s -n",
    ];

    internal static LinkTarget Object() => new("object", "input.o", Objects(), new ElfMutator([]), Files(), s_objectLines);

    internal static LinkTarget Archive()
    {
        using var folder = new LinkFolder();
        folder.Assemble("helper.o", ".globl helper\nhelper: ret\n").Assemble("a-longer-name-than-fifteen.o", ".globl other\nother: ret");
        byte[] member = File.ReadAllBytes(folder["helper.o"]);
        List<byte[]> seeds =
        [
            File.ReadAllBytes(folder.Archive("gnu.a", "rcs", "helper.o", "a-longer-name-than-fifteen.o")["gnu.a"]),
            File.ReadAllBytes(folder.Archive("bare.a", "rcS", "helper.o")["bare.a"]),
            new ArchiveBuilder().Bsd("helper.o", member).Build(),
            new ArchiveBuilder("!<thin>").Raw("//", "start.o/\nhelper.o/\n"u8).Build(),
        ];
        byte[][] words = [.. new[] { "!<arch>\n", "!<thin>\n", "`\n", "//", "/", "/SYM64/", "#1/20", "__.SYMDEF", "4294967295", "99999999999", "-1" }.Select(Encoding.ASCII.GetBytes)];
        return new LinkTarget("archive", "input.a", seeds, new ArchiveMutator(words), Files(), ["start.o input.a", "start.o --whole-archive input.a", "input.a -u other"]);
    }

    // What rustc writes: an index, the crate's metadata and its objects.
    internal static LinkTarget Rlib()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["k.rs"], "#![no_std]\n#[no_mangle] pub extern \"C\" fn helper() -> i32 { other(3) }\n#[inline(never)] pub fn other(x: i32) -> i32 { x * 7 + 1 }\n#[no_mangle] pub static K: [u8; 3] = *b\"abc\";\n");
        ToolResult made = ToolRunner.Run("rustc", ["--crate-type=rlib", "-Copt-level=s", "-Cpanic=abort", "-Ccodegen-units=2", "-o", folder["libk.rlib"], folder["k.rs"]], folder.Path);
        if (made.ExitCode != 0)
            throw new InvalidOperationException($"no rlib to begin with: {made.Error}");
        byte[][] words = [.. new[] { "!<arch>\n", "`\n", "lib.rmeta/", "/", "//", "rust", ".rmeta", "libk.rlib", "k.o" }.Select(Encoding.ASCII.GetBytes)];
        return new LinkTarget("rlib", "libk.rlib", [File.ReadAllBytes(folder["libk.rlib"])], new ArchiveMutator(words), Files(), ["start.o libk.rlib", "start.o --whole-archive libk.rlib --gc-sections", "libk.rlib -u helper --provenance", "start.o libk.rlib -u K --icf=all"]);
    }

    internal static LinkTarget Script()
    {
        string[] seeds =
        [
            "ENTRY(_start) SECTIONS { . = 0x400000 + SIZEOF_HEADERS; .text : { *(.text .text.*) } :text =0x90 .data ALIGN(0x1000) : AT(ADDR(.data)) { *(SORT_BY_NAME(.data*)) KEEP(*(x)) } .bss : { *(.bss) *(COMMON) } /DISCARD/ : { *(.comment) } }",
            "MEMORY { rom (rx) : ORIGIN = 0x400000, LENGTH = 64K ram (rw!x) : o = 0x800000, l = 1M } SECTIONS { .text : { *(.text) } > rom .data : { a = .; *(.data) b = .; } > ram AT> rom .bss (NOLOAD) : { *(.bss) } > ram }",
            "PHDRS { text PT_LOAD FILEHDR PHDRS FLAGS(5); data PT_LOAD; stack PT_GNU_STACK FLAGS(6); } SECTIONS { . = SIZEOF_HEADERS + 0x400000; .text : { *(.text) } :text .data : { BYTE(1) SHORT(2) LONG(3) QUAD(_start) FILL(0xdead) . += 16; } :data }",
            "PROVIDE(x = 1 ? 2 << 3 : ~4); PROVIDE_HIDDEN(y = MAX(x, ALIGN(., 16)) % 7); HIDDEN(z = DEFINED(x) && !y || -1); ASSERT(x, \"no x\") INSERT AFTER .text;",
            "VERSION { V1 { global: a*; extern \"C++\" { n::*; }; local: *; }; } GROUP(start.o AS_NEEDED(start.o)) SEARCH_DIR(.) OUTPUT_ARCH(i386:x86-64) OUTPUT_FORMAT(elf64-x86-64) TARGET(x) EXTERN(q r)",
            "SECTIONS { .a (0x500000) : SUBALIGN(32) { EXCLUDE_FILE(*x.o) *(.text) } .b BLOCK(64) : ONLY_IF_RO { *(EXCLUDE_FILE(*y) .rodata*) } .c : { CONSTRUCTORS CREATE_OBJECT_SYMBOLS INCLUDE start.o } . = DATA_SEGMENT_ALIGN(CONSTANT(MAXPAGESIZE), 0x1000); . = DATA_SEGMENT_END(.); }",
            "REGION_ALIAS(\"a\", rom) LOADADDR(.text) SIZEOF(.data) NEXT(16) ABSOLUTE(1) LENGTH(rom) ORIGIN(rom) LOG2CEIL(5) SEGMENT_START(\"text\", 4) SORT_BY_INIT_PRIORITY(x) SORT_BY_ALIGNMENT(y) REVERSE(z)",
        ];
        byte[][] words = [.. seeds.SelectMany(static s => WordPattern().Matches(s)).Select(static m => m.Value).Distinct().Concat(["((((((((", "{{{{{{{{", "/*", "*/", "\"", "0xffffffffffffffff", "1 / 0", "% 0", "<< 64"]).Select(Encoding.ASCII.GetBytes)];
        return new LinkTarget("script", "input.ld", [.. seeds.Select(Encoding.ASCII.GetBytes)], new TextMutator(words), Files(), ["start.o -T input.ld", "start.o input.ld", "start.o --version-script=input.ld", "start.o --dynamic-list=input.ld", "start.o --section-ordering-file=input.ld", "start.o --symbol-ordering-file=input.ld --call-graph-ordering-file=input.ld"], ruleless: true);
    }

    internal static ResponseFileTarget ResponseFile()
    {
        string help = ArgumentParser.Parse(["--help"], new DiagnosticSink()).Output;
        string[] options = [.. OptionPattern().Matches(help).Select(static m => m.Value).Distinct()];
        return new ResponseFileTarget(options);
    }

    private static List<byte[]> Objects()
    {
        var compact = new ObjectBuilder();
        BuiltSection text = compact.Text(".text", new byte[64]);
        text.UsesCrel = true;
        compact.Symbol("_start", (uint)text.Index);
        for (ulong i = 0; i < 12; i++)
            text.Reloc(i * 5, i % 3 == 0 ? R_X86_64_32 : R_X86_64_PC32, 1, (long)i - 5);
        string undefined = ".file 1 \"a.c\"\n.text\n.globl _start\n_start: .loc 1 3 1\n call missing\n .loc 1 4 1\n ret\n";
        return [LinkFolder.AssembleBytes(RichObject.Source), LinkFolder.AssembleBytes(Start), compact.Build(), LinkFolder.AssembleBytes(RichObject.Source, "--compress-debug-sections=zlib"), LinkFolder.AssembleBytes(undefined, "-g")];
    }

    private static Dictionary<string, byte[]> Files() => new() { ["start.o"] = LinkFolder.AssembleBytes(Start) };

    [GeneratedRegex(@"[A-Za-z_.][A-Za-z0-9_.*]*|[^\sA-Za-z0-9]+|0x[0-9a-f]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"--?[a-z][a-z0-9-]*=?")]
    private static partial Regex OptionPattern();
}
