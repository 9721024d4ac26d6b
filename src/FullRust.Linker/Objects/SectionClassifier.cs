// The one classification of input sections by type, flags and name (gABI, Sections; psABI 4.2; LLVM and GNU extensions).

using System;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

internal static class SectionClassifier
{
    /// <summary>What the linker does with a section.</summary>
    internal static SectionKind Classify(in Elf64_Shdr header, ReadOnlySpan<byte> name, LinkOptions options)
    {
        if (options.OutputKind == OutputKind.Relocatable)
            return ClassifyForObject(header, name, options.Strip);
        StripPolicy strip = options.Strip;
        if ((header.sh_flags & SHF_EXCLUDE) != 0)
            return SectionKind.None;
        bool isAllocated = (header.sh_flags & SHF_ALLOC) != 0;
        switch (header.sh_type)
        {
            case SHT_NULL or SHT_SYMTAB or SHT_STRTAB or SHT_RELA or SHT_REL or SHT_CREL or SHT_GROUP or SHT_SYMTAB_SHNDX:
            case SHT_LLVM_ADDRSIG or SHT_LLVM_DEPENDENT_LIBRARIES or SHT_LLVM_CALL_GRAPH_PROFILE or SHT_LLVM_LTO:
                return SectionKind.None;
            case SHT_NOBITS:
                return isAllocated ? SectionKind.NoBits : SectionKind.NonAllocated;
            case SHT_X86_64_UNWIND:
                return SectionKind.EhFrame;
        }

        return isAllocated ? ClassifyAllocated(header, name) : ClassifyNonAllocated(header, name, strip);
    }

    // In an object everything stays as it is but what speaks of the object as a whole: the next link reads that from the output's own.
    private static SectionKind ClassifyForObject(in Elf64_Shdr header, ReadOnlySpan<byte> name, StripPolicy strip)
    {
        bool isAllocated = (header.sh_flags & SHF_ALLOC) != 0;
        switch (header.sh_type)
        {
            case SHT_NULL or SHT_SYMTAB or SHT_STRTAB or SHT_RELA or SHT_REL or SHT_CREL or SHT_GROUP or SHT_SYMTAB_SHNDX or SHT_LLVM_ADDRSIG or SHT_GNU_SFRAME:
                return SectionKind.None;
            case SHT_NOBITS:
                return isAllocated ? SectionKind.NoBits : SectionKind.NonAllocated;
        }

        if (name.SequenceEqual(".note.GNU-stack"u8) || (!isAllocated && strip != StripPolicy.None && IsDebug(name)))
            return SectionKind.None;
        if (isAllocated && (header.sh_type == SHT_X86_64_UNWIND || name.SequenceEqual(".eh_frame"u8)))
            return SectionKind.EhFrame;
        if (name.SequenceEqual(".note.gnu.property"u8))
            return SectionKind.Property;
        return isAllocated ? SectionKind.Regular : SectionKind.NonAllocated;
    }

    /// <summary>Whether garbage collection must keep a section that nothing refers to.</summary>
    internal static bool IsRoot(in Elf64_Shdr header, ReadOnlySpan<byte> name)
    {
        if ((header.sh_flags & SHF_ALLOC) == 0)
            return false;
        if ((header.sh_flags & SHF_GNU_RETAIN) != 0 || header.sh_type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY)
            return true;
        if (header.sh_type == SHT_NOTE)
            return (header.sh_flags & SHF_GROUP) == 0;
        if (name.Length < 4 || name[0] != '.')
            return false;
        return IsStem(name, ".ctors"u8) || IsStem(name, ".dtors"u8) || name.SequenceEqual(".init"u8) || name.SequenceEqual(".fini"u8) ||
            name.SequenceEqual(".jcr"u8) || IsStem(name, ".init_array"u8) || IsStem(name, ".fini_array"u8) || IsStem(name, ".preinit_array"u8);
    }

    /// <summary>Whether a section must be refused because its type is unknown. Types of operating systems are joined like others unless
    /// SHF_OS_NONCONFORMING says otherwise (gABI, Rules for Linking Unrecognized Sections).</summary>
    internal static bool IsUnknown(in Elf64_Shdr header)
    {
        if ((header.sh_flags & SHF_EXCLUDE) != 0)
            return false;
        if ((header.sh_flags & SHF_OS_NONCONFORMING) != 0)
            return true;
        if ((header.sh_flags & SHF_ALLOC) == 0)
            return false;
        return header.sh_type is >= SHT_LOPROC and not SHT_X86_64_UNWIND;
    }

    /// <summary>Whether a name is a stem or the stem followed by a dot and more.</summary>
    internal static bool IsStem(ReadOnlySpan<byte> name, ReadOnlySpan<byte> stem) =>
        name.StartsWith(stem) && (name.Length == stem.Length || name[stem.Length] == '.');

    /// <summary>Whether a section name is a C identifier.</summary>
    internal static bool IsIdentifier(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name[0] is >= (byte)'0' and <= (byte)'9')
            return false;
        foreach (byte c in name)
        {
            if (c is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_'))
                return false;
        }

        return true;
    }

    /// <summary>Whether a section is debug information that <c>--strip-debug</c> removes.</summary>
    internal static bool IsDebug(ReadOnlySpan<byte> name) =>
        name.StartsWith(".debug"u8) || name.StartsWith(".zdebug"u8) || name.StartsWith(".stab"u8) || name.SequenceEqual(".gdb_index"u8) ||
        name.StartsWith(".gnu.debuglto"u8) || name.StartsWith(".gnu.linkonce.wi."u8);

    private static SectionKind ClassifyAllocated(in Elf64_Shdr header, ReadOnlySpan<byte> name)
    {
        if (header.sh_type == SHT_GNU_SFRAME)
            return SectionKind.None;
        if (name.SequenceEqual(".eh_frame"u8))
            return SectionKind.EhFrame;
        if (header.sh_type == SHT_NOTE && name.SequenceEqual(".note.gnu.property"u8))
            return SectionKind.Property;
        if (name.SequenceEqual(".note.GNU-stack"u8))
            return SectionKind.None;
        return IsMergeable(header) ? SectionKind.Mergeable : SectionKind.Regular;
    }

    private static SectionKind ClassifyNonAllocated(in Elf64_Shdr header, ReadOnlySpan<byte> name, StripPolicy strip)
    {
        if (name.SequenceEqual(".note.gnu.property"u8))
            return SectionKind.Property;
        if (name.SequenceEqual(".note.GNU-stack"u8) || name.StartsWith(".gnu.warning"u8) || name.StartsWith(".gnu.lto_"u8))
            return SectionKind.None;
        if ((strip != StripPolicy.None && IsDebug(name)) || (strip == StripPolicy.All && name.SequenceEqual(".comment"u8)))
            return SectionKind.None;
        return IsMergeable(header) ? SectionKind.Mergeable : SectionKind.NonAllocated;
    }

    // A writable one, or one without an entry size, is an ordinary section. TLS data is copied per thread and never merged.
    private static bool IsMergeable(in Elf64_Shdr header) =>
        (header.sh_flags & SHF_MERGE) != 0 && header.sh_entsize != 0 && header.sh_size != 0 &&
        (header.sh_flags & (SHF_WRITE | SHF_TLS | SHF_EXECINSTR)) == 0;
}
