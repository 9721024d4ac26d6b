// What a section is and what became of it, in a byte of its own: relocations and symbols ask that of sections all over the table, and a table of
// bytes stays in the processor's caches where the rows do not.

namespace FullRust.Linker.Objects;

/// <summary>The fate of a section.</summary>
internal struct SectionFate
{
    private byte _kindAndState;

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
