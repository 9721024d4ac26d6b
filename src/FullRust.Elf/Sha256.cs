// SHA-256 (FIPS 180-4) in managed code. The base library's version loads OpenSSL at run time, which costs several milliseconds of
// start-up and may be missing on a machine; digests here are of files that are small or read once.

using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FullRust.Elf;

/// <summary>Computes SHA-256 digests incrementally. Not thread-safe.</summary>
public sealed class Sha256
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestSize = 32;

    private const int BlockSize = 64;

    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    private readonly byte[] _pending = new byte[BlockSize];
    private int _pendingCount;
    private ulong _length;

    /// <summary>The digest of some bytes in lower-case hexadecimal digits.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>64 digits.</returns>
    public static string HexOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[DigestSize];
        Compute(bytes, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Computes the digest of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="digest">Receives <see cref="DigestSize"/> bytes.</param>
    public static void Compute(ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        var hash = new Sha256();
        hash.Append(bytes);
        hash.Finish(digest);
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length = unchecked(_length + (ulong)bytes.Length);
        if (_pendingCount != 0)
        {
            int taken = Math.Min(BlockSize - _pendingCount, bytes.Length);
            bytes[..taken].CopyTo(_pending.AsSpan(_pendingCount));
            _pendingCount += taken;
            bytes = bytes[taken..];
            if (_pendingCount < BlockSize)
                return;
            Compress(_pending);
            _pendingCount = 0;
        }

        int whole = bytes.Length / BlockSize * BlockSize;
        Compress(bytes[..whole]);
        bytes[whole..].CopyTo(_pending);
        _pendingCount = bytes.Length - whole;
    }

    /// <summary>Ends the computation; the instance must not be used afterwards.</summary>
    /// <param name="digest">Receives <see cref="DigestSize"/> bytes.</param>
    public void Finish(Span<byte> digest)
    {
        ulong bits = unchecked(_length * 8);
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        _pending.AsSpan(0, _pendingCount).CopyTo(tail);
        tail[_pendingCount] = 0x80;
        int size = _pendingCount < BlockSize - 8 ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(tail[(size - 8)..], bits);
        Compress(tail[..size]);
        for (int i = 0; i < _state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], _state[i]);
    }

    private void Compress(ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[64];
        for (; blocks.Length >= BlockSize; blocks = blocks[BlockSize..])
        {
            Expand(blocks, schedule);
            Rounds(schedule);
        }
    }

    // FIPS 180-4, 6.2.2 step 1, four words at a time; the round's constant is added to each word at once.
    private static void Expand(ReadOnlySpan<byte> block, Span<uint> words)
    {
        ref uint target = ref MemoryMarshal.GetReference(words), constants = ref MemoryMarshal.GetReference(RoundConstants);
        Vector128<uint> a = BigEndian(block, 0), b = BigEndian(block, 16), c = BigEndian(block, 32), d = BigEndian(block, 48);
        for (nuint t = 0; ; t += 16)
        {
            (a + Vector128.LoadUnsafe(ref constants, t)).StoreUnsafe(ref target, t);
            (b + Vector128.LoadUnsafe(ref constants, t + 4)).StoreUnsafe(ref target, t + 4);
            (c + Vector128.LoadUnsafe(ref constants, t + 8)).StoreUnsafe(ref target, t + 8);
            (d + Vector128.LoadUnsafe(ref constants, t + 12)).StoreUnsafe(ref target, t + 12);
            if (t == 48)
                return;
            a = NextWords(a, b, c, d);
            b = NextWords(b, c, d, a);
            c = NextWords(c, d, a, b);
            d = NextWords(d, a, b, c);
        }
    }

    private static Vector128<uint> BigEndian(ReadOnlySpan<byte> block, int offset) =>
        Vector128.Shuffle(Vector128.Create(block.Slice(offset, 16)), Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32();

    // The four words after sixteen: the last two of them depend on the first two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> NextWords(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d)
    {
        Vector128<uint> back15 = Joined(a, b);
        Vector128<uint> sum = a + Joined(c, d) + (Rotated(back15, 7) ^ Rotated(back15, 18) ^ (back15 >>> 3));
        Vector128<uint> first = sum + (SmallSigma1(Vector128.Shuffle(d, Vector128.Create(2u, 3, 0, 1))) & Vector128.Create(~0u, ~0u, 0, 0));
        return first + (SmallSigma1(Vector128.Shuffle(first, Vector128.Create(0u, 1, 0, 1))) & Vector128.Create(0u, 0, ~0u, ~0u));
    }

    private static Vector128<uint> SmallSigma1(Vector128<uint> words) => Rotated(words, 17) ^ Rotated(words, 19) ^ (words >>> 10);

    private static Vector128<uint> Rotated(Vector128<uint> words, [ConstantExpected] int count) => (words >>> count) | (words << (32 - count));

    // Words 1 to 4 of eight.
    private static Vector128<uint> Joined(Vector128<uint> low, Vector128<uint> high) => Ssse3.IsSupported
        ? Ssse3.AlignRight(high.AsByte(), low.AsByte(), 4).AsUInt32()
        : Vector128.Create(low[1], low[2], low[3], high[0]);

    // FIPS 180-4, 6.2.2 steps 2 to 4; eight rounds bring every variable back to its place.
    private void Rounds(ReadOnlySpan<uint> w)
    {
        uint[] state = _state;
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        unchecked
        {
            for (; w.Length >= 8; w = w[8..])
            {
                h += First(e, f, g) + w[0]; d += h; h += Second(a, b, c);
                g += First(d, e, f) + w[1]; c += g; g += Second(h, a, b);
                f += First(c, d, e) + w[2]; b += f; f += Second(g, h, a);
                e += First(b, c, d) + w[3]; a += e; e += Second(f, g, h);
                d += First(a, b, c) + w[4]; h += d; d += Second(e, f, g);
                c += First(h, a, b) + w[5]; g += c; c += Second(d, e, f);
                b += First(g, h, a) + w[6]; f += b; b += Second(c, d, e);
                a += First(f, g, h) + w[7]; e += a; a += Second(b, c, d);
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint First(uint e, uint f, uint g) => unchecked(
        (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + (g ^ (e & (f ^ g))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Second(uint a, uint b, uint c) => unchecked(
        (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) | (c & (a | b))));
}
