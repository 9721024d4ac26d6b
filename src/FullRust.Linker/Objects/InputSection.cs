// What is known of a section that may reach the output. Under a cache line; everything else about it is read from its header in place.
// What it is and became stands apart (SectionFate).

namespace FullRust.Linker.Objects;

/// <summary>A section of a loaded object.</summary>
internal struct InputSection
{
    /// <summary>Size in the output, in bytes.</summary>
    internal ulong Size;

    /// <summary>Offset inside the output section, valid after layout.</summary>
    internal ulong Offset;

    // Counted from 1, so that a zeroed row says of both that there is none.
    private int _file, _outputSection;

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

    /// <summary>Bytes of its name, so that nobody looks for the end again; 0 if it is not known or too long.</summary>
    internal ushort NameLength;

    /// <summary>Index of the object in the object set; -1 in the row that stands for those without a place: <see cref="SectionTable.FileOf"/> knows it then.</summary>
    internal int File
    {
        readonly get => _file - 1;
        set => _file = value + 1;
    }

    /// <summary>The output section's index, or -1.</summary>
    internal int OutputSection
    {
        readonly get => _outputSection - 1;
        set => _outputSection = value + 1;
    }
}
