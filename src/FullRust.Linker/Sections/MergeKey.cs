// What mergeable sections have in common that are merged with each other.

using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

/// <summary>Place, kind and size of the entries of a mergeable section.</summary>
/// <param name="Name">Name of the output section.</param>
/// <param name="Type">Type of the first section; not compared.</param>
/// <param name="Flags">Those flags that must agree.</param>
/// <param name="EntrySize">Bytes of an entry or character.</param>
/// <param name="Statement">The script's statement that takes the section: what stands there stays there.</param>
internal readonly record struct MergeKey(NativeBytes Name, uint Type, ulong Flags, ulong EntrySize, int Statement)
{
    /// <summary>The key of a section. Thread-safe.</summary>
    internal static MergeKey Of(SectionTable sections, int row, OutputSectionNames names)
    {
        ref readonly Elf64_Shdr header = ref sections.Header(row);
        ulong flags = header.sh_flags & (SHF_ALLOC | SHF_MERGE | SHF_STRINGS | SHF_X86_64_LARGE);
        return new MergeKey(names.Map(sections.Name(row), flags, header.sh_type), header.sh_type, flags, header.sh_entsize, names.StatementOf(row));
    }
}
