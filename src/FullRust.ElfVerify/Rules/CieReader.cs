// Finds the encoding of function addresses in a CIE (LSB Core, The Common Information Entry).

using System;

namespace FullRust.ElfVerify.Rules;

internal ref struct CieReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>The encoding after "R" in the augmentation; 0 (an absolute pointer) without one, 255 if it cannot be found.</summary>
    internal byte FunctionEncoding()
    {
        _position = 4;
        byte version = Take();
        int textStart = _position;
        while (Take() != 0 && _position < _bytes.Length)
        {
        }

        ReadOnlySpan<byte> augmentation = _bytes[textStart..Math.Max(textStart, _position - 1)];
        if (augmentation.IsEmpty || augmentation[0] != (byte)'z')
            return 0;
        SkipNumber();
        SkipNumber();
        if (version == 1)
            Take();
        else
            SkipNumber();
        SkipNumber();
        return FindEncoding(augmentation[1..]);
    }

    private byte FindEncoding(ReadOnlySpan<byte> augmentation)
    {
        foreach (byte letter in augmentation)
        {
            switch (letter)
            {
                case (byte)'R':
                    return Take();
                case (byte)'L':
                    Take();
                    break;
                case (byte)'P':
                    // 8 bytes only for the absolute and 64-bit formats.
                    int size = (Take() & 0x0f) is 0 or 4 or 12 ? 8 : 4;
                    _position += size;
                    break;
                case (byte)'S' or (byte)'B':
                    break;
                default:
                    return 255;
            }
        }

        return 0;
    }

    private byte Take() => _position < _bytes.Length ? _bytes[_position++] : (byte)255;

    private void SkipNumber()
    {
        while (_position < _bytes.Length && (Take() & 0x80) != 0)
        {
        }
    }
}
