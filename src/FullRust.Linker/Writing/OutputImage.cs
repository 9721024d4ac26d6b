// The finished bytes of the output in memory: what the verifier sees and OutputFile writes.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Writing;

/// <summary>A linked image. Thread-safe for reading.</summary>
public sealed class OutputImage : IDisposable
{
    internal OutputImage(NativeBuffer buffer) => Buffer = buffer;

    internal NativeBuffer Buffer { get; }

    /// <summary>Size in bytes.</summary>
    public long Length => Buffer.Length;

    /// <summary>The image's bytes; valid until <see cref="Dispose"/>.</summary>
    public NativeBytes Bytes => Buffer.Bytes;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Buffer.Dispose();
}
