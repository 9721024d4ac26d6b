// Changes archives: header fields as text and numbers, and members as the ELF files that they are.

using System;
using System.Collections.Generic;

namespace FullRust.Fuzz.Mutation;

internal sealed class ArchiveMutator(IReadOnlyList<byte[]> dictionary) : ByteMutator(dictionary)
{
    private readonly ElfMutator _members = new(dictionary);
    private readonly TextMutator _headers = new(dictionary);

    /// <inheritdoc/>
    protected override byte[] ChangeStructure(byte[] input, byte[] other, Random random)
    {
        int from = random.Next(input.Length);
        int elf = random.Next(3) == 0 ? -1 : input.AsSpan(from).IndexOf("\u007fELF"u8);
        if (elf < 0)
            return _headers.Mutate(input, other, random, changes: 1);
        elf += from;
        byte[] member = _members.ChangeFields(input[elf..], random);
        return [.. input.AsSpan(0, elf), .. member];
    }
}
