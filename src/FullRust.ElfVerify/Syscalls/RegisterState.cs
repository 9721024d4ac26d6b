// What is known about the sixteen registers and a few stack slots at one point of a function: a constant, the value that a register had
// when the function was entered, one of two to eight constants, or nothing.

using System;

namespace FullRust.ElfVerify.Syscalls;

internal enum KnownKind : byte
{
    Nothing,
    Constant,
    AtEntry,
}

/// <summary>What is known about one value: a constant in Number, or the register number of which it is the entry value.</summary>
internal readonly record struct KnownValue(KnownKind Kind, ulong Number)
{
    internal static KnownValue Constant(ulong number) => new(KnownKind.Constant, number);

    internal static KnownValue AtEntry(int register) => new(KnownKind.AtEntry, (ulong)register);
}

internal sealed class RegisterState
{
    internal const int RegisterCount = 16, SlotCount = 32;

    private readonly KnownValue[] _registers = new KnownValue[RegisterCount];
    private readonly KnownValue[] _slots = new KnownValue[SlotCount];
    private readonly long[] _slotOffsets = new long[SlotCount];

    /// <summary>The stack pointer relative to its value at entry; null once that is not known any more.</summary>
    internal long? StackOffset { get; set; } = 0;

    internal KnownValue this[int register]
    {
        get => _registers[register];
        set => _registers[register] = value;
    }

    internal static RegisterState AtEntry()
    {
        var state = new RegisterState();
        for (int i = 0; i < RegisterCount; i++)
            state._registers[i] = KnownValue.AtEntry(i);
        return state;
    }

    internal static RegisterState Unknown() => new() { StackOffset = null };

    internal KnownValue Slot(long offset)
    {
        for (int i = 0; i < SlotCount; i++)
        {
            if (_slots[i].Kind != KnownKind.Nothing && _slotOffsets[i] == offset)
                return _slots[i];
        }

        return default;
    }

    /// <summary>Records a store of a number of bytes; whatever it overlaps is forgotten.</summary>
    internal void Store(long offset, int size, KnownValue value)
    {
        int free = -1;
        for (int i = 0; i < SlotCount; i++)
        {
            if (_slots[i].Kind != KnownKind.Nothing && _slotOffsets[i] < offset + size && offset < _slotOffsets[i] + 8)
                _slots[i] = default;
            if (_slots[i].Kind == KnownKind.Nothing)
                free = i;
        }

        if (size < 4 || free < 0 || value.Kind == KnownKind.Nothing)
            return;
        _slots[free] = value;
        _slotOffsets[free] = offset;
    }

    internal void ForgetSlots() => Array.Clear(_slots);

    internal RegisterState Clone()
    {
        var copy = new RegisterState { StackOffset = StackOffset };
        _registers.CopyTo(copy._registers, 0);
        _slots.CopyTo(copy._slots, 0);
        _slotOffsets.CopyTo(copy._slotOffsets, 0);
        return copy;
    }

    /// <summary>Keeps what both states know; returns whether this one knows less than before.</summary>
    internal bool Meet(RegisterState other)
    {
        bool changed = false;
        for (int i = 0; i < RegisterCount; i++)
        {
            if (_registers[i].Kind == KnownKind.Nothing || _registers[i] == other._registers[i])
                continue;
            _registers[i] = default;
            changed = true;
        }

        for (int i = 0; i < SlotCount; i++)
        {
            if (_slots[i].Kind == KnownKind.Nothing || other.Slot(_slotOffsets[i]) == _slots[i])
                continue;
            _slots[i] = default;
            changed = true;
        }

        if (StackOffset is null || StackOffset == other.StackOffset)
            return changed;
        StackOffset = null;
        ForgetSlots();
        return true;
    }
}
