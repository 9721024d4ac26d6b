// Follows known values through one function to a fixed point: forward, block by block, keeping at joins what all ways agree on. Blocks
// that nothing visible leads to (landing pads, targets that could not be found) begin with nothing known.

using System;
using System.Collections.Generic;
using Iced.Intel;

namespace FullRust.ElfVerify.Syscalls;

internal sealed class ValueFlow
{
    // Knowledge only shrinks, so the fixed point is near; the budget is for hostile code.
    private const long StepsPerInstruction = 400;

    private readonly FunctionCode _code;
    private readonly RegisterState?[] _atLeader;
    private readonly Stack<int> _pending = new();
    private readonly InstructionEffect _effect = new();
    private long _budget;

    private ValueFlow(FunctionCode code)
    {
        _code = code;
        _atLeader = new RegisterState?[code.Instructions.Count];
        _budget = 10_000 + (StepsPerInstruction * code.Instructions.Count);
    }

    /// <summary>Runs to the fixed point, then shows each instruction with what is known before it.</summary>
    /// <param name="code">The function.</param>
    /// <param name="visit">Called for each instruction; the state is null if nothing could be established in time.</param>
    internal static void Run(FunctionCode code, Action<Instruction, RegisterState?> visit)
    {
        if (code.Instructions.Count == 0)
            return;
        var flow = new ValueFlow(code);
        flow.Reach(0, RegisterState.AtEntry());
        flow.Drain();
        for (int i = 0; i < code.Instructions.Count; i++)
        {
            // Padding behind a jump is never run; taking it as a way into the aligned block behind it would forget what is known there.
            bool isPadding = code.Instructions[i].Mnemonic is Mnemonic.Nop or Mnemonic.Int3;
            if (!code.IsLeader[i] || flow._atLeader[i] is not null || isPadding)
                continue;
            flow.Reach(i, RegisterState.Unknown());
            flow.Drain();
        }

        flow.Show(visit);
    }

    private void Drain()
    {
        while (_pending.Count != 0 && _budget > 0)
            RunBlock(_pending.Pop());
    }

    private void RunBlock(int leader)
    {
        RegisterState state = _atLeader[leader]!.Clone();
        for (int i = leader; i < _code.Instructions.Count; i++)
        {
            if (i != leader && _code.IsLeader[i])
            {
                Reach(i, state);
                return;
            }

            Instruction instruction = _code.Instructions[i];
            _budget--;
            _effect.Apply(instruction, state);
            FollowJump(instruction, state);
            if (!FunctionCode.FallsThrough(instruction))
                return;
        }
    }

    private void FollowJump(in Instruction instruction, RegisterState state)
    {
        if (instruction.FlowControl is FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch)
        {
            if (_code.TryIndexOf(instruction.NearBranchTarget, out int target))
                Reach(target, state);
        }
        else if (instruction.FlowControl == FlowControl.IndirectBranch)
        {
            foreach (int target in _code.TableTargets)
                Reach(target, state);
        }
    }

    private void Reach(int leader, RegisterState state)
    {
        if (_atLeader[leader] is not { } known)
        {
            _atLeader[leader] = state.Clone();
            _pending.Push(leader);
        }
        else if (known.Meet(state))
        {
            _pending.Push(leader);
        }
    }

    private void Show(Action<Instruction, RegisterState?> visit)
    {
        bool isSettled = _budget > 0;
        RegisterState? state = null;
        for (int i = 0; i < _code.Instructions.Count; i++)
        {
            if (_code.IsLeader[i])
                state = _atLeader[i]?.Clone();
            Instruction instruction = _code.Instructions[i];
            visit(instruction, isSettled ? state : null);
            if (state is not null)
                _effect.Apply(instruction, state);
        }
    }
}
