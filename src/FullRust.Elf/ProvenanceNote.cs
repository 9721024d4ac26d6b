// The linker's record of what it linked: a note in section .note.fullrust, owner "fullrust", type 1. Its descriptor is a format number
// and a row of tagged records (docs/provenance-note.md). Linker and verifier share this file, so that they cannot disagree about bytes;
// what a record proves is the verifier's business.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Elf;

/// <summary>The linker's record of what it linked. Immutable.</summary>
public sealed record ProvenanceNote
{
    /// <summary>The section's name.</summary>
    public const string SectionName = ".note.fullrust";

    /// <summary>The note's type.</summary>
    public const uint NoteType = 1;

    /// <summary>The descriptor's format number.</summary>
    public const uint FormatVersion = 1;

    private const uint TagTool = 1, TagPolicy = 2, TagRustc = 3, TagCrate = 4, TagInputs = 5, TagImage = 6;

    private const int MaxRecords = 1 << 16;

    /// <summary>The owner's name as the note stores it, with its NUL.</summary>
    public static ReadOnlySpan<byte> Owner => "fullrust\0"u8;

    /// <summary>Name and version of the linker, e.g. <c>fullrust-ld 0.1.0</c>.</summary>
    public string Tool { get; init; } = "";

    /// <summary>The guard-rail's policy: <c>default</c> or <c>strict</c>.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The compilers that the inputs name, each once, sorted, e.g. <c>rustc version 1.90.0 (1159e78c4 2025-09-14)</c>.</summary>
    public IReadOnlyList<string> Compilers { get; init; } = [];

    /// <summary>The crates that were linked, each once, sorted: name, and version where it is known, separated by a space.</summary>
    public IReadOnlyList<string> Crates { get; init; } = [];

    /// <summary>Number of linked objects that a Rust compiler made.</summary>
    public uint RustInputs { get; init; }

    /// <summary>Number of linked objects that are on the list of known exceptions.</summary>
    public uint ListedInputs { get; init; }

    /// <summary>Number of all other linked objects.</summary>
    public uint ForeignInputs { get; init; }

    /// <summary>SHA-256 over names and contents of the linked objects, see <see cref="InputDigest"/>; empty if it was not computed.</summary>
    public ReadOnlyMemory<byte> InputsDigest { get; init; }

    /// <summary>SHA-256 over the loaded image, see <see cref="ComputeImageDigest"/>; empty if it was not computed.</summary>
    public ReadOnlyMemory<byte> ImageDigest { get; init; }

    /// <summary>Makes the whole note: header, owner, descriptor, padded to 4 bytes. Its length does not depend on the digests' values.</summary>
    /// <returns>The bytes of the section.</returns>
    public byte[] ToBytes()
    {
        using var descriptor = new MemoryStream();
        WriteNumber(descriptor, FormatVersion);
        WriteText(descriptor, TagTool, Tool);
        WriteText(descriptor, TagPolicy, Policy);
        foreach (string compiler in Compilers)
            WriteText(descriptor, TagRustc, compiler);
        foreach (string crate in Crates)
            WriteText(descriptor, TagCrate, crate);
        WriteRecord(descriptor, TagInputs, InputsRecord());
        if (!ImageDigest.IsEmpty)
            WriteRecord(descriptor, TagImage, ImageDigest.Span);

        using var note = new MemoryStream();
        WriteNumber(note, (uint)Owner.Length);
        WriteNumber(note, (uint)descriptor.Length);
        WriteNumber(note, NoteType);
        note.Write(Owner);
        Pad(note);
        note.Write(descriptor.GetBuffer().AsSpan(0, (int)descriptor.Length));
        return note.ToArray();
    }

    /// <summary>Reads a descriptor.</summary>
    /// <param name="descriptor">The note's descriptor.</param>
    /// <param name="note">The record, or null.</param>
    /// <param name="problem">What is wrong, or an empty string.</param>
    /// <returns>False if the bytes are no such descriptor.</returns>
    public static bool TryRead(ReadOnlySpan<byte> descriptor, out ProvenanceNote? note, out string problem)
    {
        note = null;
        if (descriptor.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(descriptor) != FormatVersion)
        {
            problem = "its format is not version 1";
            return false;
        }

        var compilers = new List<string>();
        var crates = new List<string>();
        var result = new ProvenanceNote { Compilers = compilers, Crates = crates };
        ReadOnlySpan<byte> rest = descriptor[4..];
        problem = "";
        for (int i = 0; !rest.IsEmpty && problem.Length == 0; i++)
        {
            if (i == MaxRecords || !TryTakeRecord(ref rest, out uint tag, out ReadOnlySpan<byte> value))
                problem = "a record ends outside the note";
            else
                problem = Apply(tag, value, ref result, compilers, crates);
        }

        if (problem.Length == 0 && result.Tool.Length == 0)
            problem = "it names no tool";
        note = problem.Length == 0 ? result : null;
        return note is not null;
    }

    /// <summary>Digest of what a reader can recompute: the program headers and the file bytes of every PT_LOAD in order. Bytes of the ELF
    /// header count as zero, since stripping changes them, and so does the descriptor of a build id, which is computed later.</summary>
    /// <param name="image">All bytes of the file.</param>
    /// <param name="programHeaderOffset">Offset of the program header table.</param>
    /// <param name="segments">The program headers.</param>
    /// <param name="digest">Receives 32 bytes.</param>
    /// <returns>False if a segment is not inside the image.</returns>
    public static bool ComputeImageDigest(ReadOnlySpan<byte> image, ulong programHeaderOffset, ReadOnlySpan<Elf64_Phdr> segments, Span<byte> digest)
    {
        var view = new ElfSpan(image);
        var hash = new Sha256();
        if (!view.TrySlice(programHeaderOffset, (ulong)segments.Length * Elf64_Phdr.Size, out ElfSpan table))
            return false;
        hash.Append(table.Bytes);
        FindBuildId(view, segments, out ulong idStart, out ulong idSize);
        foreach (ref readonly Elf64_Phdr segment in segments)
        {
            if (segment.p_type != PT_LOAD || segment.p_filesz == 0)
                continue;
            if (!view.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan bytes))
                return false;
            AppendMasked(hash, bytes.Bytes, segment.p_offset, idStart, idSize);
        }

        hash.Finish(digest);
        return true;
    }

    private static void AppendMasked(Sha256 hash, ReadOnlySpan<byte> bytes, ulong offset, ulong idStart, ulong idSize)
    {
        offset = SkipMasked(hash, ref bytes, offset, 0, Elf64_Ehdr.Size);
        if (idSize != 0)
            _ = SkipMasked(hash, ref bytes, offset, idStart, idSize);
        hash.Append(bytes);
    }

    // Appends what lies before a masked range, then zeros for the part of the range that the bytes hold; returns the offset behind it.
    private static ulong SkipMasked(Sha256 hash, ref ReadOnlySpan<byte> bytes, ulong offset, ulong maskStart, ulong maskSize)
    {
        ulong end = offset + (ulong)bytes.Length, maskEnd = maskStart + maskSize;
        if (maskEnd <= offset || maskStart >= end)
            return offset;
        ulong from = Math.Max(offset, maskStart), to = Math.Min(end, maskEnd);
        hash.Append(bytes[..(int)(from - offset)]);
        Span<byte> zeros = stackalloc byte[64];
        zeros.Clear();
        for (ulong left = to - from; left != 0; left -= Math.Min(left, 64))
            hash.Append(zeros[..(int)Math.Min(left, 64)]);
        bytes = bytes[(int)(to - offset)..];
        return to;
    }

    private static void FindBuildId(ElfSpan view, ReadOnlySpan<Elf64_Phdr> segments, out ulong start, out ulong size)
    {
        start = size = 0;
        foreach (ref readonly Elf64_Phdr segment in segments)
        {
            if (segment.p_type != PT_NOTE || !view.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan notes))
                continue;
            var reader = new NoteReader(notes.Bytes, segment.p_align);
            while (reader.MoveNext())
            {
                if (reader.Type != NT_GNU_BUILD_ID || !reader.Owner.SequenceEqual("GNU\0"u8) || reader.Descriptor.Length > 64)
                    continue;
                start = segment.p_offset + (ulong)reader.DescriptorOffset;
                size = (ulong)reader.Descriptor.Length;
                return;
            }
        }
    }

    private byte[] InputsRecord()
    {
        var bytes = new byte[12 + InputsDigest.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, RustInputs);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), ListedInputs);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), ForeignInputs);
        InputsDigest.Span.CopyTo(bytes.AsSpan(12));
        return bytes;
    }

    private static string Apply(uint tag, ReadOnlySpan<byte> value, ref ProvenanceNote result, List<string> compilers, List<string> crates)
    {
        switch (tag)
        {
            case TagTool:
                result = result with { Tool = Encoding.UTF8.GetString(value) };
                return "";
            case TagPolicy:
                result = result with { Policy = Encoding.UTF8.GetString(value) };
                return "";
            case TagRustc:
                compilers.Add(Encoding.UTF8.GetString(value));
                return "";
            case TagCrate:
                crates.Add(Encoding.UTF8.GetString(value));
                return "";
            case TagInputs:
                if (value.Length is not (12 or 12 + Sha256.DigestSize))
                    return "the record of inputs has a wrong size";
                result = result with
                {
                    RustInputs = BinaryPrimitives.ReadUInt32LittleEndian(value),
                    ListedInputs = BinaryPrimitives.ReadUInt32LittleEndian(value[4..]),
                    ForeignInputs = BinaryPrimitives.ReadUInt32LittleEndian(value[8..]),
                    InputsDigest = value[12..].ToArray(),
                };
                return "";
            case TagImage:
                if (value.Length != Sha256.DigestSize)
                    return "the image digest has a wrong size";
                result = result with { ImageDigest = value.ToArray() };
                return "";
            default:
                return ""; // Later formats may add records; what is unknown proves nothing.
        }
    }

    private static bool TryTakeRecord(ref ReadOnlySpan<byte> rest, out uint tag, out ReadOnlySpan<byte> value)
    {
        tag = 0;
        value = default;
        if (rest.Length < 8)
            return false;
        tag = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        rest = rest[8..];
        if (size > (uint)rest.Length)
            return false;
        value = rest[..(int)size];
        rest = rest[Math.Min(rest.Length, (int)((size + 3) & ~3u))..];
        return true;
    }

    private static void WriteText(MemoryStream stream, uint tag, string text) => WriteRecord(stream, tag, Encoding.UTF8.GetBytes(text));

    private static void WriteRecord(MemoryStream stream, uint tag, ReadOnlySpan<byte> value)
    {
        WriteNumber(stream, tag);
        WriteNumber(stream, (uint)value.Length);
        stream.Write(value);
        Pad(stream);
    }

    private static void WriteNumber(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Pad(MemoryStream stream)
    {
        while (stream.Length % 4 != 0)
            stream.WriteByte(0);
    }
}
