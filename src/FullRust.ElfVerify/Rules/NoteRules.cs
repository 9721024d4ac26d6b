// Notes: build id, processor level, and the linker's record of its inputs (gABI, Note Section; x86-64 psABI, Program Property).

using System;
using System.Buffers.Binary;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class NoteRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            Elf64_Phdr segment = binary.Segments[i];
            if (segment.p_type != PT_NOTE)
                continue;
            run.Begin(RuleId.G01);
            if (binary.Image.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan bytes))
                Walk(bytes, segment.p_offset, segment.p_align, $"program header {i}", isLoaded: true, run);
            else
                run.Fail(RuleId.G01, $"program header {i}", "PT_NOTE lies outside the file", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
        }

        // What is not loaded is in sections only: the record of inputs usually.
        for (int i = 0; i < binary.Sections.Rows.Length; i++)
        {
            Elf64_Shdr row = binary.Sections.Rows[i];
            if (row.sh_type != SHT_NOTE || (row.sh_flags & SHF_ALLOC) != 0 || !binary.Image.TrySlice(row.sh_offset, row.sh_size, out ElfSpan bytes))
                continue;
            run.Begin(RuleId.G01);
            Walk(bytes, row.sh_offset, row.sh_addralign, binary.Sections.PlaceOf(i), isLoaded: false, run);
        }

        run.NotApplicable(RuleId.G01);
        CheckDemands(binary, run);
    }

    private static void Walk(ElfSpan bytes, ulong offset, ulong alignment, string place, bool isLoaded, RuleRun run)
    {
        var notes = new NoteReader(bytes.Bytes, alignment);
        while (notes.MoveNext())
        {
            if (notes.Owner.SequenceEqual("GNU\0"u8))
                TakeGnuNote(notes, offset, isLoaded, run);
            else if (notes.Owner.SequenceEqual(ProvenanceNote.Owner) && notes.Type == ProvenanceNote.NoteType)
                TakeProvenance(notes, offset, place, run);
        }

        if (notes.IsBroken)
            run.Fail(RuleId.G01, place, "a note ends outside its segment or section", offset, (ulong)bytes.Length);
    }

    private static void TakeGnuNote(in NoteReader note, ulong offset, bool isLoaded, RuleRun run)
    {
        if (note.Type == NT_GNU_BUILD_ID)
            run.Facts.BuildId ??= Convert.ToHexStringLower(note.Descriptor[..Math.Min(note.Descriptor.Length, 64)]);
        else if (note.Type == NT_GNU_ABI_TAG)
            run.Facts.AbiTagOffset ??= offset + (ulong)note.DescriptorOffset;
        else if (note.Type == NT_GNU_PROPERTY_TYPE_0 && isLoaded)
            TakeProperties(note.Descriptor, offset + (ulong)note.DescriptorOffset, run);
    }

    private static void TakeProperties(ReadOnlySpan<byte> properties, ulong offset, RuleRun run)
    {
        run.Begin(RuleId.G02);
        while (properties.Length >= 8)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(properties), size = BinaryPrimitives.ReadUInt32LittleEndian(properties[4..]);
            if (size > (uint)(properties.Length - 8))
            {
                run.Fail(RuleId.G01, "GNU property note", "a property ends outside its note", offset, (ulong)properties.Length);
                return;
            }

            if (type == GNU_PROPERTY_X86_ISA_1_NEEDED && size >= 4)
                CheckLevel(BinaryPrimitives.ReadUInt32LittleEndian(properties[8..]), offset, run);
            long next = 8 + (((long)size + 7) & ~7L);
            if (next >= properties.Length)
                return;
            properties = properties[(int)next..];
            offset += (ulong)next;
        }
    }

    private static void CheckLevel(uint needed, ulong offset, RuleRun run)
    {
        int level = 32 - System.Numerics.BitOperations.LeadingZeroCount(needed);
        run.Facts.IsaLevel = Math.Max(run.Facts.IsaLevel, level);
        if (level > run.Options.MaxIsaLevel)
            run.Fail(RuleId.G02, "GNU property note", $"the file asks for x86-64-v{level}; the limit is x86-64-v{run.Options.MaxIsaLevel}", offset, 12);
    }

    private static void TakeProvenance(in NoteReader note, ulong offset, string place, RuleRun run)
    {
        run.Begin(RuleId.C02);
        ulong at = offset + (ulong)note.DescriptorOffset, size = (ulong)note.Descriptor.Length;
        if (!ProvenanceNote.TryRead(note.Descriptor, out ProvenanceNote? read, out string problem))
            run.Fail(RuleId.C02, place, $"the record of inputs cannot be read: {problem}", at, size);
        else if (run.Facts.Provenance is not null)
            run.Fail(RuleId.C02, place, "there is a second record of inputs", at, size);
        else
            run.Facts.Provenance = read;
    }

    private static void CheckDemands(in ElfBinary binary, RuleRun run)
    {
        run.NotApplicable(RuleId.G02);
        if (run.Options.RequireBuildId)
        {
            run.Begin(RuleId.G03);
            if (run.Facts.BuildId is null)
                run.Fail(RuleId.G03, "notes", "there is no build id", binary.Header.e_phoff, 0);
        }

        if (run.Facts.Provenance is { } record)
            CompareImage(binary, record, run);
        else if (run.Options.RequireProvenance && !run.IsBroken(RuleId.C02))
            run.Fail(RuleId.C02, "notes", "the linker left no record of its inputs", binary.Header.e_phoff, 0);
        run.NotApplicable(RuleId.C02);
    }

    private static void CompareImage(in ElfBinary binary, ProvenanceNote record, RuleRun run)
    {
        if (record.ImageDigest.IsEmpty)
        {
            if (run.Options.RequireProvenance)
                run.Unknown(RuleId.C02, "notes", "the record holds no digest of the image, so it cannot be tied to this file", binary.Header.e_phoff, 0);
            return;
        }

        Span<byte> digest = stackalloc byte[Sha256.DigestSize];
        if (!ProvenanceNote.ComputeImageDigest(binary.Image.Bytes, binary.Header.e_phoff, binary.Segments, digest) || !digest.SequenceEqual(record.ImageDigest.Span))
            run.Fail(RuleId.C02, "notes", "the loaded bytes are not the ones that the record was made for", binary.Header.e_phoff, 0);
    }
}
