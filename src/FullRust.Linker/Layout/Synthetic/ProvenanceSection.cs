// The record of what was linked (--provenance; docs/provenance-note.md). Its length is known from the start; the digest of the image is
// filled in when the loaded bytes are final, before the build-id.

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.GuardRail;
using FullRust.Linker.Objects;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class ProvenanceSection : SyntheticSection
{
    private readonly ProvenanceNote? _note;

    internal ProvenanceSection(NativeBytes name, SectionTable sections, LinkOptions options)
    {
        Name = name;
        AlignmentLog2 = 2;
        if (!options.Provenance)
            return;
        _note = MakeNote(sections, options);
        Size = (ulong)_note.ToBytes().Length;
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_NOTE;

    internal override ulong Flags => 0;

    internal override void Write(Span<byte> target) => _note!.ToBytes().CopyTo(target);

    /// <summary>Fills the digest of the image in.</summary>
    internal void Fill(OutputImage image, OutputLayout layout)
    {
        if (_note is null)
            return;
        ReadOnlySpan<byte> bytes = image.Bytes.Span;
        ReadOnlySpan<Elf64_Phdr> segments = MemoryMarshal.Cast<byte, Elf64_Phdr>(bytes.Slice(Elf64_Ehdr.Size, layout.Segments.Count * Elf64_Phdr.Size));
        var digest = new byte[Sha256.DigestSize];
        if (!ProvenanceNote.ComputeImageDigest(bytes, Elf64_Ehdr.Size, segments, digest))
            throw new InvalidOperationException("a segment of the image lies outside of it");
        image.Patch((long)(layout.Sections[OutputSection].FileOffset + Offset), (_note with { ImageDigest = digest }).ToBytes());
    }

    private static ProvenanceNote MakeNote(SectionTable sections, LinkOptions options)
    {
        var compilers = new SortedSet<string>(StringComparer.Ordinal);
        var crates = new SortedSet<string>(StringComparer.Ordinal);
        uint rust = 0, listed = 0, foreign = 0;
        foreach (ObjectFile file in sections.Objects)
        {
            Origin origin = Provenance.OriginOf(file);
            rust += origin == Origin.Rust ? 1u : 0;
            listed += origin == Origin.Listed ? 1u : 0;
            foreign += origin == Origin.Foreign ? 1u : 0;
            if (Provenance.CompilerOf(file) is { Length: > 0 } compiler)
                compilers.Add(compiler);
            if (Provenance.CrateOf(file) is { Length: > 0 } crate)
                crates.Add(crate);
        }

        return new ProvenanceNote
        {
            Tool = Linker.Identification,
            Policy = options.GuardRail == GuardRailPolicy.Strict ? "strict" : "default",
            Compilers = [.. compilers],
            Crates = [.. crates],
            RustInputs = rust,
            ListedInputs = listed,
            ForeignInputs = foreign,
            InputsDigest = DigestInputs(sections, options.ThreadCount),
            ImageDigest = new byte[Sha256.DigestSize],
        };
    }

    private static byte[] DigestInputs(SectionTable sections, int threads)
    {
        var digests = new byte[sections.Objects.Count * Sha256.DigestSize];
        ParallelRanges.For(sections.Objects.Count, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                Sha256.Compute(sections.Objects[i].Bytes.Span, digests.AsSpan(i * Sha256.DigestSize, Sha256.DigestSize));
        });
        var digest = new InputDigest();
        for (int i = 0; i < sections.Objects.Count; i++)
        {
            ObjectFile file = sections.Objects[i];
            string name = Path.GetFileName(file.File.Path);
            if (!file.MemberName.IsEmpty)
                name = $"{name}({file.MemberName})";
            digest.Add(Encoding.UTF8.GetBytes(name), digests.AsSpan(i * Sha256.DigestSize, Sha256.DigestSize));
        }

        return digest.Finish();
    }
}
