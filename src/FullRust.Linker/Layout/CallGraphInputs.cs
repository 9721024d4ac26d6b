// Where calls and their counts come from: a file of lines "CALLER CALLEE COUNT" (--call-graph-ordering-file), or else the profiles that
// compilers put into objects (.llvm.call-graph-profile: 64-bit counts, each with two relocations that name caller and callee).

using System;
using System.Buffers.Binary;
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
        ReadOnlySpan<Elf64_Rela> relocations = RelocationsOf(file, file.CallGraphProfile);
        for (int i = 0; i + 1 < relocations.Length && ((i / 2) + 1) * 8 <= counts.Length; i += 2)
            Add(RowOf(file, relocations[i].Symbol), RowOf(file, relocations[i + 1].Symbol), BinaryPrimitives.ReadUInt64LittleEndian(counts[(i / 2 * 8)..]));
    }

    private static ReadOnlySpan<Elf64_Rela> RelocationsOf(ObjectFile file, int section)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            if (headers[i].sh_type == SHT_RELA && headers[i].sh_info == (uint)section && headers[i].sh_size % Elf64_Rela.Size == 0)
                return file.SectionBytes(i).Cast<Elf64_Rela>();
        }

        return default;
    }

    private void Add(int from, int to, ulong count)
    {
        if (count == 0 || !IsCode(from) || !IsCode(to))
            return;
        _hasCalls = true;
        _graph.Add(from, to, count);
    }

    private bool IsCode(int row) => row > 0 && _sections[row].IsLive && (_sections[row].Flags & (uint)SHF_EXECINSTR) != 0;

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
