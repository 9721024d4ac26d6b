// Files that each break one thing: every field that a rule speaks about, at its boundaries. The table is the specification: what a
// change must set off is written beside it. Where one change breaks two rules by its nature, both are named.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Native;
using FullRust.ElfVerify;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.ElfVerify.RuleId;

namespace FullRust.HostileElf;

/// <summary>Files that each break one thing.</summary>
public static class SingleFaults
{
    private const int Headers = SampleElf.LoadHeaders, Text = SampleElf.LoadText, Data = SampleElf.LoadData, Spare = SampleElf.Spare;

    /// <summary>Generates all of them.</summary>
    public static IEnumerable<HostileCase> All()
    {
        foreach (HostileCase item in HeaderFaults())
            yield return item;
        foreach (HostileCase item in TableFaults())
            yield return item;
        foreach (HostileCase item in StaticFaults())
            yield return item;
        foreach (HostileCase item in LoadFaults())
            yield return item;
        foreach (HostileCase item in PermissionFaults())
            yield return item;
        foreach (HostileCase item in EntryAndTlsFaults())
            yield return item;
        foreach (HostileCase item in SectionFaults())
            yield return item;
        foreach (HostileCase item in TableContentFaults())
            yield return item;
        foreach (HostileCase item in Boundaries.All())
            yield return item;
    }

    private static HostileCase Header(string name, Change<Elf64_Ehdr> change, params RuleId[] rules) =>
        new(name, SampleElf.Build().WithHeader(change).Bytes, rules);

    private static HostileCase Segment(string name, int index, Change<Elf64_Phdr> change, params RuleId[] rules) =>
        new(name, SampleElf.Build().WithSegment(index, change).Bytes, rules);

    private static HostileCase Section(string name, int index, Change<Elf64_Shdr> change, params RuleId[] rules) =>
        new(name, SampleElf.Build().WithSection(index, change).Bytes, rules);

    private static HostileCase Edit(string name, ElfEdit edit, params RuleId[] rules) => new(name, edit.Bytes, rules);

    private static IEnumerable<HostileCase> HeaderFaults()
    {
        for (int i = 0; i < 4; i++)
            yield return Edit($"magic-byte-{i}", SampleElf.Build().Put(i, 0x2a), I05);
        yield return new HostileCase("empty", [], [I05]);
        yield return new HostileCase("script", "#!/bin/sh\nexit 42\n"u8.ToArray(), [I05], OutcomeVaries: true);
        yield return new HostileCase("magic-only", "\u007fELF"u8.ToArray(), [H02]);
        foreach (byte value in (byte[])[0, 1, 3, 255])
            yield return Header($"class-{value}", (ref Elf64_Ehdr h) => h.e_ident.Class = value, H01);
        foreach (byte value in (byte[])[0, 2, 3, 255])
            yield return Header($"data-{value}", (ref Elf64_Ehdr h) => h.e_ident.Data = value, H01);
        foreach (byte value in (byte[])[0, 2, 255])
            yield return Header($"ident-version-{value}", (ref Elf64_Ehdr h) => h.e_ident.Version = value, H01);
        foreach (uint value in (uint[])[0, 2, uint.MaxValue])
            yield return Header($"version-{value}", (ref Elf64_Ehdr h) => h.e_version = value, H01);
        foreach (ushort value in (ushort[])[0, 3, 40, 63, 183, 243, 0xffff])
            yield return Header($"machine-{value}", (ref Elf64_Ehdr h) => h.e_machine = value, H02);
        foreach (ushort value in (ushort[])[0, 1, 4, 5, 0xfe00, 0xffff])
            yield return Header($"type-{value}", (ref Elf64_Ehdr h) => h.e_type = value, H03);
        yield return Header("type-dyn", (ref Elf64_Ehdr h) => h.e_type = ET_DYN, H04) with { OutcomeVaries = true };
        foreach (byte value in (byte[])[1, 2, 9, 255])
            yield return Header($"osabi-{value}", (ref Elf64_Ehdr h) => h.e_ident.OsAbi = value, H05);
        yield return Header("abi-version-1", (ref Elf64_Ehdr h) => h.e_ident.AbiVersion = 1, H05);
        for (int i = 9; i < 16; i++)
            yield return Edit($"padding-{i}", SampleElf.Build().Put(i, 1), H05);
        foreach (uint value in (uint[])[1, uint.MaxValue])
            yield return Header($"flags-{value}", (ref Elf64_Ehdr h) => h.e_flags = value, H05);
        foreach (ushort value in (ushort[])[0, 52, 63, 65, 0xffff])
            yield return Header($"ehsize-{value}", (ref Elf64_Ehdr h) => h.e_ehsize = value, H05);
    }

    private static IEnumerable<HostileCase> TableFaults()
    {
        foreach (ushort value in (ushort[])[0, 32, 55, 57, 64, 0xffff])
            yield return Header($"phentsize-{value}", (ref Elf64_Ehdr h) => h.e_phentsize = value, P01);
        foreach (ushort value in (ushort[])[0, 1171, 0xfffe, PN_XNUM])
            yield return Header($"phnum-{value}", (ref Elf64_Ehdr h) => h.e_phnum = value, P02);
        yield return Header("phnum-beyond-file", (ref Elf64_Ehdr h) => h.e_phnum = 1170, P03);
        foreach (ulong value in (ulong[])[ulong.MaxValue, 1UL << 63, ulong.MaxValue - 559, 1UL << 62, 0x100000])
            yield return Header($"phoff-{value:x}", (ref Elf64_Ehdr h) => h.e_phoff = value, P03);
        yield return Edit("phoff-at-end", AtEnd(), P03);
        yield return Segment("headers-not-covered", Headers, (ref Elf64_Phdr p) => (p.p_offset, p.p_vaddr, p.p_filesz, p.p_memsz) = (0x1000, 0x400000, 0x10, 0x10), P04, P06, U01, Z02);
        yield return Segment("headers-cut-by-one", Headers, (ref Elf64_Phdr p) => p.p_filesz = p.p_memsz = 64 + (10 * 56) - 1, P04, P06, U01, Z02);
        yield return Segment("headers-covered-twice", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0, 0x500000, 0x300), P04);
        yield return Edit("headers-covered-in-part-twice", SampleElf.Build().WithSegment(Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0, 0x500000, 0x80)), P04);
        yield return new HostileCase("phnum-74", ManySegments(74), [P05, P09]);
        yield return new HostileCase("phnum-1170", ManySegments(1170), [P05, P09]);
        yield return Segment("phdr-offset", SampleElf.Phdr, (ref Elf64_Phdr p) => p.p_offset++, P06);
        yield return Segment("phdr-address", SampleElf.Phdr, (ref Elf64_Phdr p) => p.p_vaddr += 8, P06);
        yield return Segment("phdr-filesz", SampleElf.Phdr, (ref Elf64_Phdr p) => p.p_filesz -= 56, P06);
        yield return Segment("phdr-spare-room", SampleElf.Phdr, (ref Elf64_Phdr p) => p.p_memsz = p.p_filesz += 56, P06);
        yield return Segment("phdr-memsz", SampleElf.Phdr, (ref Elf64_Phdr p) => p.p_memsz += 56, P06);
        yield return Edit("phdr-behind-load", SampleElf.Build().SwapSegments(SampleElf.Phdr, Headers), P06);
        yield return Edit("phdr-twice", SampleElf.Build().WithSegment(Spare, (ref Elf64_Phdr p) => p.p_type = PT_PHDR), P06);
        foreach (uint type in (uint[])[PT_SHLIB, 8, 0x60000000, 0x6474e555, 0x70000000, 0x7fffffff, 0x80000000, uint.MaxValue])
            yield return Segment($"type-unknown-{type:x}", Spare, (ref Elf64_Phdr p) => p.p_type = type, P07);
        yield return Edit("relro-twice", Copy(SampleElf.RelRo), P07);
        yield return Edit("eh-frame-twice", Copy(SampleElf.EhFrame), P07);
        yield return Edit("property-twice", SampleElf.Build().WithSegment(SampleElf.Note, (ref Elf64_Phdr p) => p.p_type = PT_GNU_PROPERTY).WithSegment(Spare, (ref Elf64_Phdr p) => p.p_type = PT_GNU_PROPERTY), P07);
        yield return Section("section-over-headers", SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (64, 16), P08, O03, D02);
        yield return Edit("table-unaligned", MovedTable(0x3b4), P09, P06);
        yield return Edit("table-behind-first-page", MovedTable(0x2800), P04, P06, P09);
    }

    private static ElfEdit AtEnd()
    {
        ElfEdit edit = SampleElf.Build();
        ulong end = (ulong)edit.Bytes.Length;
        return edit.WithHeader((ref Elf64_Ehdr h) => h.e_phoff = end - 559);
    }

    private static ElfEdit Copy(int index)
    {
        ElfEdit edit = SampleElf.Build();
        Elf64_Phdr original = edit.Segment(index);
        return edit.WithSegment(Spare, (ref Elf64_Phdr p) => p = original);
    }

    // The table itself at another offset; the first segment still covers the old place and, where it reaches that far, the new one.
    private static ElfEdit MovedTable(int offset)
    {
        ElfEdit edit = SampleElf.Build();
        byte[] table = edit.Bytes[64..(64 + (10 * 56))];
        if (offset + table.Length > edit.Bytes.Length)
            edit.Append(new byte[offset + table.Length - edit.Bytes.Length]);
        edit.Put(offset, table).WithHeader((ref Elf64_Ehdr h) => h.e_phoff = (ulong)offset);
        return offset < 0x1000 ? edit.WithSegment(Headers, (ref Elf64_Phdr p) => p.p_filesz = p.p_memsz = 0x800) : edit;
    }

    internal static byte[] ManySegments(int count)
    {
        ElfEdit edit = SampleElf.Build();
        var table = new byte[count * 56];
        edit.Bytes.AsSpan(64, 9 * 56).CopyTo(table);
        int at = (edit.Bytes.Length + 4095) / 4096 * 4096;
        edit.Append(new byte[at - edit.Bytes.Length]).Append(table);
        edit.WithHeader((ref Elf64_Ehdr h) => (h.e_phoff, h.e_phnum) = ((ulong)at, (ushort)count));
        edit.WithSegment(9, (ref Elf64_Phdr p) => p = Load(PF_R, (ulong)at, 0x500000, (ulong)table.Length));
        return edit.WithSegment(0, (ref Elf64_Phdr p) => p.p_type = PT_NULL).Bytes;
    }

    internal static Elf64_Phdr Load(uint flags, ulong offset, ulong address, ulong size, ulong? memorySize = null) => new()
    {
        p_type = PT_LOAD,
        p_flags = flags,
        p_offset = offset,
        p_vaddr = address,
        p_paddr = address,
        p_filesz = size,
        p_memsz = memorySize ?? size,
        p_align = 0x1000,
    };

    private static IEnumerable<HostileCase> StaticFaults()
    {
        foreach (ulong size in (ulong[])[0, 1, 2, 6, 4096, 4097, ulong.MaxValue])
            yield return Segment($"interp-size-{size:x}", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_filesz) = (PT_INTERP, SampleElf.RodataAt, size), S01);
        foreach (ulong offset in (ulong[])[0x100000, 1UL << 63, ulong.MaxValue])
            yield return Segment($"interp-offset-{offset:x}", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_filesz) = (PT_INTERP, offset, 6), S01);
        yield return Segment("interp-no-nul", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_filesz) = (PT_INTERP, SampleElf.RodataAt, 5), S01);
        yield return Segment("interp-empty-path", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_filesz) = (PT_INTERP, SampleElf.RodataAt + 5, 2), S01);
        yield return Segment("interp-first-header", SampleElf.Phdr, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_filesz) = (PT_INTERP, SampleElf.RodataAt, 6), S01);
        foreach (ulong size in (ulong[])[0, 15, 16, 4096, ulong.MaxValue])
            yield return Segment($"dynamic-size-{size:x}", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_vaddr, p.p_filesz) = (PT_DYNAMIC, SampleElf.DataAt, SampleElf.Base + SampleElf.DataAt, size), S02);
        yield return Segment("dynamic-two-views", Spare, (ref Elf64_Phdr p) => (p.p_type, p.p_offset, p.p_vaddr, p.p_filesz) = (PT_DYNAMIC, SampleElf.RodataAt, SampleElf.Base + SampleElf.DataAt, 16), S02);
        yield return Section("section-type-dynamic", SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_type, s.sh_entsize) = (SHT_DYNAMIC, 16), S03);
        yield return Edit("section-named-dynamic", Rename(".comment", ".dynamic"), S03);
        yield return Edit("section-named-interp", Rename(".comment", ".interp"), S03);
        foreach (uint type in (uint[])[SHT_HASH, SHT_GNU_HASH, SHT_GNU_verdef, SHT_GNU_verneed, SHT_GNU_versym])
            yield return Section($"section-type-{type:x}", SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_type = type, S04);
        yield return Edit("section-named-dynsym", Rename(".comment", ".dynsym"), S04);
        yield return Edit("section-named-dynstr", Rename(".comment", ".dynstr"), S04);
        yield return Section("section-type-dynsym", SampleElf.SecSymtab, (ref Elf64_Shdr s) => s.sh_type = SHT_DYNSYM, S04);
        yield return Edit("loader-path", SampleElf.Build().Put(SampleElf.DataAt + 0x20, "/lib64/ld-linux-x86-64.so.2\0"u8), S05);
        yield return Edit("musl-loader-path", SampleElf.Build().Put(SampleElf.DataAt + 0x20, "/lib/ld-musl-x86_64.so.1\0"u8), S05);
    }

    private static ElfEdit Rename(string from, string to)
    {
        ElfEdit edit = SampleElf.Build();
        int at = edit.Bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(from + "\0"));
        edit.Put(at, new byte[from.Length]);
        return edit.Put(at, System.Text.Encoding.ASCII.GetBytes(to));
    }

    private static IEnumerable<HostileCase> LoadFaults()
    {
        yield return Segment("overlap-bytes", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x403000, 0x10), L01);
        yield return Segment("overlap-text-by-bss", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0, 0x400000, 0, 0x10), L01, L03);
        yield return Segment("text-over-all", Text, (ref Elf64_Phdr p) => p.p_memsz = p.p_filesz = 0x1001, L01, X07, Z02, N02) with { OutcomeVaries = true };
        yield return Segment("page-shared", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0x2200, 0x403200, 0x10), L02);
        yield return Edit("descending", SampleElf.Build().SwapSegments(Headers, Text), L03);
        yield return Edit("descending-last", SampleElf.Build().SwapSegments(Text, Data), L03);
        yield return Segment("filesz-above-memsz", Data, (ref Elf64_Phdr p) => (p.p_filesz, p.p_memsz) = (0x101, 0x100), L04, X07, Z02);
        yield return Segment("text-filesz-above-memsz", Text, (ref Elf64_Phdr p) => p.p_filesz++, L04);
        yield return Segment("not-congruent", Text, (ref Elf64_Phdr p) => p.p_offset += 0x10, L05, Z02, N02);
        yield return Segment("not-congruent-modulo-alignment", Data, (ref Elf64_Phdr p) => p.p_align = 0x800000, L05);
        foreach (ulong alignment in (ulong[])[0, 1, 3, 8, 0x800, 0x1001, ulong.MaxValue])
            yield return Segment($"align-{alignment:x}", Data, (ref Elf64_Phdr p) => p.p_align = alignment, L06);
        yield return Segment("beyond-file", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x5000, 0x500000, 0x10), L07);
        yield return Segment("beyond-file-by-one", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x500000, (ulong)SampleElf.Build().Bytes.Length - 0x2000 + 1), L07);
        yield return Segment("bss-beyond-file", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0x5000, 0x500000, 0x10, 0x2000), L07);
        yield return Segment("offset-huge", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x7ffffffffffff000, 0x500000, 0x10), L07);
        yield return Segment("offset-wraps", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0xfffffffffffff000, 0x500000, 0x2000), L07);
        yield return Segment("address-at-limit", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0, 0x7ffffffff000, 0x10), L08);
        yield return Segment("address-noncanonical", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x800000000000, 0x10), L08);
        yield return Segment("address-kernel", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0xffffffff80000000, 0x10), L08);
        yield return Segment("address-vsyscall", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0xffffffffff600000, 0x10), L08);
        yield return Segment("address-wraps", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0xfffffffffffff000, 0x1000), L08, L07);
        yield return Segment("memsz-wraps", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0x2000, 0x500000, 0x10, ulong.MaxValue - 0x400000), L08);
        yield return Segment("memsz-wraps-to-small", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0x2000, 0x500000, 0x10, ulong.MaxValue - 0x500000 + 0x1000), L08);
        yield return Edit("address-zero", Low(0), L09);
        yield return Edit("address-page-before-floor", Low(0xf000), L09);
        yield return Segment("above-portable-end", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x7f0000000000, 0x10), L10);
        yield return Segment("at-stack", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x7fffff000000, 0x10), L10) with { OutcomeVaries = true };
        yield return Segment("memory-beyond-limit", Spare, (ref Elf64_Phdr p) => p = Load(PF_R | PF_W, 0x2000, 0x500000, 0x10, 1UL << 41), L11);
        yield return Segment("no-room-for-heap", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x7effc0000000, 0x10), L12);
        yield return Segment("empty-segment", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x500000, 0), L13);
        yield return Edit("no-load", SampleElf.Build().WithSegment(Headers, Nothing).WithSegment(Text, Nothing).WithSegment(Data, Nothing), L14, P06, T01, U01, X07, Z02);
    }

    // A first segment at a low address, behind PT_PHDR, so that order stays right.
    internal static ElfEdit Low(ulong address) => Inserted(1, Load(PF_R, 0x2000, address, 0x10));

    /// <summary>The sample with one more segment, at an index; those from there on move up by one.</summary>
    internal static ElfEdit Inserted(int index, Elf64_Phdr segment)
    {
        ElfEdit edit = SampleElf.Build();
        for (int i = Spare; i > index; i--)
            edit.SwapSegments(i, i - 1);
        return edit.WithSegment(index, (ref Elf64_Phdr p) => p = segment);
    }

    private static void Nothing(ref Elf64_Phdr segment) => segment.p_type = PT_NULL;

    private static IEnumerable<HostileCase> PermissionFaults()
    {
        yield return Segment("data-executable", Data, (ref Elf64_Phdr p) => p.p_flags = PF_R | PF_W | PF_X, X01, N02);
        yield return Segment("text-writable", Text, (ref Elf64_Phdr p) => p.p_flags = PF_R | PF_W | PF_X, X01);
        yield return Segment("wx-without-read", Text, (ref Elf64_Phdr p) => p.p_flags = PF_W | PF_X, X01, X05);
        yield return Edit("no-stack", SampleElf.Build().WithSegment(SampleElf.Stack, Nothing), X02);
        yield return Edit("stack-twice", Copy(SampleElf.Stack), X03);
        yield return Edit("stack-twice-last-executable", Copy(SampleElf.Stack).WithSegment(Spare, (ref Elf64_Phdr p) => p.p_flags |= PF_X), X03, X04);
        yield return Edit("stack-twice-first-executable", Copy(SampleElf.Stack).WithSegment(SampleElf.Stack, (ref Elf64_Phdr p) => p.p_flags |= PF_X), X03);
        foreach (uint flags in (uint[])[PF_X, PF_R | PF_X, PF_R | PF_W | PF_X])
            yield return Segment($"stack-flags-{flags}", SampleElf.Stack, (ref Elf64_Phdr p) => p.p_flags = flags, X04);
        yield return Segment("data-write-only", Data, (ref Elf64_Phdr p) => p.p_flags = PF_W, X05);
        yield return Segment("headers-no-rights", Headers, (ref Elf64_Phdr p) => p.p_flags = 0, X05);
        foreach (uint bit in (uint[])[8, 0x100000, 0x80000000])
            yield return Segment($"flag-{bit:x}", Data, (ref Elf64_Phdr p) => p.p_flags |= bit, X05);
        yield return Segment("bss-read-only", Headers, (ref Elf64_Phdr p) => p.p_memsz++, X06);
        yield return Segment("bss-read-only-last", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x500000, 0x10, 0x20), X06);
        yield return Segment("bss-read-only-last-pages", Spare, (ref Elf64_Phdr p) => p = Load(PF_R, 0x2000, 0x500000, 0x10, 0x2000), X06);
        yield return Segment("bss-in-text", Text, (ref Elf64_Phdr p) => p.p_memsz += 0x10, X06);
        yield return Segment("relro-unaligned-end", SampleElf.RelRo, (ref Elf64_Phdr p) => p.p_memsz--, X07);
        yield return Segment("relro-in-text", SampleElf.RelRo, (ref Elf64_Phdr p) => (p.p_vaddr, p.p_memsz) = (SampleElf.Entry, 0x1000), X07);
        yield return Segment("relro-beyond-segment", SampleElf.RelRo, (ref Elf64_Phdr p) => p.p_memsz = 0x2000, X07);
        yield return Segment("relro-nowhere", SampleElf.RelRo, (ref Elf64_Phdr p) => p.p_vaddr = 0x900000, X07);
        yield return Segment("relro-wraps", SampleElf.RelRo, (ref Elf64_Phdr p) => p.p_memsz = ulong.MaxValue - 0xfff, X07);
    }

    private static IEnumerable<HostileCase> EntryAndTlsFaults()
    {
        yield return Header("entry-zero", (ref Elf64_Ehdr h) => h.e_entry = 0, N01, N03);
        yield return Header("entry-nowhere", (ref Elf64_Ehdr h) => h.e_entry = 0x900000, N01, N03);
        yield return Header("entry-max", (ref Elf64_Ehdr h) => h.e_entry = ulong.MaxValue, N01, N03);
        yield return Header("entry-in-data", (ref Elf64_Ehdr h) => h.e_entry = SampleElf.Base + SampleElf.DataAt, N01, N03);
        yield return Header("entry-in-headers", (ref Elf64_Ehdr h) => h.e_entry = SampleElf.Base, N01, N03);
        yield return Header("entry-in-bss", (ref Elf64_Ehdr h) => h.e_entry = SampleElf.Base + 0x3000, N01, N03);
        yield return Header("entry-behind-text", (ref Elf64_Ehdr h) => h.e_entry = SampleElf.Entry + 0x40, N01, N03) with { OutcomeVaries = true };
        yield return Header("entry-at-limit", (ref Elf64_Ehdr h) => h.e_entry = 0x7ffffffff000, N01, N03);
        yield return Header("entry-not-start", (ref Elf64_Ehdr h) => h.e_entry = SampleElf.Entry + 5, N03) with { OutcomeVaries = true };
        yield return Edit("code-behind-text", SampleElf.Build().Put(0x1100, 0xcc), N02, O03);
        yield return Edit("code-before-page-end", SampleElf.Build().Put(0x1fff, 0xcc), N02, O03);

        yield return Segment("tls-filesz-above-memsz", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_memsz = 0xf, T01);
        yield return Segment("tls-huge", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_memsz = 1UL << 40, T01);
        foreach (ulong alignment in (ulong[])[3, 1UL << 20, 1UL << 63])
            yield return Segment($"tls-align-{alignment:x}", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_align = alignment, T01);
        yield return Segment("tls-address-unaligned", SampleElf.Tls, (ref Elf64_Phdr p) => (p.p_vaddr, p.p_offset) = (p.p_vaddr + 8, p.p_offset + 8), T01);
        yield return Segment("tls-nowhere", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_vaddr = 0x900000, T01);
        yield return Segment("tls-in-bss", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_vaddr = SampleElf.Base + 0x3000, T01);
        yield return Segment("tls-two-views", SampleElf.Tls, (ref Elf64_Phdr p) => p.p_offset += 16, T01);
        yield return Edit("tls-twice", Copy(SampleElf.Tls), T02);
    }

    private static IEnumerable<HostileCase> SectionFaults()
    {
        yield return Header("shentsize-40", (ref Elf64_Ehdr h) => h.e_shentsize = 40, Z01, O02);
        yield return Header("shoff-beyond-file", (ref Elf64_Ehdr h) => h.e_shoff = 0x100000, Z01, O02);
        yield return Header("shoff-max", (ref Elf64_Ehdr h) => h.e_shoff = ulong.MaxValue, Z01, O02);
        yield return Header("shoff-zero", (ref Elf64_Ehdr h) => h.e_shoff = 0, Z01, O02);
        yield return Header("shnum-beyond-file", (ref Elf64_Ehdr h) => h.e_shnum = 1000, Z01, O02);
        yield return Header("shnum-reserved", (ref Elf64_Ehdr h) => h.e_shnum = 0xff00, Z01, O02);
        yield return Header("shnum-zero", (ref Elf64_Ehdr h) => h.e_shnum = 0, Z01, O02);
        yield return Edit("shnum-extended-huge", SampleElf.Build().WithHeader((ref Elf64_Ehdr h) => h.e_shnum = 0).WithSection(0, (ref Elf64_Shdr s) => s.sh_size = ulong.MaxValue), Z01, O02);
        yield return Header("shstrndx-beyond", (ref Elf64_Ehdr h) => h.e_shstrndx = 99, Z01);
        yield return Edit("shstrndx-extended-beyond", SampleElf.Build().WithHeader((ref Elf64_Ehdr h) => h.e_shstrndx = SHN_XINDEX).WithSection(0, (ref Elf64_Shdr s) => s.sh_link = 99), Z01);
        yield return Section("section-name-beyond", SampleElf.SecText, (ref Elf64_Shdr s) => s.sh_name = 0x7fffffff, Z01);
        yield return Section("section-offset-beyond", SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_offset = 0x100000, Z01, O03);
        yield return Section("section-size-max", SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_size = ulong.MaxValue, Z01, Z03);
        yield return Section("section-align-3", SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_addralign = 3, Z01);
        yield return Section("section-link-beyond", SampleElf.SecComment, (ref Elf64_Shdr s) => s.sh_link = 99, Z01);
        yield return Section("symtab-entsize-0", SampleElf.SecSymtab, (ref Elf64_Shdr s) => s.sh_entsize = 0, Z01);
        yield return Section("symtab-size-odd", SampleElf.SecSymtab, (ref Elf64_Shdr s) => s.sh_size--, Z01);
        yield return Section("section-address", SampleElf.SecRodata, (ref Elf64_Shdr s) => s.sh_addr += 0x10, Z02);
        yield return Section("section-nowhere", SampleElf.SecRodata, (ref Elf64_Shdr s) => s.sh_addr = 0x900000, Z02);
        yield return Section("section-writable", SampleElf.SecRodata, (ref Elf64_Shdr s) => s.sh_flags |= SHF_WRITE, Z02);
        yield return Section("section-executable", SampleElf.SecRodata, (ref Elf64_Shdr s) => s.sh_flags |= SHF_EXECINSTR, Z02);
        yield return Section("sections-overlap", SampleElf.SecRodata, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_addr) = (s.sh_offset - 0x10, s.sh_addr - 0x10), Z03);
        yield return Symbol("symbol-outside-section", 2, (ref Elf64_Sym s) => s.st_size = 0x1000, Z03);
        yield return Symbol("symbol-no-section", 2, (ref Elf64_Sym s) => s.st_shndx = 99, Z03);
        yield return Symbol("symbol-undefined", 1, (ref Elf64_Sym s) => (s.st_info, s.st_shndx) = ((STB_GLOBAL << 4) | STT_NOTYPE, SHN_UNDEF), R03);
        yield return Edit("relocation-relr", Relocations(SHT_RELR, 1, SampleElf.Base + SampleElf.DataAt + 0x40), R01);
        yield return Edit("relocation-irelative", Relocations(SHT_RELA, 37, SampleElf.Base + SampleElf.DataAt + 0x40), R01, C01);
        yield return Edit("relocation-glob-dat", Relocations(SHT_RELA, 6, SampleElf.Base + SampleElf.DataAt + 0x40), S04);
        yield return Edit("relocation-of-text", Relocations(SHT_RELA, 37, SampleElf.Entry), R01, R02, C01);
    }

    internal static HostileCase Symbol(string name, int index, Change<Elf64_Sym> change, params RuleId[] rules)
    {
        ElfEdit edit = SampleElf.Build();
        int at = (int)edit.Section(SampleElf.SecSymtab).sh_offset + (index * Elf64_Sym.Size);
        Elf64_Sym symbol = MemoryMarshal.Read<Elf64_Sym>(edit.Bytes.AsSpan(at));
        change(ref symbol);
        MemoryMarshal.Write(edit.Bytes.AsSpan(at), symbol);
        return Edit(name, edit, rules);
    }

    /// <summary>The sample, whose data section becomes a relocation section with one entry.</summary>
    public static ElfEdit Relocations(uint type, ulong kind, ulong target)
    {
        ElfEdit edit = SampleElf.Build().WithSection(SampleElf.SecData, (ref Elf64_Shdr s) =>
        {
            s.sh_type = type;
            s.sh_size = 24;
            s.sh_entsize = 24;
        });
        var entry = new Elf64_Rela { r_offset = target, r_info = kind, r_addend = (long)SampleElf.Entry };
        MemoryMarshal.Write(edit.Bytes.AsSpan(SampleElf.DataAt + 0x10), entry);
        return edit;
    }

    private static int CommentAt => (int)SampleElf.Build().Section(SampleElf.SecComment).sh_offset;

    private static IEnumerable<HostileCase> TableContentFaults()
    {
        yield return Edit("eh-frame-version", SampleElf.Build().Put(SampleElf.EhFrameHdrAt, 2), U01);
        yield return Edit("eh-frame-pointer-encoding", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 1, 0), U01);
        yield return Edit("eh-frame-table-encoding", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 3, 0), U01);
        yield return Edit("eh-frame-pointer-nowhere", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 7, 0x7f), U01);
        yield return Edit("eh-frame-count-max", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 8, 0xff, 0xff, 0xff, 0xff), U01);
        yield return Edit("eh-frame-function-in-data", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 12, 0xc0, 0x1c, 0, 0), U01);
        yield return Segment("eh-frame-nowhere", SampleElf.EhFrame, (ref Elf64_Phdr p) => p.p_vaddr = 0x900000, U01);
        yield return Edit("eh-frame-unsorted", TwoRows(), U01);
        yield return Edit("eh-frame-other-function", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 12, (byte)0xc8), U02);
        yield return Edit("eh-frame-row-nowhere", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 19, 0x7f), U02);
        yield return Edit("eh-frame-row-is-cie", SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 16, 0x20), U02);
        yield return Edit("note-name-huge", SampleElf.Build().Put(SampleElf.NoteAt, 0xff, 0xff, 0xff, 0xff), G01);
        yield return Edit("note-desc-huge", SampleElf.Build().Put(SampleElf.NoteAt + 4, 0xff, 0xff, 0xff, 0xff), G01);
        yield return Segment("note-cut", SampleElf.Note, (ref Elf64_Phdr p) => p.p_filesz = 0x30, G01);
        yield return Segment("note-beyond-file", SampleElf.Note, (ref Elf64_Phdr p) => p.p_offset = 0x100000, G01);
        yield return Edit("isa-v3", Property(7), G02);
        yield return Edit("property-cut", Property(1, size: 0x100), G01);
        yield return Edit("abi-tag", SampleElf.Build().Put(SampleElf.NoteAt + 8, 1));
        yield return Edit("abi-tag-and-one-word", SampleElf.Build().Put(SampleElf.NoteAt + 8, 1).Put(SampleElf.DataAt + 0x20, "LD_LIBRARY_PATH\0"u8));
        yield return Edit("abi-tag-and-two-words", SampleElf.Build().Put(SampleElf.NoteAt + 8, 1).Put(SampleElf.DataAt + 0x20, "LD_LIBRARY_PATH\0gconv_trans"u8), C01);
        yield return Edit("glibc-words-too-few", SampleElf.Build().Put(SampleElf.DataAt + 0x20, "GLIBC_TUNABLES GNU C Library gconv_trans"u8));
        yield return Edit("debug-section", Rename(".comment", ".debug_x"), D01);
        yield return Edit("old-debug-section", Rename(".comment", ".zdebug_"), D01);
        yield return Edit("comment-control-character", SampleElf.Build().Put(CommentAt + 3, 7), D02);
        yield return Edit("comment-without-end", SampleElf.Build().Put(CommentAt + 15, (byte)'!'), D02);
        yield return Edit("musl-size-classes", SampleElf.Build().Put(SampleElf.DataAt + 0x20, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9, 0, 10, 0, 12, 0, 15, 0, 18, 0, 20, 0, 25, 0, 31, 0, 36, 0, 42, 0, 50, 0, 63, 0), C01);
        yield return Edit("musl-printf", SampleElf.Build().Put(SampleElf.DataAt + 0x20, "-+   0X0x\0-0X+0X 0X-0x+0x 0x\0"u8), C01);
        yield return Edit("glibc-words", SampleElf.Build().Put(SampleElf.DataAt + 0x20, "GLIBC_TUNABLES GNU C Library gconv_trans glibc.malloc.x"u8), C01);
        yield return Edit("libc-function", LibcFunction(), C01, O03);
        yield return Edit("provenance-garbage", Provenance(), C02);
        yield return Edit("trailing-zero", SampleElf.Build().Append(0), O02);
        yield return Edit("trailing-elf", SampleElf.Build().Append(SampleElf.Build().Bytes), O02);
        yield return Edit("gap-byte", SampleElf.Build().Put(0x800, 1), O03);
        yield return Edit("dep-v0-garbage", Rename(".comment", ".dep-v0"), D03);
        yield return new HostileCase("tiny-overlapping", Tiny(), [O01, X02, Z01]);
    }

    private static ElfEdit TwoRows()
    {
        ElfEdit edit = SampleElf.Build().Put(SampleElf.EhFrameHdrAt + 8, 2);
        edit.Bytes.AsSpan(SampleElf.EhFrameHdrAt + 12, 8).CopyTo(edit.Bytes.AsSpan(SampleElf.EhFrameHdrAt + 20));
        edit.Bytes[SampleElf.EhFrameHdrAt + 20]--;
        return edit.WithSegment(SampleElf.EhFrame, (ref Elf64_Phdr p) => p.p_filesz = p.p_memsz = 28).WithSection(SampleElf.SecEhFrameHdr, (ref Elf64_Shdr s) => s.sh_size = 28);
    }

    internal static ElfEdit Property(byte isa, int size = 4)
    {
        byte[] note = [4, 0, 0, 0, 16, 0, 0, 0, 5, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0, 0x02, 0x80, 0x00, 0xc0, (byte)size, (byte)(size >> 8), 0, 0, isa, 0, 0, 0, 0, 0, 0, 0];
        return SampleElf.Build().Put(SampleElf.NoteAt, new byte[0x40]).Put(SampleElf.NoteAt, note)
            .WithSegment(SampleElf.Note, (ref Elf64_Phdr p) => (p.p_filesz, p.p_memsz, p.p_align) = (32, 32, 8));
    }

    private static ElfEdit LibcFunction()
    {
        ElfEdit edit = SampleElf.Build();
        ulong end = (ulong)edit.Bytes.Length;
        edit.Append("\0data\0__libc_start_main\0"u8);
        return edit.WithSection(SampleElf.SecStrtab, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (end, 24));
    }

    private static ElfEdit Provenance()
    {
        ElfEdit edit = SampleElf.Build();
        return edit.Put(SampleElf.NoteAt + 36, 9, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0).Put(SampleElf.NoteAt + 48, "fullrust\0"u8);
    }

    // Header and one program header in 104 bytes: the table begins inside the header. The code is exit(42) as well.
    private static byte[] Tiny()
    {
        var bytes = new byte[0x90];
        var edit = new ElfEdit(bytes);
        edit.Put(0, "\u007fELF"u8).Put(4, 2, 1, 1);
        edit.WithHeader((ref Elf64_Ehdr h) => (h.e_type, h.e_machine, h.e_version, h.e_entry, h.e_phoff) = (ET_EXEC, EM_X86_64, 1, 0x400078, 56));
        edit.WithHeader((ref Elf64_Ehdr h) => (h.e_ehsize, h.e_phentsize, h.e_phnum) = (64, 56, 1));
        // e_phnum 1 and the zeros behind it are p_type 1 (PT_LOAD); e_shnum and e_shstrndx are p_flags.
        edit.Put(56, 1, 0, 0, 0, 5, 0, 0, 0);
        edit.WithSegment(0, (ref Elf64_Phdr p) => (p.p_vaddr, p.p_paddr, p.p_filesz, p.p_memsz, p.p_align) = (0x400000, 0x400000, 0x90, 0x90, 0x1000));
        edit.Put(0x78, 0xb8, 60, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05);
        return edit.Bytes;
    }
}
