// The one entry to all demanglers: Rust v0, Rust legacy, C++ Itanium. Names become text here for messages, never for the link
// itself, which works on bytes. Each scheme has a folder of its own.

using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using FullRust.Elf.Demangling.Itanium;
using FullRust.Elf.Demangling.Rust;

namespace FullRust.Elf.Demangling;

/// <summary>Turns symbol names into the text that programmers wrote. Thread-safe; never throws, whatever the bytes.</summary>
public static class Demangler
{
    // Past this length a name is data, not a name, and the raw bytes are as good as anything.
    private const int MaxNameLength = 256 * 1024;

    /// <summary>Demangles a Rust (v0 or legacy) or C++ (Itanium) name.</summary>
    /// <param name="name">The symbol's bytes as in the string table; a version after <c>@</c> is kept.</param>
    /// <returns>The readable name; for names that are not mangled or not well formed, the name itself with control characters escaped.</returns>
    public static string Demangle(ReadOnlySpan<byte> name) => TryDemangle(name, out string? text) ? text : ToDisplay(name);

    /// <summary>Demangles a name, and says whether it was mangled.</summary>
    /// <param name="name">The symbol's bytes as in the string table; a version after <c>@</c> is kept.</param>
    /// <param name="text">The readable name, or null.</param>
    /// <returns>False if the name follows none of the known schemes.</returns>
    public static bool TryDemangle(ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (name.Length < 3 || name.Length > MaxNameLength || name[0] != (byte)'_')
            return false;

        int version = name.IndexOf((byte)'@');
        if (version > 0)
        {
            if (!TryDemangle(name[..version], out text))
                return false;
            text += ToDisplay(name[version..]);
            return true;
        }

        return RustV0Demangler.TryDemangle(name, out text)
            || RustLegacyDemangler.TryDemangle(name, out text)
            || ItaniumDemangler.TryDemangle(name, out text);
    }

    /// <summary>A name as it may be shown on a terminal: UTF-8 as it is, control characters and stray bytes as <c>\xNN</c>.</summary>
    /// <param name="name">The symbol's bytes.</param>
    /// <returns>The same name, printable.</returns>
    public static string ToDisplay(ReadOnlySpan<byte> name)
    {
        if (name.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0)
            return Encoding.ASCII.GetString(name);

        var text = new StringBuilder(name.Length + 8);
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte b in name[..length])
                    text.Append("\\x").Append(b.ToString("x2", null));
            }

            name = name[length..];
        }

        return text.ToString();
    }
}
