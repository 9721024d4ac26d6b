// Identical code folding (--icf): sections whose bytes, flags and relocations are equal become one. Two relocations are equal when
// their targets are, and targets may themselves be foldable: every candidate starts with a hash of what it is by itself, and each
// round mixes in the hashes of what it refers to, until a round separates no further candidates. 128 bits of hash stand for equality.
//
// Unwind data takes part: functions fold only if their records say the same, language-specific data compared by contents.
// "safe" leaves out what the program may tell apart by its address (AddressSignificance).

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal sealed class IdenticalCodeFolding
{
    private const int MaxRounds = 32;
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly MergeSections _merges;
    private readonly EhFrame _frames;
    private readonly OutputSectionNames _names;
    private readonly List<int> _candidates = [];
    private readonly Dictionary<int, int> _indexOf = [];

    private IdenticalCodeFolding(SectionTable sections, SymbolTable symbols, MergeSections merges, EhFrame frames, OutputSectionNames names)
    {
        _sections = sections;
        _symbols = symbols;
        _merges = merges;
        _frames = frames;
        _names = names;
    }

    /// <summary>Folds; each fold is given as the section that stayed and the one that went, in input order.</summary>
    /// <param name="sections">All input sections.</param>
    /// <param name="symbols">All names.</param>
    /// <param name="merges">Where strings and constants went.</param>
    /// <param name="frames">Unwind records.</param>
    /// <param name="names">Output sections: nothing leaves the one that it belongs to.</param>
    /// <param name="options">What may be folded.</param>
    internal static List<(int Kept, int Folded)> Fold(
        SectionTable sections, SymbolTable symbols, MergeSections merges, EhFrame frames, OutputSectionNames names, LinkOptions options)
    {
        if (options.Icf == IcfPolicy.None)
            return [];
        var folding = new IdenticalCodeFolding(sections, symbols, merges, frames, names);
        folding.FindCandidates(options);
        return folding.FoldEqual(folding.Refine());
    }

    private void FindCandidates(LinkOptions options)
    {
        bool keepsFunctions = options.Icf == IcfPolicy.Safe && !options.IgnoreFunctionAddressEquality;
        AddressSignificance significance = AddressSignificance.Find(_sections, _symbols, derive: keepsFunctions);
        var unique = new HashSet<int>();
        foreach (string name in options.KeepUnique)
        {
            int id = _symbols.Find(Encoding.UTF8.GetBytes(name));
            if (id >= 0)
                unique.Add(_symbols[id].Section);
        }

        for (int row = 1; row < _sections.Count; row++)
        {
            if (!IsFoldable(row) || unique.Contains(row))
                continue;
            bool isCode = (_sections[row].Flags & (uint)SHF_EXECINSTR) != 0;
            if (isCode ? !keepsFunctions || !significance.Rows.Contains(row) : MayFoldData(row, significance, options))
            {
                _indexOf[row] = _candidates.Count;
                _candidates.Add(row);
            }
        }
    }

    // Data is taken for address-significant unless its object says what is.
    private bool MayFoldData(int row, AddressSignificance significance, LinkOptions options) =>
        options.IgnoreDataAddressEquality || _sections.Name(row).Span.StartsWith(".gcc_except_table."u8) ||
        (significance.IsListedBy(_sections[row].File) && !significance.Rows.Contains(row));

    private bool IsFoldable(int row)
    {
        ref readonly InputSection section = ref _sections[row];
        ref readonly SectionFate fate = ref _sections.Fate(row);
        if (!fate.IsLive || fate.Kind != SectionKind.Regular || section.Size == 0)
            return false;
        if ((section.Flags & (uint)(SHF_ALLOC | SHF_WRITE | SHF_LINK_ORDER)) != (uint)SHF_ALLOC || (fate.State & SectionState.Root) != 0)
            return false;
        ReadOnlySpan<byte> name = _sections.Name(row).Span;
        return !name.IsEmpty && name[0] == '.' && !name.SequenceEqual(".init"u8) && !name.SequenceEqual(".fini"u8);
    }

    private UInt128[] Refine()
    {
        var hashes = new UInt128[_candidates.Count];
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = OwnHash(_candidates[i]);
        int classes = CountDistinct(hashes);
        for (int round = 0; round < MaxRounds; round++)
        {
            var next = new UInt128[hashes.Length];
            for (int i = 0; i < hashes.Length; i++)
                next[i] = Mix(hashes[i], TargetsHash(_candidates[i], hashes));
            hashes = next;
            int now = CountDistinct(hashes);
            if (now == classes && round > 0)
                break;
            classes = now;
        }

        return hashes;
    }

    private static int CountDistinct(UInt128[] hashes) => new HashSet<UInt128>(hashes).Count;

    // What a section is by itself: flags, bytes, the output section, and where and how it is relocated.
    private UInt128 OwnHash(int row)
    {
        ref readonly InputSection section = ref _sections[row];
        ReadOnlySpan<byte> bytes = _sections.Contents(row).Span;
        UInt128 hash = Mix(new UInt128(ByteHash.Compute(bytes), ByteHash.Compute(bytes, 1) ^ section.Flags), _names.HashOf(_sections, row));
        foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(row))
            hash = Mix(hash, new UInt128(relocation.r_offset, relocation.Type));
        for (int fde = section.FirstFde; fde != 0; fde = _frames.Fdes[fde - 1].Next)
            hash = Mix(hash, OwnHash(_frames.Fdes[fde - 1]));
        return hash;
    }

    // An FDE without the fields that name its place: the distance to its CIE and the function's address are relocated or rewritten.
    private UInt128 OwnHash(in Fde fde)
    {
        ReadOnlySpan<byte> record = _sections.Contents(fde.Row).Span.Slice((int)fde.Offset, (int)fde.Size);
        ReadOnlySpan<byte> cie = _sections.Contents(_frames.Cies[fde.Cie].Row).Span.Slice((int)_frames.Cies[fde.Cie].Offset, (int)_frames.Cies[fde.Cie].Size);
        ReadOnlySpan<byte> rest = record[Math.Min(12, record.Length)..];
        return new UInt128(ByteHash.Compute(rest) ^ ByteHash.Compute(cie), ByteHash.Compute(rest, 1) + ByteHash.Compute(cie, 1));
    }

    private UInt128 TargetsHash(int row, UInt128[] hashes)
    {
        ObjectFile file = _sections.FileOf(row);
        UInt128 hash = UInt128.One;
        foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(row))
            hash = Mix(hash, TargetHash(file, relocation, hashes));
        for (int next = _sections[row].FirstFde; next != 0; next = _frames.Fdes[next - 1].Next)
        {
            Fde fde = _frames.Fdes[next - 1];
            Cie cie = _frames.Cies[fde.Cie];
            foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(fde.Row)[Math.Min(fde.RelocationsBegin + 1, fde.RelocationsEnd)..fde.RelocationsEnd])
                hash = Mix(hash, TargetHash(file, relocation, hashes));
            foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(cie.Row)[cie.RelocationsBegin..cie.RelocationsEnd])
                hash = Mix(hash, TargetHash(file, relocation, hashes));
        }

        return hash;
    }

    private UInt128 TargetHash(ObjectFile file, in Elf64_Rela relocation, UInt128[] hashes)
    {
        int index = (int)relocation.Symbol;
        ulong addend = (ulong)relocation.r_addend;
        if (index >= file.FirstGlobal)
        {
            int id = _symbols.IdOf(file, index);
            ref readonly Symbol symbol = ref _symbols[id];
            bool isPlace = symbol.Section != 0 && (symbol.Flags & SymbolFlags.Ifunc) == 0;
            return isPlace ? PlaceHash(symbol.Section, symbol.Value, addend, hashes) : new UInt128((ulong)id, addend);
        }

        ref readonly Elf64_Sym local = ref file.Symbols[index];
        uint header = file.SectionOf(index, local);
        if (header is 0 or >= 0xffff0000u)
            return new UInt128(header, local.st_value + addend);
        if (local.Type == STT_SECTION)
            return PlaceHash(file.SectionBase + (int)header, local.st_value + addend, 0, hashes);
        return PlaceHash(file.SectionBase + (int)header, local.st_value, addend, hashes);
    }

    private UInt128 PlaceHash(int row, ulong offset, ulong addend, UInt128[] hashes)
    {
        if (_indexOf.TryGetValue(row, out int candidate))
            return Mix(hashes[candidate], new UInt128(offset, addend));
        ref readonly InputSection section = ref _sections[row];
        ref readonly SectionFate fate = ref _sections.Fate(row);
        if (fate.Kind == SectionKind.Mergeable && fate.IsLive && section.Extra != 0)
        {
            ulong at = _merges.Locate(row, offset, out MergedSection merged);
            return Mix(new UInt128((ulong)_merges.Merged.IndexOf(merged) + 1, at), new UInt128(1, addend));
        }

        return Mix(new UInt128((ulong)row << 32, offset), new UInt128(2, addend));
    }

    private List<(int Kept, int Folded)> FoldEqual(UInt128[] hashes)
    {
        var leaders = new Dictionary<UInt128, int>();
        var folds = new List<(int Kept, int Folded)>();
        for (int i = 0; i < hashes.Length; i++)
        {
            int row = _candidates[i];
            if (leaders.TryAdd(hashes[i], row))
                continue;
            int leader = leaders[hashes[i]];
            Absorb(leader, row);
            folds.Add((leader, row));
        }

        return folds;
    }

    private void Absorb(int leader, int row)
    {
        ref InputSection folded = ref _sections[row];
        _sections.Fate(row).State |= SectionState.Folded;
        folded.Extra = leader;
        _sections[leader].AlignmentLog2 = Math.Max(_sections[leader].AlignmentLog2, folded.AlignmentLog2);
        for (int fde = folded.FirstFde; fde != 0; fde = _frames.Fdes[fde - 1].Next)
            _frames.Fdes[fde - 1].IsLive = false;
    }

    private static UInt128 Mix(UInt128 a, UInt128 b)
    {
        ulong low = ByteHash.Mix((ulong)a ^ ByteHash.Mix((ulong)b + 0x9e3779b97f4a7c15));
        ulong high = ByteHash.Mix((ulong)(a >> 64) + ByteHash.Mix((ulong)(b >> 64) ^ low));
        return new UInt128(high, low ^ high);
    }
}
