// Compares the functions of two outputs of the same objects instruction by instruction, with addresses replaced by what is there: a
// symbol, or the first bytes of a constant. Loading an address from the GOT and computing it are the same; padding is nothing.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.TestKit.Elf;
using Iced.Intel;
using static FullRust.Elf.Native.ElfConstants;
using Decoder = Iced.Intel.Decoder;

namespace FullRust.Linker.Tests.Comparison;

internal sealed class CodeComparer
{
    private readonly ElfReader _elf;
    private readonly ElfSymbol[] _byAddress;
    private readonly ElfSection? _got;

    internal CodeComparer(ElfReader elf)
    {
        _elf = elf;
        _got = elf.Sections.FirstOrDefault(static s => s.Name == ".got");
        _byAddress = [.. elf.Symbols.Where(static s => s.Size > 0 && !s.IsUndefined && s.Type is STT_FUNC or STT_OBJECT).OrderBy(static s => s.Value).ThenBy(static s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>Functions whose name occurs once, with their code.</summary>
    internal IReadOnlyDictionary<string, string> Functions()
    {
        var result = new Dictionary<string, string>();
        foreach (IGrouping<string, ElfSymbol> group in _byAddress.Where(static s => s.Type == STT_FUNC).GroupBy(static s => s.Name))
        {
            if (group.Count() == 1)
                result[group.Key] = Describe(group.Single());
        }

        return result;
    }

    private string Describe(ElfSymbol function)
    {
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(_elf.At(function.Value, (int)function.Size)), function.Value);
        var lines = new List<string>();
        while (decoder.IP < function.Value + function.Size)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.Mnemonic is not (Mnemonic.Nop or Mnemonic.Int3))
                lines.Add(Describe(instruction, function));
        }

        return string.Join('\n', lines);
    }

    private string Describe(in Instruction instruction, ElfSymbol function)
    {
        if (instruction.Op0Kind == OpKind.NearBranch64)
            return $"{instruction.Mnemonic} {Name(instruction.NearBranchTarget, function)}";
        if (instruction.IsIPRelativeMemoryOperand)
            return DescribeMemory(instruction, function);
        if (instruction.Op1Kind is OpKind.Immediate32 or OpKind.Immediate32to64 or OpKind.Immediate64 && IsMapped(instruction.GetImmediate(1)))
            return $"{instruction.Mnemonic} {instruction.Op0Register} {instruction.MemoryBase} {Name(instruction.GetImmediate(1), function)}";
        if (instruction.Op0Kind != OpKind.Memory && instruction.Op1Kind != OpKind.Memory && instruction.Op2Kind != OpKind.Memory)
            return instruction.ToString();
        bool isAbsolute = instruction.MemoryBase == Register.None && instruction.SegmentPrefix == Register.None && IsMapped(instruction.MemoryDisplacement64);
        if (isAbsolute || (instruction.MemoryDisplSize >= 4 && IsMapped(instruction.MemoryDisplacement64)))
            return $"{instruction.Mnemonic} {Registers(instruction)} {instruction.MemoryBase} {instruction.MemoryIndex} {Name(instruction.MemoryDisplacement64, function)}";
        return instruction.ToString();
    }

    private string DescribeMemory(in Instruction instruction, ElfSymbol function)
    {
        ulong target = instruction.IPRelativeMemoryAddress;
        if (_got is not null && target >= _got.Address && target < _got.End && instruction.Mnemonic is Mnemonic.Call or Mnemonic.Jmp or Mnemonic.Mov)
        {
            Mnemonic shown = instruction.Mnemonic == Mnemonic.Mov ? Mnemonic.Lea : instruction.Mnemonic;
            return $"{shown} {Registers(instruction)}{Name(BitConverter.ToUInt64(_elf.At(target, 8)), function)}";
        }

        return $"{instruction.Mnemonic} {Registers(instruction)}{Name(target, function)}";
    }

    private static string Registers(in Instruction instruction)
    {
        string text = "";
        for (int i = 0; i < instruction.OpCount; i++)
        {
            if (instruction.GetOpKind(i) == OpKind.Register)
                text += instruction.GetOpRegister(i) + " ";
            else if (instruction.GetOpKind(i) != OpKind.Memory)
                text += instruction.GetImmediate(i) + " ";
        }

        return text;
    }

    // A symbol's address minus a little, as rounding up needs it, may lie before everything.
    private bool IsMapped(ulong address) => Above(address) is not null || _elf.Segments.Any(s => s.Type == PT_LOAD && address >= s.Address && address < s.Address + s.SizeInMemory);

    private string Name(ulong address, ElfSymbol function)
    {
        if (address >= function.Value && address <= function.Value + function.Size)
            return $"self+{address - function.Value}";
        int index = Array.FindLastIndex(_byAddress, s => s.Value <= address);
        for (int i = index; i >= 0 && i > index - 8; i--)
        {
            // Several names at one place: the first by name stands for all, whichever a linker sorts first.
            if (address < _byAddress[i].Value + _byAddress[i].Size)
                return $"{_byAddress.First(s => s.Value == _byAddress[i].Value).Name}+{address - _byAddress[i].Value}";
        }

        if (Above(address) is { } above)
            return $"{above.Name}-{above.Value - address}";
        ElfSection? section = _elf.Sections.FirstOrDefault(s => (s.Flags & SHF_ALLOC) != 0 && address >= s.Address && address < s.End);
        if (section is null)
            return IsMapped(address) ? "mapped" : $"0x{address:x}";
        return (section.Flags & (SHF_WRITE | SHF_EXECINSTR)) == 0 ? Constant(address, section) : section.Name;
    }

    private ElfSymbol? Above(ulong address) => Array.Find(_byAddress, s => s.Type == STT_OBJECT && s.Value > address && s.Value - address <= 1);

    private string Constant(ulong address, ElfSection section)
    {
        byte[] bytes = _elf.At(address, (int)Math.Min(4, section.End - address));
        return bytes.All(static b => b is >= 0x20 and < 0x7f) ? $"text {Encoding.ASCII.GetString(bytes)}" : "constant";
    }
}
