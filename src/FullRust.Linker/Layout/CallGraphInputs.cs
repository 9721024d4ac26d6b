// Where calls and their counts come from: a file of lines "CALLER CALLEE COUNT" (--call-graph-ordering-file), or else the profiles that
// compilers put into objects (.llvm.call-graph-profile: 64-bit counts, each with two relocations that name caller and callee).

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal sealed class CallGraphInputs
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly CallGraphOrder _graph;
    private bool _hasCalls;

    private CallGraphInputs(SectionTable sections, SymbolTable symbols)
    {
        _sections = sections;
        _symbols = symbols;
        _graph = new CallGraphOrder(row => _sections[row].Size);
    }

    /// <summary>Reads all calls; null if there are none.</summary>
    internal static CallGraphOrder? Read(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        var inputs = new CallGraphInputs(sections, symbols);
        if (options.CallGraphOrderingFile is { } path)
        {
            inputs.ReadFile(path, sink);
        }
        else if (options.CallGraphProfileSort != CallGraphSort.None)
        {
            foreach (ObjectFile file in sections.Objects)
            {
                if (file.CallGraphProfile != 0)
                    inputs.ReadProfile(file);
            }
        }

        return inputs._hasCalls ? inputs._graph : null;
    }

    private void ReadFile(string path, DiagnosticSink sink)
    {
        if (!TextFile.TryRead(path, out string text, out string error))
        {
            sink.Error(DiagnosticId.CannotOpen, $"cannot open {path}: {error}");
            return;
        }

        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && ulong.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong count))
                Add(RowOf(words[0]), RowOf(words[1]), count);
            else
                sink.Error(DiagnosticId.MalformedInput, $"{path}: expected a caller, a callee and a count: {line}");
        }
    }

    private void ReadProfile(ObjectFile file)
    {
        ReadOnlySpan<byte> counts = file.SectionBytes(file.CallGraphProfile).Span;
        List<uint> ends = SymbolsOf(file, file.CallGraphProfile);
        for (int i = 0; i + 1 < ends.Count && ((i / 2) + 1) * 8 <= counts.Length; i += 2)
            Add(RowOf(file, ends[i]), RowOf(file, ends[i + 1]), BinaryPrimitives.ReadUInt64LittleEndian(counts[(i / 2 * 8)..]));
    }

    // The symbols that a section's relocations name. LLVM writes them without addends (SHT_REL), as nothing is to be relocated.
    private static List<uint> SymbolsOf(ObjectFile file, int section)
    {
        const int InfoOffset = 8, SymbolOffset = InfoOffset + 4, RelSize = 16;
        var result = new List<uint>();
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            int size = headers[i].sh_type switch { SHT_RELA => Elf64_Rela.Size, SHT_REL => RelSize, _ => 0 };
            if (size == 0 || headers[i].sh_info != (uint)section)
                continue;
            ReadOnlySpan<byte> entries = file.SectionBytes(i).Span;
            for (; entries.Length >= size; entries = entries[size..])
                result.Add(BinaryPrimitives.ReadUInt32LittleEndian(entries[SymbolOffset..]));
        }

        return result;
    }

    private void Add(int from, int to, ulong count)
    {
        if (count == 0 || !IsCode(from) || !IsCode(to))
            return;
        _hasCalls = true;
        _graph.Add(from, to, count);
    }

    private bool IsCode(int row) => row > 0 && _sections.Fate(row).IsLive && (_sections[row].Flags & (uint)SHF_EXECINSTR) != 0;

    private int RowOf(string name) => _symbols.Find(Encoding.UTF8.GetBytes(name)) is int id and >= 0 ? _symbols[id].Section : 0;

    private int RowOf(ObjectFile file, uint symbol)
    {
        if (symbol == 0 || symbol >= (uint)file.SymbolCount)
            return 0;
        if (symbol >= (uint)file.FirstGlobal)
            return _symbols[_symbols.IdOf(file, (int)symbol)].Section;
        uint header = file.SectionOf((int)symbol, file.Symbols[(int)symbol]);
        return header is 0 or >= 0xffff0000u ? 0 : file.SectionBase + (int)header;
    }
}
