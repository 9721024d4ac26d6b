// Text for people and machines, written straight to descriptors 1 and 2. System.Console costs start-up time and keeps a file
// position of its own, which would overwrite what child processes write to the same file.

using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace FullRust.Driver.Platform;

/// <summary>Writes to standard output and standard error. Each call is one write where the system allows it. Thread-safe.</summary>
internal static class StandardStreams
{
    /// <summary>Writes text to standard output.</summary>
    internal static void Out(string text) => Write(1, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a line to standard output.</summary>
    internal static void OutLine(string line) => Out(line + "\n");

    /// <summary>Writes text to standard error.</summary>
    internal static void Error(string text) => Write(2, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a line to standard error.</summary>
    internal static void ErrorLine(string line) => Error(line + "\n");

    /// <summary>Writes bytes to standard output unchanged.</summary>
    internal static void OutBytes(byte[] bytes) => Write(1, bytes);

    /// <summary>Whether standard error is a terminal.</summary>
    internal static bool IsErrorTerminal => Libc.IsATty(2) == 1;

    /// <summary>Writes all bytes; gives up silently when nobody reads any more, as command-line tools do.</summary>
    private static void Write(int descriptor, byte[] bytes)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            byte[] rest = done == 0 ? bytes : bytes[done..];
            nint written = Libc.Write(descriptor, rest, rest.Length);
            if (written > 0)
                done += (int)written;
            else if (Marshal.GetLastPInvokeError() is not (Libc.Eintr or Libc.Eagain))
                return;
        }
    }
}
