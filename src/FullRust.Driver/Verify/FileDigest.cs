// The SHA-256 of an input. Small files are hashed here, without loading OpenSSL, which costs more than they do; large ones are hashed by
// it, beside the rules, where it can be had.

using System;
using System.Security.Cryptography;
using System.Threading;
using FullRust.Elf.Memory;
using Sha256 = FullRust.Elf.Sha256;

namespace FullRust.Driver.Verify;

internal sealed class FileDigest
{
    // OpenSSL loads in several milliseconds; the managed version hashes some 300 MB/s.
    private const long LargeFile = 4 << 20;

    private readonly InputBytes _input;
    private readonly Thread? _worker;
    private string _digits = "";

    internal FileDigest(InputBytes input)
    {
        _input = input;
        if (input.Bytes.Length < LargeFile)
            return;
        _worker = new Thread(() => _digits = HashLarge(_input.Bytes.Span));
        _worker.Start();
    }

    /// <summary>The digest in hexadecimal digits.</summary>
    internal string Finish()
    {
        if (_worker is null)
            return Sha256.HexOf(_input.Bytes.Span);
        _worker.Join();
        return _digits;
    }

    private static string HashLarge(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
        catch (Exception problem) when (problem is CryptographicException or PlatformNotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            return Sha256.HexOf(bytes);
        }
    }
}
