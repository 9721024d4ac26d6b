// A bounds-checked view over the bytes of an ELF file. Every offset and size that a file states goes through one of these
// methods; none of them throws, and none allocates. Callers turn a "no" into a diagnostic with the place they know.

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FullRust.Elf;

/// <summary>A read-only view over bytes whose accessors take 64-bit offsets as files state them and answer instead of throwing.</summary>
/// <param name="bytes">The bytes to view.</param>
public readonly ref struct ElfSpan(ReadOnlySpan<byte> bytes)
{
    /// <summary>The bytes in view.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The number of bytes in view.</summary>
    public int Length => Bytes.Length;

    /// <summary>Whether <paramref name="size"/> bytes at <paramref name="offset"/> lie inside the view; neither may wrap.</summary>
    /// <param name="offset">First byte, counted from the start of the view.</param>
    /// <param name="size">Number of bytes.</param>
    /// <returns>True if the range is inside the view.</returns>
    public bool Contains(ulong offset, ulong size) => offset <= (ulong)Bytes.Length && size <= (ulong)Bytes.Length - offset;

    /// <summary>Takes a range of the view.</summary>
    /// <param name="offset">First byte, counted from the start of the view.</param>
    /// <param name="size">Number of bytes.</param>
    /// <param name="slice">The range, or an empty view.</param>
    /// <returns>False if the range is not inside the view.</returns>
    public bool TrySlice(ulong offset, ulong size, out ElfSpan slice)
    {
        if (!Contains(offset, size))
        {
            slice = default;
            return false;
        }

        slice = new ElfSpan(Bytes.Slice((int)offset, (int)size));
        return true;
    }

    /// <summary>Reads one structure; it need not be aligned.</summary>
    /// <typeparam name="T">A structure laid out as in the file.</typeparam>
    /// <param name="offset">First byte, counted from the start of the view.</param>
    /// <param name="value">The structure, or its default.</param>
    /// <returns>False if the structure is not inside the view.</returns>
    public bool TryRead<T>(ulong offset, out T value)
        where T : unmanaged
    {
        if (!Contains(offset, (ulong)Unsafe.SizeOf<T>()))
        {
            value = default;
            return false;
        }

        value = MemoryMarshal.Read<T>(Bytes[(int)offset..]);
        return true;
    }

    /// <summary>Views <paramref name="count"/> structures in place; they need not be aligned.</summary>
    /// <typeparam name="T">A structure laid out as in the file.</typeparam>
    /// <param name="offset">First byte, counted from the start of the view.</param>
    /// <param name="count">Number of structures; compared with the bytes at hand before anything else happens.</param>
    /// <param name="items">The structures, or an empty span.</param>
    /// <returns>False if they are not all inside the view.</returns>
    public bool TryCast<T>(ulong offset, ulong count, out ReadOnlySpan<T> items)
        where T : unmanaged
    {
        if (offset > (ulong)Bytes.Length || count > ((ulong)Bytes.Length - offset) / (ulong)Unsafe.SizeOf<T>())
        {
            items = default;
            return false;
        }

        items = MemoryMarshal.Cast<byte, T>(Bytes.Slice((int)offset, (int)count * Unsafe.SizeOf<T>()));
        return true;
    }

    /// <summary>Reads the NUL-terminated string at an offset, as string tables hold them.</summary>
    /// <param name="offset">First byte, counted from the start of the view.</param>
    /// <param name="text">The bytes before the NUL, or an empty span.</param>
    /// <returns>False if the offset is outside or no NUL follows.</returns>
    public bool TryReadString(ulong offset, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (offset >= (ulong)Bytes.Length)
            return false;

        ReadOnlySpan<byte> rest = Bytes[(int)offset..];
        int end = rest.IndexOf((byte)0);
        if (end < 0)
            return false;

        text = rest[..end];
        return true;
    }
}
