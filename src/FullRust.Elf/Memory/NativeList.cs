// A growable array of plain structures outside the garbage-collected heap. The linker's tables reach millions of rows: here they
// grow without a copy, start as zero pages that cost nothing until touched, and never make the collector run. Short ones come from
// the C allocator.

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FullRust.Elf.Memory;

/// <summary>A growable array in native memory. Rows are addressed by index; references and spans are valid until the next growth or <see cref="Dispose"/>. Not thread-safe for growth; disjoint rows may be written in parallel.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed unsafe class NativeList<T> : IDisposable
    where T : unmanaged
{
    // Pages are provided in such steps as rows come: a fault for each of them would take longer.
    private const int Step = 32 << 10;

    // Bytes that the processor fetches together.
    private const int Line = 64;
    private T* _items;

    // Rows that can be added at once, and rows that there is address space for.
    private int _capacity, _reserved;

    // Bytes of pages of its own; 0 for a list from the C allocator.
    private long _mapped;

    // Rows that were in use before the list was shortened: behind them, and behind Count, the kernel's pages are still zero.
    private int _usedBefore;

    /// <summary>Makes an empty list.</summary>
    /// <param name="capacity">Rows to reserve room for.</param>
    public NativeList(int capacity = 0)
    {
        if (capacity > 0)
            Reserve(capacity);
    }

    /// <summary>Frees the memory of a list that nobody disposed.</summary>
    ~NativeList() => Free();

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, writable; valid until the next growth.</summary>
    public Span<T> Span => new(_items, Count);

    /// <summary>A row by its index.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The row, writable; valid until the next growth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Count)
                ThrowOutside(index);
            return ref _items[index];
        }
    }

    /// <summary>Appends a row.</summary>
    /// <param name="item">The row.</param>
    /// <returns>Its index.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(in T item)
    {
        if (Count == _capacity)
            MakeRoom();
        _items[Count] = item;
        return Count++;
    }

    /// <summary>Asks the processor to fetch a row that will be looked at soon. Never fails: an index without a row is ignored.</summary>
    /// <param name="index">The row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int index)
    {
        if (!Sse.IsSupported || (uint)index >= (uint)Count)
            return;
        Sse.Prefetch0(_items + index);

        // A row that does not divide a line may reach into the next one.
        if (Line % sizeof(T) != 0)
            Sse.Prefetch0((byte*)(_items + index + 1) - 1);
    }

    /// <summary>Asks the processor to fetch rows that will be looked at soon, in an order that it does not foresee.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    public void Prefetch(int first, int count)
    {
        if ((uint)first > (uint)Count || (uint)count > (uint)(Count - first))
            ThrowOutside(first);
        byte* end = (byte*)(_items + first + count);
        for (byte* at = (byte*)(_items + first); at < end && Sse.IsSupported; at += Line)
            Sse.Prefetch0(at);
    }

    /// <summary>Appends zeroed rows.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The new rows, writable; valid until the next growth.</returns>
    public Span<T> AddZeroed(int count)
    {
        int cleared = AddCleared(count);
        if (cleared < count)
            NativePages.Populate((byte*)(_items + Count - count + cleared), (long)(count - cleared) * sizeof(T));
        return new Span<T>(_items + Count - count, count);
    }

    /// <summary>Appends zeroed rows whose memory the kernel provides when they are touched, by whichever thread.</summary>
    /// <param name="count">How many.</param>
    public void AddUntouched(int count) => _ = AddCleared(count);

    /// <summary>Has the kernel provide the memory of rows at once. Thread-safe, for different rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    public void Populate(int first, int count)
    {
        if ((uint)first > (uint)Count || (uint)count > (uint)(Count - first))
            ThrowOutside(first);
        if (_mapped != 0)
            NativePages.Populate((byte*)(_items + first), (long)count * sizeof(T));
    }

    /// <summary>Appends copies of rows.</summary>
    /// <param name="items">The rows.</param>
    public void AddRange(ReadOnlySpan<T> items)
    {
        int first = Count;
        Reserve(checked(first + items.Length));
        SetCount(first + items.Length);
        items.CopyTo(new Span<T>(_items + first, items.Length));
    }

    /// <summary>Makes room for rows to come.</summary>
    /// <param name="capacity">Rows that must fit without a further growth.</param>
    public void Reserve(int capacity)
    {
        if (capacity <= _reserved)
            return;

        int grown = (int)Math.Min(Math.Max(Math.Max((long)_reserved * 2, capacity), 16), Array.MaxLength);
        if (grown < capacity)
            throw new OutOfMemoryException();
        long bytes = (long)grown * sizeof(T);
        if (bytes < NativePages.MapFrom)
        {
            _items = (T*)NativeMemory.Realloc(_items, (nuint)bytes);
            _capacity = _reserved = grown;
            return;
        }

        bytes = NativePages.RoundUp(bytes);
        _items = (T*)(_mapped != 0 ? NativePages.Grow((byte*)_items, _mapped, bytes) : MoveTo(NativePages.Map(bytes)));
        _mapped = bytes;
        _reserved = (int)Math.Min(bytes / sizeof(T), Array.MaxLength);
    }

    /// <summary>Shortens or empties the list; its memory stays reserved.</summary>
    /// <param name="count">Rows to keep.</param>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count);
        _usedBefore = Math.Max(_usedBefore, Count);
        Count = count;
    }

    /// <summary>Views a part of the rows' bytes as native bytes, for tables that point into this list. The list must not grow any more.</summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <returns>The bytes of the rows.</returns>
    public NativeBytes Bytes(int start, int count)
    {
        if ((uint)start > (uint)Count || (uint)count > (uint)(Count - start))
            ThrowOutside(start);
        return new NativeBytes((byte*)(_items + start), (long)count * sizeof(T));
    }

    /// <summary>Frees the memory; the list is empty afterwards.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // The number of rows that had to be cleared; the others are fresh pages.
    private int AddCleared(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int first = Count;
        Reserve(checked(first + count));
        SetCount(first + count);
        int written = _mapped == 0 ? count : Math.Clamp(_usedBefore - first, 0, count);
        new Span<T>(_items + first, written).Clear();
        return written;
    }

    private void SetCount(int count)
    {
        Count = count;
        _capacity = Math.Max(_capacity, count);
    }

    private void MakeRoom()
    {
        Reserve(checked(Count + 1));
        if (Count < _capacity)
            return;
        int rows = Math.Min(_reserved - Count, Math.Max(Step / sizeof(T), 1));
        NativePages.Populate((byte*)(_items + Count), (long)rows * sizeof(T));
        _capacity = Count + rows;
    }

    private static void ThrowOutside(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, "no such row");

    private byte* MoveTo(byte* pages)
    {
        Span.CopyTo(new Span<T>(pages, Count));
        NativeMemory.Free(_items);
        _usedBefore = 0;
        return pages;
    }

    private void Free()
    {
        if (_mapped != 0)
            NativePages.Unmap((byte*)_items, _mapped);
        else
            NativeMemory.Free(_items);
        _items = null;
        Count = 0;
        _capacity = 0;
        _reserved = 0;
        _mapped = 0;
        _usedBefore = 0;
    }
}
