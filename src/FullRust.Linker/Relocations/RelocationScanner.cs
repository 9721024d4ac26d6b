// Decides what each live relocation needs (a GOT slot, an IFUNC stub, nothing) and reaches what it refers to. Writes nothing: the
// writer asks the same pure functions again and so comes to the same decision.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocations;

internal sealed class RelocationScanner
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly SlotTable _slots;
    private readonly RelaxPolicy _relax;
    private readonly DiagnosticSink _sink;
    private readonly bool _onlyReaches;

    internal RelocationScanner(SectionTable sections, SymbolTable symbols, SlotTable slots, RelaxPolicy relax, DiagnosticSink sink)
    {
        _sections = sections;
        _symbols = symbols;
        _slots = slots;
        _relax = relax;
        _sink = sink;
    }

    /// <summary>For a relocatable output: reaches what relocations refer to and decides nothing, as all of them stay.</summary>
    internal RelocationScanner(SectionTable sections, SymbolTable symbols, SlotTable slots, DiagnosticSink sink)
        : this(sections, symbols, slots, new RelaxPolicy(symbols, false, false, false, []), sink)
    {
        _onlyReaches = true;
    }

    /// <summary>Visits the relocations of a live allocated section.</summary>
    internal void Scan(int row, SectionMarker marker)
    {
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        if (relocations.IsEmpty)
            return;
        ObjectFile file = _sections.FileOf(row);
        ReadOnlySpan<byte> contents = _sections.Contents(row).Span;
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        ReadOnlySpan<int> ids = _symbols.GlobalIds.Span.Slice(file.GlobalBase, file.GlobalCount);
        uint firstGlobal = (uint)file.FirstGlobal;
        ulong size = _sections[row].Size;
        if ((ulong)contents.Length < size)
        {
            Bad(row, relocations[0], "its section has no bytes");
            return;
        }

        for (int i = 0; i < relocations.Length; i++)
        {
            if (i + SymbolTable.Distance < relocations.Length)
                SymbolTable.Prefetch(_symbols.Rows, file, ids, relocations[i + SymbolTable.Distance].Symbol);
            ref readonly Elf64_Rela relocation = ref relocations[i];
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            uint symbol = relocation.Symbol;
            if (relocation.r_offset > size || kind.Width > size - relocation.r_offset || symbol >= (uint)entries.Length)
            {
                Bad(row, relocation, "its place or symbol does not exist");
                continue;
            }

            if (kind.Kind is RelocationKind.PcRelative or RelocationKind.Plt or RelocationKind.Absolute &&
                (symbol >= firstGlobal ? AsksNothingNew(_symbols[ids[(int)(symbol - firstGlobal)]].Flags) : AsksNothingNew(file, entries[(int)symbol])))
                continue;
            Reach(file, relocation, row, marker);
            if (_onlyReaches)
                continue;
            CheckTls(row, file, relocation, kind.Kind);
            i += Need(row, file, relocations, i, kind, contents);
        }
    }

    // Most references: to what was reached before, without any special need.
    private static bool AsksNothingNew(SymbolFlags flags) =>
        (flags & (SymbolFlags.Reached | SymbolFlags.Defined | SymbolFlags.Ifunc | SymbolFlags.Tls)) == (SymbolFlags.Reached | SymbolFlags.Defined);

    private bool AsksNothingNew(ObjectFile file, in Elf64_Sym local)
    {
        if (local.st_shndx is 0 or >= SHN_LORESERVE || local.Type == STT_GNU_IFUNC)
            return false;
        ref readonly SectionFate fate = ref _sections.Fate(file.SectionBase + local.st_shndx);
        return (fate.State & (SectionState.Live | SectionState.Discarded)) == SectionState.Live && fate.Kind != SectionKind.Mergeable;
    }

    /// <summary>Reaches what a relocation refers to, and notes an undefined name that live code asks for.</summary>
    internal void Reach(ObjectFile file, in Elf64_Rela relocation, int from, SectionMarker marker)
    {
        int index = (int)relocation.Symbol;
        if (index >= file.FirstGlobal && index < file.SymbolCount)
        {
            int id = _symbols.IdOf(file, index);
            ref Symbol symbol = ref _symbols[id];
            if (!symbol.IsDefined && (symbol.Flags & SymbolFlags.Referenced) != 0)
                symbol.AddAtomically(SymbolFlags.LiveUndefined);
            marker.ReachSymbol(id, from);
            return;
        }

        if (index == 0 || index >= file.SymbolCount)
            return;
        ref readonly Elf64_Sym local = ref file.Symbols[index];
        uint section = file.SectionOf(index, local);
        if (section is 0 or >= 0xffff0000u)
            return;
        int row = file.SectionBase + (int)section;
        ulong offset = local.Type == STT_SECTION ? local.st_value + (ulong)relocation.r_addend : local.st_value;
        if ((_sections.Fate(row).State & SectionState.Discarded) != 0)
            ReferenceToDiscarded(file, local, from, relocation, row);
        else
            marker.ReachSection(row, offset, from);
    }

    // A thread-local name has no address: an object that asks for one was compiled against another declaration.
    private void CheckTls(int row, ObjectFile file, in Elf64_Rela relocation, RelocationKind kind)
    {
        bool asksForAddress = kind is RelocationKind.Absolute or RelocationKind.PcRelative or RelocationKind.Plt or RelocationKind.PltOffset or
            RelocationKind.GotPcRelative or RelocationKind.GotSlotOffset or RelocationKind.GotRelative;
        if (!asksForAddress || relocation.Symbol < (uint)file.FirstGlobal)
            return;
        int id = _symbols.IdOf(file, (int)relocation.Symbol);
        ref Symbol symbol = ref _symbols[id];
        if ((symbol.Flags & (SymbolFlags.Tls | SymbolFlags.Defined)) != (SymbolFlags.Tls | SymbolFlags.Defined))
            return;
        _sink.Report(
            Severity.Error,
            DiagnosticId.TlsMismatch,
            $"symbol {_symbols.NameOf(id)} is thread-local in {_sections.Objects[symbol.File].DisplayName} and not in {file.DisplayName}",
            [$">>> referenced by {_sections.Place(row, relocation.r_offset)}"],
            row);
    }

    /// <summary>Notes needs.</summary>
    /// <returns>How many following relocations belong to this one.</returns>
    private int Need(int row, ObjectFile file, ReadOnlySpan<Elf64_Rela> relocations, int at, RelocationRow kind, ReadOnlySpan<byte> contents)
    {
        ref readonly Elf64_Rela relocation = ref relocations[at];
        switch (kind.Kind)
        {
            case RelocationKind.Absolute or RelocationKind.PcRelative or RelocationKind.GotRelative:
                if (IsIfunc(file, relocation.Symbol))
                    AddNeed(file, relocation.Symbol, SymbolFlags.NeedsIplt | SymbolFlags.CanonicalIplt);
                break;
            case RelocationKind.Plt or RelocationKind.PltOffset:
                if (IsIfunc(file, relocation.Symbol))
                    AddNeed(file, relocation.Symbol, SymbolFlags.NeedsIplt);
                _slots.UsesGotBase |= kind.Kind == RelocationKind.PltOffset;
                break;
            case RelocationKind.GotPcRelative or RelocationKind.GotSlotOffset:
                NeedGot(file, relocation, kind, contents);
                break;
            case RelocationKind.GotTpOffset:
                if (!TlsRelax.CanRelaxInitialExec(relocation.Type, contents, relocation.r_offset))
                    AddNeed(file, relocation.Symbol, SymbolFlags.NeedsGotTp);
                break;
            case RelocationKind.TlsGd or RelocationKind.TlsLd:
                return NeedTlsCall(row, file, relocations, at, kind, contents);
            case RelocationKind.TlsDescriptor:
                if (!TlsRelax.IsDescriptorLoad(relocation.Type, contents, relocation.r_offset))
                    Bad(row, relocation, $"not the instruction that the TLS ABI defines: {Bytes(contents, relocation.r_offset, 7, 8)}");
                break;
            case RelocationKind.TlsDescriptorCall:
                if (!TlsRelax.IsDescriptorCall(contents, relocation.r_offset))
                    Bad(row, relocation, $"not the instruction that the TLS ABI defines: {Bytes(contents, relocation.r_offset, 0, 4)}");
                break;
            case RelocationKind.DynamicOnly or RelocationKind.Unknown:
                _sink.Report(Severity.Error, DiagnosticId.UnknownRelocation, $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)} cannot be applied by a static link", [], row);
                break;
        }

        _slots.UsesGotBase |= kind.Kind is RelocationKind.GotRelative or RelocationKind.GotBasePcRelative;
        return 0;
    }

    private void NeedGot(ObjectFile file, in Elf64_Rela relocation, RelocationRow kind, ReadOnlySpan<byte> contents)
    {
        bool isIfunc = IsIfunc(file, relocation.Symbol);
        if (isIfunc)
            AddNeed(file, relocation.Symbol, SymbolFlags.NeedsIplt | SymbolFlags.NeedsGot);
        else if (kind.Kind == RelocationKind.GotSlotOffset || !_relax.CanRelax(file, relocation, contents, out _))
            AddNeed(file, relocation.Symbol, SymbolFlags.NeedsGot);
        _slots.UsesGotBase |= kind.Kind == RelocationKind.GotSlotOffset;
    }

    private int NeedTlsCall(int row, ObjectFile file, ReadOnlySpan<Elf64_Rela> relocations, int at, RelocationRow kind, ReadOnlySpan<byte> contents)
    {
        ulong field = relocations[at].r_offset;
        int length = TlsRelax.CallLength(contents, field, kind.Kind == RelocationKind.TlsGd);
        if (length == 0)
        {
            Bad(row, relocations[at], $"not the instructions that the TLS ABI defines: {Bytes(contents, field, 4, 20)}");
            return 0;
        }

        // The call's own relocation, to __tls_get_addr, goes with it; one of a symbol that does not exist is for the caller to refuse.
        return at + 1 < relocations.Length && relocations[at + 1].r_offset < field + 4 + (ulong)length && relocations[at + 1].Symbol < (uint)file.SymbolCount ? 1 : 0;
    }

    private bool IsIfunc(ObjectFile file, uint index)
    {
        if (index >= (uint)file.FirstGlobal)
            return (_symbols[_symbols.IdOf(file, (int)index)].Flags & SymbolFlags.Ifunc) != 0;
        return file.Symbols[(int)index].Type == STT_GNU_IFUNC;
    }

    private void AddNeed(ObjectFile file, uint index, SymbolFlags needs)
    {
        if (index >= (uint)file.FirstGlobal)
            _symbols[_symbols.IdOf(file, (int)index)].AddAtomically(needs);
        else
            _slots.NeedLocal(file.Index, (int)index, needs);
    }

    private void ReferenceToDiscarded(ObjectFile file, in Elf64_Sym symbol, int from, in Elf64_Rela relocation, int row)
    {
        if (_sections.Fate(from).Kind == SectionKind.EhFrame)
            return;
        _sink.Report(
            Severity.Error,
            DiagnosticId.BadRelocation,
            symbol.Type == STT_SECTION
                ? $"relocation refers to a discarded section: {_sections.Name(row)}"
                : $"relocation refers to a symbol in a discarded section: {file.SymbolName(symbol)}",
            [$">>> defined in {file}", $">>> referenced by {_sections.Place(from, relocation.r_offset)}", WhyDiscarded(file, row)],
            from);
    }

    private string WhyDiscarded(ObjectFile file, int row) =>
        (file.Sections[row - file.SectionBase].sh_flags & SHF_GROUP) != 0 || _sections.Name(row).Span.StartsWith(".gnu.linkonce."u8)
            ? "= another object's copy of the same COMDAT group was kept; a local symbol of this copy must not be used from outside of the group"
            : "= the linker script puts the section into /DISCARD/";

    private void Bad(int row, in Elf64_Rela relocation, string problem) =>
        _sink.Report(Severity.Error, DiagnosticId.BadRelocation, $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)}: {problem}", [], row);

    private static string Bytes(ReadOnlySpan<byte> contents, ulong offset, int before, int count)
    {
        int start = (int)Math.Max(0, (long)offset - before);
        return Convert.ToHexStringLower(contents.Slice(start, Math.Min(count, contents.Length - start)));
    }
}
