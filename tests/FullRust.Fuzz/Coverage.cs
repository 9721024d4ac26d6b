// Counters of basic blocks. The instrumented assemblies call Hit; one run's counters are compared with all that was seen before.

using System;

namespace FullRust.Fuzz;

/// <summary>Counts how often each basic block of the instrumented assemblies ran. Runs are one after the other.</summary>
public static class Coverage
{
    /// <summary>Blocks that can be told apart; the assemblies have fewer.</summary>
    public const int MaxBlocks = 1 << 17;

    private static readonly byte[] s_hits = new byte[MaxBlocks];
    private static readonly byte[] s_seen = new byte[MaxBlocks];
    private static int s_used;

    /// <summary>Blocks that any run has reached.</summary>
    public static int BlocksSeen { get; private set; }

    /// <summary>Called by every instrumented block.</summary>
    /// <param name="block">Its number.</param>
    public static void Hit(int block) => s_hits[block]++;

    /// <summary>Sets how many blocks there are, so that only these are looked at.</summary>
    public static void SetBlockCount(int count) => s_used = Math.Min((count + 63) & ~63, MaxBlocks);

    /// <summary>Forgets the last run.</summary>
    public static void Clear() => Array.Clear(s_hits, 0, s_used);

    /// <summary>Adds the last run to what was seen.</summary>
    /// <returns>Whether it reached a new block, or one in a new order of magnitude of times.</returns>
    public static bool Merge()
    {
        bool isNew = false;
        Span<byte> hits = s_hits.AsSpan(0, s_used), seen = s_seen.AsSpan(0, s_used);
        for (int at = hits.IndexOfAnyExcept((byte)0); at >= 0;)
        {
            byte bucket = BucketOf(hits[at]);
            if ((seen[at] & bucket) == 0)
            {
                BlocksSeen += seen[at] == 0 ? 1 : 0;
                seen[at] |= bucket;
                isNew = true;
            }

            int next = hits[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return isNew;
    }

    private static byte BucketOf(byte count) => count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
}
