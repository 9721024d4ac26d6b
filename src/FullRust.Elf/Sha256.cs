// SHA-256 (FIPS 180-4) in managed code. The base library's version loads OpenSSL at run time, which costs several milliseconds of
// start-up and may be missing on a machine; digests here are of files that are small or read once.

using System;
using System.Buffers.Binary;
using System.Numerics;

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

    // FIPS 180-4, 6.2.2 step 1.
    private static void Expand(ReadOnlySpan<byte> block, Span<uint> w)
    {
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (int t = 16; t < 64; t++)
        {
            uint a = w[t - 15], b = w[t - 2];
            uint s0 = BitOperations.RotateRight(a, 7) ^ BitOperations.RotateRight(a, 18) ^ (a >> 3);
            uint s1 = BitOperations.RotateRight(b, 17) ^ BitOperations.RotateRight(b, 19) ^ (b >> 10);
            w[t] = unchecked(w[t - 16] + s0 + w[t - 7] + s1);
        }
    }

    // FIPS 180-4, 6.2.2 steps 2 to 4.
    private void Rounds(ReadOnlySpan<uint> w)
    {
        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3], e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        ReadOnlySpan<uint> k = RoundConstants;
        unchecked
        {
            for (int t = 0; t < 64; t++)
            {
                uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
                uint t1 = h + s1 + ((e & f) ^ (~e & g)) + k[t] + w[t];
                uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
                uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
            _state[5] += f;
            _state[6] += g;
            _state[7] += h;
        }
    }
}
