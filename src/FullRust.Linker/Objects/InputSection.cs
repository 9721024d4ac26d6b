// One row per section header of every loaded object: row number = the object's SectionBase + header index, so that no map is
// needed between the two. Under a cache line; everything else about a section is read from its header in place.

namespace FullRust.Linker.Objects;

/// <summary>A section of a loaded object.</summary>
internal struct InputSection
{
    /// <summary>Size in the output, in bytes.</summary>
    internal ulong Size;

    /// <summary>Offset inside the output section, valid after layout.</summary>
    internal ulong Offset;

    /// <summary>Index of the object in the object set.</summary>
    internal int File;

    /// <summary>The output section's index, or -1.</summary>
    internal int OutputSection;

    /// <summary>Header index of the relocation section for this one; 0 for none.</summary>
    internal int Relocations;

    /// <summary>First unwind record (FDE) that describes code in this section, plus one; 0 for none.</summary>
    internal int FirstFde;

    /// <summary>Row in the table of split sections, plus one, once a mergeable section was taken apart; for folded ones the section that stayed.</summary>
    internal int Extra;

    /// <summary>Header index of the SHT_GROUP section that has it as a member; 0 for none, or for a copy that lost.</summary>
    internal int Group;

    /// <summary>Flags of the header: all that are defined fit into 32 bits.</summary>
    internal uint Flags;

    /// <summary>Base-2 logarithm of the alignment.</summary>
    internal byte AlignmentLog2;

    private byte _kindAndState;

    /// <summary>Bytes of its name, so that nobody looks for the end again; 0 if it is not known or too long.</summary>
    internal ushort NameLength;

    /// <summary>What is done with it.</summary>
    internal SectionKind Kind
    {
        readonly get => (SectionKind)(_kindAndState & 0xf);
        set => _kindAndState = (byte)((_kindAndState & 0xf0) | (byte)value);
    }

    /// <summary>What became of it.</summary>
    internal SectionState State
    {
        readonly get => (SectionState)(_kindAndState >> 4);
        set => _kindAndState = (byte)((_kindAndState & 0xf) | ((byte)value << 4));
    }

    /// <summary>Whether it is part of the output.</summary>
    internal readonly bool IsLive => (State & (SectionState.Live | SectionState.Discarded | SectionState.Folded)) == SectionState.Live;
}
