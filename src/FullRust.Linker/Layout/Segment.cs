// A program header to be: what AddressAssigner and SegmentPlan agree on and HeaderWriter writes.

using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>A program header (gABI, Program Header).</summary>
/// <param name="Type">PT_ type.</param>
/// <param name="Flags">PF_ flags.</param>
/// <param name="FileOffset">p_offset.</param>
/// <param name="Address">p_vaddr.</param>
/// <param name="SizeInFile">p_filesz.</param>
/// <param name="SizeInMemory">p_memsz.</param>
/// <param name="Alignment">p_align.</param>
internal readonly record struct Segment(uint Type, uint Flags, ulong FileOffset, ulong Address, ulong SizeInFile, ulong SizeInMemory, ulong Alignment)
{
    /// <summary>p_paddr; null for the address itself.</summary>
    internal ulong? LoadAddress { get; init; }

    /// <summary>Whether it is loaded, writable and executable.</summary>
    internal bool IsWritableCode => Type == PT_LOAD && (Flags & (PF_W | PF_X)) == (PF_W | PF_X) && SizeInMemory != 0;
}
