// Where input order does not decide: constructor arrays run by priority (gABI, Initialization and Termination Functions; GNU ld's
// SORT_BY_INIT_PRIORITY), and code that runs rarely, at start or often is grouped.

using System;
using System.Collections.Generic;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class MemberOrder
{
    private const int Unnumbered = 65536;

    /// <summary>The group of code of which there is nothing to say.</summary>
    internal const int UsualCode = 4;

    /// <summary>Sorts the members of an output section whose order is not input order.</summary>
    /// <param name="output">The section.</param>
    /// <param name="sections">The rows.</param>
    /// <param name="isInputOrder">Whether members are in input order, so that <see cref="OutputSection.Apart"/> tells their positions.</param>
    internal static void Sort(OutputSection output, SectionTable sections, bool isInputOrder)
    {
        if (output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY)
            Sort(output, sections, Priority);
        else if (output.Name.Span.SequenceEqual(".text"u8) && !isInputOrder)
            Sort(output, sections, CodeGroup);
        else if (output.Apart.Count > 0 && isInputOrder)
            MoveApart(output);
    }

    private delegate int KeyOf(ReadOnlySpan<byte> name);

    private static void Sort(OutputSection output, SectionTable sections, KeyOf keyOf)
    {
        int[] members = output.Members.Span.ToArray();
        var keys = new long[members.Length];
        for (int i = 0; i < members.Length; i++)
            keys[i] = ((long)keyOf(members[i] > 0 ? sections.Name(members[i]).Span : default) << 32) | (uint)i;
        Array.Sort(keys, members);
        members.CopyTo(output.Members.Span);
    }

    // Group by group to the front, the others behind them as they were.
    private static void MoveApart(OutputSection output)
    {
        int[] members = output.Members.Span.ToArray();
        Span<int> target = output.Members.Span;
        int next = 0, apart = 0;
        var sorted = new List<(int Group, int Position)>(output.Apart);
        sorted.Sort();
        foreach ((_, int position) in sorted)
            target[next++] = members[position];
        for (int i = 0; i < members.Length; i++)
        {
            if (apart < output.Apart.Count && output.Apart[apart].Position == i)
                apart++;
            else
                target[next++] = members[i];
        }
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

    /// <summary>The group of code with a section name: lower ones come first.</summary>
    internal static int CodeGroup(ReadOnlySpan<byte> name)
    {
        const int FirstLetter = 6;
        if (name.Length < 9 || name[FirstLetter - 1] != '.')
            return UsualCode;
        return name[FirstLetter] switch
        {
            (byte)'u' when SectionClassifier.IsStem(name, ".text.unlikely"u8) => 0,
            (byte)'e' when SectionClassifier.IsStem(name, ".text.exit"u8) => 1,
            (byte)'s' when SectionClassifier.IsStem(name, ".text.startup"u8) => 2,
            (byte)'h' when SectionClassifier.IsStem(name, ".text.hot"u8) => 3,
            _ => UsualCode,
        };
    }
}
