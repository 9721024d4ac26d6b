// A range of bytes of the output file.

namespace FullRust.Linker.Writing;

/// <summary>A range of the output file.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FileRange(long Start, long Length)
{
    /// <summary>The offset behind the last byte.</summary>
    internal long End => Start + Length;
}
