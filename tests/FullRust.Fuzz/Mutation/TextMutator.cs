// Changes text by words: removes, repeats, exchanges and replaces them, and nests brackets deeply.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Fuzz.Mutation;

internal sealed class TextMutator(IReadOnlyList<byte[]> dictionary) : ByteMutator(dictionary)
{
    private readonly IReadOnlyList<byte[]> _dictionary = dictionary;

    /// <inheritdoc/>
    protected override byte[] ChangeStructure(byte[] input, byte[] other, Random random)
    {
        (int start, int end) = Word(input, random);
        byte[] word = input[start..end];
        switch (random.Next(6))
        {
            case 0:
                return [.. input[..start], .. input[end..]];
            case 1:
                return [.. input[..end], .. word, .. input[end..]];
            case 2 when other.Length > 0:
                (int from, int to) = Word(other, random);
                return [.. input[..start], .. other[from..to], .. input[end..]];
            case 3 when word.Length is > 0 and < 64:
                byte[] many = [.. Enumerable.Repeat(word, 1 << random.Next(11)).SelectMany(static w => w)];
                return [.. input[..start], .. many, .. input[end..]];
            default:
                return [.. input[..start], .. _dictionary[random.Next(_dictionary.Count)], (byte)' ', .. input[(random.Next(2) == 0 ? end : start)..]];
        }
    }

    private static (int Start, int End) Word(byte[] text, Random random)
    {
        if (text.Length == 0)
            return (0, 0);
        int start = random.Next(text.Length), end = start;
        bool isName = IsName(text[start]);
        while (start > 0 && isName && IsName(text[start - 1]))
            start--;
        while (end < text.Length && IsName(text[end]) == isName)
            end++;
        return (start, end);
    }

    private static bool IsName(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'.' or (byte)'-';
}
