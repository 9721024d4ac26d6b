// Rewrites an assembly so that it holds every mutant at once: where a comparison stands, both the written and the changed one follow, and
// a static number decides. Changed are the boundary of each "less" and "greater" (off by one) and the sense of each other condition.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace FullRust.Mutants;

/// <summary>One possible change.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Place">File and line, or the method's name without debug information.</param>
/// <param name="Change">What is written and what it becomes.</param>
internal sealed record Mutant(int Number, string Place, string Change);

internal static class MutantWriter
{
    /// <summary>The type and field that decide which mutant is active.</summary>
    internal const string SwitchType = "FullRust.ActiveMutant", SwitchField = "Number";

    private static readonly Dictionary<Code, OpCode> s_changed = new()
    {
        [Code.Blt] = OpCodes.Ble,
        [Code.Ble] = OpCodes.Blt,
        [Code.Bgt] = OpCodes.Bge,
        [Code.Bge] = OpCodes.Bgt,
        [Code.Blt_Un] = OpCodes.Ble_Un,
        [Code.Ble_Un] = OpCodes.Blt_Un,
        [Code.Bgt_Un] = OpCodes.Bge_Un,
        [Code.Bge_Un] = OpCodes.Bgt_Un,
        [Code.Beq] = OpCodes.Bne_Un,
        [Code.Bne_Un] = OpCodes.Beq,
        [Code.Brtrue] = OpCodes.Brfalse,
        [Code.Brfalse] = OpCodes.Brtrue,
        [Code.Clt] = OpCodes.Cgt,
        [Code.Cgt] = OpCodes.Clt,
        [Code.Clt_Un] = OpCodes.Cgt_Un,
        [Code.Cgt_Un] = OpCodes.Clt_Un,
        [Code.Ceq] = OpCodes.Ceq,
    };

    /// <summary>Rewrites an assembly in place.</summary>
    /// <param name="path">The assembly, with its debug information beside it.</param>
    /// <param name="isMutated">Which types.</param>
    /// <returns>The mutants.</returns>
    internal static List<Mutant> Rewrite(string path, Func<TypeDefinition, bool> isMutated)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true, ReadSymbols = File.Exists(Path.ChangeExtension(path, ".pdb")) });
        ModuleDefinition module = assembly.MainModule;
        FieldDefinition active = AddSwitch(module);
        var mutants = new List<Mutant>();
        foreach (MethodDefinition method in module.GetTypes().Where(isMutated).SelectMany(static type => type.Methods).Where(static method => method.HasBody && !IsGenerated(method)))
            Rewrite(method, active, mutants);
        assembly.Write(path);
        return mutants;
    }

    private static FieldDefinition AddSwitch(ModuleDefinition module)
    {
        var type = new TypeDefinition(SwitchType[..SwitchType.IndexOf('.')], SwitchType[(SwitchType.IndexOf('.') + 1)..], TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var field = new FieldDefinition(SwitchField, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int32);
        type.Fields.Add(field);
        module.Types.Add(type);
        return field;
    }

    // Members of records are the compiler's; lambdas are ours.
    private static bool IsGenerated(MethodDefinition method) => !method.Name.Contains(">b__", StringComparison.Ordinal) && !method.Name.Contains(">g__", StringComparison.Ordinal)
        && method.CustomAttributes.Any(static attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");

    private static void Rewrite(MethodDefinition method, FieldDefinition active, List<Mutant> mutants)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        ILProcessor processor = body.GetILProcessor();
        string place = method.FullName;
        foreach (Instruction instruction in body.Instructions.ToArray())
        {
            if (method.DebugInformation.GetSequencePoint(instruction) is { IsHidden: false } point)
                place = $"{Path.GetFileName(point.Document.Url)}:{point.StartLine}";
            if (!s_changed.ContainsKey(instruction.OpCode.Code) || IsNullTest(instruction))
                continue;
            var mutant = new Mutant(mutants.Count + 1, place, Describe(instruction));
            Insert(processor, instruction, active, mutant.Number);
            mutants.Add(mutant);
        }

        body.OptimizeMacros();
    }

    // Tests for null that the compiler writes for cached delegates and "is not null": the changed ones dereference null at once.
    private static bool IsNullTest(Instruction instruction) =>
        instruction.Previous?.OpCode.Code is Code.Ldnull || (instruction.OpCode.Code is Code.Brtrue && instruction.Previous is { OpCode.Code: Code.Dup, Previous.OpCode.Code: Code.Ldsfld });

    private static string Describe(Instruction instruction)
    {
        string name = instruction.OpCode.Name;
        return name.StartsWith("brtrue", StringComparison.Ordinal) || name.StartsWith("brfalse", StringComparison.Ordinal) || name is "ceq" or "beq" or "bne.un" ? $"{name} inverted" : $"{name} off by one";
    }

    // active == number ? changed : written. Operands are on the stack meanwhile.
    private static void Insert(ILProcessor processor, Instruction written, FieldDefinition active, int number)
    {
        OpCode changed = s_changed[written.OpCode.Code];
        Instruction after = written.Next;
        List<Instruction> other = written.Operand is Instruction target
            ? [processor.Create(changed, target), processor.Create(OpCodes.Br, after)]
            : [.. Negated(processor, changed), processor.Create(OpCodes.Br, after)];

        // The written instruction keeps its identity, since branches may lead to it: the test takes its place, a copy follows.
        Instruction copy = written.Operand is Instruction to ? processor.Create(written.OpCode, to) : processor.Create(written.OpCode);
        List<Instruction> row = [processor.Create(OpCodes.Ldc_I4, number), processor.Create(OpCodes.Beq, other[0]), copy, processor.Create(OpCodes.Br, after), .. other];
        written.OpCode = OpCodes.Ldsfld;
        written.Operand = active;
        Instruction last = written;
        foreach (Instruction instruction in row)
        {
            processor.InsertAfter(last, instruction);
            last = instruction;
        }
    }

    // a < b becomes !(a > b); a == b becomes !(a == b).
    private static IEnumerable<Instruction> Negated(ILProcessor processor, OpCode changed) =>
        [processor.Create(changed), processor.Create(OpCodes.Ldc_I4, 0), processor.Create(OpCodes.Ceq)];
}
