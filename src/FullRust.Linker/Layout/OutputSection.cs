// A section of the output: what it is made of, in order, and where it ends up.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>A section of the output. Members are rows of the section table, or the complement of an index into the synthetic sections.</summary>
internal sealed class OutputSection(NativeBytes name) : IDisposable
{
    /// <summary>Its name.</summary>
    internal NativeBytes Name { get; } = name;

    /// <summary>SHT_ type.</summary>
    internal uint Type { get; set; }

    /// <summary>SHF_ flags, those of all members together.</summary>
    internal ulong Flags { get; set; }

    /// <summary>sh_entsize: that of all members, or 0 where they differ.</summary>
    internal ulong EntrySize { get; set; }

    /// <summary>Base-2 logarithm of the strictest alignment.</summary>
    internal byte AlignmentLog2 { get; set; }

    /// <summary>Rows (&gt; 0) and synthetic sections (complement) in output order.</summary>
    internal NativeList<int> Members { get; } = new();

    /// <summary>Members of <c>.text</c> that stand apart from the others (<see cref="MemberOrder"/>): group and position among the members, ascending.</summary>
    internal List<(int Group, int Position)> Apart { get; } = [];

    /// <summary>Size in memory, in bytes.</summary>
    internal ulong Size { get; set; }

    /// <summary>Address; 0 for what is not loaded.</summary>
    internal ulong Address { get; set; }

    /// <summary>Offset in the file.</summary>
    internal ulong FileOffset { get; set; }

    /// <summary>Section header index.</summary>
    internal int HeaderIndex { get; set; }

    /// <summary>The section whose header index becomes sh_link; null for <see cref="Link"/>.</summary>
    internal OutputSection? LinkTarget { get; set; }

    /// <summary>The section as it is stored, with its compression header; null for one that is stored as it is.</summary>
    internal byte[]? Compressed { get; set; }

    /// <summary>sh_link.</summary>
    internal uint Link { get; set; }

    /// <summary>sh_info.</summary>
    internal uint Info { get; set; }

    /// <summary>Made read-only after start (PT_GNU_RELRO).</summary>
    internal bool IsRelro { get; set; }

    /// <summary>The address that an option asks for (<c>--section-start</c> and its like); null for none.</summary>
    internal ulong? FixedAddress { get; set; }

    /// <summary>Place among the sections: <see cref="SectionOrder"/>.</summary>
    internal int Rank { get; set; }

    /// <summary>What a script fills gaps with, and from which offset on; an empty pattern stands for the usual bytes. Null without a script.</summary>
    internal List<(ulong From, byte[] Pattern)>? Fills { get; set; }

    /// <summary>Whether it is written although it is empty.</summary>
    internal bool StaysWhenEmpty { get; set; }

    /// <summary>Whether the output has a header for it.</summary>
    internal bool IsPresent => Size != 0 || StaysWhenEmpty;

    /// <summary>The first section of a name among others, or -1.</summary>
    internal static int IndexOf(List<OutputSection> sections, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return sections.FindIndex(s => s.Name.Span.SequenceEqual(bytes));
    }

    internal bool IsAllocated => (Flags & SHF_ALLOC) != 0;

    internal bool IsTls => (Flags & (SHF_TLS | SHF_ALLOC)) == (SHF_TLS | SHF_ALLOC);

    internal bool IsNoBits => Type == SHT_NOBITS;

    /// <summary>Size in the file.</summary>
    internal ulong SizeInFile => IsNoBits ? 0 : Size;

    /// <inheritdoc/>
    public void Dispose() => Members.Dispose();
}
