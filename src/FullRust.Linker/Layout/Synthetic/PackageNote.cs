// The package metadata note (--package-metadata; systemd's "Package Metadata for Executable Files"): owner FDO, a JSON text with its NUL.

using System;
using System.Buffers.Binary;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class PackageNote : SyntheticSection
{
    private const int HeaderSize = 16;
    private readonly byte[] _text;

    internal PackageNote(NativeBytes name, LinkOptions options)
    {
        Name = name;
        _text = options.PackageMetadata is { } json ? Encoding.UTF8.GetBytes(json + "\0") : [];
        AlignmentLog2 = 2;
        Size = _text.Length == 0 ? 0 : (ulong)(HeaderSize + ((_text.Length + 3) & ~3));
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_NOTE;

    internal override ulong Flags => SHF_ALLOC;

    internal override void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, 4);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], _text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], NT_FDO_PACKAGING_METADATA);
        "FDO\0"u8.CopyTo(target[12..]);
        _text.CopyTo(target[HeaderSize..]);
    }
}
