// A file that appears under its name at once: written beside it under a name that nobody else has, then renamed. Other targets than
// regular files (devices) are written straight.

using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace FullRust.Elf.Memory;

/// <summary>Writes files atomically.</summary>
public static unsafe class TemporaryFile
{
    private const uint OwnerOnly = 0x180; // 0600
    private static byte[]? s_current;

    /// <summary>Writes bytes to a sibling of a path and renames it there, with mode 0777 under the umask.</summary>
    /// <param name="path">The target. A symbolic link is replaced; a device is written to as it is.</param>
    /// <param name="bytes">The contents.</param>
    /// <returns>Null, or what went wrong in the system's words; the target is then unchanged and no temporary file is left.</returns>
    public static string? WriteAndRename(string path, NativeBytes bytes)
    {
        if (InputBytes.TryIdentify(path, out _, out bool isRegular, out _) && !isRegular)
            return WriteStraight(path, bytes);
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } f ? f : ".";
        for (int attempt = 0; attempt < 16; attempt++)
        {
            string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}-{RandomName()}.tmp");
            byte[] name = Encoding.UTF8.GetBytes(temporary + "\0");
            int descriptor;
            fixed (byte* raw = name)
                descriptor = Posix.Open(raw, Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL | Posix.O_CLOEXEC, OwnerOnly);
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == Posix.EEXIST)
                continue;
            return descriptor < 0 ? Posix.LastErrorText() : Finish(descriptor, name, path, bytes);
        }

        return "no free name for a temporary file beside it";
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

    private static string? Finish(int descriptor, byte[] name, string path, NativeBytes bytes)
    {
        s_current = name;
        string? error = Fill(descriptor, bytes);
        if (error is null && Posix.FChMod(descriptor, 0x1ff & ~Umask()) != 0)
            error = Posix.LastErrorText();
        if (Posix.Close(descriptor) != 0 && error is null)
            error = Posix.LastErrorText();
        fixed (byte* raw = name, target = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (error is null && Posix.Rename(raw, target) != 0)
                error = Posix.LastErrorText();
            if (error is not null)
                _ = Posix.Unlink(raw);
        }

        s_current = null;
        return error;
    }

    private static string? Fill(int descriptor, NativeBytes bytes)
    {
        // Reserving first reports a full disk before a byte is written; file systems without it answer EOPNOTSUPP.
        if (bytes.Length > 0 && Posix.FAllocate(descriptor, 0, 0, bytes.Length) != 0 && Marshal.GetLastPInvokeError() is not (Posix.EOPNOTSUPP or Posix.EINTR))
            return Posix.LastErrorText();
        return Write(descriptor, bytes);
    }

    private static string? Write(int descriptor, NativeBytes bytes)
    {
        const long Step = 1L << 30;
        for (long done = 0; done < bytes.Length;)
        {
            long length = Math.Min(bytes.Length - done, Step);
            nint written;
            fixed (byte* start = bytes.Slice(done, length).Span)
                written = Posix.PWrite(descriptor, start, (nint)length, done);
            if (written < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
                continue;
            if (written <= 0)
                return written == 0 ? "nothing more could be written" : Posix.LastErrorText();
            done += written;
        }

        return null;
    }

    private static string? WriteStraight(string path, NativeBytes bytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
            stream.Write(bytes.Span);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static uint Umask()
    {
        uint mask = Posix.UMask(0x3f);
        _ = Posix.UMask(mask);
        return mask;
    }

    private static string RandomName() => ((ulong)Stopwatch.GetTimestamp() * 0x9e3779b97f4a7c15 ^ (ulong)Random.Shared.NextInt64()).ToString("x16", null);
}
