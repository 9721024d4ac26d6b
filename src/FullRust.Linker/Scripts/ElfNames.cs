// Names of ELF constants as scripts spell them (gABI).

namespace FullRust.Linker.Scripts;

/// <summary>ELF constants by name.</summary>
internal static class ElfNames
{
    /// <summary>PT_*</summary>
    internal static bool TryGetSegmentType(string name, out ulong value) => TryGet(name, out value, name switch
    {
        "PT_NULL" => 0,
        "PT_LOAD" => 1,
        "PT_DYNAMIC" => 2,
        "PT_INTERP" => 3,
        "PT_NOTE" => 4,
        "PT_SHLIB" => 5,
        "PT_PHDR" => 6,
        "PT_TLS" => 7,
        "PT_GNU_EH_FRAME" => 0x6474e550,
        "PT_GNU_STACK" => 0x6474e551,
        "PT_GNU_RELRO" => 0x6474e552,
        "PT_GNU_PROPERTY" => 0x6474e553,
        _ => null,
    });

    /// <summary>SHT_*</summary>
    internal static bool TryGetSectionType(string name, out ulong value) => TryGet(name, out value, name switch
    {
        "SHT_PROGBITS" => 1,
        "SHT_STRTAB" => 3,
        "SHT_NOTE" => 7,
        "SHT_NOBITS" => 8,
        "SHT_INIT_ARRAY" => 14,
        "SHT_FINI_ARRAY" => 15,
        "SHT_PREINIT_ARRAY" => 16,
        _ => Arguments.Number.TryParse(name, out ulong number) && number <= uint.MaxValue ? number : null,
    });

    /// <summary>SHF_*</summary>
    internal static bool TryGetSectionFlag(string name, out ulong value) => TryGet(name, out value, name switch
    {
        "SHF_WRITE" => 0x1,
        "SHF_ALLOC" => 0x2,
        "SHF_EXECINSTR" => 0x4,
        "SHF_MERGE" => 0x10,
        "SHF_STRINGS" => 0x20,
        "SHF_INFO_LINK" => 0x40,
        "SHF_LINK_ORDER" => 0x80,
        "SHF_OS_NONCONFORMING" => 0x100,
        "SHF_GROUP" => 0x200,
        "SHF_TLS" => 0x400,
        "SHF_COMPRESSED" => 0x800,
        "SHF_GNU_RETAIN" => 0x200000,
        "SHF_X86_64_LARGE" => 0x10000000,
        "SHF_EXCLUDE" => 0x80000000,
        _ => Arguments.Number.TryParse(name, out ulong number) ? number : null,
    });

    private static bool TryGet(string name, out ulong value, ulong? found)
    {
        value = found ?? 0;
        return found is not null && name.Length > 0;
    }
}
