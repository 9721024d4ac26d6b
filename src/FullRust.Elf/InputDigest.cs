// The digest over the names and contents of everything that was linked: same inputs in the same order, same digest.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf;

/// <summary>Computes the digest of linked inputs for <see cref="ProvenanceNote.InputsDigest"/>. Not thread-safe; contents can be hashed
/// in parallel beforehand with <see cref="Sha256.Compute"/>.</summary>
public sealed class InputDigest
{
    private readonly Sha256 _hash = new();

    /// <summary>Adds one linked object, in the order of the link.</summary>
    /// <param name="name">Its name without folders: <c>file.o</c> or <c>archive.rlib(member.o)</c>, so that the digest does not depend on where
    /// the inputs lie.</param>
    /// <param name="contentDigest">SHA-256 of its bytes.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> contentDigest)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)name.Length);
        _hash.Append(length);
        _hash.Append(name);
        _hash.Append(contentDigest);
    }

    /// <summary>Ends the computation; the instance must not be used afterwards.</summary>
    /// <returns>The digest, 32 bytes.</returns>
    public byte[] Finish()
    {
        var digest = new byte[Sha256.DigestSize];
        _hash.Finish(digest);
        return digest;
    }
}
