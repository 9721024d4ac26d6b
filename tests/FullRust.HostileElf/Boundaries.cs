// Files on either side of each comparison that a rule makes: the last value that holds sets off nothing, the first that does not sets off
// its rule. SingleFaults has what is wrong by far.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Native;
using FullRust.ElfVerify;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.ElfVerify.RuleId;

namespace FullRust.HostileElf;

/// <summary>Files at the boundaries of rules.</summary>
internal static class Boundaries
{
    private const int Headers = SampleElf.LoadHeaders, Text = SampleElf.LoadText, Data = SampleElf.LoadData, Spare = SampleElf.Spare;
    private const int SectionCount = SampleElf.SecShstrtab + 1, TableEnd = 64 + ((Spare + 1) * Elf64_Phdr.Size);
    private const ulong PortableEnd = 0x7f0000000000, UserEnd = 0x7ffffffff000;

    internal static IEnumerable<HostileCase> All()
    {
        foreach (HostileCase item in AddressCases())
            yield return item;
        foreach (HostileCase item in NeighbourCases())
            yield return item;
        foreach (HostileCase item in TableCases())
            yield return item;
        foreach (HostileCase item in SegmentContentCases())
            yield return item;
        foreach (HostileCase item in SectionCases())
            yield return item;
        foreach (HostileCase item in SymbolCases())
            yield return item;
    }

    private static HostileCase Segment(string name, int index, Change<Elf64_Phdr> change, params RuleId[] rules) =>
        new(name, SampleElf.Build().WithSegment(index, change).Bytes, rules);

    private static HostileCase Added(string name, Elf64_Phdr segment, params RuleId[] rules) =>
        Segment(name, Spare, (ref Elf64_Phdr p) => p = segment, rules);

    private static HostileCase Edit(string name, ElfEdit edit, params RuleId[] rules) => new(name, edit.Bytes, rules);

    // Zero-filled memory with a few bytes of the file before it.
    private static Elf64_Phdr Memory(ulong address, ulong size) => SingleFaults.Load(PF_R | PF_W, 0x2000 + (address & 0xfff), address, 0x10, size);

    private static IEnumerable<HostileCase> AddressCases()
    {
        yield return Added("ends-at-user-end", Memory(UserEnd - 0x1000, 0x1000), L10) with { OutcomeVaries = true };
        yield return Added("beyond-user-end-by-one", Memory(UserEnd - 0x1000, 0x1001), L08);
        yield return Added("ends-at-portable-end", Memory(PortableEnd - 0x1000, 0x1000), L12);
        yield return Added("beyond-portable-end-by-one", Memory(PortableEnd - 0x1000, 0x1001), L10);
        yield return Edit("address-at-floor", SingleFaults.Low(0x10000));
        ulong heapStart = PortableEnd - VerifyOptions.Default.HeapRoom;
        yield return Added("heap-room-exact", Memory(heapStart - 0x1000, 0x1000));
        yield return Added("heap-room-less-one", Memory(heapStart - 0x1000, 0x1001), L12);
        ulong rest = VerifyOptions.Default.MaxMemory - 0x3b0 - 0x40 - 0x1100;
        yield return Added("memory-at-limit", Memory(0x500000, rest)) with { OutcomeVaries = true };
        yield return Added("memory-beyond-limit-by-one", Memory(0x500000, rest + 1), L11) with { OutcomeVaries = true };
    }

    private static IEnumerable<HostileCase> NeighbourCases()
    {
        yield return Added("in-the-next-page", Memory(0x404000, 0x10));
        yield return Added("at-the-next-byte", Memory(0x403100, 0x10), L02);
        yield return Added("in-the-page-before", Memory(0x3ff000, 0x1000), L03);
        yield return Added("empty-at-the-same-address", SingleFaults.Load(PF_R, 0x2000, 0x402000, 0), L13);
        yield return Segment("descending-from-the-first-header", SampleElf.Phdr, (ref Elf64_Phdr p) => p = Memory(0x500000, 0x10), L03);
        yield return Edit("text-at-header-0", SampleElf.Build().SwapSegments(SampleElf.Phdr, Text), L03, P06);
        yield return Edit("data-at-header-0", SampleElf.Build().SwapSegments(SampleElf.Phdr, Data), L03, P06);
        yield return Edit("same-page-same-mapping", SingleFaults.Inserted(2, SingleFaults.Load(PF_R, 0x3b0, 0x4003b0, 0x10)));
        yield return Edit("same-page-other-rights", SingleFaults.Inserted(2, SingleFaults.Load(PF_R | PF_W, 0x3b0, 0x4003b0, 0x10)), L02);
        yield return Edit("same-page-other-bytes", SingleFaults.Inserted(2, SingleFaults.Load(PF_R, 0x13b0, 0x4003b0, 0x10)), L02);
        yield return Edit("same-page-with-zero-fill", SingleFaults.Inserted(2, SingleFaults.Load(PF_R, 0x3b0, 0x4003b0, 0x10, 0x20)), L02, X06);
        yield return Edit("same-page-behind-zero-fill", SingleFaults.Inserted(2, SingleFaults.Load(PF_R, 0x3c0, 0x4003c0, 0x10)).WithSegment(Headers, (ref Elf64_Phdr p) => p.p_memsz++), L02, X06);
    }

    private static IEnumerable<HostileCase> TableCases()
    {
        yield return new HostileCase("phnum-73", SingleFaults.ManySegments(73), [P09]);
        yield return Added("segment-up-to-the-table", SingleFaults.Load(PF_R, 0, 0x500000, 64));
        yield return Added("segment-behind-the-table", SingleFaults.Load(PF_R, TableEnd, 0x500000 + TableEnd, 0x10));
        yield return Edit("table-at-the-end-of-the-first-page", MovedTable(0x1000 - (TableEnd - 64)));
        yield return Segment("property-once", SampleElf.Note, (ref Elf64_Phdr p) => p.p_type = PT_GNU_PROPERTY);
        yield return Segment("sframe-once", Spare, (ref Elf64_Phdr p) => p.p_type = PT_GNU_SFRAME);
        yield return Edit("sframe-twice", SampleElf.Build().WithSegment(SampleElf.Note, (ref Elf64_Phdr p) => p.p_type = PT_GNU_SFRAME).WithSegment(Spare, (ref Elf64_Phdr p) => p.p_type = PT_GNU_SFRAME), P07);
    }

    private static ElfEdit MovedTable(int offset)
    {
        ElfEdit edit = SampleElf.Build();
        byte[] table = edit.Bytes[64..TableEnd];
        return edit.Put(offset, table).WithHeader((ref Elf64_Ehdr h) => h.e_phoff = (ulong)offset)
            .WithSegment(Headers, (ref Elf64_Phdr p) => p.p_filesz = p.p_memsz = 0x1000)
            .WithSegment(SampleElf.Phdr, (ref Elf64_Phdr p) => (p.p_offset, p.p_vaddr) = ((ulong)offset, SampleElf.Base + (ulong)offset));
    }

    private static IEnumerable<HostileCase> SegmentContentCases()
    {
        yield return Segment("tls-without-zero-fill", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_memsz = 0x10);
        yield return Segment("tls-at-limit", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_memsz = VerifyOptions.Default.MaxTlsSize);
        yield return Segment("tls-beyond-limit-by-one", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_memsz = VerifyOptions.Default.MaxTlsSize + 1, T01);
        yield return Edit("relro-of-all-data", SampleElf.Build().WithSegment(Data, (ref Elf64_Phdr p) => p.p_memsz = 0x2000).WithSegment(SampleElf.RelRo, (ref Elf64_Phdr p) => p.p_memsz = 0x2000));
        yield return Edit("isa-v1", SingleFaults.Property(1));
        yield return Edit("isa-v2", SingleFaults.Property(2), G02);
        yield return Edit("property-fills-its-note", SingleFaults.Property(1, size: 8));
        yield return Edit("property-beyond-its-note-by-one", SingleFaults.Property(1, size: 9), G01);
        yield return Edit("eh-frame-without-table", Unwind(8, 0xff, 0xff));
        yield return Edit("eh-frame-cut", Unwind(7, 0xff, 0xff), U01);
        yield return Edit("eh-frame-count-omitted", Unwind(8, 0xff, 0x3b), U01);
        yield return Edit("eh-frame-table-omitted", Unwind(8, 0x03, 0xff), U01);
        yield return Edit("eh-frame-without-count", Unwind(11, 0x03, 0x3b), U01);
        yield return Edit("eh-frame-empty-table", Unwind(12, 0x03, 0x3b).Put(SampleElf.EhFrameHdrAt + 8, (byte)0));
        yield return Edit("fde-smallest", SampleElf.Build().Put(SampleElf.EhFrameAt + 24, 8));
        yield return Edit("fde-smaller-by-one", SampleElf.Build().Put(SampleElf.EhFrameAt + 24, 7), U02);
    }

    private static ElfEdit Unwind(ulong size, byte countEncoding, byte tableEncoding) => SampleElf.Build()
        .Put(SampleElf.EhFrameHdrAt + 2, countEncoding, tableEncoding)
        .WithSegment(SampleElf.EhFrame, (ref Elf64_Phdr p) => p.p_filesz = p.p_memsz = size);

    private static IEnumerable<HostileCase> SectionCases()
    {
        yield return Edit("shstrndx-at-count", SampleElf.Build().WithHeader((ref Elf64_Ehdr h) => h.e_shstrndx = SectionCount), Z01);
        yield return Edit("section-link-at-count", SampleElf.Build().WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_link = SectionCount), Z01);
        yield return Edit("symtab-link-at-count", SampleElf.Build().WithSection(SampleElf.SecSymtab, (ref Elf64_Shdr s) => s.sh_link = SectionCount), Z01);
        yield return Edit("section-behind-headers", SampleElf.Build().WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (TableEnd, 0x10)), O03);
        yield return Edit("section-over-headers-by-one", SampleElf.Build().WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (TableEnd - 1, 0x10)), P08, O03);
        yield return Edit("section-before-headers", SampleElf.Build().WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (0x30, 0x10)), O03, D02);
        yield return Edit("relocation-nowhere", SingleFaults.Relocations(SHT_RELA, 37, 0x900000), R01, R02, C01);
        yield return Edit("relocation-relative", SingleFaults.Relocations(SHT_RELA, 8, SampleElf.Base + SampleElf.DataAt + 0x40), S04);
    }

    private static IEnumerable<HostileCase> SymbolCases()
    {
        const byte Global = STB_GLOBAL << 4, Weak = STB_WEAK << 4;
        yield return SingleFaults.Symbol("symbol-undefined-weak", 1, (ref Elf64_Sym s) => (s.st_info, s.st_shndx) = (Weak | STT_NOTYPE, SHN_UNDEF));
        yield return SingleFaults.Symbol("symbol-undefined-section", 1, (ref Elf64_Sym s) => (s.st_info, s.st_shndx) = (Global | STT_SECTION, SHN_UNDEF));
        yield return SingleFaults.Symbol("symbol-undefined-file", 1, (ref Elf64_Sym s) => (s.st_info, s.st_shndx) = (Global | STT_FILE, SHN_UNDEF));
        yield return SingleFaults.Symbol("symbol-undefined-function", 1, (ref Elf64_Sym s) => (s.st_info, s.st_shndx) = (Global | STT_FUNC, SHN_UNDEF), R03);
        yield return SingleFaults.Symbol("symbol-undefined-nameless", 1, (ref Elf64_Sym s) => (s.st_name, s.st_info, s.st_shndx, s.st_value) = (0, Global, SHN_UNDEF, 0));
        yield return SingleFaults.Symbol("symbol-undefined-nameless-with-value", 1, (ref Elf64_Sym s) => (s.st_name, s.st_info, s.st_shndx, s.st_value) = (0, Global, SHN_UNDEF, 5), R03);
        yield return SingleFaults.Symbol("symbol-undefined-name-beyond", 1, (ref Elf64_Sym s) => (s.st_name, s.st_info, s.st_shndx) = (0x7fffffff, Global, SHN_UNDEF), R03);
        yield return SingleFaults.Symbol("symbol-fills-section", 1, (ref Elf64_Sym s) => (s.st_value, s.st_size) = (SampleElf.Base + SampleElf.DataAt + 0x10, 0xf0));
        yield return SingleFaults.Symbol("symbol-beyond-section-by-one", 1, (ref Elf64_Sym s) => (s.st_value, s.st_size) = (SampleElf.Base + SampleElf.DataAt + 0x10, 0xf1), Z03);
        yield return SingleFaults.Symbol("symbol-before-section-by-one", 1, (ref Elf64_Sym s) => s.st_value--, Z03);
        yield return SingleFaults.Symbol("symbol-at-section-end", 1, (ref Elf64_Sym s) => (s.st_value, s.st_size) = (SampleElf.Base + SampleElf.DataAt + 0x100, 1), Z03);
        yield return SingleFaults.Symbol("symbol-section-at-count", 1, (ref Elf64_Sym s) => s.st_shndx = SectionCount, Z03);
        yield return SingleFaults.Symbol("symbol-absolute", 1, (ref Elf64_Sym s) => s.st_shndx = SHN_ABS);
        yield return SingleFaults.Symbol("symbol-reserved-first", 1, (ref Elf64_Sym s) => s.st_shndx = SHN_LORESERVE);
    }
}
