// Changes fields of ELF files: headers, program and section headers, symbols, relocations; swaps and copies whole entries.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FullRust.Fuzz.Mutation;

internal sealed class ElfMutator(IReadOnlyList<byte[]> dictionary) : ByteMutator(dictionary)
{
    private static readonly int[] s_headerFields = [16, 2, 18, 2, 20, 4, 24, 8, 32, 8, 40, 8, 48, 4, 52, 2, 54, 2, 56, 2, 58, 2, 60, 2, 62, 2];
    private static readonly int[] s_segmentFields = [0, 4, 4, 4, 8, 8, 16, 8, 24, 8, 32, 8, 40, 8, 48, 8];
    private static readonly int[] s_sectionFields = [0, 4, 4, 4, 8, 8, 16, 8, 24, 8, 32, 8, 40, 4, 44, 4, 48, 8, 56, 8];

    /// <inheritdoc/>
    protected override byte[] ChangeStructure(byte[] input, byte[] other, Random random) =>
        input.Length < 64 ? base.ChangeStructure(input, other, random) : ChangeFields(input, random);

    /// <summary>Changes one field or entry of a file that has a whole header, in place.</summary>
    internal byte[] ChangeFields(byte[] input, Random random)
    {
        if (input.Length < 64)
            return input;
        switch (random.Next(8))
        {
            case 0:
                Change(input, 0, s_headerFields, random);
                break;
            case 1:
                Change(input, Entry(input, 32, 56, 56, random), s_segmentFields, random);
                break;
            case 2 or 3:
                Change(input, Entry(input, 40, 60, 64, random), s_sectionFields, random);
                break;
            case 4:
                Exchange(input, Entry(input, 40, 60, 64, random), Entry(input, 40, 60, 64, random), 64, random);
                break;
            case 5:
                Exchange(input, Entry(input, 32, 56, 56, random), Entry(input, 32, 56, 56, random), 56, random);
                break;
            default:
                ChangeContents(input, Entry(input, 40, 60, 64, random), random);
                break;
        }

        return input;
    }

    // The offset of a random entry of a table, as the header has it; -1 where the header tells nonsense.
    private static int Entry(byte[] input, int offsetField, int countField, int size, Random random)
    {
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(offsetField));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(countField));
        if (count == 0 || table > (ulong)input.Length)
            return -1;
        long at = (long)table + ((long)random.Next(count) * size);
        return at + size <= input.Length ? (int)at : -1;
    }

    private static void Change(byte[] input, int entry, int[] fields, Random random)
    {
        if (entry < 0)
            return;
        int field = random.Next(fields.Length / 2) * 2;
        PutNumber(input, entry + fields[field], fields[field + 1], random);
    }

    private static void Exchange(byte[] input, int first, int second, int size, Random random)
    {
        if (first < 0 || second < 0 || first == second)
            return;
        byte[] left = input[first..(first + size)];
        if (random.Next(2) == 0)
            input.AsSpan(second, size).CopyTo(input.AsSpan(first));
        left.CopyTo(input.AsSpan(second));
    }

    // A number inside of a section: tables have entries of 24, 8 or 4 bytes, strings and code anything.
    private static void ChangeContents(byte[] input, int section, Random random)
    {
        if (section < 0)
            return;
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(section + 24)), size = BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(section + 32));
        if (size == 0 || offset >= (ulong)input.Length || size > (ulong)input.Length - offset)
            return;
        int width = 1 << random.Next(4);
        int at = random.Next((int)size) / width * width;
        PutNumber(input, (int)offset + at, width, random);
    }
}
