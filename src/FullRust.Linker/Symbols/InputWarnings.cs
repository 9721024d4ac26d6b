// Warnings that inputs carry: .gnu.warning.SYMBOL is said once when SYMBOL is referred to, .gnu.warning when its object is loaded
// (GNU ld manual; static C libraries mark functions with it that need the dynamic library after all).

using System;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

internal static class InputWarnings
{
    private const int PrefixLength = 12;

    /// <summary>Says what live references and loaded objects ask to be said.</summary>
    internal static void Report(SectionTable sections, SymbolTable symbols, DiagnosticSink sink)
    {
        foreach (int row in sections.WarningRows)
        {
            if (sections.Header(row).sh_type == SHT_PROGBITS && (sections.Fate(row).State & SectionState.Discarded) == 0)
            {
                ObjectFile file = sections.FileOf(row);
                Report(file, row - file.SectionBase, symbols, sink);
            }
        }
    }

    private static void Report(ObjectFile file, int index, SymbolTable symbols, DiagnosticSink sink)
    {
        ReadOnlySpan<byte> name = file.SectionName(index).Span[PrefixLength..];
        if (!name.IsEmpty)
        {
            int id = name[0] == '.' ? symbols.Find(name[1..]) : -1;
            if (id < 0 || (symbols[id].Flags & SymbolFlags.Reached) == 0)
                return;
        }

        NativeBytes text = file.SectionBytes(index);
        ReadOnlySpan<byte> line = text.Span.TrimEnd((byte)0);
        sink.Report(Severity.Warning, DiagnosticId.InputWarning, $"{file.DisplayName}: {Encoding.UTF8.GetString(line)}", [], file.Priority);
    }
}
