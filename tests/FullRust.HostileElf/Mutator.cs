// Seeded changes of files: bit flips, changes of whole fields to values that hurt, block moves, cuts. The same seed, the same file.

using System;

namespace FullRust.HostileElf;

/// <summary>Makes damaged copies of files.</summary>
public static class Mutator
{
    private static readonly ulong[] s_painful = [0, 1, 2, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, ulong.MaxValue];

    /// <summary>Makes one damaged copy.</summary>
    /// <param name="original">The file.</param>
    /// <param name="seed">Decides what happens to it.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> original, int seed)
    {
        var random = new Random(seed);
        byte[] copy = original.ToArray();
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes && copy.Length > 16; i++)
            copy = Change(copy, random);
        return copy;
    }

    private static byte[] Change(byte[] file, Random random)
    {
        // Most damage goes where the structure is: the first 700 bytes and the tables at the end.
        int at = random.Next(3) switch { 0 => random.Next(Math.Min(700, file.Length)), 1 => file.Length - 1 - random.Next(Math.Min(1100, file.Length)), _ => random.Next(file.Length) };
        switch (random.Next(8))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                int size = Math.Min(random.Next(1, 64), file.Length - at);
                file.AsSpan(random.Next(file.Length - size + 1), size).CopyTo(file.AsSpan(at));
                return file;
            case 2 or 3:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 4:
                file[at] = (byte)random.Next(256);
                return file;
            default:
                int width = 1 << random.Next(4);
                int start = at / width * width;
                ulong value = s_painful[random.Next(s_painful.Length)];
                for (int i = 0; i < width && start + i < file.Length; i++)
                    file[start + i] = (byte)(value >> (8 * i));
                return file;
        }
    }
}
