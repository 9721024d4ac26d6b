// Puts a call of Coverage.Hit at the start of every basic block of an assembly: after each branch and at each branch's target.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace FullRust.Fuzz;

internal static class Instrumenter
{
    internal const string CountFile = "blocks.txt";
    private static readonly string[] s_assemblies = ["FullRust.Elf.dll", "FullRust.Linker.dll", "FullRust.ElfVerify.dll"];

    /// <summary>Rewrites the assemblies under test in a folder.</summary>
    internal static void Rewrite(string folder)
    {
        int blocks = 0;
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        foreach (string name in s_assemblies)
        {
            string path = Path.Combine(folder, name);
            using (var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true }))
            {
                MethodReference hit = assembly.MainModule.ImportReference(typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
                foreach (MethodDefinition method in assembly.MainModule.GetTypes().SelectMany(static t => t.Methods).Where(static m => m.HasBody))
                    blocks = Rewrite(method.Body, hit, blocks);
                assembly.Write(path);
            }
        }

        if (blocks > Coverage.MaxBlocks)
            throw new InvalidOperationException($"{blocks} blocks are more than there are counters for");
        File.WriteAllText(Path.Combine(folder, CountFile), blocks.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int Rewrite(MethodBody body, MethodReference hit, int next)
    {
        body.SimplifyMacros();
        ILProcessor processor = body.GetILProcessor();
        var moved = new Dictionary<Instruction, Instruction>();
        foreach (Instruction leader in Leaders(body))
        {
            Instruction number = processor.Create(OpCodes.Ldc_I4, next++);
            processor.InsertBefore(leader, number);
            processor.InsertBefore(leader, processor.Create(OpCodes.Call, hit));
            moved[leader] = number;
        }

        Redirect(body, moved);
        body.OptimizeMacros();
        return next;
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                leaders.Add(target);
            else if (instruction.Operand is Instruction[] targets)
                leaders.UnionWith(targets);
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
                leaders.Add(next);
        }

        // A prefix and what it belongs to stay together.
        leaders.RemoveWhere(static i => i.Previous is { OpCode.OpCodeType: OpCodeType.Prefix });
        return leaders;
    }

    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> moved)
    {
        Instruction To(Instruction from) => moved.GetValueOrDefault(from, from);
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                instruction.Operand = To(target);
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = targets.Select(To).ToArray();
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = To(handler.TryStart);
            handler.TryEnd = To(handler.TryEnd);
            handler.HandlerStart = To(handler.HandlerStart);
            handler.HandlerEnd = handler.HandlerEnd is null ? null : To(handler.HandlerEnd);
            handler.FilterStart = handler.FilterStart is null ? null : To(handler.FilterStart);
        }
    }
}
