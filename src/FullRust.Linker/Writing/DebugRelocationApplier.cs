// Relocations of sections that are not loaded (debug information). What speaks of code that is not part of the output gets a
// tombstone, so that debuggers do not mistake it for code at a low address: 0, but 1 in .debug_loc and .debug_ranges, where 0 ends a
// list, and all ones in .debug_names (DWARF 5; LLVM's linker).

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Applies relocations of sections without SHF_ALLOC. Thread-safe.</summary>
internal sealed class DebugRelocationApplier(
    SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, LinkOptions options, DiagnosticSink sink)
{
    private readonly List<(Glob Pattern, ulong Value)> _wanted = PatternsOf(options);

    private static List<(Glob Pattern, ulong Value)> PatternsOf(LinkOptions options)
    {
        var patterns = new List<(Glob Pattern, ulong Value)>();
        foreach (DeadRelocationValue wish in options.DeadRelocations)
            patterns.Add((new Glob(wish.Pattern), wish.Value));
        return patterns;
    }

    /// <summary>Applies a section's relocations.</summary>
    /// <param name="row">The section.</param>
    /// <param name="target">Its bytes in the image, already copied.</param>
    internal void Apply(int row, Span<byte> target)
    {
        ReadOnlySpan<Elf64_Rela> relocations = sections.Relocations(row);
        if (relocations.IsEmpty)
            return;
        ObjectFile file = sections.FileOf(row);
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        ReadOnlySpan<int> ids = symbols.GlobalIds.Span.Slice(file.GlobalBase, file.GlobalCount);
        ulong tombstone = TombstoneFor(sections.Name(row).Span);

        // Half of all relocations ask for strings, nearly always for those of one section.
        PieceMap strings = default;
        uint stringsOf = uint.MaxValue;
        for (int i = 0; i < relocations.Length; i++)
        {
            if (i + SymbolTable.Distance < relocations.Length)
                SymbolTable.Prefetch(symbols.Addresses, file, ids, relocations[i + SymbolTable.Distance].Symbol);
            ref readonly Elf64_Rela relocation = ref relocations[i];
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            uint index = relocation.Symbol;
            if (relocation.r_offset > (ulong)target.Length || kind.Width > (ulong)target.Length - relocation.r_offset || index >= (uint)entries.Length)
            {
                Bad(row, relocation, "its place or symbol does not exist");
                continue;
            }

            bool isAlive = true;
            ulong address = 0, addend = (ulong)relocation.r_addend;
            if (index >= (uint)file.FirstGlobal)
            {
                isAlive = addresses.TryGlobal(ids[(int)index - file.FirstGlobal], out address);
            }
            else if (index == stringsOf || !addresses.TryPlain(file, entries[(int)index], out address, out isAlive))
            {
                if (index != stringsOf && addresses.TryPieces(file, entries[(int)index], out PieceMap map))
                {
                    strings = map;
                    strings.PrefetchFor(relocations.Length);
                    stringsOf = index;
                }

                if (index == stringsOf && kind.Kind == RelocationKind.Absolute)
                    address = strings.Merged.Address + strings.Locate(entries[(int)index].st_value + addend) - addend;
                else
                    isAlive = addresses.TryLocal(file, (int)index, entries[(int)index], relocation.r_addend, out address);
            }

            ulong value = kind.Kind == RelocationKind.Absolute
                ? isAlive ? address + addend : tombstone
                : ValueOf(row, file, relocation, kind.Kind, isAlive, address, tombstone);
            Store(target[(int)relocation.r_offset..], kind.Width, value);
        }
    }

    private ulong TombstoneFor(ReadOnlySpan<byte> name)
    {
        for (int i = _wanted.Count - 1; i >= 0; i--)
        {
            if (_wanted[i].Pattern.Matches(name))
                return _wanted[i].Value;
        }

        if (name.SequenceEqual(".debug_loc"u8) || name.SequenceEqual(".debug_ranges"u8))
            return 1;
        return name.SequenceEqual(".debug_names"u8) ? ulong.MaxValue : 0;
    }

    private ulong ValueOf(int row, ObjectFile file, in Elf64_Rela relocation, RelocationKind kind, bool isAlive, ulong address, ulong tombstone)
    {
        int index = (int)relocation.Symbol;
        ulong addend = (ulong)relocation.r_addend;
        switch (kind)
        {
            case RelocationKind.DtpOffset or RelocationKind.TpOffset:
                return isAlive ? address + addend - layout.TlsStart : tombstone;
            case RelocationKind.PcRelative:
                return isAlive ? address + addend - PlaceOf(row) - relocation.r_offset : tombstone;
            case RelocationKind.Size:
                return (index >= file.FirstGlobal ? symbols[symbols.IdOf(file, index)].Size : file.Symbols[index].st_size) + addend;
            case RelocationKind.None:
                return 0;
            default:
                Bad(row, relocation, "not possible in a section that is not loaded");
                return 0;
        }
    }

    // What is not loaded has no address; distances are meaningful inside one section only.
    private ulong PlaceOf(int row) => sections[row].Offset;

    private static void Store(Span<byte> target, int width, ulong value)
    {
        switch (width)
        {
            case 8:
                BinaryPrimitives.WriteUInt64LittleEndian(target, value);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)value);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
                break;
            case 1:
                target[0] = (byte)value;
                break;
        }
    }

    private void Bad(int row, in Elf64_Rela relocation, string problem) =>
        sink.Report(Severity.Error, DiagnosticId.BadRelocation, $"{sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)}: {problem}", [], row);
}
