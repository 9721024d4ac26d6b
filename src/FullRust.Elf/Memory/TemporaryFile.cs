// A file that appears under its name at once. Where the file system can, it has no name at all while it is written (O_TMPFILE), so that
// whatever ends the process leaves nothing behind; else it is written beside its target under a name that nobody else has. Space is
// reserved first, so that a full disk is reported before a byte is written; writes are positional and may come from several threads.
// Never a writable mapping: on a full disk the store itself would be a fatal signal.

using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace FullRust.Elf.Memory;

/// <summary>A file in the making. <see cref="Write"/> is thread-safe.</summary>
public sealed unsafe class TemporaryFile : IDisposable
{
    private const uint OwnerOnly = 0x180, Everybody = 0x1b6, EverybodyRuns = 0x1ff; // 0600, 0666, 0777
    private static readonly Lock s_umaskLock = new();
    private readonly string _target;
    private readonly bool _isDevice;
    private byte[]? _name;
    private int _descriptor;
    private nint _mapped;
    private long _mappedLength;

    private TemporaryFile(byte[]? name, string target, int descriptor, bool isDevice)
    {
        _name = name;
        _target = target;
        _descriptor = descriptor;
        _isDevice = isDevice;
    }

    // Whether the file may be executed by whom the umask allows; else it may only be read and written.
    private bool IsProgram { get; init; } = true;

    /// <summary>Creates the file beside its target. A target that is neither a regular file nor a folder (a device) is opened itself,
    /// and so is what stands for an open descriptor (<c>/dev/stdout</c>).</summary>
    /// <param name="target">The path that it will have; a symbolic link there is replaced, not followed.</param>
    /// <param name="size">Bytes to reserve.</param>
    /// <param name="error">Why not, in the system's words; else empty.</param>
    /// <returns>The file, or null.</returns>
    public static TemporaryFile? Create(string target, long size, out string error) => Create(target, size, isProgram: true, out error);

    /// <summary>Writes a whole file: a report beside the output.</summary>
    /// <param name="path">The path that it will have; a symbolic link there is replaced, not followed.</param>
    /// <param name="bytes">Its contents.</param>
    /// <returns>Null, or what went wrong in the system's words; what was at the path is then unchanged.</returns>
    public static string? WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        using TemporaryFile? file = Create(path, bytes.Length, isProgram: false, out string error);
        if (file is null)
            return error;
        try
        {
            file.Write(bytes, 0);
            return file.Commit();
        }
        catch (IOException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Writes bytes at an offset.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where, from the start of the file.</param>
    /// <exception cref="IOException">The system refuses; the message is its own.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
                written = _isDevice ? Posix.Write(_descriptor, start, bytes.Length) : Posix.PWrite(_descriptor, start, bytes.Length, offset);
            if (written < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
                continue;
            if (written <= 0)
                throw new IOException(written == 0 ? "nothing more could be written" : Posix.LastErrorText());
            bytes = bytes[(int)written..];
            offset += written;
        }
    }

    /// <summary>Reads back what was written, without a mapping whose pages would count as this process's memory.</summary>
    /// <param name="target">Takes the bytes.</param>
    /// <param name="offset">From where, counted from the start of the file.</param>
    /// <exception cref="IOException">The system refuses, or the file is shorter.</exception>
    public void Read(Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            nint got;
            fixed (byte* start = target)
                got = Posix.PRead(_descriptor, start, target.Length, offset);
            if (got < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
                continue;
            if (got <= 0)
                throw new IOException(got == 0 ? "the file became shorter while it was read" : Posix.LastErrorText());
            target = target[(int)got..];
            offset += got;
        }
    }

    /// <summary>Views what was written. The file has a name that nobody else knows, so that nobody shortens it meanwhile.</summary>
    /// <param name="length">The file's length.</param>
    /// <returns>The bytes; valid until <see cref="Dispose"/>.</returns>
    /// <exception cref="OutOfMemoryException">The system has no room for it.</exception>
    public NativeBytes View(long length)
    {
        if (_mapped == 0)
        {
            nint mapped = AddressSpaceReserve.Map((nint)length, Posix.PROT_READ, Posix.MAP_PRIVATE, _descriptor);
            if (mapped == -1)
                throw new OutOfMemoryException($"no room to view a file of {length} bytes");
            (_mapped, _mappedLength) = (mapped, length);
        }

        return new NativeBytes((byte*)_mapped, length);
    }

    /// <summary>Ends the view, so that the next one sees a file that has grown.</summary>
    public void EndView()
    {
        if (_mapped != 0)
            _ = Posix.MUnmap(_mapped, (nint)_mappedLength);
        _mapped = 0;
    }

    /// <summary>Gives the file its name, with mode 0777 or 0666 under the umask.</summary>
    /// <returns>Null, or what went wrong in the system's words; the target is then unchanged.</returns>
    public string? Commit()
    {
        if (_isDevice)
            return Close();
        if (Posix.FChMod(_descriptor, (IsProgram ? EverybodyRuns : Everybody) & ~Umask()) != 0)
            return Posix.LastErrorText();
        string? error = null;
        FatalSignals.RunUndivided(() => error = TakeName());
        return error;
    }

    /// <summary>Removes the file unless it was committed.</summary>
    public void Dispose()
    {
        if (_mapped != 0)
            _ = Posix.MUnmap(_mapped, (nint)_mappedLength);
        _mapped = 0;
        _ = Close();
        if (_name is null)
            return;
        fixed (byte* raw = _name)
            _ = Posix.Unlink(raw);
        _name = null;
        FatalSignals.RemoveAtDeath([]);
    }

    /// <summary>Whether bytes for a target go straight to it, in the order in which they are written: it is a device or an open descriptor.</summary>
    /// <param name="target">The path.</param>
    /// <returns>False for what will be a regular file.</returns>
    public static bool IsWrittenStraight(string target) =>
        InputBytes.TryIdentify(target, out _, out bool isRegular, out _) && (!isRegular || NamesDescriptor(target));

    /// <summary>As <see cref="Create(string, long, out string)"/>.</summary>
    /// <param name="target">The path that it will have.</param>
    /// <param name="size">Bytes to reserve.</param>
    /// <param name="isProgram">Whether it may be executed by whom the umask allows; else it may only be read and written.</param>
    /// <param name="error">Why not, in the system's words; else empty.</param>
    /// <returns>The file, or null.</returns>
    public static TemporaryFile? Create(string target, long size, bool isProgram, out string error)
    {
        if (IsWrittenStraight(target))
            return OpenDevice(target, out error);
        string folder = Path.GetDirectoryName(target) is { Length: > 0 } f ? f : ".";
        error = "";
        TemporaryFile? file = CreateNameless(folder, target, isProgram) ?? CreateNamed(target, isProgram, out error);
        if (file is null || file.Reserve(size, out error))
            return file;
        file.Dispose();
        return null;
    }

    // Its name is made from the descriptor (linkat(2), /proc/self/fd); without /proc there would be no way to give it one.
    private static TemporaryFile? CreateNameless(string folder, string target, bool isProgram)
    {
        int descriptor;
        fixed (byte* raw = OsText.EncodeTerminated(folder))
            descriptor = Posix.Open(raw, Posix.O_RDWR | Posix.O_TMPFILE | Posix.O_CLOEXEC, OwnerOnly);
        if (descriptor < 0)
            return null;
        if (InputBytes.TryIdentify($"/proc/self/fd/{descriptor}", out _, out _, out _))
            return new TemporaryFile(null, target, descriptor, isDevice: false) { IsProgram = isProgram };
        _ = Posix.Close(descriptor);
        return null;
    }

    private static TemporaryFile? CreateNamed(string target, bool isProgram, out string error)
    {
        for (int attempt = 0; attempt < 16; attempt++)
        {
            byte[] name = FreshName(target);
            int descriptor = -1;
            FatalSignals.RunUndivided(() => descriptor = OpenNew(name));
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == Posix.EEXIST)
                continue;
            error = descriptor < 0 ? Posix.LastErrorText() : "";
            return descriptor < 0 ? null : new TemporaryFile(name, target, descriptor, isDevice: false) { IsProgram = isProgram };
        }

        error = "no free name for a temporary file beside it";
        return null;
    }

    private static int OpenNew(byte[] name)
    {
        int descriptor;
        fixed (byte* raw = name)
            descriptor = Posix.Open(raw, Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL | Posix.O_CLOEXEC, OwnerOnly);
        if (descriptor >= 0)
            FatalSignals.RemoveAtDeath(name);
        return descriptor;
    }

    private static byte[] FreshName(string target)
    {
        string folder = Path.GetDirectoryName(target) is { Length: > 0 } f ? f : ".";
        return OsText.EncodeTerminated(Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{RandomName()}.tmp"));
    }

    private string? TakeName()
    {
        byte[] target = OsText.EncodeTerminated(_target);
        bool hadName = _name is not null;
        for (int attempt = 0; _name is null && attempt < 16; attempt++)
        {
            // Where nothing is at the target, this is the one step that is needed. Otherwise the file has a name of its own for the instant
            // up to the rename; a signal between the two calls finds it noted already.
            byte[] name = attempt == 0 ? target : FreshName(_target);
            if (attempt != 0)
                FatalSignals.RemoveAtDeath(name);
            if (TryLink(name))
                _name = name;
            else if (Marshal.GetLastPInvokeError() != Posix.EEXIST)
                return Posix.LastErrorText();
        }

        // File systems that cannot have nameless files, such as NFS, may tell only at the end what they could not write.
        if (hadName && Close() is { } error)
            return error;
        fixed (byte* from = _name, to = target)
        {
            if (!ReferenceEquals(_name, target) && Posix.Rename(from, to) != 0)
                return Posix.LastErrorText();
        }

        _name = null;
        FatalSignals.RemoveAtDeath([]);
        return Close();
    }

    private bool TryLink(byte[] name)
    {
        fixed (byte* from = Encoding.UTF8.GetBytes($"/proc/self/fd/{_descriptor}\0"), to = name)
            return Posix.LinkAt(Posix.AT_FDCWD, from, Posix.AT_FDCWD, to, Posix.AT_SYMLINK_FOLLOW) == 0;
    }

    private string? Close()
    {
        int descriptor = _descriptor;
        _descriptor = -1;
        return descriptor < 0 || Posix.Close(descriptor) == 0 ? null : Posix.LastErrorText();
    }

    // What is in these folders leads to an open file, of which a rename would only replace the name.
    private static bool NamesDescriptor(string target)
    {
        string full = Path.GetFullPath(target);
        return full is "/dev/stdout" or "/dev/stderr" || full.StartsWith("/dev/fd/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal);
    }

    // O_NONBLOCK: a FIFO that nobody reads must not be waited for. Once open, writes wait for the reader.
    private static TemporaryFile? OpenDevice(string target, out string error)
    {
        int descriptor;
        fixed (byte* raw = OsText.EncodeTerminated(target))
            descriptor = Posix.Open(raw, Posix.O_WRONLY | Posix.O_CLOEXEC | Posix.O_NONBLOCK | Posix.O_APPEND, 0);
        error = descriptor < 0 ? Posix.LastErrorText() : "";
        if (descriptor < 0)
            return null;
        _ = Posix.FCntl(descriptor, Posix.F_SETFL, Posix.O_APPEND);
        return new TemporaryFile(null, target, descriptor, isDevice: true);
    }

    private bool Reserve(long size, out string error)
    {
        // File systems that cannot reserve answer EOPNOTSUPP: then the writes themselves tell.
        error = "";
        if (size > 0 && Posix.FAllocate(_descriptor, 0, 0, size) != 0 && Marshal.GetLastPInvokeError() is not (Posix.EOPNOTSUPP or Posix.EINTR))
            error = Posix.LastErrorText();
        return error.Length == 0;
    }

    private static uint Umask()
    {
        // The mask can only be read by changing it for a moment.
        lock (s_umaskLock)
        {
            uint mask = Posix.UMask(0x3f);
            _ = Posix.UMask(mask);
            return mask;
        }
    }

    private static string RandomName() => ((ulong)Stopwatch.GetTimestamp() * 0x9e3779b97f4a7c15 ^ (ulong)Random.Shared.NextInt64()).ToString("x16", null);
}
