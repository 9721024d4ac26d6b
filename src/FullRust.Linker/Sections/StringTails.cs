// Strings that are the end of others need no bytes of their own (-O2). Sorted by their bytes from the last to the first, a string
// stands right behind the ones that end with it. Characters of 2 and 4 bytes need nothing more: all lengths are multiples of theirs, so that
// a tail never begins inside of one.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;

namespace FullRust.Linker.Sections;

internal static class StringTails
{
    /// <summary>For every string the longer one that it is the end of, itself no such end; -1 for those that need bytes.</summary>
    internal static int[] FindHosts(NameTable strings, ReadOnlySpan<UniquePiece> pieces)
    {
        int[] order = new int[pieces.Length], hosts = new int[pieces.Length];
        for (int id = 0; id < order.Length; id++)
            order[id] = id;
        Array.Sort(order, (a, b) => CompareReversed(strings[b].Span, strings[a].Span));
        int host = -1;
        foreach (int id in order)
        {
            bool isTail = host >= 0 && CanShare(strings[host], pieces[host], strings[id], pieces[id]);
            hosts[id] = isTail ? host : -1;
            if (!isTail)
                host = id;
        }

        return hosts;
    }

    // A distance that is a multiple of the tail's alignment, in a host that is aligned at least as strictly, keeps the tail aligned.
    private static bool CanShare(NativeBytes host, UniquePiece hostPiece, NativeBytes tail, UniquePiece tailPiece)
    {
        long distance = host.Length - tail.Length;
        return tailPiece.AlignmentLog2 <= hostPiece.AlignmentLog2 && (distance & ((1L << tailPiece.AlignmentLog2) - 1)) == 0 && host.Span.EndsWith(tail.Span);
    }

    private static int CompareReversed(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int shared = Math.Min(a.Length, b.Length);
        for (int i = 1; i <= shared; i++)
        {
            int difference = a[^i] - b[^i];
            if (difference != 0)
                return difference;
        }

        return a.Length - b.Length;
    }
}
