// The parts in which an image was written, and the hash of each, taken while the part is in the cache: a build-id need not read the image
// again. Which parts there are follows from the layout, never from the number of threads or from where the image is.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;

namespace FullRust.Linker.Writing;

/// <summary>Hashes of the parts of an image. <see cref="Add"/> is thread-safe.</summary>
/// <param name="areWanted">Whether anybody will ask; else nothing is hashed.</param>
internal sealed class WrittenParts(bool areWanted)
{
    private const int RecordSize = 32;
    private readonly List<(FileRange Range, UInt128? Hash)> _parts = [];

    /// <summary>Takes note of a part.</summary>
    internal void Add(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!areWanted || bytes.IsEmpty)
            return;
        UInt128 hash = ByteHash.Compute128(bytes);
        lock (_parts)
            _parts.Add((new FileRange(offset, bytes.Length), hash));
    }

    /// <summary>Takes note of a part that was added behind all others.</summary>
    internal void Append(FileRange range)
    {
        if (areWanted)
            _parts.Add((range, null));
    }

    /// <summary>Takes note of bytes that were written once more.</summary>
    internal void Change(FileRange range)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Range.Start < range.End && range.Start < _parts[i].Range.End)
                _parts[i] = (_parts[i].Range, null);
        }
    }

    /// <summary>A digest of places and hashes of all parts: 32 bytes.</summary>
    /// <param name="image">The image, for parts whose hash is not known.</param>
    internal byte[] Digest(OutputImage image)
    {
        _parts.Sort(static (a, b) => a.Range.Start.CompareTo(b.Range.Start));
        var records = new byte[_parts.Count * RecordSize];
        for (int i = 0; i < _parts.Count; i++)
        {
            Span<byte> record = records.AsSpan(i * RecordSize, RecordSize);
            FileRange range = _parts[i].Range;
            BinaryPrimitives.WriteInt64LittleEndian(record, range.Start);
            BinaryPrimitives.WriteInt64LittleEndian(record[8..], range.Length);
            BinaryPrimitives.WriteUInt128LittleEndian(record[16..], _parts[i].Hash ?? HashOf(image, range));
        }

        return Convert.FromHexString(Sha256.HexOf(records));
    }

    private static UInt128 HashOf(OutputImage image, FileRange range)
    {
        using var scratch = new NativeBuffer(range.Length);
        return ByteHash.Compute128(image.Read(range.Start, scratch.Slice(0, range.Length)));
    }
}
