// What stands in an output section of a script, one behind the other: members, data, gaps that the location counter leaves.

using System;
using System.Collections.Generic;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>Places the parts of output sections. Not thread-safe.</summary>
/// <param name="sections">Input sections.</param>
/// <param name="synthetic">The linker's own.</param>
/// <param name="context">The location counter.</param>
/// <param name="evaluation">Values of expressions.</param>
/// <param name="runCommand">Carries out statements that place nothing.</param>
internal sealed class PartPlacer(SectionTable sections, List<SyntheticSection> synthetic, ScriptContext context, ScriptEvaluation evaluation, Action<ScriptCommand> runCommand)
{
    private const ulong MaxSectionSize = 1UL << 46;

    /// <summary>Places members, data and gaps, and carries out other statements, from the location counter on.</summary>
    /// <returns>False if the section becomes too large.</returns>
    internal bool Place(SectionPlan plan)
    {
        ulong start = context.Dot;
        plan.Output.Fills = [(0, plan.Command?.Fill is { } fill ? BytesOf(fill) : [])];
        byte? subAlignment = plan.Command?.SubAlignment is { } asked ? evaluation.Log2Of(asked) : null;
        foreach (SectionPart part in plan.Parts)
        {
            if (part.Statement is not null)
                RunStatement(plan.Output, part, start);
            else
                PlaceMember(part.Member, start, subAlignment);
            if (context.Dot - start > MaxSectionSize)
            {
                context.Dot = start;
                return false;
            }
        }

        return true;
    }

    private void PlaceMember(int member, ulong start, byte? subAlignment)
    {
        SyntheticSection? own = member < 0 ? synthetic[~member] : null;
        byte alignmentLog2 = subAlignment ?? own?.AlignmentLog2 ?? sections[member].AlignmentLog2;
        ulong mask = (1UL << alignmentLog2) - 1;
        ulong offset = ((context.Dot + mask) & ~mask) - start;
        ulong size = own?.Size ?? sections[member].Size;
        if (own is not null)
        {
            own.Offset = offset;
            own.OutputSection = context.CurrentSection;
        }
        else
        {
            sections[member].Offset = offset;
            sections[member].OutputSection = context.CurrentSection;
        }

        context.Dot = start + offset + size;
    }

    private void RunStatement(OutputSection output, SectionPart part, ulong start)
    {
        switch (part.Statement)
        {
            case AssignmentCommand { Symbol: "." } dot:
                MoveDot(output, dot, part.Filler!, start);
                break;
            case DataCommand data:
                byte[] bytes = BitConverter.GetBytes(evaluation.TryEvaluate(data.Value, out ExpressionValue value) ? evaluation.Evaluator.AddressOf(value) : 0);
                PlaceFiller(part.Filler!, bytes.AsSpan(0, data.Size).ToArray(), (ulong)data.Size, start);
                break;
            case TextCommand text:
                PlaceFiller(part.Filler!, text.Bytes, (ulong)text.Bytes.Length, start);
                break;
            case FillCommand fill:
                output.Fills!.Add((context.Dot - start, BytesOf(fill.Fill)));
                break;
            default:
                runCommand(part.Statement!);
                break;
        }
    }

    /// <summary>Inside a section, a plain number is an offset from the section's start.</summary>
    private void MoveDot(OutputSection output, AssignmentCommand assignment, ScriptFiller filler, ulong start)
    {
        filler.Size = 0;
        if (!evaluation.TryEvaluate(assignment.Value, out ExpressionValue value))
            return;
        ulong target = value.Kind == ValueKind.Number ? start + value.Value : evaluation.Evaluator.AddressOf(value);
        if (target < context.Dot)
        {
            evaluation.Report(assignment.Place, $"unable to move location counter (0x{context.Dot:x}) backward to 0x{target:x} for section '{output.Name}'");
            return;
        }

        PlaceFiller(filler, null, target - context.Dot, start);
    }

    private void PlaceFiller(ScriptFiller filler, byte[]? bytes, ulong size, ulong start)
    {
        filler.Bytes = bytes;
        filler.Size = size;
        filler.Offset = context.Dot - start;
        filler.OutputSection = context.CurrentSection;
        context.Dot += size;
    }

    private byte[] BytesOf(FillPattern fill)
    {
        if (fill.Literal is not null)
            return fill.Literal;
        uint value = (uint)evaluation.AddressOf(fill.Value!);
        return [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }
}
