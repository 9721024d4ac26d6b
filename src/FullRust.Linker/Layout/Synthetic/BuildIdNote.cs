// The build-id note (NT_GNU_BUILD_ID): a hash of the finished file with the note's own field zero. Identity is wanted, not secrecy: the
// parts of the file are hashed by a fast 128-bit hash while they are written, and their hashes by SHA-256, cut to the length that was
// asked for. Other linkers do alike: the option's "md5" and "sha1" are names of lengths.

using System;
using System.Buffers.Binary;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class BuildIdNote : SyntheticSection
{
    private const int HeaderSize = 16;
    private readonly LinkOptions _options;
    private readonly int _length;

    internal BuildIdNote(NativeBytes name, LinkOptions options)
    {
        Name = name;
        _options = options;
        _length = options.BuildId switch
        {
            BuildIdKind.None => 0,
            BuildIdKind.Fast => 8,
            BuildIdKind.Sha1 => 20,
            BuildIdKind.Sha256 => 32,
            BuildIdKind.Hex => options.BuildIdBytes.Count,
            _ => 16,
        };
        AlignmentLog2 = 2;
        Size = options.BuildId == BuildIdKind.None ? 0 : (ulong)(HeaderSize + _length);
    }

    /// <summary>Whether the id is a hash of the image.</summary>
    internal static bool IsHash(LinkOptions options) => options.BuildId is not (BuildIdKind.None or BuildIdKind.Hex or BuildIdKind.Uuid);

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_NOTE;

    internal override ulong Flags => SHF_ALLOC;

    internal override void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, 4);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], _length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], NT_GNU_BUILD_ID);
        "GNU\0"u8.CopyTo(target[12..]);
    }

    /// <summary>Fills the id in when every other byte of the image is final.</summary>
    internal void Fill(OutputImage image, OutputLayout layout)
    {
        // A script may have discarded it.
        if (Size == 0 || OutputSection < 0)
            return;
        Span<byte> id = new byte[_length];
        switch (_options.BuildId)
        {
            case BuildIdKind.Hex:
                for (int i = 0; i < _length; i++)
                    id[i] = _options.BuildIdBytes[i];
                break;
            case BuildIdKind.Uuid:
                Guid.NewGuid().TryWriteBytes(id, bigEndian: true, out _);
                break;
            default:
                image.Parts.Digest(image).AsSpan(0, _length).CopyTo(id);
                break;
        }

        image.Patch((long)(layout.Sections[OutputSection].FileOffset + Offset) + HeaderSize, id);
    }
}
