// Constants of the generic ELF ABI (gABI), its GNU and LLVM extensions and the x86-64 psABI, under their specification names
// and in specification order. No policy lives here.

#pragma warning disable CS1591 // The names are the specifications' own; a sentence each would only repeat them.
#pragma warning disable CA1707

namespace FullRust.Elf.Native;

/// <summary>ELF constants under their specification names (gABI, psABI, GNU and LLVM extensions).</summary>
public static class ElfConstants
{
    // e_ident (gABI, ELF Identification)
    public const int EI_CLASS = 4, EI_DATA = 5, EI_VERSION = 6, EI_OSABI = 7, EI_ABIVERSION = 8, EI_PAD = 9, EI_NIDENT = 16;
    public const byte ELFCLASS32 = 1, ELFCLASS64 = 2;
    public const byte ELFDATA2LSB = 1, ELFDATA2MSB = 2;
    public const byte EV_CURRENT = 1;
    public const byte ELFOSABI_NONE = 0, ELFOSABI_GNU = 3;

    // e_type, e_machine
    public const ushort ET_NONE = 0, ET_REL = 1, ET_EXEC = 2, ET_DYN = 3, ET_CORE = 4;
    public const ushort EM_386 = 3, EM_X86_64 = 62, EM_AARCH64 = 183;
    public const ushort PN_XNUM = 0xffff;

    // Special section indices
    public const ushort SHN_UNDEF = 0, SHN_LORESERVE = 0xff00, SHN_X86_64_LCOMMON = 0xff02, SHN_ABS = 0xfff1, SHN_COMMON = 0xfff2, SHN_XINDEX = 0xffff;

    // sh_type
    public const uint SHT_NULL = 0, SHT_PROGBITS = 1, SHT_SYMTAB = 2, SHT_STRTAB = 3, SHT_RELA = 4, SHT_HASH = 5, SHT_DYNAMIC = 6, SHT_NOTE = 7,
        SHT_NOBITS = 8, SHT_REL = 9, SHT_SHLIB = 10, SHT_DYNSYM = 11, SHT_INIT_ARRAY = 14, SHT_FINI_ARRAY = 15, SHT_PREINIT_ARRAY = 16,
        SHT_GROUP = 17, SHT_SYMTAB_SHNDX = 18, SHT_RELR = 19;
    public const uint SHT_LOOS = 0x60000000, SHT_HIOS = 0x6fffffff, SHT_LOPROC = 0x70000000, SHT_HIPROC = 0x7fffffff, SHT_LOUSER = 0x80000000,
        SHT_HIUSER = 0xffffffff;
    public const uint SHT_CREL = 0x40000014;
    public const uint SHT_LLVM_ADDRSIG = 0x6fff4c03, SHT_LLVM_DEPENDENT_LIBRARIES = 0x6fff4c04, SHT_LLVM_SYMPART = 0x6fff4c05,
        SHT_LLVM_CALL_GRAPH_PROFILE = 0x6fff4c09, SHT_LLVM_BB_ADDR_MAP = 0x6fff4c0a, SHT_LLVM_LTO = 0x6fff4c0c;
    public const uint SHT_GNU_SFRAME = 0x6ffffff4, SHT_GNU_ATTRIBUTES = 0x6ffffff5, SHT_GNU_HASH = 0x6ffffff6, SHT_GNU_verdef = 0x6ffffffd,
        SHT_GNU_verneed = 0x6ffffffe, SHT_GNU_versym = 0x6fffffff;
    public const uint SHT_X86_64_UNWIND = 0x70000001;

    // sh_flags
    public const ulong SHF_WRITE = 1, SHF_ALLOC = 2, SHF_EXECINSTR = 4, SHF_MERGE = 0x10, SHF_STRINGS = 0x20, SHF_INFO_LINK = 0x40, SHF_LINK_ORDER = 0x80,
        SHF_OS_NONCONFORMING = 0x100, SHF_GROUP = 0x200, SHF_TLS = 0x400, SHF_COMPRESSED = 0x800, SHF_GNU_RETAIN = 0x200000, SHF_X86_64_LARGE = 0x10000000,
        SHF_EXCLUDE = 0x80000000;

    // Section groups and compression
    public const uint GRP_COMDAT = 1;
    public const uint ELFCOMPRESS_ZLIB = 1, ELFCOMPRESS_ZSTD = 2;

    // Symbols: binding, type, visibility
    public const byte STB_LOCAL = 0, STB_GLOBAL = 1, STB_WEAK = 2, STB_GNU_UNIQUE = 10;
    public const byte STT_NOTYPE = 0, STT_OBJECT = 1, STT_FUNC = 2, STT_SECTION = 3, STT_FILE = 4, STT_COMMON = 5, STT_TLS = 6, STT_GNU_IFUNC = 10;
    public const byte STV_DEFAULT = 0, STV_INTERNAL = 1, STV_HIDDEN = 2, STV_PROTECTED = 3;

    // p_type, p_flags
    public const uint PT_NULL = 0, PT_LOAD = 1, PT_DYNAMIC = 2, PT_INTERP = 3, PT_NOTE = 4, PT_SHLIB = 5, PT_PHDR = 6, PT_TLS = 7;
    public const uint PT_GNU_EH_FRAME = 0x6474e550, PT_GNU_STACK = 0x6474e551, PT_GNU_RELRO = 0x6474e552, PT_GNU_PROPERTY = 0x6474e553, PT_GNU_SFRAME = 0x6474e554;
    public const uint PF_X = 1, PF_W = 2, PF_R = 4;

    // Dynamic section tags
    public const long DT_NULL = 0, DT_NEEDED = 1, DT_HASH = 4, DT_STRTAB = 5, DT_SYMTAB = 6, DT_RELA = 7, DT_RELASZ = 8, DT_RELAENT = 9, DT_STRSZ = 10,
        DT_SYMENT = 11, DT_SONAME = 14, DT_RPATH = 15, DT_DEBUG = 21, DT_TEXTREL = 22, DT_FLAGS = 30, DT_RELRSZ = 35, DT_RELR = 36, DT_RELRENT = 37,
        DT_GNU_HASH = 0x6ffffef5, DT_RELACOUNT = 0x6ffffff9, DT_FLAGS_1 = 0x6ffffffb;
    public const ulong DF_BIND_NOW = 8, DF_1_NOW = 1, DF_1_PIE = 0x08000000;

    // Notes
    public const uint NT_GNU_ABI_TAG = 1, NT_GNU_BUILD_ID = 3, NT_GNU_PROPERTY_TYPE_0 = 5, NT_FDO_PACKAGING_METADATA = 0xcafe1a7e;
    public const uint GNU_PROPERTY_STACK_SIZE = 1, GNU_PROPERTY_NO_COPY_ON_PROTECTED = 2;
    public const uint GNU_PROPERTY_X86_FEATURE_1_AND = 0xc0000002, GNU_PROPERTY_X86_FEATURE_2_NEEDED = 0xc0008001, GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002,
        GNU_PROPERTY_X86_FEATURE_2_USED = 0xc0010001, GNU_PROPERTY_X86_ISA_1_USED = 0xc0010002;
    public const uint GNU_PROPERTY_X86_FEATURE_1_IBT = 1, GNU_PROPERTY_X86_FEATURE_1_SHSTK = 2;
    public const uint GNU_PROPERTY_X86_ISA_1_BASELINE = 1, GNU_PROPERTY_X86_ISA_1_V2 = 2, GNU_PROPERTY_X86_ISA_1_V3 = 4, GNU_PROPERTY_X86_ISA_1_V4 = 8;
}
