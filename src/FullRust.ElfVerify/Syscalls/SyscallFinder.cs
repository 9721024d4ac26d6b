// Finds the places that enter the kernel and, for each, the numbers. Where a function takes the number as an argument, its callers are
// asked, as long as all of them are visible: nobody stores or takes the function's address, and nothing falls into it.

using System;
using System.Collections.Generic;
using Iced.Intel;

namespace FullRust.ElfVerify.Syscalls;

internal sealed record SiteFacts(SyscallEntry Entry, IReadOnlyList<int> Numbers);

internal sealed class SyscallFinder
{
    private const int MaxDepth = 6, MaxNumbers = 64;
    private const ulong VsyscallPage = 0xffffffffff600000;

    private readonly CodeMap _code;
    private readonly Dictionary<ulong, List<int>> _callersOf = [];
    private readonly HashSet<ulong> _takenAddresses = [];
    private readonly HashSet<int> _functionsWithEntry = [];
    private readonly Dictionary<int, FunctionFacts> _facts = [];
    private readonly Dictionary<ulong, SiteFacts> _found = [];

    private SyscallFinder(CodeMap code) => _code = code;

    internal static Dictionary<ulong, SiteFacts> Find(CodeMap code)
    {
        var finder = new SyscallFinder(code);
        for (int i = 0; i < code.Starts.Count; i++)
            finder.Scan(i);
        foreach (int function in finder._functionsWithEntry)
            finder.Resolve(function);
        return finder._found;
    }

    // First look at a function: who calls whom, whose address is taken, what enters the kernel.
    private void Scan(int function)
    {
        FunctionCode code = FunctionCode.Decode(_code, function);
        for (int i = 0; i < code.Instructions.Count; i++)
        {
            Instruction instruction = code.Instructions[i];
            switch (instruction.FlowControl)
            {
                case FlowControl.Call or FlowControl.UnconditionalBranch or FlowControl.ConditionalBranch when instruction.IsCallNear || instruction.IsJmpShortOrNear || instruction.IsJccShortOrNear:
                    if (!code.TryIndexOf(instruction.NearBranchTarget, out int target) || target == 0)
                        AddCaller(instruction.NearBranchTarget, function);
                    break;
            }

            NoteEntry(instruction, function);
            NoteAddresses(instruction);
        }

        NoteFallThrough(code, function);
    }

    private void NoteEntry(in Instruction instruction, int function)
    {
        if (instruction.Mnemonic == Mnemonic.Syscall)
            _functionsWithEntry.Add(function);
        else if (instruction.Mnemonic == Mnemonic.Int && instruction.Immediate8 == 0x80)
            _found[instruction.IP] = new SiteFacts(SyscallEntry.Int80, []);
        else if (instruction.Mnemonic == Mnemonic.Sysenter)
            _found[instruction.IP] = new SiteFacts(SyscallEntry.Sysenter, []);
    }

    private void NoteAddresses(in Instruction instruction)
    {
        if (instruction.Mnemonic == Mnemonic.Lea && instruction.IsIPRelativeMemoryOperand)
            _takenAddresses.Add(instruction.IPRelativeMemoryAddress);
        for (int i = 0; i < instruction.OpCount; i++)
        {
            if (instruction.GetOpKind(i) is not (OpKind.Immediate32 or OpKind.Immediate64 or OpKind.Immediate32to64))
                continue;
            ulong value = instruction.GetImmediate(i);
            if (value is >= VsyscallPage and < VsyscallPage + 4096)
                _found[instruction.IP] = new SiteFacts(SyscallEntry.Vsyscall, []);
            _takenAddresses.Add(value);
        }
    }

    // A function whose end runs into the next one counts as a caller of it that cannot be followed. Padding and calls that do not return
    // stand at the end of most functions.
    private void NoteFallThrough(FunctionCode code, int function)
    {
        int last = code.Instructions.Count - 1;
        while (last >= 0 && IsPadding(code.Instructions[last]))
            last--;
        bool runsOn = last >= 0 && FunctionCode.FallsThrough(code.Instructions[last]) && code.Instructions[last].FlowControl is not (FlowControl.Call or FlowControl.IndirectCall);
        if (runsOn && function + 1 < _code.Starts.Count)
            _takenAddresses.Add(_code.Starts[function + 1]);
    }

    // Zeros read as "add [rax], al".
    private static bool IsPadding(in Instruction instruction) => instruction.Mnemonic is Mnemonic.Nop or Mnemonic.Int3
        || (instruction.Code == Code.Add_rm8_r8 && instruction.MemoryBase == Register.RAX && instruction.Op1Register == Register.AL);

    private void AddCaller(ulong target, int function)
    {
        if (!_callersOf.TryGetValue(target, out List<int>? callers))
            _callersOf[target] = callers = [];
        if (callers.Count == 0 || callers[^1] != function)
            callers.Add(function);
    }

    private void Resolve(int function)
    {
        foreach ((ulong address, KnownValue value) in FactsOf(function).Sites)
        {
            var numbers = new SortedSet<int>();
            bool isKnown = TryNumbers(function, value, numbers, 0);
            _found[address] = new SiteFacts(SyscallEntry.Syscall, isKnown ? [.. numbers] : []);
        }
    }

    private bool TryNumbers(int function, KnownValue value, SortedSet<int> numbers, int depth)
    {
        if (value.Kind == KnownKind.Constant)
            return numbers.Add(unchecked((int)value.Number)) ? numbers.Count <= MaxNumbers : true;
        if (value.Kind != KnownKind.AtEntry || depth == MaxDepth)
            return false;

        ulong start = _code.Starts[function];
        if (_takenAddresses.Contains(start) || !_callersOf.TryGetValue(start, out List<int>? callers) || HasOtherWaysIn(function) || _code.IsStoredInData(start))
            return false;
        foreach (int caller in callers)
        {
            foreach ((ulong target, KnownValue[] registers) in FactsOf(caller).Calls)
            {
                if (target == start && !TryNumbers(caller, registers[(int)value.Number], numbers, depth + 1))
                    return false;
            }
        }

        return numbers.Count != 0;
    }

    // The first function of a file, and jumps from elsewhere into the middle of a function, have callers that are not seen.
    private bool HasOtherWaysIn(int function)
    {
        ulong start = _code.Starts[function], end = function + 1 < _code.Starts.Count ? _code.Starts[function + 1] : ulong.MaxValue;
        foreach (ulong target in _callersOf.Keys)
        {
            if (target > start && target < end)
                return true;
        }

        return false;
    }

    private FunctionFacts FactsOf(int function)
    {
        if (_facts.TryGetValue(function, out FunctionFacts? facts))
            return facts;
        facts = new FunctionFacts([], []);
        _facts[function] = facts;
        FunctionCode code = FunctionCode.Decode(_code, function);
        bool isEnteredInside = HasOtherWaysIn(function);
        ValueFlow.Run(code, (instruction, state) =>
        {
            if (instruction.Mnemonic == Mnemonic.Syscall)
                facts.Sites.Add((instruction.IP, isEnteredInside || state is null ? Trusted(code, instruction, state) : state[0]));
            else if (instruction.IsCallNear || instruction.IsJmpShortOrNear || instruction.IsJccShortOrNear)
                facts.Calls.Add((instruction.NearBranchTarget, Registers(state)));
        });
        return facts;
    }

    // Where control may enter a function in its middle, only a number that is loaded right before the call is believed.
    private static KnownValue Trusted(FunctionCode code, in Instruction site, RegisterState? state)
    {
        if (state is null || !code.TryIndexOf(site.IP, out int index))
            return default;
        var local = RegisterState.Unknown();
        var effect = new InstructionEffect();
        int first = index;
        while (first > 0 && !code.IsLeader[first] && index - first < 8)
            first--;
        for (int i = first; i < index; i++)
            effect.Apply(code.Instructions[i], local);
        return local[0];
    }

    private static KnownValue[] Registers(RegisterState? state)
    {
        var values = new KnownValue[RegisterState.RegisterCount];
        for (int i = 0; state is not null && i < values.Length; i++)
            values[i] = state[i];
        return values;
    }

    private sealed record FunctionFacts(List<(ulong Address, KnownValue Value)> Sites, List<(ulong Target, KnownValue[] Registers)> Calls);
}
