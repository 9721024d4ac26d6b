// Where input order does not decide: constructor arrays run by priority (gABI, Initialization and Termination Functions; GNU ld's
// SORT_BY_INIT_PRIORITY), and code that runs rarely, at start or often is grouped.

using System;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class MemberOrder
{
    private const int Unnumbered = 65536;

    /// <summary>Sorts the members of an output section whose order is not input order.</summary>
    internal static void Sort(OutputSection output, SectionTable sections, int threads)
    {
        ReadOnlySpan<byte> name = output.Name.Span;
        bool isArray = output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY;
        if (!isArray && !name.SequenceEqual(".text"u8))
            return;
        int count = output.Members.Count;
        var keys = new long[count];
        ParallelRanges.For(count, 8192, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                int member = output.Members[i];
                ReadOnlySpan<byte> memberName = member > 0 ? sections.Name(member).Span : default;
                keys[i] = ((long)(isArray ? Priority(memberName) : TextGroup(memberName)) << 32) | (uint)i;
            }
        });
        bool isSorted = true;
        for (int i = 1; i < count && isSorted; i++)
            isSorted = keys[i] >= keys[i - 1];
        if (isSorted)
            return;
        int[] members = output.Members.Span.ToArray();
        Array.Sort(keys, members);
        members.CopyTo(output.Members.Span);
    }

    /// <summary>The number after the last dot, decimal with leading zeros; numbered members come first.</summary>
    internal static int Priority(ReadOnlySpan<byte> name)
    {
        int dot = name.LastIndexOf((byte)'.');
        if (dot <= 0 || dot + 1 == name.Length)
            return Unnumbered;
        int value = 0;
        foreach (byte c in name[(dot + 1)..])
        {
            if (c is < (byte)'0' or > (byte)'9' || value > 99999)
                return Unnumbered;
            value = (value * 10) + (c - '0');
        }

        // .ctors.N counts backwards: it runs as .init_array.(65535 - N).
        return IsReversed(name) ? 65535 - value : value;
    }

    /// <summary>Whether a section's entries run from the last to the first: the older .ctors and .dtors.</summary>
    internal static bool IsReversed(ReadOnlySpan<byte> name) => SectionClassifier.IsStem(name, ".ctors"u8) || SectionClassifier.IsStem(name, ".dtors"u8);

    private static int TextGroup(ReadOnlySpan<byte> name)
    {
        if (name.Length < 9 || name[5] != '.')
            return 4;
        if (SectionClassifier.IsStem(name, ".text.unlikely"u8))
            return 0;
        if (SectionClassifier.IsStem(name, ".text.exit"u8))
            return 1;
        if (SectionClassifier.IsStem(name, ".text.startup"u8))
            return 2;
        return SectionClassifier.IsStem(name, ".text.hot"u8) ? 3 : 4;
    }
}
