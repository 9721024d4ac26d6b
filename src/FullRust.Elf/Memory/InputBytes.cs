// Owner of the bytes of one input file for the length of a link. Small files are read into native memory; large ones, of which a
// link often needs a sixth, are mapped privately and read-only. Only regular files are taken: a FIFO would block for ever.

using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace FullRust.Elf.Memory;

/// <summary>What identifies a file and its state: device, inode, size in bytes and time of last modification.</summary>
/// <param name="Device">Device number.</param>
/// <param name="Inode">Inode number on that device.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="ModifiedNanoseconds">Modification time, nanoseconds since 1970.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Size, long ModifiedNanoseconds)
{
    /// <summary>Whether two identities name the same file, whatever its state.</summary>
    /// <param name="other">The other identity.</param>
    /// <returns>True for equal device and inode.</returns>
    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}

/// <summary>The bytes of one input file, in native memory. Thread-safe for reading.</summary>
public sealed unsafe class InputBytes : IDisposable
{
    private const int UsualPath = 256;
    private byte* _start;
    private readonly bool _isMapped;
    private int _slot = -1;
    private IDisposable? _pin;

    private InputBytes(byte* start, long length, bool isMapped, FileIdentity identity)
    {
        _start = start;
        _isMapped = isMapped;
        Identity = identity;
        Bytes = new NativeBytes(start, length);
    }

    /// <summary>Frees the bytes of an input that nobody disposed.</summary>
    ~InputBytes() => Free();

    /// <summary>The whole file.</summary>
    public NativeBytes Bytes { get; }

    /// <summary>The file's identity when it was opened; all zero for bytes that came from memory.</summary>
    public FileIdentity Identity { get; }

    /// <summary>Whether the bytes are a mapping of the file: another process that truncates it then makes reading a fatal signal, which <see cref="FatalSignals"/> explains.</summary>
    public bool IsMapped => _isMapped;

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="mapFrom">Files of at least this many bytes are mapped, smaller ones read; <see cref="long.MaxValue"/> never maps.</param>
    /// <param name="input">The bytes, or null.</param>
    /// <param name="error">Why not, in the system's words, or an empty string.</param>
    /// <param name="notFound">Whether the reason is that there is no such file.</param>
    /// <returns>False if the file cannot be had.</returns>
    public static bool TryOpen(string path, long mapFrom, out InputBytes? input, out string error, out bool notFound)
    {
        input = null;
        notFound = false;
        int descriptor = OpenForReading(path);
        if (descriptor < 0)
        {
            notFound = Marshal.GetLastPInvokeError() == Posix.ENOENT;
            error = Posix.LastErrorText();
            return false;
        }

        try
        {
            if (!TryIdentify(descriptor, out Posix.Statx stat, out error))
                return false;
            FileIdentity identity = IdentityOf(stat);
            if (identity.Size >= mapFrom)
                return TryMap(path, descriptor, identity, out input, out error);
            return TryRead(descriptor, identity, out input, out error);
        }
        finally
        {
            _ = Posix.Close(descriptor);
        }
    }

    /// <summary>Takes managed memory as it is, held in place until <see cref="Dispose"/>.</summary>
    /// <param name="memory">The bytes; they must not change meanwhile.</param>
    /// <returns>Their owner.</returns>
    public static InputBytes Pin(ReadOnlyMemory<byte> memory)
    {
        MemoryHandle pin = memory.Pin();
        return new InputBytes((byte*)pin.Pointer, memory.Length, isMapped: false, default) { _pin = pin };
    }

    /// <summary>Copies bytes that did not come from a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>An owner of the copy.</returns>
    public static InputBytes FromMemory(ReadOnlySpan<byte> bytes)
    {
        byte* start = (byte*)NativeMemory.Alloc((nuint)Math.Max(bytes.Length, 1));
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        return new InputBytes(start, bytes.Length, isMapped: false, default);
    }

    /// <summary>Reserves native memory for bytes that are made later, such as decompressed sections.</summary>
    /// <param name="length">Number of bytes, zeroed.</param>
    /// <param name="writable">The bytes to fill; valid as long as the owner.</param>
    /// <returns>The owner.</returns>
    public static InputBytes Allocate(int length, out Span<byte> writable)
    {
        byte* start = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(length, 1));
        writable = new Span<byte>(start, length);
        return new InputBytes(start, length, isMapped: false, default);
    }

    /// <summary>Looks a path's identity up, following symbolic links.</summary>
    /// <param name="path">The path.</param>
    /// <param name="identity">The identity, or all zero.</param>
    /// <param name="isRegular">Whether it is a regular file.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>False if there is nothing at the path.</returns>
    public static bool TryIdentify(string path, out FileIdentity identity, out bool isRegular, out bool isFolder)
    {
        bool found = TryStat(path, out Posix.Statx stat);
        identity = found ? IdentityOf(stat) : default;
        isRegular = found && (stat.Mode & Posix.S_IFMT) == Posix.S_IFREG;
        isFolder = found && (stat.Mode & Posix.S_IFMT) == Posix.S_IFDIR;
        return found;
    }

    /// <summary>Whether a path leads to a pipe or FIFO, following symbolic links.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False for anything else, and for nothing.</returns>
    public static bool IsPipe(string path) => TryStat(path, out Posix.Statx stat) && (stat.Mode & Posix.S_IFMT) == Posix.S_IFIFO;

    /// <summary>Frees the bytes. Ranges taken from <see cref="Bytes"/> are invalid afterwards.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static bool TryStat(string path, out Posix.Statx stat)
    {
        fixed (byte* name = OsText.EncodeTerminated(path, stackalloc byte[UsualPath]))
        fixed (Posix.Statx* result = &stat)
            return Posix.StatX(Posix.AT_FDCWD, name, 0, Posix.STATX_BASIC_STATS, result) == 0;
    }

    private static int OpenForReading(string path)
    {
        // O_NONBLOCK: opening a FIFO without a writer must not wait; for regular files it has no effect.
        fixed (byte* name = OsText.EncodeTerminated(path, stackalloc byte[UsualPath]))
            return Posix.Open(name, Posix.O_RDONLY | Posix.O_CLOEXEC | Posix.O_NONBLOCK, 0);
    }

    private static bool TryIdentify(int descriptor, out Posix.Statx stat, out string error)
    {
        byte empty = 0;
        Posix.Statx result;
        error = "";
        if (Posix.StatX(descriptor, &empty, Posix.AT_EMPTY_PATH, Posix.STATX_BASIC_STATS, &result) != 0)
            error = Posix.LastErrorText();
        else if ((result.Mode & Posix.S_IFMT) == Posix.S_IFDIR)
            error = "Is a directory";
        else if ((result.Mode & Posix.S_IFMT) != Posix.S_IFREG)
            error = "not a regular file";
        stat = result;
        return error.Length == 0;
    }

    private static FileIdentity IdentityOf(in Posix.Statx stat) => new(
        ((ulong)stat.DeviceMajor << 32) | stat.DeviceMinor,
        stat.Inode,
        (long)stat.Size,
        unchecked((stat.ModifiedSeconds * 1_000_000_000) + stat.ModifiedNanoseconds));

    private static bool TryMap(string path, int descriptor, FileIdentity identity, out InputBytes? input, out string error)
    {
        input = null;
        error = "";
        nint start = AddressSpaceReserve.Map((nint)identity.Size, Posix.PROT_READ, Posix.MAP_PRIVATE, descriptor);
        if (start == -1)
        {
            error = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            return false;
        }

        if (!FatalSignals.TryWatch(start, (nint)identity.Size, path, out int slot))
        {
            _ = Posix.MUnmap(start, (nint)identity.Size);
            return TryRead(descriptor, identity, out input, out error);
        }

        input = new InputBytes((byte*)start, identity.Size, isMapped: true, identity) { _slot = slot };
        return true;
    }

    private static bool TryRead(int descriptor, FileIdentity identity, out InputBytes? input, out string error)
    {
        input = null;
        error = "";
        byte* start = AllocateForReading(identity.Size);
        long done = 0;
        while (done < identity.Size)
        {
            nint got = Posix.PRead(descriptor, start + done, (nint)(identity.Size - done), done);
            if (got < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
                continue;
            if (got <= 0)
            {
                error = got == 0 ? "the file became shorter while it was read" : Posix.LastErrorText();
                NativeMemory.Free(start);
                return false;
            }

            done += got;
        }

        input = new InputBytes(start, identity.Size, isMapped: false, identity);
        return true;
    }

    // Of a large file, most of the time of reading goes into the faults of small pages.
    private static byte* AllocateForReading(long size)
    {
        const long HugePagesFrom = 8 << 20;
        byte* start = (byte*)NativeMemory.Alloc((nuint)Math.Max(size, 1));
        if (size >= HugePagesFrom)
            NativePages.PreferHuge(start, size);
        return start;
    }

    private void Unmap()
    {
        FatalSignals.Unwatch(_slot);
        _ = Posix.MUnmap((nint)_start, (nint)Bytes.Length);
    }

    private void Free()
    {
        if (_start == null)
            return;
        if (_pin is not null)
            _pin.Dispose();
        else if (_isMapped)
            Unmap();
        else
            NativeMemory.Free(_start);
        _start = null;
    }
}
