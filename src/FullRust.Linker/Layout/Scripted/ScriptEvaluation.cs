// Values of a script's expressions during a layout that is walked several times: only the last walk reports what is wrong.

using System;
using System.Numerics;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>Evaluates and reports. Not thread-safe.</summary>
internal sealed class ScriptEvaluation(ScriptContext context, DiagnosticSink sink)
{
    /// <summary>The evaluator.</summary>
    internal ExpressionEvaluator Evaluator { get; } = new(context);

    /// <summary>Whether values are final.</summary>
    internal bool IsLastWalk { get; set; }

    /// <summary>Whether the last walk reported an error.</summary>
    internal bool HasErrors { get; set; }

    /// <summary>The logarithm of an alignment.</summary>
    internal byte Log2Of(Expression alignment)
    {
        ulong value = Math.Max(1, AddressOf(alignment));
        if (!BitOperations.IsPow2(value) || value > 1UL << 32)
        {
            Report(alignment.Place, "alignment must be power of 2, at most 2^32");
            return 0;
        }

        return (byte)BitOperations.Log2(value);
    }

    /// <summary>The address that an expression stands for; 0 if it has none, which the last walk reports.</summary>
    internal ulong AddressOf(Expression expression) => TryEvaluate(expression, out ExpressionValue value) ? Evaluator.AddressOf(value) : 0;

    /// <summary>Evaluates; the last walk reports what is wrong.</summary>
    internal bool TryEvaluate(Expression expression, out ExpressionValue value)
    {
        if (Evaluator.TryEvaluate(expression, out value, out ExpressionError error))
        {
            if (IsLastWalk)
                ReportFailedAssertions();
            context.FailedAssertions.Clear();
            return true;
        }

        Report(error.Place, error.Message);
        return false;
    }

    private void ReportFailedAssertions()
    {
        foreach (AssertExpression assertion in context.FailedAssertions)
            assertion.Place.ReportErrorAbovePlace(sink, assertion.Message);
    }

    /// <summary>Reports what is wrong with the output, in the last walk.</summary>
    internal void ReportAbovePlace(ScriptPlace place, string message)
    {
        if (!IsLastWalk)
            return;
        HasErrors = true;
        place.ReportErrorAbovePlace(sink, message);
    }

    /// <summary>Reports, in the last walk.</summary>
    internal void Report(ScriptPlace place, string message)
    {
        if (!IsLastWalk)
        {
            context.FailedAssertions.Clear();
            return;
        }

        HasErrors = true;
        place.ReportError(sink, message);
    }
}
