// What one instruction does to the known values. Only moves of constants, copies, xor of a register with itself, stack slots and
// push/pop are followed; every other written register is forgotten. Writes of 8 and 16 bits forget the register.

using Iced.Intel;

namespace FullRust.ElfVerify.Syscalls;

internal sealed class InstructionEffect
{
    // Registers that a callee may change (x86-64 psABI 3.2.1): all but rbx, rsp, rbp, r12 to r15.
    private static readonly int[] s_changedByCalls = [0, 1, 2, 6, 7, 8, 9, 10, 11];

    // The kernel changes rax, rcx and r11.
    private static readonly int[] s_changedBySyscall = [0, 1, 11];

    private const int Rsp = 4;

    private readonly InstructionInfoFactory _info = new();

    internal void Apply(in Instruction instruction, RegisterState state)
    {
        switch (instruction.Mnemonic)
        {
            case Mnemonic.Mov or Mnemonic.Movzx or Mnemonic.Movsxd when ApplyMove(instruction, state):
                return;
            case Mnemonic.Xor or Mnemonic.Sub when IsRegisterWithItself(instruction):
                state[Number(instruction.Op0Register)] = KnownValue.Constant(0);
                return;
            case Mnemonic.Push when instruction.StackPointerIncrement == -8:
                ApplyPush(instruction, state);
                return;
            case Mnemonic.Pop when instruction.Op0Kind == OpKind.Register && instruction.Op0Register.IsGPR64():
                state[Number(instruction.Op0Register)] = state.StackOffset is { } top ? state.Slot(top) : default;
                state.StackOffset += 8;
                return;
            case Mnemonic.Sub or Mnemonic.Add when instruction.Op0Register == Register.RSP && IsImmediate(instruction.Op1Kind):
                long change = (long)instruction.GetImmediate(1);
                state.StackOffset = instruction.Mnemonic == Mnemonic.Add ? state.StackOffset + change : state.StackOffset - change;
                return;
            case Mnemonic.Lea when WritesWhole(instruction.Op0Register) && ((instruction.MemoryBase == Register.None && instruction.MemoryIndex == Register.None) || instruction.IsIPRelativeMemoryOperand):
                ulong address = instruction.IsIPRelativeMemoryOperand ? instruction.IPRelativeMemoryAddress : instruction.MemoryDisplacement64;
                state[Number(instruction.Op0Register)] = Narrow(KnownValue.Constant(address), instruction.Op0Register.GetSize());
                return;
            case Mnemonic.Lea when WritesWhole(instruction.Op0Register) && TryLeaConstant(instruction, state):
                return;
            case Mnemonic.Call:
                Forget(state, s_changedByCalls);
                return;
            case Mnemonic.Syscall or Mnemonic.Sysenter:
                Forget(state, s_changedBySyscall);
                return;
            case Mnemonic.Int:
                state[0] = default;
                return;
        }

        ForgetWritten(instruction, state);
    }

    /// <summary>The number of the general register that a register is part of, or -1.</summary>
    internal static int Number(Register register) => register.IsGPR() ? register.GetFullRegister() - Register.RAX : -1;

    // A write of 32 bits clears the upper half; one of 8 or 16 bits leaves the rest as it was. The stack pointer is followed apart.
    private static bool WritesWhole(Register register) => register.IsGPR() && register.GetSize() >= 4 && Number(register) != Rsp;

    private static bool ApplyMove(in Instruction instruction, RegisterState state)
    {
        if (instruction.Op0Kind == OpKind.Register && instruction.Op0Register.IsGPR() && instruction.Op0Register.GetSize() >= 4)
        {
            if (Number(instruction.Op0Register) == Rsp)
                return false;
            state[Number(instruction.Op0Register)] = Narrow(Source(instruction, state), instruction.Op0Register.GetSize());
            return true;
        }

        if (instruction.Op0Kind != OpKind.Memory)
            return false;
        if (TrySlotOffset(instruction, state, out long offset))
            state.Store(offset, instruction.MemorySize.GetSize(), Source(instruction, state));
        return true;
    }

    // A value that is narrowed stays known: a constant by its lower half, an entry value because numbers of calls fit into 32 bits and the
    // kernel looks at 32 bits only.
    private static KnownValue Narrow(KnownValue value, int size) =>
        value.Kind == KnownKind.Constant && size == 4 ? KnownValue.Constant((uint)value.Number) : value;

    private static KnownValue Source(in Instruction instruction, RegisterState state)
    {
        if (IsImmediate(instruction.Op1Kind))
            return KnownValue.Constant(instruction.GetImmediate(1));
        if (instruction.Op1Kind == OpKind.Register && instruction.Op1Register.IsGPR())
            return instruction.Op1Register.GetSize() >= 4 && instruction.Mnemonic != Mnemonic.Movsxd ? state[Number(instruction.Op1Register)] : SmallConstant(instruction, state);
        if (instruction.Op1Kind == OpKind.Memory && instruction.MemorySize.GetSize() >= 4 && TrySlotOffset(instruction, state, out long offset))
            return state.Slot(offset);
        return default;
    }

    private static KnownValue SmallConstant(in Instruction instruction, RegisterState state)
    {
        KnownValue value = state[Number(instruction.Op1Register)];
        bool isSmall = value.Kind == KnownKind.Constant && value.Number <= 0x7f && instruction.Op1Register.GetSize() >= 4;
        return isSmall ? value : default;
    }

    private static void ApplyPush(in Instruction instruction, RegisterState state)
    {
        state.StackOffset -= 8;
        KnownValue value = default;
        if (IsImmediate(instruction.Op0Kind))
            value = KnownValue.Constant(instruction.GetImmediate(0));
        else if (instruction.Op0Kind == OpKind.Register && instruction.Op0Register.IsGPR())
            value = state[Number(instruction.Op0Register)];
        if (state.StackOffset is { } top)
            state.Store(top, 8, value);
    }

    private static bool TryLeaConstant(in Instruction instruction, RegisterState state)
    {
        if (instruction.MemoryIndex != Register.None || !instruction.MemoryBase.IsGPR() || Number(instruction.Op0Register) == Rsp)
            return false;
        KnownValue origin = state[Number(instruction.MemoryBase)];
        if (origin.Kind != KnownKind.Constant || instruction.MemoryBase == Register.RSP)
            return false;
        ulong sum = unchecked(origin.Number + instruction.MemoryDisplacement64);
        state[Number(instruction.Op0Register)] = Narrow(KnownValue.Constant(sum), instruction.Op0Register.GetSize());
        return true;
    }

    private static bool TrySlotOffset(in Instruction instruction, RegisterState state, out long offset)
    {
        offset = 0;
        // FS and GS have bases of their own: such memory is no slot of the stack.
        if (instruction.MemorySegment is Register.FS or Register.GS || instruction.MemoryBase != Register.RSP || instruction.MemoryIndex != Register.None || state.StackOffset is not { } top)
            return false;
        offset = top + (long)instruction.MemoryDisplacement64;
        return true;
    }

    private void ForgetWritten(in Instruction instruction, RegisterState state)
    {
        foreach (UsedRegister used in _info.GetInfo(instruction).GetUsedRegisters())
        {
            if (used.Access is OpAccess.Read or OpAccess.CondRead or OpAccess.NoMemAccess || Number(used.Register) is not (>= 0 and int register))
                continue;
            state[register] = default;
            if (register == Rsp)
                state.StackOffset = null;
        }

        if (state.StackOffset is null)
            state.ForgetSlots();
        else if (WritesMemory(instruction) && TrySlotOffset(instruction, state, out long offset))
            state.Store(offset, System.Math.Max(instruction.MemorySize.GetSize(), 8), default);
    }

    private static bool WritesMemory(in Instruction instruction) => instruction.Op0Kind == OpKind.Memory;

    private static bool IsRegisterWithItself(in Instruction instruction) => instruction.Op0Kind == OpKind.Register && instruction.Op1Kind == OpKind.Register
        && instruction.Op0Register == instruction.Op1Register && instruction.Op0Register.IsGPR() && instruction.Op0Register.GetSize() >= 4;

    private static bool IsImmediate(OpKind kind) => kind is OpKind.Immediate8 or OpKind.Immediate16 or OpKind.Immediate32 or OpKind.Immediate64
        or OpKind.Immediate8to16 or OpKind.Immediate8to32 or OpKind.Immediate8to64 or OpKind.Immediate32to64;

    private static void Forget(RegisterState state, int[] registers)
    {
        foreach (int register in registers)
            state[register] = default;
    }
}
