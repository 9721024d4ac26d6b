// Bytes that a script itself puts into a section: BYTE and its like, texts, and gaps that the location counter leaves.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>Data or a gap. Its size and bytes are set by every pass of the layout.</summary>
/// <param name="name">The output section's name.</param>
internal sealed class ScriptFiller(NativeBytes name) : SyntheticSection
{
    internal override NativeBytes Name { get; } = name;

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags => SHF_ALLOC;

    /// <summary>The bytes; null for a gap.</summary>
    internal byte[]? Bytes { get; set; }

    /// <summary>The section that a gap is filled as.</summary>
    internal OutputSection? Output { get; set; }

    internal override void Write(Span<byte> target)
    {
        if (Bytes is not null)
            Bytes.CopyTo(target);
        else
            GapFill.Write(target, Output!, Offset);
    }
}

/// <summary>What stands in an output section, in order: a member, or a statement with the filler that carries out what it asks for.</summary>
/// <param name="Member">Row, or complement of a synthetic section's index; 0 for none.</param>
/// <param name="Statement">The statement, or null for a member.</param>
/// <param name="Filler">The filler of a data statement or of an assignment to the location counter.</param>
internal readonly record struct SectionPart(int Member, ScriptCommand? Statement, ScriptFiller? Filler);
