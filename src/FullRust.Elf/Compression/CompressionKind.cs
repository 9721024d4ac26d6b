// The compressions that sections may have.

namespace FullRust.Elf.Compression;

/// <summary>How a section's contents are compressed. The values are those of <c>ch_type</c> (gABI, Section Compression).</summary>
public enum CompressionKind : uint
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary><c>ELFCOMPRESS_ZLIB</c>, also that of old <c>.zdebug</c> sections.</summary>
    Zlib = 1,

    /// <summary><c>ELFCOMPRESS_ZSTD</c>.</summary>
    Zstd = 2,
}
