// One large zeroed buffer for an image that is being made: anonymous memory that costs nothing until it is touched, in huge pages
// where the kernel grants them, addressed by 64-bit offsets because debug builds pass the size of a span.

using System;
using System.Runtime.InteropServices;

namespace FullRust.Elf.Memory;

/// <summary>A zeroed native buffer of fixed size. Disjoint ranges may be written in parallel.</summary>
public sealed unsafe class NativeBuffer : IDisposable
{
    private const long HugePageFrom = 4 << 20;
    private byte* _start;

    /// <summary>Reserves the buffer.</summary>
    /// <param name="length">Number of bytes.</param>
    /// <param name="isSparse">Whether most of it is never touched: then there are no huge pages.</param>
    /// <exception cref="OutOfMemoryException">The system has no room for it.</exception>
    public NativeBuffer(long length, bool isSparse = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nint mapped = AddressSpaceReserve.Map((nint)Math.Max(length, 1), Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE, -1);
        if (mapped == -1)
            throw new OutOfMemoryException($"no memory for an image of {length} bytes");
        _start = (byte*)mapped;
        if (length >= HugePageFrom && !isSparse)
            NativePages.PreferHuge(_start, length);
    }

    /// <summary>Frees a buffer that nobody disposed.</summary>
    ~NativeBuffer() => Free();

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>What callers of <see cref="Slice"/> call the first byte: the offset in a file of which the buffer holds a part.</summary>
    public long Origin { get; set; }

    /// <summary>All bytes, read-only; valid until <see cref="Dispose"/>.</summary>
    public NativeBytes Bytes => new(_start, Length);

    /// <summary>A writable range.</summary>
    /// <param name="offset">First byte, counted from <see cref="Origin"/>.</param>
    /// <param name="length">Number of bytes, at most 2 GiB.</param>
    /// <returns>The range; valid until <see cref="Dispose"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the buffer.</exception>
    public Span<byte> Slice(long offset, long length)
    {
        offset -= Origin;
        if ((ulong)offset > (ulong)Length || (ulong)length > (ulong)(Length - offset) || length > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(offset), $"range {offset}+{length} of {Length}");
        return new Span<byte>(_start + offset, (int)length);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_start != null)
            _ = Posix.MUnmap((nint)_start, (nint)Math.Max(Length, 1));
        _start = null;
    }
}
