// Reads the small text files that a command line names: response files, scripts, lists; also from /dev/null and pipes, as shells
// make them for <(...). None of absurd size.

using System;
using System.IO;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Arguments;

/// <summary>Reads text files.</summary>
internal static class TextFile
{
    private const long SizeLimit = 256 << 20;

    /// <summary>Reads a file as UTF-8; other bytes are kept as <see cref="OsText"/> keeps them, since they may stand in paths.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">The text, or an empty string.</param>
    /// <param name="error">Why not, in the system's words, or an empty string.</param>
    /// <returns>False if the file cannot be read or begins with a byte order mark.</returns>
    internal static bool TryRead(string path, out string text, out string error)
    {
        text = "";
        InputBytes? input;
        bool isOpen = IsStream(path) ? TryOpenStream(path, out input, out error) : InputBytes.TryOpen(path, long.MaxValue, out input, out error, out _);
        return isOpen && TryDecode(input!, out text, out error);
    }

    /// <summary>The same for a file that may be in memory.</summary>
    internal static bool TryRead(string path, LinkOptions options, out string text, out string error)
    {
        if (!options.MemoryFiles.ContainsKey(path))
            return TryRead(path, out text, out error);
        text = "";
        return options.TryOpen(path, long.MaxValue, out InputBytes? input, out error) && TryDecode(input!, out text, out error);
    }

    /// <summary>Whether a path leads to a device, or to a pipe that somebody holds open: a named one without a writer would be waited for.</summary>
    internal static bool IsStream(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && InputBytes.TryIdentify(path, out _, out bool isRegular, out bool isFolder) && !isRegular && !isFolder;

    /// <summary>Reads a device or a pipe to its end.</summary>
    internal static bool TryOpenStream(string path, out InputBytes? input, out string error)
    {
        (input, error) = (null, "");
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var bytes = new MemoryStream();
            byte[] block = new byte[1 << 16];
            for (int got; (got = stream.Read(block)) > 0 && bytes.Length <= SizeLimit;)
                bytes.Write(block, 0, got);
            input = InputBytes.FromMemory(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = e.Message;
            return false;
        }
    }

    private static bool TryDecode(InputBytes input, out string text, out string error)
    {
        text = error = "";
        using (input)
        {
            if (input.Bytes.Length > SizeLimit)
                error = $"larger than {SizeLimit >> 20} MiB";
            else if (HasByteOrderMark(input.Bytes.Span))
                error = "it begins with a byte order mark: write it as UTF-8 without one";
            else
                text = OsText.Decode(input.Bytes.Span);
        }

        return error.Length == 0;
    }

    private static bool HasByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xef, 0xbb, 0xbf]) || bytes.StartsWith<byte>([0xff, 0xfe]) || bytes.StartsWith<byte>([0xfe, 0xff]);
}
