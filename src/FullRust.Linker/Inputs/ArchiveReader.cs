// Reads the `ar` format as GNU and BSD write it. Every member header is 60 bytes at an even offset:
//
//   name[16] date[12] uid[6] gid[6] mode[8] size[10] "`\n"
//
// GNU: "/" and "/SYM64/" are the symbol index, "//" the long names, "/N" a long name, "name/" a short one; a thin archive holds
// names only. BSD: "#1/N" puts the name before the contents, "__.SYMDEF" is the index. Any contradiction is a FormatException of
// ours, turned into a diagnostic by the one caller that reads archives.

using System;
using System.Buffers.Binary;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Inputs;

/// <summary>One member of an archive.</summary>
/// <param name="Offset">Offset of its header in the archive: what the symbol index names.</param>
/// <param name="Name">Its name, without the format's decorations.</param>
/// <param name="Contents">Its bytes; empty in a thin archive.</param>
/// <param name="Next">Offset of the next header.</param>
internal readonly record struct ArchiveMember(long Offset, NativeBytes Name, NativeBytes Contents, long Next);

/// <summary>What a member is to the archive itself.</summary>
internal enum ArchiveMemberKind
{
    /// <summary>An ordinary file.</summary>
    File,

    /// <summary>GNU index with 32-bit offsets.</summary>
    Index32,

    /// <summary>GNU index with 64-bit offsets.</summary>
    Index64,

    /// <summary>BSD index.</summary>
    BsdIndex,

    /// <summary>BSD index with 64-bit fields.</summary>
    BsdIndex64,

    /// <summary>GNU long names.</summary>
    LongNames,
}

/// <summary>Walks the members of one archive.</summary>
internal sealed class ArchiveReader
{
    private const int HeaderSize = 60;
    private readonly NativeBytes _bytes;
    private readonly bool _isThin;
    private NativeBytes _longNames;

    internal ArchiveReader(NativeBytes bytes, bool isThin)
    {
        _bytes = bytes;
        _isThin = isThin;
        ReadPreamble();
    }

    /// <summary>Offset of the first ordinary member.</summary>
    internal long FirstMember { get; private set; } = 8;

    /// <summary>The kind of <see cref="Index"/>; <see cref="ArchiveMemberKind.File"/> when the archive has no index.</summary>
    internal ArchiveMemberKind IndexKind { get; private set; } = ArchiveMemberKind.File;

    /// <summary>The contents of the symbol index.</summary>
    internal NativeBytes Index { get; private set; }

    /// <summary>Whether a further member begins at an offset; fewer than a header's worth of blank bytes is padding.</summary>
    /// <exception cref="FormatException">The archive ends within a member's header.</exception>
    internal bool HasMemberAt(long offset)
    {
        if (offset < 8 || offset >= _bytes.Length)
            return false;
        long rest = _bytes.Length - offset;
        if (rest < HeaderSize && _bytes.Slice(offset, rest).Span.ContainsAnyExcept("\0\n "u8))
            throw new FormatException($"truncated or malformed archive (remaining size of archive too small for next archive member header at offset {offset})");
        return rest >= HeaderSize;
    }

    /// <summary>Reads the member whose header is at an offset.</summary>
    /// <exception cref="FormatException">The header contradicts the format or the file's size.</exception>
    internal ArchiveMember Read(long offset, out ArchiveMemberKind kind)
    {
        if (!HasMemberAt(offset))
            throw new FormatException($"no archive member at offset {offset}");
        ReadOnlySpan<byte> header = _bytes.Slice(offset, HeaderSize).Span;
        if (header[58] != '`' || header[59] != '\n')
            throw new FormatException($"bad archive member header at offset {offset}");
        long size = ParseNumber(header.Slice(48, 10), offset);
        NativeBytes rawName = _bytes.Slice(offset, 16);
        kind = KindOf(rawName.Span);
        long start = offset + HeaderSize;
        bool hasContents = !_isThin || kind != ArchiveMemberKind.File;
        if (hasContents && size > _bytes.Length - start)
            throw new FormatException($"archive member at offset {offset} ends behind the end of the file");

        NativeBytes contents = hasContents ? _bytes.Slice(start, size) : default;
        long next = hasContents ? start + size + (size & 1) : start;
        NativeBytes name = NameOf(rawName, ref contents, offset);
        if (kind == ArchiveMemberKind.File && name.Length >= 9 && name.Span.StartsWith("__.SYMDEF"u8))
            kind = name.Span.StartsWith("__.SYMDEF_64"u8) ? ArchiveMemberKind.BsdIndex64 : ArchiveMemberKind.BsdIndex;
        return new ArchiveMember(offset, name, contents, next);
    }

    /// <summary>Gives every entry of the symbol index: a name, its hash, and the offset of the member that defines it.</summary>
    /// <exception cref="FormatException">The index contradicts the format.</exception>
    internal void ReadIndex(Action<NativeBytes, ulong, long> entry)
    {
        switch (IndexKind)
        {
            case ArchiveMemberKind.Index32:
                ReadGnuIndex(4, entry);
                break;
            case ArchiveMemberKind.Index64:
                ReadGnuIndex(8, entry);
                break;
            case ArchiveMemberKind.BsdIndex:
                ReadBsdIndex(4, entry);
                break;
            case ArchiveMemberKind.BsdIndex64:
                ReadBsdIndex(8, entry);
                break;
        }
    }

    private static ArchiveMemberKind KindOf(ReadOnlySpan<byte> rawName)
    {
        if (rawName[0] != '/')
            return ArchiveMemberKind.File;
        if (rawName[1] == ' ')
            return ArchiveMemberKind.Index32;
        if (rawName[1] == '/')
            return ArchiveMemberKind.LongNames;
        return rawName.StartsWith("/SYM64/"u8) ? ArchiveMemberKind.Index64 : ArchiveMemberKind.File;
    }

    private static long ParseNumber(ReadOnlySpan<byte> field, long offset)
    {
        long value = 0;
        int digits = 0;
        while (digits < field.Length && field[digits] is >= (byte)'0' and <= (byte)'9')
            value = (value * 10) + (field[digits++] - '0');
        if (digits == 0 || field[digits..].ContainsAnyExcept((byte)' '))
            throw new FormatException($"bad number in the archive member header at offset {offset}");
        return value;
    }

    private void ReadPreamble()
    {
        long at = 8;
        while (HasMemberAt(at))
        {
            ArchiveMember member = Read(at, out ArchiveMemberKind kind);
            if (kind == ArchiveMemberKind.File)
                break;
            if (kind == ArchiveMemberKind.LongNames)
                _longNames = member.Contents;
            else
                (IndexKind, Index) = (kind, member.Contents);
            at = member.Next;
        }

        FirstMember = at;
    }

    private NativeBytes NameOf(NativeBytes raw, ref NativeBytes contents, long offset)
    {
        ReadOnlySpan<byte> text = raw.Span;
        if (text.StartsWith("#1/"u8))
        {
            long length = ParseNumber(text[3..], offset);
            if (length > contents.Length)
                throw new FormatException($"name longer than the archive member at offset {offset}");
            NativeBytes name = contents.Slice(0, length);
            contents = contents.Slice(length, contents.Length - length);
            int end = name.Span.IndexOf((byte)0);
            return end < 0 ? name : name.Slice(0, end);
        }

        if (text[0] == '/' && text[1] is >= (byte)'0' and <= (byte)'9')
            return LongName(ParseNumber(text[1..], offset), offset);

        int slash = text.LastIndexOf((byte)'/');
        int length2 = slash > 0 ? slash : text.TrimEnd((byte)' ').Length;
        return raw.Slice(0, length2);
    }

    private NativeBytes LongName(long at, long offset)
    {
        if (at >= _longNames.Length)
            throw new FormatException($"long name outside the name table for the archive member at offset {offset}");
        NativeBytes rest = _longNames.Slice(at, _longNames.Length - at);
        int end = rest.Span.IndexOfAny((byte)'\n', (byte)0);
        if (end < 0)
            end = (int)rest.Length;
        if (end > 0 && rest.Span[end - 1] == '/')
            end--;
        return rest.Slice(0, end);
    }

    private void ReadGnuIndex(int width, Action<NativeBytes, ulong, long> entry)
    {
        ReadOnlySpan<byte> index = Index.Span;
        if (index.Length < width)
            throw new FormatException("the archive's symbol index is too short");
        ulong count = width == 4 ? BinaryPrimitives.ReadUInt32BigEndian(index) : BinaryPrimitives.ReadUInt64BigEndian(index);
        if (count > (ulong)(index.Length - width) / (ulong)width)
            throw new FormatException("the archive's symbol index counts more entries than it has bytes");

        long namesAt = width + ((long)count * width);
        for (int i = 0; i < (int)count; i++)
        {
            ReadOnlySpan<byte> field = index.Slice(width + (i * width), width);
            ulong offset = width == 4 ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt64BigEndian(field);
            if (!Index.TryString((ulong)namesAt, out NativeBytes name, out ulong hash))
                throw new FormatException("a name of the archive's symbol index has no end");
            namesAt += name.Length + 1;
            entry(name, hash, Checked(offset));
        }
    }

    private void ReadBsdIndex(int width, Action<NativeBytes, ulong, long> entry)
    {
        ReadOnlySpan<byte> index = Index.Span;
        ulong pairBytes = ReadLittle(index, 0, width);
        if (pairBytes > (ulong)index.Length - (ulong)width)
            throw new FormatException("the archive's symbol index counts more entries than it has bytes");
        int stringsAt = width + (int)pairBytes + width;
        for (int at = width; at + (2 * width) <= width + (int)pairBytes; at += 2 * width)
        {
            ulong nameAt = ReadLittle(index, at, width);
            ulong offset = ReadLittle(index, at + width, width);
            if (nameAt > (ulong)index.Length || !Index.TryString((ulong)stringsAt + nameAt, out NativeBytes name, out ulong hash))
                throw new FormatException("a name of the archive's symbol index is outside of it");
            entry(name, hash, Checked(offset));
        }
    }

    private static ulong ReadLittle(ReadOnlySpan<byte> bytes, int at, int width)
    {
        if (at > bytes.Length - width)
            throw new FormatException("the archive's symbol index is too short");
        return width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
    }

    private long Checked(ulong offset)
    {
        if (offset >= (ulong)_bytes.Length)
            throw new FormatException("the archive's symbol index points outside of the file");
        return (long)offset;
    }
}
