// Which system calls a program can make, from the file alone: executable segments are disassembled function by function, and the number
// in eax is followed through each function and, where a function takes it as an argument, through its callers. What cannot be followed
// is said to be unknown; nothing is guessed.

using System;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Demangling;
using FullRust.Elf.Dwarf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Syscalls;

/// <summary>The system calls that a program can make. Immutable.</summary>
public sealed class SyscallInventory
{
    private SyscallInventory(List<SyscallSite> sites, int strayEncodings)
    {
        Sites = sites;
        StrayEncodings = strayEncodings;
        var numbers = new SortedSet<int>();
        IsComplete = true;
        foreach (SyscallSite site in sites)
        {
            numbers.UnionWith(site.Numbers);
            IsComplete &= site.IsKnown;
        }

        Numbers = [.. numbers];
    }

    /// <summary>The places that enter the kernel, by address.</summary>
    public IReadOnlyList<SyscallSite> Sites { get; }

    /// <summary>The numbers of all known calls, ascending.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>Whether every place is a syscall instruction whose numbers are known.</summary>
    public bool IsComplete { get; }

    /// <summary>Byte pairs 0f 05 in executable segments that are not the beginning of a decoded syscall instruction.</summary>
    public int StrayEncodings { get; }

    /// <summary>Takes the inventory of a file. Never throws for bad input; thread-safe.</summary>
    /// <param name="image">All bytes of the file.</param>
    /// <returns>The inventory; empty for what is not an x86-64 ELF file.</returns>
    public static SyscallInventory Of(ReadOnlySpan<byte> image)
    {
        Elf64_Ehdr header = ElfBinary.ReadHeader(image);
        if (!image.StartsWith("\u007fELF"u8) || header.e_machine != EM_X86_64)
            return new SyscallInventory([], 0);
        return Of(ElfBinary.Create(image, header, readSections: true));
    }

    internal static SyscallInventory Of(in ElfBinary binary)
    {
        var code = new CodeMap(binary);
        Dictionary<ulong, SiteFacts> found = SyscallFinder.Find(code);
        var sites = new List<SyscallSite>(found.Count);
        foreach ((ulong address, SiteFacts facts) in found)
            sites.Add(Describe(binary, code, address, facts));
        sites.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        return new SyscallInventory(sites, code.CountSyscallEncodings() - CountSyscalls(sites));
    }

    private static int CountSyscalls(List<SyscallSite> sites)
    {
        int count = 0;
        foreach (SyscallSite site in sites)
            count += site.Entry == SyscallEntry.Syscall ? 1 : 0;
        return count;
    }

    private static SyscallSite Describe(in ElfBinary binary, CodeMap code, ulong address, SiteFacts facts)
    {
        binary.TryFileRange(address, 1, out _, out ulong offset);
        ReadOnlySpan<byte> name = code.NameAt(address);
        string function = name.IsEmpty ? "" : PrintableText.Escape(Demangler.Demangle(name));
        SourceLocation? location = LineTableOf(binary).TryFind(address, out SourceLocation place) ? place : null;
        return new SyscallSite(facts.Entry, address, offset, facts.Numbers, function, location);
    }

    private static LineTable LineTableOf(in ElfBinary binary) => new(Contents(binary, ".debug_line"u8), Contents(binary, ".debug_line_str"u8), Contents(binary, ".debug_str"u8));

    private static ReadOnlySpan<byte> Contents(in ElfBinary binary, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly Elf64_Shdr row in binary.Sections.Rows)
        {
            bool isPlain = row.sh_type == SHT_PROGBITS && (row.sh_flags & SHF_COMPRESSED) == 0;
            if (isPlain && binary.Sections.NameOf(row).SequenceEqual(name) && binary.Image.TrySlice(row.sh_offset, row.sh_size, out ElfSpan bytes))
                return bytes.Bytes;
        }

        return default;
    }
}
