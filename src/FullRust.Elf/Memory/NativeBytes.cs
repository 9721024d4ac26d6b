// A range of bytes outside the garbage-collected heap: of a file that was read or mapped, or of a native buffer. Sixteen bytes,
// storable in tables, so that names and section contents need neither copies nor a look-up of their file. The price is a rule
// that the compiler does not check: whoever holds a range keeps its owner alive (here: all inputs of a link live as long as it).

using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FullRust.Elf.Memory;

/// <summary>A read-only range of native memory. It is valid as long as its owner (an <see cref="InputBytes"/> or a native buffer) is not disposed.</summary>
public readonly unsafe struct NativeBytes
{
    private readonly byte* _start;

    internal NativeBytes(byte* start, long length)
    {
        _start = start;
        Length = length;
    }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>Whether there is no byte.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes as a span.</summary>
    /// <exception cref="InvalidOperationException">The range is longer than a span can be (2 GiB).</exception>
    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Length > int.MaxValue)
                ThrowTooLong();
            return new ReadOnlySpan<byte>(_start, (int)Length);
        }
    }

    /// <summary>Takes a part of the range.</summary>
    /// <param name="offset">First byte, from the start of the range.</param>
    /// <param name="length">Number of bytes.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NativeBytes Slice(long offset, long length)
    {
        if ((ulong)offset > (ulong)Length || (ulong)length > (ulong)(Length - offset))
            ThrowOutside();
        return new NativeBytes(_start + offset, length);
    }

    /// <summary>Takes a part whose place a file states.</summary>
    /// <param name="offset">First byte, from the start of the range.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="slice">The part, or an empty range.</param>
    /// <returns>False if the part is not inside the range.</returns>
    public bool TrySlice(ulong offset, ulong length, out NativeBytes slice)
    {
        if (offset > (ulong)Length || length > (ulong)Length - offset)
        {
            slice = default;
            return false;
        }

        slice = new NativeBytes(_start + offset, (long)length);
        return true;
    }

    /// <summary>Views the range as structures laid out as in a file; bytes that do not fill one more are left out.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <returns>The structures, in place and possibly unaligned.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Cast<T>()
        where T : unmanaged
    {
        long count = Length / sizeof(T);
        if (count > int.MaxValue)
            ThrowTooLong();
        return new ReadOnlySpan<T>(_start, (int)count);
    }

    /// <summary>Takes the NUL-terminated string that begins at an offset.</summary>
    /// <param name="offset">First byte, from the start of the range.</param>
    /// <param name="text">The bytes before the NUL, or an empty range.</param>
    /// <returns>False if the offset is outside or no NUL follows.</returns>
    public bool TryString(ulong offset, out NativeBytes text)
    {
        text = default;
        if (offset >= (ulong)Length)
            return false;

        long rest = Length - (long)offset;
        int end = new ReadOnlySpan<byte>(_start + offset, (int)Math.Min(rest, int.MaxValue)).IndexOf((byte)0);
        if (end < 0)
            return false;

        text = new NativeBytes(_start + offset, end);
        return true;
    }

    /// <summary>As <see cref="TryString(ulong, out NativeBytes)"/>, with the string's hash from the same pass.</summary>
    /// <param name="offset">First byte, from the start of the range.</param>
    /// <param name="text">The bytes before the NUL, or an empty range.</param>
    /// <param name="hash">What <see cref="StringHash.Compute"/> gives for them.</param>
    /// <returns>False if the offset is outside or no NUL follows.</returns>
    public bool TryString(ulong offset, out NativeBytes text, out ulong hash)
    {
        text = default;
        hash = 0;
        if (offset >= (ulong)Length)
            return false;
        hash = StringHash.ComputeToNul(_start + offset, Length - (long)offset, out long length);
        if (length < 0)
            return false;
        text = new NativeBytes(_start + offset, length);
        return true;
    }

    /// <summary>Asks the processor to fetch the first and the last bytes, which will be looked at soon: all of a name of usual length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch()
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(_start);
        Sse.Prefetch0(_start + Length);
    }

    /// <summary>Asks the processor to fetch the byte at an offset, and its neighbours. Never fails: an offset outside of the range is ignored.</summary>
    /// <param name="offset">From the start of the range.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long offset)
    {
        if (Sse.IsSupported && (ulong)offset < (ulong)Length)
            Sse.Prefetch0(_start + offset);
    }

    /// <summary>Compares two ranges byte by byte.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>True if length and bytes are equal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool SequenceEqual(NativeBytes other) =>
        Length == other.Length && (_start == other._start || Span.SequenceEqual(other.Span));

    /// <summary>Whether both ranges are the same bytes in memory, not merely equal ones.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>True for the same start and length.</returns>
    public bool IsSameRange(NativeBytes other) => _start == other._start && Length == other.Length;

    /// <summary>The distance of this range's first byte from that of a range it was cut from.</summary>
    /// <param name="whole">The range that holds this one.</param>
    /// <returns>The offset in bytes.</returns>
    public long OffsetIn(NativeBytes whole) => _start - whole._start;

    /// <inheritdoc/>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Span);

    [DebuggerHidden]
    private static void ThrowOutside() => throw new ArgumentOutOfRangeException("offset", "the part is not inside the range");

    [DebuggerHidden]
    private static void ThrowTooLong() => throw new InvalidOperationException("the range is longer than 2 GiB");
}
