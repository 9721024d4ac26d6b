// The executable bytes of a file and where functions begin: at symbols, at the functions of the unwind table, at the entry point, and at
// the beginning of each segment, so that every executable byte belongs to one function.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Native;
using FullRust.ElfVerify.Rules;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Syscalls;

internal sealed class CodeMap
{
    private readonly List<(ulong Address, byte[] Bytes)> _blocks = [];
    private readonly List<(ulong Address, byte[] Bytes)> _data = [];
    private readonly Dictionary<ulong, byte[]> _names = [];
    private readonly List<ulong> _starts = [];

    internal CodeMap(in ElfBinary binary)
    {
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_LOAD || segment.p_filesz > segment.p_memsz || !binary.Image.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan bytes))
                continue;
            if (bytes.Length == 0 || segment.p_vaddr > ulong.MaxValue - segment.p_filesz)
                continue;
            if ((segment.p_flags & PF_X) == 0)
            {
                _data.Add((segment.p_vaddr, WithoutHeaders(binary, segment, bytes.Bytes.ToArray())));
                continue;
            }

            _blocks.Add((segment.p_vaddr, bytes.Bytes.ToArray()));
            _starts.Add(segment.p_vaddr);
        }

        AddStart(binary.Header.e_entry);
        AddSymbols(binary);
        AddUnwindFunctions(binary);
        _starts.Sort();
        for (int i = _starts.Count - 1; i > 0; i--)
        {
            if (_starts[i] == _starts[i - 1])
                _starts.RemoveAt(i);
        }
    }

    /// <summary>Where functions begin, ascending.</summary>
    internal IReadOnlyList<ulong> Starts => _starts;

    /// <summary>The bytes of a function: up to the next one or the end of its segment.</summary>
    internal ReadOnlyMemory<byte> BytesOf(int function)
    {
        ulong start = _starts[function];
        foreach ((ulong address, byte[] bytes) in _blocks)
        {
            if (start < address || start - address >= (ulong)bytes.Length)
                continue;
            ulong end = address + (ulong)bytes.Length;
            if (function + 1 < _starts.Count)
                end = Math.Min(end, _starts[function + 1]);
            return bytes.AsMemory((int)(start - address), (int)(end - start));
        }

        return default;
    }

    /// <summary>The function that an address is in, or -1.</summary>
    internal int FunctionAt(ulong address)
    {
        int at = _starts.BinarySearch(address);
        return at >= 0 ? at : ~at - 1;
    }

    internal ReadOnlySpan<byte> NameAt(ulong address)
    {
        int function = FunctionAt(address);
        return function >= 0 && _names.TryGetValue(_starts[function], out byte[]? name) ? name : default;
    }

    /// <summary>Reads a 32-bit number from a segment that is not executable, such as an entry of a jump table.</summary>
    internal bool TryReadInt32(ulong address, out int value)
    {
        foreach ((ulong start, byte[] bytes) in _data)
        {
            if (address < start || address - start > (ulong)bytes.Length || (ulong)bytes.Length - (address - start) < 4)
                continue;
            value = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((int)(address - start)));
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Whether a segment that is not executable holds an address as a 64-bit number: a pointer through which it may be called.</summary>
    internal bool IsStoredInData(ulong address)
    {
        Span<byte> pattern = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(pattern, address);
        foreach ((ulong _, byte[] bytes) in _data)
        {
            if (bytes.AsSpan().IndexOf(pattern) >= 0)
                return true;
        }

        return false;
    }

    internal int CountSyscallEncodings()
    {
        int count = 0;
        foreach ((ulong _, byte[] bytes) in _blocks)
            count += System.MemoryExtensions.Count(bytes.AsSpan(), [(byte)0x0f, (byte)0x05]);
        return count;
    }

    // Program headers hold addresses of segments, which are addresses of functions, but nobody calls through them.
    private static byte[] WithoutHeaders(in ElfBinary binary, in Elf64_Phdr segment, byte[] bytes)
    {
        ulong tableEnd = binary.Header.e_phoff + ((ulong)binary.Segments.Length * Elf64_Phdr.Size);
        if (segment.p_offset <= binary.Header.e_phoff && tableEnd > segment.p_offset)
            Array.Clear(bytes, 0, (int)Math.Min(tableEnd - segment.p_offset, (ulong)bytes.Length));
        return bytes;
    }

    private void AddStart(ulong address)
    {
        foreach ((ulong start, byte[] bytes) in _blocks)
        {
            if (address >= start && address - start < (ulong)bytes.Length)
            {
                _starts.Add(address);
                return;
            }
        }
    }

    private void AddSymbols(in ElfBinary binary)
    {
        ReadOnlySpan<Elf64_Shdr> rows = binary.Sections.Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].sh_type != SHT_SYMTAB || !SymbolRules.TryTable(binary, i, out ReadOnlySpan<Elf64_Sym> symbols, out ElfSpan names))
                continue;
            foreach (ref readonly Elf64_Sym symbol in symbols)
            {
                if (symbol.Type != STT_FUNC || symbol.st_shndx == SHN_UNDEF)
                    continue;
                AddStart(symbol.st_value);
                if (names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name))
                    _names.TryAdd(symbol.st_value, name.ToArray());
            }
        }
    }

    private void AddUnwindFunctions(in ElfBinary binary)
    {
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_GNU_EH_FRAME || !binary.TryFileRange(segment.p_vaddr, segment.p_filesz, out ElfSpan table, out _))
                continue;
            ReadOnlySpan<byte> bytes = table.Bytes;
            if (bytes.Length < 12 || bytes[0] != 1 || bytes[2] != 3 || bytes[3] != 0x3b)
                continue;
            uint count = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), (uint)(bytes.Length - 12) / 8);
            for (int i = 0; i < count; i++)
                AddStart(unchecked(segment.p_vaddr + (ulong)BinaryPrimitives.ReadInt32LittleEndian(bytes[(12 + (8 * i))..])));
        }
    }
}
