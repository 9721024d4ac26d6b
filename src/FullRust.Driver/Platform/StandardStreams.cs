// Text for people and machines, written straight to descriptors 1 and 2. System.Console costs start-up time and keeps a file
// position of its own, which would overwrite what child processes write to the same file.

using System.IO;
using FullRust.Elf.Memory;

namespace FullRust.Driver.Platform;

/// <summary>Writes to standard output and standard error. Each call is one write where the system allows it. Thread-safe.</summary>
internal static class StandardStreams
{
    /// <summary>Writes text to standard output.</summary>
    internal static void Out(string text) => Write(1, text);

    /// <summary>Writes a line to standard output.</summary>
    internal static void OutLine(string line) => Out(line + "\n");

    /// <summary>Writes text to standard error.</summary>
    internal static void Error(string text) => Write(2, text);

    /// <summary>Writes a line to standard error.</summary>
    internal static void ErrorLine(string line) => Error(line + "\n");

    /// <summary>Whether standard output is a terminal.</summary>
    internal static bool IsOutputTerminal => Libc.IsATty(1) == 1;

    /// <summary>Whether standard error is a terminal.</summary>
    internal static bool IsErrorTerminal => Libc.IsATty(2) == 1;

    private static void Write(int descriptor, string text)
    {
        try
        {
            new DescriptorStream(descriptor).Write(OsText.Encode(text));
        }
        catch (IOException)
        {
            // Nobody reads any more (a closed pipe): the exit status still says what happened.
        }
    }
}
