// What the entries of the symbol table say: value, section, type and binding of each symbol that has one.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Writes entries, once addresses are known. Thread-safe.</summary>
internal sealed class SymtabEntries(
    SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, AssignedSymbols assigned, SymbolFilter filter, EmittedRelocations? relocations, LinkOptions options)
{
    private readonly SectionsByAddress _byAddress = new(layout);
    private readonly byte[] _undefinedTypes = relocations is null ? [] : TypesOfReferences(sections, symbols);

    /// <summary>Writes an entry for every output section.</summary>
    internal void WriteSections(ref SymtabCursor output)
    {
        foreach (OutputSection section in layout.Sections)
        {
            if (section.HeaderIndex != 0)
                output.Add(default, STT_SECTION, 0, (uint)section.HeaderIndex, section.Address, 0);
        }
    }

    /// <summary>Writes an object's local symbols, those of a file behind its STT_FILE.</summary>
    internal void WriteLocals(ObjectFile file, ref SymtabCursor output)
    {
        if (options.Discard == DiscardPolicy.All && relocations is null)
            return;
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        int pendingFile = 0;
        for (int i = 1; i < file.FirstGlobal; i++)
        {
            filter.PrefetchAhead(file, entries, i);
            ref readonly Elf64_Sym symbol = ref entries[i];
            if (symbol.Type == STT_FILE)
            {
                pendingFile = i;
                continue;
            }

            if (!filter.Keeps(file, i, symbol, out NativeBytes name))
                continue;
            if (pendingFile != 0)
                output.Add(file.SymbolName(entries[pendingFile]), STT_FILE, 0, ObjectFile.Absolute, 0, 0);
            pendingFile = 0;
            uint header = file.SectionOf(i, symbol);
            int row = header < 0xffff0000u ? file.SectionBase + (int)header : 0;
            ulong value = row == 0 ? symbol.st_value : addresses.InSection(row, symbol.st_value);
            output.Add(name, symbol.st_info, symbol.st_other, SectionIndexOf(row), Relative(value, symbol.Type), symbol.st_size);
        }
    }

    /// <summary>Writes a range of global names.</summary>
    internal void WriteGlobals(int first, int last, ref SymtabCursor output, bool isHidden)
    {
        for (int id = first; id < last; id++)
        {
            filter.PrefetchAhead(id);
            if (!filter.Keeps(id, isHidden))
                continue;
            PrefetchAhead(id);
            if (symbols[id].IsDefined)
                WriteDefined(id, ref output, isHidden);
            else
                WriteUndefined(id, ref output);
        }
    }

    // The entries and names of definitions are all over the inputs.
    private void PrefetchAhead(int id)
    {
        const int Distance = 6;
        if (id + Distance >= symbols.Count)
            return;
        ref readonly Symbol symbol = ref symbols[id + Distance];
        if ((symbol.Flags & SymbolFlags.Defined) == 0)
            return;
        symbols.NameOf(id + Distance).Prefetch();
        sections.Objects[symbol.File].SymbolBytes.Prefetch((long)symbol.SymbolIndex * Elf64_Sym.Size);
    }

    private void WriteUndefined(int id, ref SymtabCursor output)
    {
        ref readonly Symbol symbol = ref symbols[id];
        int binding = symbol.IsUndefinedWeak ? STB_WEAK : STB_GLOBAL;
        output.Add(symbols.NameOf(id), (byte)((binding << 4) | _undefinedTypes[id]), symbol.Visibility, SHN_UNDEF, 0, 0);
    }

    private void WriteDefined(int id, ref SymtabCursor output, bool isHidden)
    {
        ref readonly Symbol symbol = ref symbols[id];
        bool isDefinedByInput = (symbol.Flags & SymbolFlags.Defined) != 0;
        Elf64_Sym entry = isDefinedByInput ? sections.Objects[symbol.File].Symbols[symbol.SymbolIndex] : default;
        (byte type, ulong value, uint section) = PlaceOf(id, symbol, entry);
        byte binding = isHidden ? STB_LOCAL : isDefinedByInput ? entry.Binding : STB_GLOBAL;
        if (binding == STB_GNU_UNIQUE && !options.GnuUnique)
            binding = STB_GLOBAL;
        byte other = (byte)((entry.st_other & ~3) | symbol.Visibility);
        output.Add(symbols.NameOf(id), (byte)((binding << 4) | type), other, section, Relative(value, type), symbol.Size);
    }

    private (byte Type, ulong Value, uint Section) PlaceOf(int id, in Symbol symbol, in Elf64_Sym entry)
    {
        ulong value = symbols.Addresses[id];
        if ((symbol.Flags & SymbolFlags.CanonicalIplt) != 0)
            return (STT_FUNC, value, SectionAt(value));
        if ((symbol.Flags & SymbolFlags.Assigned) != 0)
            return (entry.Type, value, HeaderOf(assigned.SectionOf(id)));
        if ((symbol.Flags & SymbolFlags.LinkerDefined) != 0)
            return (entry.Type, value, SectionOfBound(id, value));
        if ((symbol.Flags & SymbolFlags.NeedsIplt) != 0)
            return (entry.Type, addresses.OfDefinition(symbol), SectionIndexOf(symbol.Section));
        if ((symbol.Flags & SymbolFlags.Common) != 0)
            return CommonPlaceOf(id, symbol, entry);
        return (entry.Type, value, SectionIndexOf(symbol.Section));
    }

    // The end of a section belongs to it, and not to what begins there.
    private uint SectionOfBound(int id, ulong value)
    {
        OutputSection? ending = LinkerDefinedSymbols.IsEnd(symbols.NameOf(id).Span) ? _byAddress.FindEnding(value) : null;
        return ending is not null ? (uint)ending.HeaderIndex : SectionAt(value);
    }

    private (byte Type, ulong Value, uint Section) CommonPlaceOf(int id, in Symbol symbol, in Elf64_Sym entry)
    {
        if (layout.IsRelocatable)
        {
            (ulong offset, uint block) = CommonIn(id, entry.st_shndx);
            return (entry.Type, offset, block);
        }

        ulong value = symbols.Addresses[id];
        if ((symbol.Flags & SymbolFlags.Tls) != 0)
            return (STT_TLS, value, SectionNamed(".tbss"u8));
        return (options.KeepCommonType ? STT_COMMON : STT_OBJECT, value, SectionAt(value));
    }

    // Not allocated unless it was asked for: then its value is its alignment.
    private (ulong Value, uint Section) CommonIn(int id, ushort section)
    {
        if (!options.DefineCommon)
            return (symbols[id].Value, 0xffff0000u | section);
        ReadOnlySpan<byte> name = (symbols[id].Flags & SymbolFlags.Tls) != 0 ? ".tbss"u8 : section == SHN_X86_64_LCOMMON ? ".lbss"u8 : ".bss"u8;
        foreach (SyntheticSection block in layout.Synthetic)
        {
            if (block is CommonBlock && block.Name.Span.SequenceEqual(name))
                return (symbols.Addresses[id] + block.Offset, HeaderOf(block.OutputSection));
        }

        throw new InvalidOperationException("a common symbol is in no block");
    }

    // In an executable the value of a thread-local symbol is its offset in the TLS image.
    private ulong Relative(ulong value, byte type) => type == STT_TLS ? value - layout.TlsStart : value;

    private uint SectionIndexOf(int row)
    {
        if (row == 0)
            return ObjectFile.Absolute;
        ref readonly InputSection section = ref sections[row];
        ref readonly SectionFate fate = ref sections.Fate(row);
        if ((fate.State & SectionState.Folded) != 0)
            return SectionIndexOf(section.Extra);
        if (fate.Kind == SectionKind.EhFrame)
            return HeaderOf(layout.EhFrame.OutputSection);
        if (fate.Kind == SectionKind.Mergeable)
            return SectionAt(addresses.InSection(row, 0));
        return HeaderOf(section.OutputSection);
    }

    private uint SectionNamed(ReadOnlySpan<byte> name) => layout.Find(name) is { HeaderIndex: > 0 } section ? (uint)section.HeaderIndex : ObjectFile.Absolute;

    private uint SectionAt(ulong address) => _byAddress.Find(address) is { } section ? (uint)section.HeaderIndex : ObjectFile.Absolute;

    /// <summary>Section header index for an address of an input section, as the symbol table names it.</summary>
    private uint HeaderOf(int outputSection)
    {
        int index = outputSection < 0 ? 0 : layout.Sections[outputSection].HeaderIndex;
        return index == 0 ? ObjectFile.Absolute : (uint)index;
    }

    // A reference says of a name that nobody defines whether it is thread-local.
    private static byte[] TypesOfReferences(SectionTable sections, SymbolTable symbols)
    {
        var types = new byte[symbols.Count];
        foreach (ObjectFile file in sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = file.FirstGlobal; i < entries.Length; i++)
            {
                int id = symbols.IdOf(file, i);
                if (!symbols[id].IsDefined && types[id] == STT_NOTYPE)
                    types[id] = entries[i].Type;
            }
        }

        return types;
    }
}
