// Who made an object: what its .comment says, and whether it came out of a Rust library. Evidence, not proof: a comment can be missing
// or forged, so that the strict policy refuses what it cannot place.

using System;
using System.IO;
using System.Text;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.GuardRail;

/// <summary>Where an object comes from.</summary>
internal enum Origin
{
    /// <summary>It holds no loaded bytes: rustc's list of symbols, metadata.</summary>
    Empty,

    /// <summary>A Rust compiler made it.</summary>
    Rust,

    /// <summary>One of the members of compiler_builtins that the toolchain's makers compile from C or assembly.</summary>
    Listed,

    /// <summary>Anything else.</summary>
    Foreign,
}

internal static class Provenance
{
    /// <summary>Places an object.</summary>
    internal static Origin OriginOf(ObjectFile file)
    {
        if (!HasLoadedBytes(file))
            return Origin.Empty;
        if (CompilerOf(file).StartsWith("rustc", StringComparison.Ordinal))
            return Origin.Rust;
        string library = Path.GetFileName(file.File.Path);
        bool isBuiltins = library.StartsWith("libcompiler_builtins-", StringComparison.Ordinal) && library.EndsWith(".rlib", StringComparison.Ordinal);
        return isBuiltins && !file.MemberName.IsEmpty ? Origin.Listed : Origin.Foreign;
    }

    /// <summary>The crate of a Rust library's member; empty for other objects.</summary>
    internal static string CrateOf(ObjectFile file)
    {
        string library = Path.GetFileName(file.File.Path);
        if (!library.StartsWith("lib", StringComparison.Ordinal) || !library.EndsWith(".rlib", StringComparison.Ordinal))
            return "";
        string name = library[3..^5];
        int hash = name.LastIndexOf('-');
        return hash > 0 ? name[..hash] : name;
    }

    /// <summary>The compiler that an object names in .comment; empty if it names none.</summary>
    internal static string CompilerOf(ObjectFile file)
    {
        for (int i = 1; i < file.SectionCount; i++)
        {
            if (file.Sections[i].sh_type != SHT_PROGBITS || !file.SectionName(i).Span.SequenceEqual(".comment"u8))
                continue;
            ReadOnlySpan<byte> text = file.SectionBytes(i).Span.TrimStart((byte)0);
            int end = text.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
        }

        return "";
    }

    private static bool HasLoadedBytes(ObjectFile file)
    {
        foreach (ref readonly var section in file.Sections)
        {
            if ((section.sh_flags & SHF_ALLOC) != 0 && section.sh_type != SHT_NOTE && section.sh_size != 0)
                return true;
        }

        return false;
    }
}
