// Walks the notes of a PT_NOTE or SHT_NOTE (gABI, Note Section). Sizes are held against the bytes that are left before they are used.

using System;
using System.Runtime.InteropServices;
using FullRust.Elf.Native;

namespace FullRust.Elf;

/// <summary>Walks notes one by one.</summary>
/// <param name="bytes">The notes.</param>
/// <param name="alignment">Alignment of the segment or section: 8 means padding to 8 bytes, everything else to 4.</param>
public ref struct NoteReader(ReadOnlySpan<byte> bytes, ulong alignment)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly int _alignment = alignment == 8 ? 8 : 4;
    private int _position;

    /// <summary>The owner's name of the current note, with its NUL.</summary>
    public ReadOnlySpan<byte> Owner { get; private set; }

    /// <summary>The type of the current note.</summary>
    public uint Type { get; private set; }

    /// <summary>The descriptor of the current note.</summary>
    public ReadOnlySpan<byte> Descriptor { get; private set; }

    /// <summary>Where the descriptor begins, counted from the first note.</summary>
    public int DescriptorOffset { get; private set; }

    /// <summary>Whether the walk ended because a note does not fit into the bytes.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes to the next note.</summary>
    /// <returns>False at the end, or where a note does not fit.</returns>
    public bool MoveNext()
    {
        if (_position >= _bytes.Length)
            return false;
        ReadOnlySpan<byte> rest = _bytes[_position..];
        if (rest.Length < Elf64_Nhdr.Size)
            return Break();
        Elf64_Nhdr header = MemoryMarshal.Read<Elf64_Nhdr>(rest);
        long descriptorAt = Pad(Elf64_Nhdr.Size + (long)header.n_namesz);
        if (header.n_namesz > rest.Length - Elf64_Nhdr.Size || descriptorAt + header.n_descsz > rest.Length)
            return Break();
        Owner = rest.Slice(Elf64_Nhdr.Size, (int)header.n_namesz);
        Type = header.n_type;
        Descriptor = rest.Slice((int)descriptorAt, (int)header.n_descsz);
        DescriptorOffset = _position + (int)descriptorAt;
        _position += (int)Math.Min(Pad(descriptorAt + header.n_descsz), rest.Length);
        return true;
    }

    private readonly long Pad(long size) => (size + _alignment - 1) & -_alignment;

    private bool Break()
    {
        IsBroken = true;
        _position = _bytes.Length;
        return false;
    }
}
