// The SHA-256 of an input; that of a large one is computed beside the rules. Our own implementation: the base library's loads OpenSSL at
// run time, which the statically linked executable must never do (it would bring a second C library into the process).

using System.Threading;
using FullRust.Elf;
using FullRust.Elf.Memory;

namespace FullRust.Driver.Verify;

internal sealed class FileDigest
{
    private const long LargeFile = 4 << 20;

    private readonly InputBytes _input;
    private readonly Thread? _worker;
    private string _digits = "";

    internal FileDigest(InputBytes input)
    {
        _input = input;
        if (input.Bytes.Length < LargeFile)
            return;
        _worker = new Thread(() => _digits = Sha256.HexOf(_input.Bytes.Span));
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
}
