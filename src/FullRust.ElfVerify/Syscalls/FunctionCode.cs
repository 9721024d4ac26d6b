// One function's instructions and what its control flow needs: where blocks begin and which jump tables it uses.

using System;
using System.Collections.Generic;
using Iced.Intel;

namespace FullRust.ElfVerify.Syscalls;

internal sealed class FunctionCode
{
    private const int MaxTableEntries = 4096;

    private readonly Dictionary<ulong, int> _indexByAddress = [];
    private readonly List<int> _tableTargets = [];

    private FunctionCode(List<Instruction> instructions)
    {
        Instructions = instructions;
        IsLeader = new bool[instructions.Count];
        for (int i = 0; i < instructions.Count; i++)
            _indexByAddress[instructions[i].IP] = i;
    }

    internal List<Instruction> Instructions { get; }

    /// <summary>Whether something jumps to an instruction, or it follows one that does not fall through.</summary>
    internal bool[] IsLeader { get; }

    /// <summary>Indices of the instructions that jump tables lead to.</summary>
    internal IReadOnlyList<int> TableTargets => _tableTargets;

    internal static FunctionCode Decode(CodeMap code, int function)
    {
        ReadOnlyMemory<byte> bytes = code.BytesOf(function);
        var reader = new MemoryCodeReader(bytes);
        Decoder decoder = Decoder.Create(64, reader, code.Starts[function]);
        var instructions = new List<Instruction>(bytes.Length / 4);
        while (reader.HasMore)
            instructions.Add(decoder.Decode());
        var result = new FunctionCode(instructions);
        result.FindLeaders(code);
        return result;
    }

    internal bool TryIndexOf(ulong address, out int index) => _indexByAddress.TryGetValue(address, out index);

    /// <summary>Whether control goes on with the next instruction.</summary>
    internal static bool FallsThrough(in Instruction instruction) => instruction.FlowControl is not (FlowControl.Return or FlowControl.UnconditionalBranch
        or FlowControl.IndirectBranch or FlowControl.Exception) && !instruction.IsInvalid;

    private void FindLeaders(CodeMap code)
    {
        bool isJumping = false;
        for (int i = 0; i < Instructions.Count; i++)
        {
            Instruction instruction = Instructions[i];
            if (i == 0 || !FallsThrough(Instructions[i - 1]))
                IsLeader[i] = true;
            if (instruction.FlowControl is FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch && TryIndexOf(instruction.NearBranchTarget, out int target))
                IsLeader[target] = true;
            isJumping |= instruction.FlowControl == FlowControl.IndirectBranch;
        }

        for (int i = 0; isJumping && i < Instructions.Count; i++)
        {
            if (Instructions[i].Mnemonic == Mnemonic.Lea && Instructions[i].IsIPRelativeMemoryOperand)
                AddTable(code, Instructions[i].IPRelativeMemoryAddress, isRelative: true);
            else if (Instructions[i].FlowControl == FlowControl.IndirectBranch && Instructions[i].Op0Kind == OpKind.Memory && Instructions[i].MemoryIndex != Register.None)
                AddTable(code, Instructions[i].MemoryDisplacement64, isRelative: false);
        }
    }

    // Tables of 32-bit offsets from the table (position-independent) or of 64-bit addresses; they end where an entry leaves the function.
    private void AddTable(CodeMap code, ulong table, bool isRelative)
    {
        for (int i = 0; i < MaxTableEntries; i++)
        {
            ulong entry = unchecked(table + ((ulong)i * (isRelative ? 4u : 8u)));
            if (!code.TryReadInt32(entry, out int value))
                return;
            ulong target = isRelative ? unchecked(table + (ulong)value) : (uint)value;
            if (!TryIndexOf(target, out int index))
                return;
            IsLeader[index] = true;
            _tableTargets.Add(index);
        }
    }

    private sealed class MemoryCodeReader(ReadOnlyMemory<byte> bytes) : CodeReader
    {
        private int _position;

        internal bool HasMore => _position < bytes.Length;

        public override int ReadByte() => _position < bytes.Length ? bytes.Span[_position++] : -1;
    }
}
