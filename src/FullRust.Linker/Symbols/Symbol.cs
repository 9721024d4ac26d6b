// The row of a global name. Locals have no rows: they are read from their object's symbol table in place.

using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>A global name: what was chosen to define it.</summary>
internal struct Symbol
{
    /// <summary>Offset in <see cref="Section"/>, or the absolute value; for COMMON the alignment; while loading, the place in a lazy source.</summary>
    internal ulong Value;

    /// <summary>Size in bytes as the definition states it.</summary>
    internal ulong Size;

    /// <summary>Index of the object with the definition, or -1; while loading, index of the lazy source.</summary>
    internal int File;

    /// <summary>Index in that object's symbol table.</summary>
    internal int SymbolIndex;

    /// <summary>Row of the section it is defined in; 0 when it has none.</summary>
    internal int Section;

    private uint _flags;

    /// <summary>Row in the table of GOT and IPLT slots; 0 for none.</summary>
    internal int Slots;

    /// <summary>Facts.</summary>
    internal SymbolFlags Flags
    {
        readonly get => (SymbolFlags)_flags;
        set => _flags = (uint)value;
    }

    /// <summary>Whether a definition was chosen.</summary>
    internal readonly bool IsDefined => (Flags & (SymbolFlags.Defined | SymbolFlags.LinkerDefined | SymbolFlags.Assigned)) != 0;

    /// <summary>Whether it is undefined and every reference is weak: its value is 0.</summary>
    internal readonly bool IsUndefinedWeak => !IsDefined && (Flags & SymbolFlags.Referenced) == 0;

    /// <summary>STV_ visibility of the output symbol.</summary>
    internal readonly byte Visibility => s_visibilities[(int)((uint)(Flags & SymbolFlags.VisibilityMask) >> 24)];

    private static readonly byte[] s_visibilities = [0, 3, 2, 1];

    /// <summary>Adds facts while other threads may add some too.</summary>
    internal void AddAtomically(SymbolFlags flags)
    {
        if (((SymbolFlags)System.Threading.Volatile.Read(ref _flags) & flags) != flags)
            System.Threading.Interlocked.Or(ref _flags, (uint)flags);
    }

    /// <summary>Merges a reference's or definition's visibility in: the most constraining one counts (gABI, Symbol Table).</summary>
    internal void MergeVisibility(byte visibility)
    {
        // STV_DEFAULT 0, STV_INTERNAL 1, STV_HIDDEN 2, STV_PROTECTED 3 become strictness 0, 3, 2, 1.
        uint strictness = visibility == 0 ? 0 : 4u - visibility;
        if (strictness > ((uint)(Flags & SymbolFlags.VisibilityMask) >> 24))
            Flags = (Flags & ~SymbolFlags.VisibilityMask) | (SymbolFlags)(strictness << 24);
    }
}
