// SHF_MERGE sections (gABI, Section Attribute Flags) are taken apart when they are first reached; pieces of allocated sections that nobody
// reaches are dropped under --gc-sections. Equal pieces become one, and each input offset maps to one place in a merged section.

using System;
using System.Collections.Generic;
using System.Numerics;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal sealed class MergeSections : IDisposable
{
    // In InputSection.Extra: all pieces are wanted, and the section is taken apart when all such sections are known.
    private const int WantedWhole = -1;
    private readonly NativeList<uint> _ownTags = new();
    private readonly int _threads;
    private readonly bool _dropsPieces;
    private readonly SectionTable _sections;
    private readonly bool _sharesTails;
    private readonly PieceSplitter _splitter;
    private readonly WholeStrings _whole;
    private readonly MergeGroups _groups;

    internal MergeSections(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        _sharesTails = options.Optimize >= 2;
        _dropsPieces = options.GcSections;
        _threads = options.ThreadCount;
        _whole = new WholeStrings(sections, _threads);
        _sections = sections;
        _splitter = new PieceSplitter(sections, sink);
        _groups = new MergeGroups(sections, _splitter.Sections, _sharesTails);
    }

    /// <summary>The merged sections, in the order in which their first piece was met.</summary>
    internal List<MergedSection> Merged => _groups.Merged;

    /// <summary>Reaches the piece that holds an offset.</summary>
    /// <returns>False if the offset is not in the section.</returns>
    internal bool Reach(int row, ulong offset)
    {
        int split = _splitter.Split(row);
        if (split < 0 || offset >= _sections[row].Size)
            return split < 0 || offset == _sections[row].Size;
        _splitter.Table.PiecesOf(_splitter.Sections[split])[MapOf(in _splitter.Sections[split], merged: null).PieceAt(offset)].Target = Piece.Reached;
        return true;
    }

    /// <summary>Reaches all pieces of a section.</summary>
    internal void ReachAll(int row)
    {
        if (_sections[row].Extra == WantedWhole)
            return;
        if (_sections[row].Extra == 0 && !_whole.IsClosed && IsSplitLater(row))
        {
            _sections[row].Extra = WantedWhole;
            _whole.Add(row);
            return;
        }

        int split = _splitter.Split(row);
        if (split < 0)
            return;
        foreach (ref Piece piece in _splitter.Table.PiecesOf(_splitter.Sections[split]))
            piece.Target = Piece.Reached;
    }

    /// <summary>Takes apart what was reached as a whole until now, while the caller does other work.</summary>
    internal void SplitBeside(Action work) => _whole.SplitBeside(work);

    /// <summary>Merges what was reached, in input order, and fixes the offsets.</summary>
    internal void Merge(OutputSectionNames names)
    {
        const int WorthThreads = 16384;
        _splitter.Take(_whole);
        int threads = _splitter.Table.Pieces.Count + _whole.PieceCount < WorthThreads ? 1 : _threads;
        int[] order = LiveInOrder();
        List<List<int>> parts = _groups.Group(order, names, threads);
        HashOwn(order, threads);
        var left = new List<(int Pieces, int Part)>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (!_whole.TryMerge(Merged[i], parts[i], _splitter.Sections))
                left.Add((PiecesOf(parts[i]), i));
        }

        // One merged section has nothing to do with another; what takes longest comes first.
        left.Sort((a, b) => b.CompareTo(a));
        ParallelRanges.For(left.Count, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                Merge(parts[left[i].Part], left[i].Pieces, Merged[left[i].Part]);
        });
        _whole.ForgetTags();
        _ownTags.Dispose();
    }

    /// <summary>Adds a line of the linker's own to the merged .comment.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="line">The line with its NUL.</param>
    internal void AddComment(NativeBytes name, NativeBytes line)
    {
        const ulong Flags = SHF_MERGE | SHF_STRINGS;
        MergedSection? comment = Merged.Find(m => m.Name.SequenceEqual(name) && m.Flags == Flags && m.EntrySize == 1);
        if (comment is null)
            Merged.Add(comment = new MergedSection(new MergeKey(name, SHT_PROGBITS, Flags, 1, Statement: 0), _sharesTails));
        comment.Add(line, TagOf(line, isByteString: true), 0);
        comment.AssignOffsets();
    }

    /// <summary>Where an offset of a live mergeable section ended up.</summary>
    /// <param name="row">The section.</param>
    /// <param name="offset">Offset in the input.</param>
    /// <param name="merged">The merged section.</param>
    /// <returns>Offset in the merged section.</returns>
    internal ulong Locate(int row, ulong offset, out MergedSection merged)
    {
        PieceMap map = MapOf(row);
        merged = map.Merged;
        return map.Locate(offset);
    }

    /// <summary>The same for all offsets of a section.</summary>
    internal PieceMap MapOf(int row)
    {
        ref readonly SplitSection section = ref _splitter.Sections[_sections[row].Extra - 1];
        return MapOf(in section, Merged[section.Merged]);
    }

    /// <summary>The merged section that a live mergeable row belongs to.</summary>
    internal MergedSection MergedOf(int row) => Merged[IndexOf(row)];

    /// <summary>Its place in <see cref="Merged"/>.</summary>
    internal int IndexOf(int row) => _splitter.Sections[_sections[row].Extra - 1].Merged;

    /// <inheritdoc/>
    public void Dispose()
    {
        _splitter.Dispose();
        _whole.Dispose();
        _ownTags.Dispose();
    }

    private PieceTable TableOf(in SplitSection section) => section.IsWhole ? _whole.TableOf(section) : _splitter.Table;

    private PieceMap MapOf(ref readonly SplitSection section, MergedSection? merged) => new(TableOf(section), in section, merged);

    private int PiecesOf(List<int> parts)
    {
        int pieces = 0;
        foreach (int part in parts)
            pieces = checked(pieces + _splitter.Sections[part].Count);
        return pieces;
    }

    // Numbers of sections that were taken apart.
    private int[] LiveInOrder()
    {
        var rows = new int[_splitter.Sections.Count];
        var order = new int[_splitter.Sections.Count];
        int count = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int row = _splitter.Sections[i].Row;
            if (_sections.Fate(row).IsLive)
                (rows[count], order[count++]) = (row, i);
        }

        Array.Sort(rows, order, 0, count);
        return order[..count];
    }

    // Hashes the pieces that were taken apart one section after the other.
    private void HashOwn(int[] order, int threads)
    {
        _ownTags.AddUntouched(_splitter.Table.Pieces.Count);
        ParallelRanges.For(order.Length, 64, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                if (!_splitter.Sections[order[i]].IsWhole)
                    HashOwn(_splitter.Sections[order[i]]);
            }
        });
    }

    private void HashOwn(in SplitSection section)
    {
        NativeBytes contents = section.Contents;
        ReadOnlySpan<Piece> pieces = _splitter.Table.PiecesOf(section);
        Span<uint> tags = _ownTags.Span.Slice(section.FirstPiece, section.Count);
        bool isByteString = section.EntrySize == 0 && _sections.Header(section.Row).sh_entsize == 1;
        for (int i = 0; i < pieces.Length; i++)
        {
            if (pieces[i].Target == Piece.Reached)
                tags[i] = TagOf(PieceTable.ContentOf(pieces, i, contents), isByteString);
        }
    }

    private void Merge(List<int> parts, int pieces, MergedSection target)
    {
        const int Distance = 8;
        target.Reserve(pieces);
        for (int i = 0; i < parts.Count; i++)
        {
            if (i + Distance < parts.Count)
                _splitter.Sections[parts[i + Distance]].Contents.Prefetch(0);
            Merge(_splitter.Sections[parts[i]], target);
        }

        target.AssignOffsets();
    }

    private void Merge(in SplitSection section, MergedSection target)
    {
        NativeBytes contents = section.Contents;
        byte sectionAlignment = _sections[section.Row].AlignmentLog2;
        Span<Piece> pieces = TableOf(section).PiecesOf(section);
        ReadOnlySpan<uint> tags = section.IsWhole ? _whole.TagsOf(section) : _ownTags.Span.Slice(section.FirstPiece, section.Count);
        for (int i = 0; i < pieces.Length; i++)
        {
            target.PrefetchAhead(tags, i);
            if (pieces[i].Target != Piece.Reached)
                continue;
            byte alignment = sectionAlignment == 0 ? (byte)0 : (byte)Math.Min(sectionAlignment, BitOperations.TrailingZeroCount((ulong)pieces[i].Offset));
            pieces[i].Target = target.Add(PieceTable.ContentOf(pieces, i, contents), tags[i], alignment);
        }
    }

    // Of a string of bytes without its NUL: the search for the NUL finds the hash as well.
    private static uint TagOf(NativeBytes content, bool isByteString) =>
        NameTable.TagOf(StringHash.Compute(isByteString ? content.Span[..^1] : content.Span));

    // Strings of bytes whose pieces nobody asks for one by one: they are taken apart and hashed together, by all threads.
    private bool IsSplitLater(int row)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        bool isReachedByPiece = _dropsPieces && (header.sh_flags & SHF_ALLOC) != 0;
        return !isReachedByPiece && (header.sh_flags & SHF_STRINGS) != 0 && header.sh_entsize == 1;
    }
}
