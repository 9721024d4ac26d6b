// --separate-debug-file: the finished image becomes two files. The program loses its debug sections and names the other file, with that
// file's CRC-32, in .gnu_debuglink (gdb manual, "Debugging Information in Separate Files"); the other file has all sections of the image
// under their numbers and addresses, but no bytes for what is loaded, notes aside: by the build-id among them the two are known to belong together.

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Reports;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

internal sealed class DebugFileSplit
{
    private readonly OutputImage _image;
    private readonly OutputLayout _layout;
    private readonly LinkOptions _options;
    private readonly Elf64_Shdr[] _headers;

    private DebugFileSplit(OutputImage image, OutputLayout layout, LinkOptions options)
    {
        _image = image;
        _layout = layout;
        _options = options;
        Elf64_Ehdr header = MemoryMarshal.Read<Elf64_Ehdr>(image.Bytes.Slice(0, Elf64_Ehdr.Size).Span);
        NativeBytes first = image.Bytes.Slice((long)header.e_shoff, Elf64_Shdr.Size);
        long count = header.e_shnum != 0 ? header.e_shnum : (long)first.Cast<Elf64_Shdr>()[0].sh_size;
        _headers = image.Bytes.Slice((long)header.e_shoff, count * Elf64_Shdr.Size).Cast<Elf64_Shdr>().ToArray();
    }

    /// <summary>Splits the image, which it disposes.</summary>
    /// <param name="image">The image with everything in it.</param>
    /// <param name="layout">Its plan.</param>
    /// <param name="options">The name of the debug file, and what is stripped from the program.</param>
    /// <param name="reports">Takes the debug file.</param>
    /// <param name="sink">Takes the error when the debug file is too large.</param>
    /// <returns>The program, or null after an error was reported.</returns>
    internal static OutputImage? Split(OutputImage image, OutputLayout layout, LinkOptions options, List<LinkReport> reports, DiagnosticSink sink)
    {
        using (image)
        {
            string path = options.SeparateDebugFile is { Length: > 0 } name ? name : options.OutputPath + ".dbg";
            if (image.Length - (long)FirstNotLoaded(layout) > Array.MaxLength / 2)
            {
                sink.Error(DiagnosticId.CannotWrite, $"{path}: more than 1 GiB of debug information cannot be put into a file of its own");
                return null;
            }

            var split = new DebugFileSplit(image, layout, options);
            byte[] debug = split.MakeDebugFile();
            var checksum = default(Crc32);
            checksum.Add(debug);
            reports.Add(new LinkReport(path, debug));
            return new OutputImage(split.MakeProgram(Path.GetFileName(path), checksum.Value));
        }
    }

    private static ulong FirstNotLoaded(OutputLayout layout)
    {
        ulong end = (ulong)(Elf64_Ehdr.Size + (layout.Segments.Count * Elf64_Phdr.Size));
        foreach (OutputSection section in layout.Sections)
            end = section.IsAllocated ? Math.Max(end, section.FileOffset + section.SizeInFile) : end;
        return end;
    }

    private byte[] MakeDebugFile()
    {
        var output = new MemoryStream();
        output.Write(_image.Bytes.Slice(0, Elf64_Ehdr.Size + (_layout.Segments.Count * Elf64_Phdr.Size)).Span);
        var headers = (Elf64_Shdr[])_headers.Clone();
        for (int i = 1; i < headers.Length; i++)
        {
            bool isLoaded = (headers[i].sh_flags & SHF_ALLOC) != 0 && headers[i].sh_type != SHT_NOTE;
            headers[i].sh_type = isLoaded ? SHT_NOBITS : headers[i].sh_type;
            headers[i].sh_offset = Add(output, isLoaded ? default : ContentsOf(_headers[i]), headers[i].sh_addralign);
        }

        ulong table = Add(output, MemoryMarshal.AsBytes(headers.AsSpan()), 8);
        byte[] bytes = output.ToArray();
        MemoryMarshal.Cast<byte, Elf64_Ehdr>(bytes)[0].e_shoff = table;
        EmptySegments(MemoryMarshal.Cast<byte, Elf64_Phdr>(bytes.AsSpan(Elf64_Ehdr.Size, _layout.Segments.Count * Elf64_Phdr.Size)), headers);
        return bytes;
    }

    // A debugger takes addresses from the segments; of their bytes only the notes are here.
    private static void EmptySegments(Span<Elf64_Phdr> segments, Elf64_Shdr[] headers)
    {
        foreach (ref Elf64_Phdr segment in segments)
        {
            if (segment.p_type is PT_NOTE or PT_GNU_PROPERTY && Array.FindIndex(headers, At(segment.p_vaddr)) is >= 0 and int note)
            {
                segment.p_offset = headers[note].sh_offset;
                continue;
            }

            // The headers themselves are here, and what maps them says so.
            bool hasHeaders = segment.p_type == PT_PHDR || (segment.p_type == PT_LOAD && segment.p_offset == 0 && segment.p_filesz != 0);
            segment.p_filesz = hasHeaders ? Math.Min(segment.p_filesz, (ulong)(Elf64_Ehdr.Size + (segments.Length * Elf64_Phdr.Size))) : 0;
            if (!hasHeaders)
                segment.p_offset = segment.p_align > 1 ? segment.p_vaddr & (segment.p_align - 1) : 0;
        }
    }

    private static Predicate<Elf64_Shdr> At(ulong address) => h => h.sh_type == SHT_NOTE && h.sh_addr == address;

    private NativeBuffer MakeProgram(string debugName, uint checksum)
    {
        long loaded = (long)FirstNotLoaded(_layout);
        int[] newIndex = NumberKept(out int kept);
        NativeBytes names = NamesOf();
        var nameTable = new MemoryStream();
        nameTable.WriteByte(0);
        var headers = new Elf64_Shdr[kept + 1];
        var tail = new MemoryStream();
        for (int i = 1; i < _headers.Length; i++)
        {
            if (newIndex[i] == 0)
                continue;
            ref Elf64_Shdr header = ref headers[newIndex[i]];
            header = _headers[i];
            header.sh_name = AddName(nameTable, NameOf(names, i));
            header.sh_link = header.sh_link < (uint)newIndex.Length ? (uint)newIndex[header.sh_link] : 0;
            if ((header.sh_flags & SHF_ALLOC) != 0)
                continue;
            ReadOnlySpan<byte> contents = ContentsOf(_headers[i]);
            header.sh_offset = Add(tail, header.sh_type == SHT_SYMTAB ? Renumber(contents, newIndex) : contents, header.sh_addralign, loaded);
        }

        headers[kept] = new Elf64_Shdr { sh_name = AddName(nameTable, ".gnu_debuglink"u8), sh_type = SHT_PROGBITS, sh_addralign = 4 };
        byte[] link = LinkTo(debugName, checksum);
        headers[kept].sh_offset = Add(tail, link, 4, loaded);
        headers[kept].sh_size = (ulong)link.Length;
        return Assemble(headers, newIndex, tail, nameTable, loaded);
    }

    private NativeBuffer Assemble(Elf64_Shdr[] headers, int[] newIndex, MemoryStream tail, MemoryStream nameTable, long loaded)
    {
        Elf64_Ehdr header = MemoryMarshal.Read<Elf64_Ehdr>(_image.Bytes.Slice(0, Elf64_Ehdr.Size).Span);
        int names = newIndex[header.e_shstrndx == SHN_XINDEX ? (int)_headers[0].sh_link : header.e_shstrndx];
        headers[names].sh_offset = Add(tail, nameTable.ToArray(), 1, loaded);
        headers[names].sh_size = (ulong)nameTable.Length;
        bool isExtended = headers.Length >= SHN_LORESERVE;
        headers[0] = isExtended ? new Elf64_Shdr { sh_size = (ulong)headers.Length, sh_link = (uint)names } : default;
        header.e_shoff = Add(tail, MemoryMarshal.AsBytes(headers.AsSpan()), 8, loaded);
        header.e_shnum = isExtended ? (ushort)0 : (ushort)headers.Length;
        header.e_shstrndx = isExtended ? SHN_XINDEX : (ushort)names;
        var buffer = new NativeBuffer(loaded + tail.Length);
        const long Step = 1L << 30;
        for (long at = 0; at < loaded; at += Step)
            _image.Bytes.Slice(at, Math.Min(Step, loaded - at)).Span.CopyTo(buffer.Slice(at, Math.Min(Step, loaded - at)));
        tail.GetBuffer().AsSpan(0, (int)tail.Length).CopyTo(buffer.Slice(loaded, tail.Length));
        MemoryMarshal.Write(buffer.Slice(0, Elf64_Ehdr.Size), in header);
        return buffer;
    }

    private int[] NumberKept(out int next)
    {
        NativeBytes names = NamesOf();
        int[] newIndex = new int[_headers.Length];
        next = 1;
        for (int i = 1; i < newIndex.Length; i++)
        {
            if (IsKept(i, NameOf(names, i)))
                newIndex[i] = next++;
        }

        return newIndex;
    }

    private bool IsKept(int index, ReadOnlySpan<byte> name)
    {
        ref readonly Elf64_Shdr header = ref _headers[index];
        if ((header.sh_flags & SHF_ALLOC) != 0)
            return true;
        if (SectionClassifier.IsDebug(name))
            return false;
        bool isSymbols = header.sh_type is SHT_SYMTAB or SHT_SYMTAB_SHNDX || name.SequenceEqual(".strtab"u8);
        return !isSymbols || _options.ProgramStrip != StripPolicy.All;
    }

    // Debug sections stand behind all that symbols are defined in, so that indices that do not fit (SHT_SYMTAB_SHNDX) never change.
    private static byte[] Renumber(ReadOnlySpan<byte> contents, int[] newIndex)
    {
        byte[] bytes = contents.ToArray();
        foreach (ref Elf64_Sym symbol in MemoryMarshal.Cast<byte, Elf64_Sym>(bytes))
        {
            if (symbol.st_shndx < SHN_LORESERVE && symbol.st_shndx < newIndex.Length)
                symbol.st_shndx = (ushort)newIndex[symbol.st_shndx];
        }

        return bytes;
    }

    private static byte[] LinkTo(string name, uint checksum)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] link = new byte[((text.Length + 4) & ~3) + 4];
        text.CopyTo(link, 0);
        MemoryMarshal.Write(link.AsSpan(link.Length - 4), in checksum);
        return link;
    }

    private NativeBytes NamesOf()
    {
        Elf64_Ehdr header = MemoryMarshal.Read<Elf64_Ehdr>(_image.Bytes.Slice(0, Elf64_Ehdr.Size).Span);
        ref readonly Elf64_Shdr names = ref _headers[header.e_shstrndx == SHN_XINDEX ? (int)_headers[0].sh_link : header.e_shstrndx];
        return _image.Bytes.Slice((long)names.sh_offset, (long)names.sh_size);
    }

    private ReadOnlySpan<byte> NameOf(NativeBytes names, int index) => names.TryString(_headers[index].sh_name, out NativeBytes name) ? name.Span : default;

    private ReadOnlySpan<byte> ContentsOf(in Elf64_Shdr header) => header.sh_type == SHT_NOBITS ? default : _image.Bytes.Slice((long)header.sh_offset, (long)header.sh_size).Span;

    private static uint AddName(MemoryStream table, ReadOnlySpan<byte> name)
    {
        uint at = (uint)table.Length;
        table.Write(name);
        table.WriteByte(0);
        return at;
    }

    private static ulong Add(MemoryStream output, ReadOnlySpan<byte> bytes, ulong alignment, long origin = 0)
    {
        while (((ulong)(origin + output.Length) & (Math.Max(alignment, 1) - 1)) != 0 && !bytes.IsEmpty)
            output.WriteByte(0);
        ulong at = (ulong)(origin + output.Length);
        output.Write(bytes);
        return at;
    }
}
