// Bytes for relocations (psABI, "Relocation Types"). Works on a copy of the section in the image; every overflow is reported with its
// place, value and range. Whatever was relaxed when needs were counted is rewritten here by the same functions.

using System;
using System.Buffers.Binary;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Applies relocations. Thread-safe: writes only to the span that it is given.</summary>
internal sealed class RelocationApplier
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly SlotTable _slots;
    private readonly OutputLayout _layout;
    private readonly SymbolAddresses _addresses;
    private readonly RelaxPolicy _relax;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;

    internal RelocationApplier(
        SectionTable sections, SymbolTable symbols, SlotTable slots, OutputLayout layout, SymbolAddresses addresses, RelaxPolicy relax, LinkOptions options, DiagnosticSink sink)
    {
        _sections = sections;
        _symbols = symbols;
        _slots = slots;
        _layout = layout;
        _addresses = addresses;
        _relax = relax;
        _options = options;
        _sink = sink;
    }

    /// <summary>Applies the relocations of an allocated section.</summary>
    /// <param name="row">The section.</param>
    /// <param name="target">Its bytes in the image, already copied.</param>
    /// <param name="address">Its address.</param>
    internal void Apply(int row, Span<byte> target, ulong address)
    {
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        if (relocations.IsEmpty)
            return;
        ObjectFile file = _sections.FileOf(row);
        ReadOnlySpan<int> ids = _symbols.GlobalIds.Span.Slice(file.GlobalBase, file.GlobalCount);
        ReadOnlySpan<ulong> addresses = _symbols.Addresses.Span;
        uint firstGlobal = (uint)file.FirstGlobal;
        for (int i = 0; i < relocations.Length; i++)
        {
            if (i + SymbolTable.Distance < relocations.Length)
                SymbolTable.Prefetch(_symbols.Addresses, file, ids, relocations[i + SymbolTable.Distance].Symbol);
            ref readonly Elf64_Rela relocation = ref relocations[i];
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            ulong place = address + relocation.r_offset;
            if (kind.Kind is RelocationKind.Absolute or RelocationKind.PcRelative or RelocationKind.Plt)
            {
                uint symbol = relocation.Symbol;
                ulong value = symbol >= firstGlobal ? addresses[ids[(int)(symbol - firstGlobal)]] : _addresses.OfLocal(file, (int)symbol, relocation.r_addend);
                value += (ulong)relocation.r_addend;
                Store(row, relocation, kind, target, kind.Kind == RelocationKind.Absolute ? value : value - place);
            }
            else if (kind.Kind != RelocationKind.None)
            {
                i += ApplySpecial(row, file, relocations, i, kind, target, place);
            }
        }
    }

    /// <summary>Applies the relocations of one unwind record.</summary>
    /// <param name="row">The input section.</param>
    /// <param name="relocations">The record's relocations.</param>
    /// <param name="recordOffset">Offset of the record in the input.</param>
    /// <param name="record">Its bytes in the image.</param>
    /// <param name="address">Its address.</param>
    internal void ApplyRecord(int row, ReadOnlySpan<Elf64_Rela> relocations, uint recordOffset, Span<byte> record, ulong address)
    {
        ObjectFile file = _sections.FileOf(row);
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            ulong offset = relocation.r_offset - recordOffset;
            if (kind.Kind is not (RelocationKind.Absolute or RelocationKind.PcRelative or RelocationKind.Plt) || offset + kind.Width > (ulong)record.Length)
            {
                if (kind.Kind != RelocationKind.None)
                    Bad(row, relocation, "not possible in unwind tables");
                continue;
            }

            ulong value = _addresses.OfSymbol(file, relocation) + (ulong)relocation.r_addend;
            if (kind.Kind != RelocationKind.Absolute)
                value -= address + offset;
            StoreAt(row, relocation, kind, record, (int)offset, value);
        }
    }

    /// <summary>S + A of a relocation of a section.</summary>
    internal ulong ValueOf(int row, in Elf64_Rela relocation) => _addresses.OfSymbol(_sections.FileOf(row), relocation) + (ulong)relocation.r_addend;

    /// <summary>The address of the function that an FDE describes.</summary>
    internal ulong FunctionOf(in Fde fde)
    {
        Elf64_Rela relocation = _sections.Relocations(fde.Row)[fde.RelocationsBegin];
        return _addresses.OfSymbol(_sections.FileOf(fde.Row), relocation) + (ulong)relocation.r_addend;
    }

    private int ApplySpecial(
        int row, ObjectFile file, ReadOnlySpan<Elf64_Rela> relocations, int at, RelocationRow kind, Span<byte> target, ulong place)
    {
        ref readonly Elf64_Rela relocation = ref relocations[at];
        int field = (int)relocation.r_offset;
        ulong addend = (ulong)relocation.r_addend;
        switch (kind.Kind)
        {
            case RelocationKind.GotPcRelative:
                ApplyGot(row, file, relocation, kind, target, place);
                return 0;
            case RelocationKind.PltOffset or RelocationKind.GotRelative:
                Store(row, relocation, kind, target, _addresses.OfSymbol(file, relocation) + addend - _layout.Got.Address);
                return 0;
            case RelocationKind.GotSlotOffset:
                Store(row, relocation, kind, target, GotSlot(file, relocation) + addend - _layout.Got.Address);
                return 0;
            case RelocationKind.GotBasePcRelative:
                Store(row, relocation, kind, target, _layout.Got.Address + addend - place);
                return 0;
            case RelocationKind.Size:
                Store(row, relocation, kind, target, SizeOf(file, relocation) + addend);
                return 0;
            case RelocationKind.TpOffset:
                Store(row, relocation, kind, target, TpOffset(row, file, relocation, addend));
                return 0;
            case RelocationKind.DtpOffset:
                Store(row, relocation, kind, target, DtpOffset(row, file, relocation, addend));
                return 0;
            case RelocationKind.GotTpOffset:
                ApplyInitialExec(row, file, relocation, kind, target, place);
                return 0;
            case RelocationKind.TlsDescriptor:
                TlsRelax.DescriptorToLocal(relocation.Type, target, field, TpOffset32(row, file, relocation));
                return 0;
            case RelocationKind.TlsDescriptorCall:
                TlsRelax.DescriptorCallToNop(target, field);
                return 0;
            case RelocationKind.TlsGd or RelocationKind.TlsLd:
                return ApplyTlsCall(row, file, relocations, at, kind, target);
            default:
                return 0;
        }
    }

    private void ApplyGot(int row, ObjectFile file, in Elf64_Rela relocation, RelocationRow kind, Span<byte> target, ulong place)
    {
        if (!_relax.CanRelax(file, relocation, target, out GotForm form))
        {
            Store(row, relocation, kind, target, GotSlot(file, relocation) + (ulong)relocation.r_addend - place);
            return;
        }

        ulong value = _addresses.OfSymbol(file, relocation);
        if (_relax.TakesImmediate(file, relocation, form))
        {
            if (!GotPcRelax.ToImmediate(form, relocation.Type, target, (int)relocation.r_offset, value))
                OutOfRange(row, relocation, kind, value);
            return;
        }

        long displacement = GotPcRelax.ToPcRelative(form, target, (int)relocation.r_offset, value, place);
        if (displacement != (int)displacement)
            OutOfRange(row, relocation, kind, (ulong)displacement);
    }

    private void ApplyInitialExec(int row, ObjectFile file, in Elf64_Rela relocation, RelocationRow kind, Span<byte> target, ulong place)
    {
        if (TlsRelax.CanRelaxInitialExec(relocation.Type, target, relocation.r_offset))
            TlsRelax.InitialToLocal(relocation.Type, target, (int)relocation.r_offset, TpOffset32(row, file, relocation));
        else
            Store(row, relocation, kind, target, GotTpSlot(file, relocation) + (ulong)relocation.r_addend - place);
    }

    private int ApplyTlsCall(int row, ObjectFile file, ReadOnlySpan<Elf64_Rela> relocations, int at, RelocationRow kind, Span<byte> target)
    {
        ref readonly Elf64_Rela relocation = ref relocations[at];
        bool isGeneral = kind.Kind == RelocationKind.TlsGd;
        int length = TlsRelax.CallLength(target, relocation.r_offset, isGeneral);
        if (length == 0)
            return 0;
        if (isGeneral)
            TlsRelax.GeneralToLocal(target, (int)relocation.r_offset, length, TpOffset32(row, file, relocation));
        else
            TlsRelax.LocalDynamicToLocal(target, (int)relocation.r_offset, length);
        return at + 1 < relocations.Length && relocations[at + 1].r_offset < relocation.r_offset + 4 + (ulong)length ? 1 : 0;
    }

    private ulong GotSlot(ObjectFile file, in Elf64_Rela relocation)
    {
        Slots slots = SlotsOf(file, relocation);
        return slots.Got >= 0 ? _layout.Got.Slot(slots.Got) : _layout.Got.IpltSlot(slots.Iplt);
    }

    private ulong GotTpSlot(ObjectFile file, in Elf64_Rela relocation) => _layout.Got.Slot(SlotsOf(file, relocation).GotTp);

    private Slots SlotsOf(ObjectFile file, in Elf64_Rela relocation)
    {
        int index = (int)relocation.Symbol;
        return _slots.Rows[index >= file.FirstGlobal ? _symbols[_symbols.IdOf(file, index)].Slots : _slots.LocalSlots(file.Index, index)];
    }

    private ulong SizeOf(ObjectFile file, in Elf64_Rela relocation)
    {
        int index = (int)relocation.Symbol;
        return index >= file.FirstGlobal ? _symbols[_symbols.IdOf(file, index)].Size : file.Symbols[index].st_size;
    }

    // The offset from the thread pointer; an undefined weak variable has offset 0.
    private ulong TpOffset(int row, ObjectFile file, in Elf64_Rela relocation, ulong addend) =>
        TlsOffset(row, file, relocation, addend, _layout.ThreadPointer);

    private ulong TlsOffset(int row, ObjectFile file, in Elf64_Rela relocation, ulong addend, ulong from)
    {
        int index = (int)relocation.Symbol;
        bool isGlobal = index >= file.FirstGlobal;
        if (isGlobal && !_symbols[_symbols.IdOf(file, index)].IsDefined)
            return addend;
        if (isGlobal ? (_symbols[_symbols.IdOf(file, index)].Flags & (SymbolFlags.Tls | SymbolFlags.LinkerDefined)) == 0 : !IsLocalTls(file, index))
            Bad(row, relocation, $"its symbol {(isGlobal ? NameOf(file, relocation) : file.SymbolName(file.Symbols[index]).ToString())} is not thread-local");
        return _addresses.OfSymbol(file, relocation) + addend - from;
    }

    // Code that asked for its module's block got the thread pointer instead; data was not rewritten and keeps the offset in the block.
    private ulong DtpOffset(int row, ObjectFile file, in Elf64_Rela relocation, ulong addend) =>
        TlsOffset(row, file, relocation, addend, (_sections[row].Flags & (uint)SHF_EXECINSTR) != 0 ? _layout.ThreadPointer : _layout.TlsStart);

    private bool IsLocalTls(ObjectFile file, int index)
    {
        ref readonly Elf64_Sym symbol = ref file.Symbols[index];
        if (symbol.Type == STT_TLS)
            return true;
        uint header = file.SectionOf(index, symbol);
        return header is > 0 and < 0xffff0000u && (_sections[file.SectionBase + (int)header].Flags & (uint)SHF_TLS) != 0;
    }

    // In the rewritten instructions the field is not relative to its own end: the addend's -4 goes.
    private int TpOffset32(int row, ObjectFile file, in Elf64_Rela relocation)
    {
        ulong value = TpOffset(row, file, relocation, (ulong)relocation.r_addend + 4);
        if ((long)value != (int)value)
            OutOfRange(row, relocation, RelocationTable.Row(relocation.Type), value);
        return (int)value;
    }

    private void Store(int row, in Elf64_Rela relocation, RelocationRow kind, Span<byte> target, ulong value) =>
        StoreAt(row, relocation, kind, target, (int)relocation.r_offset, value);

    private void StoreAt(int row, in Elf64_Rela relocation, RelocationRow kind, Span<byte> target, int offset, ulong value)
    {
        if (kind.Width == 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[offset..], (uint)value);
            bool fits = kind.Range == FieldRange.Signed ? (long)value == (int)value : RelocationTable.Fits(value, 4, kind.Range);
            if (!fits)
                OutOfRange(row, relocation, kind, value);
        }
        else if (kind.Width == 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target[offset..], value);
        }
        else
        {
            StoreShort(row, relocation, kind, target[offset..], value);
        }
    }

    private void StoreShort(int row, in Elf64_Rela relocation, RelocationRow kind, Span<byte> target, ulong value)
    {
        if (kind.Width == 2)
            BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
        else if (kind.Width == 1)
            target[0] = (byte)value;
        if (!RelocationTable.Fits(value, kind.Width, kind.Range))
            OutOfRange(row, relocation, kind, value);
    }

    private string NameOf(ObjectFile file, in Elf64_Rela relocation)
    {
        int index = (int)relocation.Symbol;
        if (index >= file.FirstGlobal)
            return $"'{SymbolText.Name(_symbols.NameOf(_symbols.IdOf(file, index)), _options)}'";
        ref readonly Elf64_Sym symbol = ref file.Symbols[index];
        uint header = file.SectionOf(index, symbol);
        return symbol.Type == STT_SECTION && header < 0xffff0000u ? $"section '{file.SectionName((int)header)}'" : $"'{SymbolText.Name(file.SymbolName(symbol), _options)}'";
    }

    private string? DefinerOf(ObjectFile file, in Elf64_Rela relocation)
    {
        if (relocation.Symbol < (uint)file.FirstGlobal)
            return file.DisplayName;
        Symbol symbol = _symbols[_symbols.IdOf(file, (int)relocation.Symbol)];
        return (symbol.Flags & SymbolFlags.Defined) != 0 ? _sections.Objects[symbol.File].DisplayName : null;
    }

    private void OutOfRange(int row, in Elf64_Rela relocation, RelocationRow kind, ulong value)
    {
        ObjectFile file = _sections.FileOf(row);
        string hint = kind.Kind is RelocationKind.Absolute
            ? "= the address needs more bits than the field has: compile with -mcmodel=large or -fPIC, or choose a lower image base"
            : "= the target is too far away: a large section lies between; compile the large data with -mcmodel=medium or -mcmodel=large";
        _sink.Report(
            Severity.Error,
            DiagnosticId.RelocationOutOfRange,
            $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)} out of range: {(long)value} is not in {RelocationTable.Describe(kind)}; references {NameOf(file, relocation)}",
            DefinerOf(file, relocation) is { } definer ? [$">>> defined in {definer}", hint] : [hint],
            row);
    }

    private void Bad(int row, in Elf64_Rela relocation, string problem) =>
        _sink.Report(Severity.Error, DiagnosticId.BadRelocation, $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)}: {problem}", [], row);
}
