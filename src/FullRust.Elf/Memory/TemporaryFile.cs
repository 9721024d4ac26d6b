// A file that appears under its name at once: written beside it under a name that nobody else has, then renamed. Space is reserved
// first, so that a full disk is reported before a byte is written; writes are positional and may come from several threads. Never a
// writable mapping: on a full disk the store itself would be a fatal signal.

using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace FullRust.Elf.Memory;

/// <summary>A file in the making. <see cref="Write"/> is thread-safe.</summary>
public sealed unsafe class TemporaryFile : IDisposable
{
    private const uint OwnerOnly = 0x180; // 0600
    private static byte[]? s_current;
    private readonly byte[] _name;
    private readonly string _target;
    private readonly bool _isDevice;
    private int _descriptor;
    private nint _mapped;
    private long _mappedLength;

    private TemporaryFile(byte[] name, string target, int descriptor, bool isDevice)
    {
        _name = name;
        _target = target;
        _descriptor = descriptor;
        _isDevice = isDevice;
    }

    /// <summary>Creates the file beside its target. A target that is neither a regular file nor a folder (a device) is opened itself.</summary>
    /// <param name="target">The path that it will have; a symbolic link there is replaced, not followed.</param>
    /// <param name="size">Bytes to reserve.</param>
    /// <param name="error">Why not, in the system's words; else empty.</param>
    /// <returns>The file, or null.</returns>
    public static TemporaryFile? Create(string target, long size, out string error)
    {
        if (InputBytes.TryIdentify(target, out _, out bool isRegular, out _) && !isRegular)
            return OpenDevice(target, out error);
        string folder = Path.GetDirectoryName(target) is { Length: > 0 } f ? f : ".";
        for (int attempt = 0; attempt < 16; attempt++)
        {
            byte[] name = Encoding.UTF8.GetBytes(Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{RandomName()}.tmp") + "\0");
            int descriptor;
            fixed (byte* raw = name)
                descriptor = Posix.Open(raw, Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL | Posix.O_CLOEXEC, OwnerOnly);
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == Posix.EEXIST)
                continue;
            error = descriptor < 0 ? Posix.LastErrorText() : "";
            if (descriptor < 0)
                return null;
            s_current = name;
            var file = new TemporaryFile(name, target, descriptor, isDevice: false);
            if (file.Reserve(size, out error))
                return file;
            file.Dispose();
            return null;
        }

        error = "no free name for a temporary file beside it";
        return null;
    }

    /// <summary>Removes the temporary file that is being written, if any: for handlers of SIGINT and SIGTERM.</summary>
    public static void RemoveCurrent()
    {
        byte[]? name = s_current;
        if (name is null)
            return;
        fixed (byte* raw = name)
            _ = Posix.Unlink(raw);
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

    /// <summary>Views what was written. The file has a name that nobody else knows, so that nobody shortens it meanwhile.</summary>
    /// <param name="length">The file's length.</param>
    /// <returns>The bytes; valid until <see cref="Dispose"/>.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public NativeBytes View(long length)
    {
        if (_mapped == 0)
        {
            nint mapped = Posix.MMap(0, (nint)length, Posix.PROT_READ, Posix.MAP_PRIVATE, _descriptor, 0);
            if (mapped == -1)
                throw new IOException(Posix.LastErrorText());
            (_mapped, _mappedLength) = (mapped, length);
        }

        return new NativeBytes((byte*)_mapped, length);
    }

    /// <summary>Gives the file its name, with mode 0777 under the umask.</summary>
    /// <returns>Null, or what went wrong in the system's words; the target is then unchanged.</returns>
    public string? Commit()
    {
        string? error = null;
        if (!_isDevice && Posix.FChMod(_descriptor, 0x1ff & ~Umask()) != 0)
            error = Posix.LastErrorText();
        int closed = Posix.Close(_descriptor);
        _descriptor = -1;
        if (closed != 0)
            error ??= Posix.LastErrorText();
        if (error is not null || _isDevice)
            return error;
        fixed (byte* raw = _name, target = Encoding.UTF8.GetBytes(_target + "\0"))
        {
            if (Posix.Rename(raw, target) != 0)
                return Posix.LastErrorText();
        }

        s_current = null;
        return null;
    }

    /// <summary>Removes the file unless it was committed.</summary>
    public void Dispose()
    {
        if (_mapped != 0)
            _ = Posix.MUnmap(_mapped, (nint)_mappedLength);
        _mapped = 0;
        if (_descriptor >= 0)
            _ = Posix.Close(_descriptor);
        _descriptor = -1;
        if (_isDevice || !ReferenceEquals(s_current, _name))
            return;
        fixed (byte* raw = _name)
            _ = Posix.Unlink(raw);
        s_current = null;
    }

    private static TemporaryFile? OpenDevice(string target, out string error)
    {
        int descriptor;
        fixed (byte* raw = Encoding.UTF8.GetBytes(target + "\0"))
            descriptor = Posix.Open(raw, Posix.O_WRONLY | Posix.O_CLOEXEC | Posix.O_NONBLOCK, 0);
        error = descriptor < 0 ? Posix.LastErrorText() : "";
        return descriptor < 0 ? null : new TemporaryFile([], target, descriptor, isDevice: true);
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
        uint mask = Posix.UMask(0x3f);
        _ = Posix.UMask(mask);
        return mask;
    }

    private static string RandomName() => ((ulong)Stopwatch.GetTimestamp() * 0x9e3779b97f4a7c15 ^ (ulong)Random.Shared.NextInt64()).ToString("x16", null);
}
