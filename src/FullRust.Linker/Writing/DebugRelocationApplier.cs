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
        ObjectFile file = sections.Objects[sections[row].File];
        ReadOnlySpan<Elf64_Sym> locals = file.Symbols;
        ulong tombstone = TombstoneFor(sections.Name(row).Span);
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            if (relocation.r_offset > (ulong)target.Length || kind.Width > (ulong)target.Length - relocation.r_offset || relocation.Symbol >= (uint)locals.Length)
            {
                Bad(row, relocation, "its place or symbol does not exist");
                continue;
            }

            ulong value = ValueOf(row, file, locals, relocation, kind.Kind, tombstone);
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

    private ulong ValueOf(int row, ObjectFile file, ReadOnlySpan<Elf64_Sym> locals, in Elf64_Rela relocation, RelocationKind kind, ulong tombstone)
    {
        int index = (int)relocation.Symbol;
        int section;
        ulong address;
        if (index >= file.FirstGlobal)
        {
            int id = symbols.IdOf(file, index);
            section = symbols[id].Section;
            address = section != 0 && !IsInOutput(section) ? 0 : addresses.OfGlobal(id);
        }
        else
        {
            uint header = file.SectionOf(index, locals[index]);
            section = header is 0 or >= 0xffff0000u ? 0 : file.SectionBase + (int)header;
            address = section != 0 && !IsInOutput(section) ? 0 : addresses.OfLocal(file, index, relocation.r_addend);
        }

        ulong addend = (ulong)relocation.r_addend;
        bool isDead = section != 0 && !IsInOutput(section);
        switch (kind)
        {
            case RelocationKind.Absolute:
                return isDead ? tombstone : address + addend;
            case RelocationKind.DtpOffset or RelocationKind.TpOffset:
                return isDead ? tombstone : address + addend - layout.TlsStart;
            case RelocationKind.PcRelative:
                return isDead ? tombstone : address + addend - PlaceOf(row) - relocation.r_offset;
            case RelocationKind.Size:
                return (index >= file.FirstGlobal ? symbols[symbols.IdOf(file, index)].Size : locals[index].st_size) + addend;
            case RelocationKind.None:
                return 0;
            default:
                Bad(row, relocation, "not possible in a section that is not loaded");
                return 0;
        }
    }

    private bool IsInOutput(int row) => sections[row].IsLive || (sections[row].State & SectionState.Folded) != 0 || sections[row].Kind == SectionKind.EhFrame;

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
