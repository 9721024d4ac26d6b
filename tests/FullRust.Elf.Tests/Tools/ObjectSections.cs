// The sections of an ELF file by name, as tests of section contents need them.

using System;
using System.Runtime.InteropServices;
using System.Text;
using FullRust.Elf.Native;

namespace FullRust.Elf.Tests.Tools;

internal sealed class ObjectSections
{
    private readonly byte[] _file;

    public ObjectSections(byte[] file) => _file = file;

    private ReadOnlySpan<Elf64_Shdr> Headers
    {
        get
        {
            Elf64_Ehdr header = MemoryMarshal.Read<Elf64_Ehdr>(_file);
            return MemoryMarshal.Cast<byte, Elf64_Shdr>(_file.AsSpan((int)header.e_shoff, header.e_shnum * Elf64_Shdr.Size));
        }
    }

    public ReadOnlySpan<byte> this[string name] => IndexOf(name) is var index and not 0 ? Contents(Headers[(int)index]) : default;

    public uint IndexOf(string name)
    {
        ReadOnlySpan<byte> names = Contents(Headers[MemoryMarshal.Read<Elf64_Ehdr>(_file).e_shstrndx]);
        byte[] wanted = Encoding.ASCII.GetBytes(name + "\0");
        for (int i = 1; i < Headers.Length; i++)
        {
            if (names[(int)Headers[i].sh_name..].StartsWith(wanted))
                return (uint)i;
        }

        return 0;
    }

    public ReadOnlySpan<Elf64_Rela> Relocations(string section) => MemoryMarshal.Cast<byte, Elf64_Rela>(this[".rela" + section]);

    public bool TryResolve(uint symbol, out uint section, out ulong value)
    {
        Elf64_Sym entry = MemoryMarshal.Cast<byte, Elf64_Sym>(this[".symtab"])[(int)symbol];
        section = entry.st_shndx;
        value = entry.st_value;
        return section is not 0 and < 0xff00;
    }

    private ReadOnlySpan<byte> Contents(in Elf64_Shdr header) => _file.AsSpan((int)header.sh_offset, (int)header.sh_size);
}
