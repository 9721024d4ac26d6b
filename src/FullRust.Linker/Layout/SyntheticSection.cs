// A section, or a part of one, that the linker makes itself instead of copying it from an input.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Layout;

/// <summary>Bytes made by the linker. Size and alignment are final when layout begins; contents when addresses are known.</summary>
internal abstract class SyntheticSection
{
    /// <summary>Name of the output section that it goes to.</summary>
    internal abstract NativeBytes Name { get; }

    /// <summary>SHT_ type.</summary>
    internal abstract uint Type { get; }

    /// <summary>SHF_ flags.</summary>
    internal abstract ulong Flags { get; }

    /// <summary>sh_entsize.</summary>
    internal virtual ulong EntrySize => 0;

    /// <summary>Size in bytes.</summary>
    internal ulong Size { get; set; }

    /// <summary>Base-2 logarithm of the alignment.</summary>
    internal byte AlignmentLog2 { get; set; }

    /// <summary>Index of the output section that it became part of, or -1.</summary>
    internal int OutputSection { get; set; } = -1;

    /// <summary>Offset in that section.</summary>
    internal ulong Offset { get; set; }

    /// <summary>Final address, valid after layout; 0 for what is not loaded.</summary>
    internal ulong Address { get; set; }

    /// <summary>Whether <see cref="WritePart"/> writes any range alone, so that threads can share a large section.</summary>
    internal virtual bool IsDivisible => false;

    /// <summary>Writes a range of the contents of a divisible section. Thread-safe.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="target">The bytes from there on, zeroed.</param>
    internal virtual void WritePart(ulong start, Span<byte> target) => throw new NotSupportedException();

    /// <summary>Writes the contents.</summary>
    /// <param name="target">Exactly <see cref="Size"/> bytes, zeroed.</param>
    internal abstract void Write(Span<byte> target);
}
