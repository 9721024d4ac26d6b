// Traces of a C library. One certain trace is enough: IRELATIVE relocations, a library's own symbols or tables. Words alone are not: a
// program may print "GNU C Library", so words count only as many together, from parts that a static program drags in at once. Nor is the
// ABI tag of start files: Free Pascal's own, which need no C library, have it too, so it counts beside something else.

using System;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class LibcRules
{
    private const int EnoughWords = 4, EnoughWordsBesideTag = 2;

    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.C01);
        var traces = new List<string>();
        if (run.Facts.IRelativeCount != 0)
            Add($"{run.Facts.IRelativeCount} IRELATIVE relocations", 0, 0, traces, run);
        CheckSymbols(binary, traces, run);
        CheckTables(binary.Image.Bytes, traces, run);
        CheckWords(binary.Image.Bytes, traces, run);
        if (run.Facts.AbiTagOffset is { } tag && (traces.Count != 0 || run.Facts.HasDynamic || run.Facts.Interpreter is not null))
            Add("a GNU ABI tag, which start files of a C library bring", tag, 16, traces, run);
        run.Facts.LibcTraces = traces;
        bool isProved = traces.Count == 0 && run.Facts.Provenance is { ForeignInputs: 0, RustInputs: > 0, ImageDigest.IsEmpty: false } && !run.IsBroken(RuleId.C02);
        run.Facts.Libc = traces.Count != 0 ? LibcEvidence.Found : isProved ? LibcEvidence.ProvedByProvenance : LibcEvidence.None;
    }

    private static void Add(string trace, ulong offset, ulong size, List<string> traces, RuleRun run)
    {
        traces.Add(trace);
        run.Fail(RuleId.C01, "contents", $"the file holds {trace}", offset, size);
    }

    private static void CheckSymbols(in ElfBinary binary, List<string> traces, RuleRun run)
    {
        ReadOnlySpan<Elf64_Shdr> rows = binary.Sections.Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].sh_type != SHT_SYMTAB || !SymbolRules.TryTable(binary, i, out ReadOnlySpan<Elf64_Sym> symbols, out ElfSpan names))
                continue;
            foreach (ref readonly Elf64_Sym symbol in symbols)
            {
                if (symbol.st_shndx == SHN_UNDEF || symbol.Type != STT_FUNC || !names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name))
                    continue;
                if (!IsStartUpName(name))
                    continue;
                Add($"the function {PrintableText.Escape(name)}", rows[i].sh_offset, rows[i].sh_size, traces, run);
                return;
            }
        }
    }

    // Names by which the start-up code of glibc, musl, uClibc, dietlibc and bionic goes; nobody else defines them.
    private static bool IsStartUpName(ReadOnlySpan<byte> name) => name.StartsWith("__"u8)
        && (name.SequenceEqual("__libc_start_main"u8) || name.SequenceEqual("__libc_start_call_main"u8) || name.SequenceEqual("__libc_start_init"u8)
            || name.SequenceEqual("__uClibc_main"u8) || name.SequenceEqual("__dietlibc_start"u8) || name.SequenceEqual("__libc_init"u8)
            || name.SequenceEqual("__libc_init_common"u8) || name.SequenceEqual("__libc_csu_init"u8));

    private static void CheckTables(ReadOnlySpan<byte> bytes, List<string> traces, RuleRun run)
    {
        int table = bytes.IndexOf(MuslSizeClasses);
        if (table >= 0)
            Add("the size-class table of musl's allocator", (ulong)table, (ulong)MuslSizeClasses.Length, traces, run);
        int prefixes = bytes.IndexOf("-0X+0X 0X-0x+0x 0x\0"u8);
        if (prefixes >= 0 && bytes.IndexOf("-+   0X0x\0"u8) >= 0)
            Add("the number prefixes of musl's printf", (ulong)prefixes, 19, traces, run);
    }

    // 16-bit numbers: 1 to 10, 12, 15, 18, 20, 25, 31, 36, 42, 50, 63 (mallocng, in units of 16 bytes).
    private static ReadOnlySpan<byte> MuslSizeClasses =>
    [
        1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9, 0, 10, 0, 12, 0, 15, 0, 18, 0, 20, 0, 25, 0, 31, 0, 36, 0, 42, 0, 50, 0, 63, 0,
    ];

    private static void CheckWords(ReadOnlySpan<byte> bytes, List<string> traces, RuleRun run)
    {
        int first = -1, count = 0;
        // Every static glibc reads one of these two variables at start; without them the other words need not be looked for.
        CountWord(bytes, "GLIBC_TUNABLES"u8, ref first, ref count);
        CountWord(bytes, "LD_LIBRARY_PATH\0"u8, ref first, ref count);
        if (count == 0)
            return;
        CountWord(bytes, "/usr/lib/locale/locale-archive\0"u8, ref first, ref count);
        CountWord(bytes, "gconv_trans"u8, ref first, ref count);
        CountWord(bytes, "GCONV_PATH\0"u8, ref first, ref count);
        CountWord(bytes, "glibc.malloc."u8, ref first, ref count);
        CountWord(bytes, "MALLOC_ARENA_"u8, ref first, ref count);
        CountWord(bytes, "LIBC_FATAL_STDERR_\0"u8, ref first, ref count);
        CountWord(bytes, "GNU C Library"u8, ref first, ref count);
        CountWord(bytes, "GETCONF_DIR\0"u8, ref first, ref count);
        CountWord(bytes, "corrupted size vs. prev_size"u8, ref first, ref count);
        CountWord(bytes, "__libc_enable_secure"u8, ref first, ref count);
        if (count >= (run.Facts.AbiTagOffset is null ? EnoughWords : EnoughWordsBesideTag))
            Add($"{count} texts that a static glibc brings together", (ulong)first, 1, traces, run);
    }

    private static void CountWord(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word, ref int first, ref int count)
    {
        int at = bytes.IndexOf(word);
        if (at < 0)
            return;
        if (first < 0)
            first = at;
        count++;
    }
}
