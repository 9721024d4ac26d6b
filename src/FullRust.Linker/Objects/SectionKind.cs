// What the linker does with an input section: the one classification by type, flags and name, made when an object is parsed.

namespace FullRust.Linker.Objects;

internal enum SectionKind : byte
{
    /// <summary>Not part of the output: tables of the object itself, markers, excluded sections.</summary>
    None,

    /// <summary>Allocated bytes, copied and relocated.</summary>
    Regular,

    /// <summary>Allocated, no bytes in the file.</summary>
    NoBits,

    /// <summary>SHF_MERGE: taken apart into pieces; equal ones are stored once. Allocated or not.</summary>
    Mergeable,

    /// <summary>Unwind tables: taken apart into records.</summary>
    EhFrame,

    /// <summary><c>.note.gnu.property</c>: merged into one note by the psABI's rules.</summary>
    Property,

    /// <summary>Debug information and other bytes that are not loaded.</summary>
    NonAllocated,
}

/// <summary>What became of an input section; set once by the phase named and only read afterwards.</summary>
[System.Flags]
internal enum SectionState : byte
{
    /// <summary>Nothing yet: under <c>--gc-sections</c>, dropped.</summary>
    None = 0,

    /// <summary>Lost against another copy of its COMDAT group (symbol resolution).</summary>
    Discarded = 1,

    /// <summary>Part of the output (section marking).</summary>
    Live = 2,

    /// <summary>Must never be dropped (parsing: SHF_GNU_RETAIN, init arrays, notes).</summary>
    Root = 4,

    /// <summary>Folded into an equal section (ICF).</summary>
    Folded = 8,
}
