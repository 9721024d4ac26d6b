// A small program without a fault: every kind of program header and section that a rule speaks about, laid out as a linker would.
// It leaves with exit code 42, so that a run of the right code can be told from everything else.
//
//   offset  address            what
//   0x0000  0x400000  r--      header, program headers, notes, .eh_frame_hdr, .eh_frame, .rodata
//   0x1000  0x401000  r-x      .text
//   0x2000  0x402000  rw-      .tdata, .data; .bss up to 0x403100
//   0x2100                     .comment, .symtab, .strtab, .shstrtab, section headers

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.HostileElf;

/// <summary>A small program without a fault.</summary>
public static class SampleElf
{
    /// <summary>Indices of its program headers.</summary>
    public const int Phdr = 0, LoadHeaders = 1, LoadText = 2, LoadData = 3, Tls = 4, RelRo = 5, EhFrame = 6, Note = 7, Stack = 8, Spare = 9;

    /// <summary>Indices of its sections.</summary>
    public const int SecNote = 1, SecEhFrameHdr = 2, SecEhFrame = 3, SecRodata = 4, SecText = 5, SecTdata = 6, SecData = 7, SecBss = 8, SecComment = 9,
        SecSymtab = 10, SecStrtab = 11, SecShstrtab = 12;

    /// <summary>The image's address.</summary>
    public const ulong Base = 0x400000;

    /// <summary>The exit code that says that the right code ran.</summary>
    public const int ExitCode = 42;

    /// <summary>Offsets of its parts.</summary>
    public const int NoteAt = 0x300, EhFrameHdrAt = 0x340, EhFrameAt = 0x360, RodataAt = 0x3a0, TextAt = 0x1000, DataAt = 0x2000;

    // mov eax, 60 (exit); mov edi, 42; syscall
    private static readonly byte[] s_code = [0xb8, 60, 0, 0, 0, 0xbf, ExitCode, 0, 0, 0, 0x0f, 0x05];

    /// <summary>The address of its first instruction.</summary>
    public static ulong Entry => Base + TextAt;

    /// <summary>Builds the file.</summary>
    public static ElfEdit Build()
    {
        var file = new byte[0x2100];
        s_code.CopyTo(file, TextAt);
        WriteNotes(file);
        WriteUnwindTable(file);
        Encoding.ASCII.GetBytes("hello\0").CopyTo(file, RodataAt);
        file[DataAt] = 1;
        WriteSegments(file);
        var stream = new MemoryStream();
        stream.Write(file);
        (long sectionTable, int count) = WriteSections(stream);
        byte[] bytes = stream.ToArray();
        var header = new Elf64_Ehdr
        {
            e_type = ET_EXEC,
            e_machine = EM_X86_64,
            e_version = 1,
            e_entry = Entry,
            e_phoff = 64,
            e_shoff = (ulong)sectionTable,
            e_ehsize = 64,
            e_phentsize = 56,
            e_phnum = Spare + 1,
            e_shentsize = 64,
            e_shnum = (ushort)count,
            e_shstrndx = SecShstrtab,
        };
        header.e_ident.Magic = Elf64_Ehdr.Magic;
        header.e_ident.Class = ELFCLASS64;
        header.e_ident.Data = ELFDATA2LSB;
        header.e_ident.Version = EV_CURRENT;
        MemoryMarshal.Write(bytes, header);
        return new ElfEdit(bytes);
    }

    private static void WriteSegments(byte[] file)
    {
        const int Count = Spare + 1;
        Elf64_Phdr[] table =
        [
            Make(PT_PHDR, PF_R, 64, Count * 56, Count * 56, 8),
            Make(PT_LOAD, PF_R, 0, 0x3b0, 0x3b0, 0x1000),
            Make(PT_LOAD, PF_R | PF_X, TextAt, 0x40, 0x40, 0x1000),
            Make(PT_LOAD, PF_R | PF_W, DataAt, 0x100, 0x1100, 0x1000),
            Make(PT_TLS, PF_R, DataAt, 0x10, 0x20, 16),
            Make(PT_GNU_RELRO, PF_R, DataAt, 0x100, 0x1000, 1),
            Make(PT_GNU_EH_FRAME, PF_R, EhFrameHdrAt, 20, 20, 4),
            Make(PT_NOTE, PF_R, NoteAt, 0x40, 0x40, 4),
            new Elf64_Phdr { p_type = PT_GNU_STACK, p_flags = PF_R | PF_W, p_align = 16 },
            new Elf64_Phdr(),
        ];
        MemoryMarshal.AsBytes(table.AsSpan()).CopyTo(file.AsSpan(64));
    }

    private static Elf64_Phdr Make(uint type, uint flags, ulong offset, ulong fileSize, ulong memorySize, ulong alignment) => new()
    {
        p_type = type,
        p_flags = flags,
        p_offset = offset,
        p_vaddr = Base + offset,
        p_paddr = Base + offset,
        p_filesz = fileSize,
        p_memsz = memorySize,
        p_align = alignment,
    };

    // A build id of 20 bytes, then an ISA level property would need a segment of its own: two notes in one segment of alignment 4.
    private static void WriteNotes(byte[] file)
    {
        Span<byte> note = file.AsSpan(NoteAt);
        Put(note, 0, 4);
        Put(note, 4, 20);
        Put(note, 8, (int)NT_GNU_BUILD_ID);
        "GNU\0"u8.CopyTo(note[12..]);
        note.Slice(16, 20).Fill(0xab);
        Span<byte> second = note[36..];
        Put(second, 0, 5);
        Put(second, 4, 8);
        Put(second, 8, 7);
        "demo\0"u8.CopyTo(second[12..]);
    }

    private static void WriteUnwindTable(byte[] file)
    {
        Span<byte> header = file.AsSpan(EhFrameHdrAt);
        new byte[] { 1, 0x1b, 0x03, 0x3b }.CopyTo(header);
        Put(header, 4, EhFrameAt - EhFrameHdrAt - 4);
        Put(header, 8, 1);
        Put(header, 12, TextAt - EhFrameHdrAt);
        Put(header, 16, EhFrameAt + 24 - EhFrameHdrAt);

        Span<byte> frames = file.AsSpan(EhFrameAt);
        Put(frames, 0, 20);
        new byte[] { 1, (byte)'z', (byte)'R', 0, 1, 0x78, 16, 1, 0x1b, 0x0c, 7, 8, 0x90, 1, 0, 0 }.CopyTo(frames[8..]);
        Put(frames, 24, 20);
        Put(frames, 28, 28);
        Put(frames, 32, TextAt - (EhFrameAt + 32));
        Put(frames, 36, s_code.Length);
    }

    private static void Put(Span<byte> target, int at, int value) => MemoryMarshal.Write(target[at..], value);

    private static (long Table, int Count) WriteSections(MemoryStream stream)
    {
        var names = new StringBuilder("\0");
        var rows = new List<Elf64_Shdr> { default };
        Add(rows, names, ".note.demo", SHT_NOTE, SHF_ALLOC, NoteAt, 0x40, 4);
        Add(rows, names, ".eh_frame_hdr", SHT_PROGBITS, SHF_ALLOC, EhFrameHdrAt, 20, 4);
        Add(rows, names, ".eh_frame", SHT_PROGBITS, SHF_ALLOC, EhFrameAt, 0x38, 8);
        Add(rows, names, ".rodata", SHT_PROGBITS, SHF_ALLOC, RodataAt, 0x10, 1);
        Add(rows, names, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, TextAt, 0x40, 16);
        Add(rows, names, ".tdata", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS, DataAt, 0x10, 16);
        Add(rows, names, ".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, DataAt + 0x10, 0xf0, 16);
        Add(rows, names, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, DataAt + 0x100, 0x1000, 16);
        AddUnloaded(stream, rows, names, ".comment", SHT_PROGBITS, "demo linker 1.0\0"u8, 0, 0);
        Elf64_Sym[] symbols =
        [
            default,
            new() { st_name = 1, st_info = STT_OBJECT, st_shndx = SecData, st_value = Base + DataAt + 0x10, st_size = 8 },
            new() { st_name = 6, st_info = (STB_GLOBAL << 4) | STT_FUNC, st_shndx = SecText, st_value = Entry, st_size = (ulong)s_code.Length },
        ];
        AddUnloaded(stream, rows, names, ".symtab", SHT_SYMTAB, MemoryMarshal.AsBytes(symbols.AsSpan()), SecStrtab, 24);
        AddUnloaded(stream, rows, names, ".strtab", SHT_STRTAB, "\0data\0_start\0other\0"u8, 0, 0);
        uint nameOfNames = (uint)names.Length;
        names.Append(".shstrtab\0");
        byte[] nameBytes = Encoding.ASCII.GetBytes(names.ToString());
        rows.Add(new Elf64_Shdr { sh_name = nameOfNames, sh_type = SHT_STRTAB, sh_offset = (ulong)stream.Length, sh_size = (ulong)nameBytes.Length, sh_addralign = 1 });
        stream.Write(nameBytes);
        while (stream.Length % 8 != 0)
            stream.WriteByte(0);
        long table = stream.Length;
        stream.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(rows)));
        return (table, rows.Count);
    }

    private static void Add(List<Elf64_Shdr> rows, StringBuilder names, string name, uint type, ulong flags, ulong offset, ulong size, ulong alignment)
    {
        rows.Add(new Elf64_Shdr
        {
            sh_name = (uint)names.Length,
            sh_type = type,
            sh_flags = flags,
            sh_addr = Base + offset,
            sh_offset = offset,
            sh_size = size,
            sh_addralign = alignment,
        });
        names.Append(name).Append('\0');
    }

    private static void AddUnloaded(MemoryStream stream, List<Elf64_Shdr> rows, StringBuilder names, string name, uint type, ReadOnlySpan<byte> contents, uint link, ulong entrySize)
    {
        while (stream.Length % 8 != 0)
            stream.WriteByte(0);
        rows.Add(new Elf64_Shdr
        {
            sh_name = (uint)names.Length,
            sh_type = type,
            sh_offset = (ulong)stream.Length,
            sh_size = (ulong)contents.Length,
            sh_link = link,
            sh_addralign = 8,
            sh_entsize = entrySize,
        });
        names.Append(name).Append('\0');
        stream.Write(contents);
    }
}
