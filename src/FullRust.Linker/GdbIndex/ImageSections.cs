// A finished image as a debugger sees it: sections by name, uncompressed, and the addresses that are loaded.

using System;
using System.Collections.Generic;
using FullRust.Elf.Compression;
using FullRust.Elf.Memory;
using FullRust.Linker.Layout;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.GdbIndex;

internal sealed class ImageSections(OutputImage image, OutputLayout layout) : IDisposable
{
    private readonly List<InputBytes> _uncompressed = [];

    /// <summary>A section's contents; nothing for one that is absent or larger than 2 GiB.</summary>
    internal ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> name)
    {
        if (layout.Find(name) is not { IsNoBits: false, Size: > 0 and <= int.MaxValue } section)
            return default;
        ReadOnlySpan<byte> bytes = image.Bytes.Slice((long)section.FileOffset, (long)section.Size).Span;
        return (section.Flags & SHF_COMPRESSED) == 0 ? bytes : Uncompress(bytes);
    }

    /// <summary>Whether an address is in a section that is loaded: what speaks of dropped code is not.</summary>
    internal bool IsLoaded(ulong address)
    {
        foreach (OutputSection section in layout.Sections)
        {
            if (section.IsAllocated && !section.IsTls && address - section.Address < section.Size)
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InputBytes bytes in _uncompressed)
            bytes.Dispose();
    }

    private ReadOnlySpan<byte> Uncompress(ReadOnlySpan<byte> bytes)
    {
        if (!Elf.Compression.SectionCompression.TryReadHeader(bytes, out CompressedSectionHeader header) || header.Size > int.MaxValue)
            return default;
        byte[] contents = new byte[header.Size];
        if (!Elf.Compression.SectionCompression.TryDecompress(bytes, header, contents))
            return default;
        _uncompressed.Add(InputBytes.FromMemory(contents));
        return _uncompressed[^1].Bytes.Span;
    }
}
