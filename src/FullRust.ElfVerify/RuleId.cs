// The rules by id. The line above a member is the rule; RuleTable says why it is there and what to do. Ids are printed as
// "FRV-" and the member's name; once released, an id never changes its meaning.

#pragma warning disable CA1720 // "I" and the like are the published ids.

namespace FullRust.ElfVerify;

/// <summary>The verifier's rules. Letters: I input, H header, P program headers, S static, L loading, X permissions, N entry, T thread-local
/// storage, R relocations and symbols, Z sections, U unwinding, G notes, O other bytes, Y system calls, C libc, B budgets, D descriptions,
/// K kernel model.</summary>
public enum RuleId
{
    /// <summary>The path names a regular file.</summary>
    I01,

    /// <summary>The file is not larger than the reading limit and could be read whole.</summary>
    I02,

    /// <summary>The file did not change while it was read.</summary>
    I03,

    /// <summary>There is at least one file to verify.</summary>
    I04,

    /// <summary>The file begins with the ELF magic.</summary>
    I05,

    /// <summary>EI_CLASS, EI_DATA, EI_VERSION and e_version say ELF64, little-endian, version 1.</summary>
    H01,

    /// <summary>e_machine is EM_X86_64.</summary>
    H02,

    /// <summary>e_type is that of a program.</summary>
    H03,

    /// <summary>The program is position-dependent (ET_EXEC), or the profile is static-pie.</summary>
    H04,

    /// <summary>The header fields that nobody reads at run time hold their standard values.</summary>
    H05,

    /// <summary>e_phentsize is 56.</summary>
    P01,

    /// <summary>e_phnum is 1 to 1170.</summary>
    P02,

    /// <summary>The program header table lies inside the file.</summary>
    P03,

    /// <summary>Exactly one PT_LOAD covers the program header table.</summary>
    P04,

    /// <summary>e_phnum is at most 73, unless the oldest kernel to support is 6.17 or later.</summary>
    P05,

    /// <summary>PT_PHDR, if present, is unique, comes before every PT_LOAD and describes the table that the kernel reads.</summary>
    P06,

    /// <summary>Program header types are known ones, and those that may occur once do.</summary>
    P07,

    /// <summary>The program header table does not overlap the section header table or a section's contents.</summary>
    P08,

    /// <summary>The program header table is 8-aligned and ends within the first 4096 bytes.</summary>
    P09,

    /// <summary>There is no PT_INTERP of any size at any place.</summary>
    S01,

    /// <summary>There is no PT_DYNAMIC of any size at any place.</summary>
    S02,

    /// <summary>There is no dynamic section and no interpreter section.</summary>
    S03,

    /// <summary>There are no dynamic symbols, hash tables, versions or relocations for a dynamic loader.</summary>
    S04,

    /// <summary>No loaded segment holds the path of a dynamic loader.</summary>
    S05,

    /// <summary>The memory ranges of PT_LOADs are disjoint.</summary>
    L01,

    /// <summary>No two PT_LOADs share a page of memory.</summary>
    L02,

    /// <summary>PT_LOADs ascend by address.</summary>
    L03,

    /// <summary>p_filesz is at most p_memsz.</summary>
    L04,

    /// <summary>p_offset and p_vaddr are congruent modulo the page size and modulo p_align.</summary>
    L05,

    /// <summary>p_align of a PT_LOAD is a power of two of at least the page size.</summary>
    L06,

    /// <summary>The file holds all bytes of every segment.</summary>
    L07,

    /// <summary>Segments do not wrap and end below the end of user memory.</summary>
    L08,

    /// <summary>No segment begins below 0x10000.</summary>
    L09,

    /// <summary>Segments end below 0x7f0000000000.</summary>
    L10,

    /// <summary>The memory that all segments ask for is within the limit.</summary>
    L11,

    /// <summary>There is room for the heap above the last segment.</summary>
    L12,

    /// <summary>No PT_LOAD is empty or occurs twice.</summary>
    L13,

    /// <summary>There is a PT_LOAD.</summary>
    L14,

    /// <summary>No PT_LOAD is writable and executable.</summary>
    X01,

    /// <summary>PT_GNU_STACK is present.</summary>
    X02,

    /// <summary>PT_GNU_STACK occurs at most once.</summary>
    X03,

    /// <summary>The stack is not executable.</summary>
    X04,

    /// <summary>PT_LOADs are readable and have no flags besides R, W and X.</summary>
    X05,

    /// <summary>A PT_LOAD that is not writable has no bytes beyond its file bytes.</summary>
    X06,

    /// <summary>PT_GNU_RELRO, if present, lies inside a writable PT_LOAD and ends at a page boundary.</summary>
    X07,

    /// <summary>The entry point lies in the file bytes of exactly one executable PT_LOAD.</summary>
    N01,

    /// <summary>Executable pages hold no other bytes of the file than their segment's.</summary>
    N02,

    /// <summary>The entry point is the symbol _start, where there are symbols.</summary>
    N03,

    /// <summary>PT_TLS lies inside a PT_LOAD and has a sane size and alignment.</summary>
    T01,

    /// <summary>PT_TLS occurs at most once.</summary>
    T02,

    /// <summary>No relocations are left to be applied at start.</summary>
    R01,

    /// <summary>No relocation is left for read-only memory.</summary>
    R02,

    /// <summary>No symbol is undefined, weak ones aside.</summary>
    R03,

    /// <summary>The section header table is absent or consistent.</summary>
    Z01,

    /// <summary>Allocated sections agree with the segments in place and rights.</summary>
    Z02,

    /// <summary>Sections do not overlap, and functions and objects lie inside their sections.</summary>
    Z03,

    /// <summary>PT_GNU_EH_FRAME, if present, leads to a well-formed, sorted table of functions.</summary>
    U01,

    /// <summary>Every entry of the unwind table leads to a description of the function that it names.</summary>
    U02,

    /// <summary>Notes are well-formed.</summary>
    G01,

    /// <summary>The processor level that the file asks for is within the limit.</summary>
    G02,

    /// <summary>A build id is present when it is required.</summary>
    G03,

    /// <summary>The program header table does not overlap the ELF header.</summary>
    O01,

    /// <summary>The file ends with its last segment, section or table.</summary>
    O02,

    /// <summary>Gaps between the parts of the file are zero.</summary>
    O03,

    /// <summary>The kernel is entered by the syscall instruction only, and every number is known.</summary>
    Y01,

    /// <summary>Every system call is in the expected list.</summary>
    Y02,

    /// <summary>No system call is in the denied list.</summary>
    Y03,

    /// <summary>Nothing in the file shows that a C library was linked.</summary>
    C01,

    /// <summary>The linker's record of its inputs is well-formed, and present when it is required.</summary>
    C02,

    /// <summary>The link, repeated from its recorded inputs, gives the same bytes.</summary>
    C03,

    /// <summary>The file is within its size budget.</summary>
    B01,

    /// <summary>The loaded segments are within their size budgets.</summary>
    B02,

    /// <summary>The file carries no debug information.</summary>
    D01,

    /// <summary>The producers named in .comment are printable texts.</summary>
    D02,

    /// <summary>A dependency list in .dep-v0, if present, is readable.</summary>
    D03,

    /// <summary>The model of the kernel's loader starts the file on every kernel asked for.</summary>
    K01,
}
