// Computes expressions as GNU ld does: on 64-bit numbers that wrap, division signed, comparison unsigned, operands counted from the
// same section combined by their offsets and all others by their addresses.

using System;
using System.Numerics;

namespace FullRust.Linker.Scripts;

/// <summary>Why an expression has no value.</summary>
/// <param name="Place">The part that has none.</param>
/// <param name="Message">Why.</param>
internal readonly record struct ExpressionError(ScriptPlace Place, string Message);

/// <summary>Computes expressions over one context. Not thread-safe.</summary>
/// <param name="context">Where symbols, sections and the location counter come from.</param>
internal sealed class ExpressionEvaluator(IExpressionContext context)
{
    private ExpressionError? _error;

    /// <summary>Computes an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="value">Its value; 0 if it has none.</param>
    /// <param name="error">The first reason for having none.</param>
    /// <returns>False if it has none.</returns>
    internal bool TryEvaluate(Expression expression, out ExpressionValue value, out ExpressionError error)
    {
        _error = null;
        value = Evaluate(expression);
        error = _error ?? default;
        return _error is null;
    }

    /// <summary>The address or number that a value stands for.</summary>
    internal ulong AddressOf(ExpressionValue value) =>
        value.Kind == ValueKind.Relative ? context.AddressOf(value.Section) + value.Value : value.Value;

    /// <summary>An address as a value counted from the current output section, if there is one.</summary>
    internal ExpressionValue FromAddress(ulong address) => context.CurrentSection >= 0
        ? ExpressionValue.Relative(context.CurrentSection, address - context.AddressOf(context.CurrentSection))
        : ExpressionValue.Absolute(address) with { FollowsLocationCounter = true };

    private ExpressionValue Evaluate(Expression expression) => expression switch
    {
        NumberExpression number => ExpressionValue.Number(number.Value),
        SymbolExpression { Name: "." } => FromAddress(context.Dot),
        SymbolExpression symbol => EvaluateSymbol(symbol),
        SizeOfHeadersExpression => ExpressionValue.Number(context.SizeOfHeaders),
        NamedExpression named => EvaluateNamed(named),
        UnaryExpression unary => EvaluateUnary(unary),
        BinaryExpression { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } logical => EvaluateLogical(logical),
        BinaryExpression binary => EvaluateBinary(binary),
        ConditionalExpression choice => Evaluate(IsTrue(choice.Condition) ? choice.Yes : choice.No),
        AssertExpression assertion => EvaluateAssertion(assertion),
        SegmentStartExpression start => context.SegmentStart(start.Segment) is { } address ? ExpressionValue.Absolute(address) : Evaluate(start.Default),
        DataSegmentAlignExpression align => EvaluateDataSegmentAlign(align),
        DataSegmentRelroEndExpression relro => EvaluateRelroEnd(relro),
        _ => throw new InvalidOperationException($"expression of kind {expression.GetType()}"),
    };

    private ExpressionValue EvaluateSymbol(SymbolExpression symbol) => context.TryGetSymbol(symbol.Name, out ExpressionValue value)
        ? value
        : Fail(symbol.Place, $"symbol not found: {symbol.Name}");

    private ExpressionValue EvaluateNamed(NamedExpression named)
    {
        switch (named.Function)
        {
            case NamedFunction.Defined:
                return ExpressionValue.Truth(context.IsDefined(named.Name));
            case NamedFunction.Constant:
                return ExpressionValue.Number(named.Name == "MAXPAGESIZE" ? context.MaxPageSize : context.CommonPageSize);
            case NamedFunction.Origin or NamedFunction.Length:
                if (!context.TryGetRegion(named.Name, out ulong origin, out ulong length))
                    return Fail(named.Place, $"memory region not defined: {named.Name}");
                return ExpressionValue.Number(named.Function == NamedFunction.Origin ? origin : length);
            default:
                return EvaluateSectionFact(named);
        }
    }

    /// <summary>A section that nothing went into has size 0 (GNU ld manual, <c>SIZEOF</c>); other facts need the section.</summary>
    private ExpressionValue EvaluateSectionFact(NamedExpression named)
    {
        bool isKnown = context.TryGetSection(named.Name, out SectionFacts facts);
        if (!isKnown && (named.Function is NamedFunction.Address or NamedFunction.LoadAddress))
            return Fail(named.Place, $"undefined section {named.Name}");
        return named.Function switch
        {
            NamedFunction.Address => facts.Section < 0 ? ExpressionValue.Absolute(facts.Address) : ExpressionValue.Relative(facts.Section, 0),
            NamedFunction.LoadAddress => ExpressionValue.Absolute(facts.LoadAddress),
            NamedFunction.SizeOf => ExpressionValue.Number(facts.Size),
            _ => ExpressionValue.Number(facts.Alignment),
        };
    }

    private ExpressionValue EvaluateUnary(UnaryExpression unary)
    {
        ExpressionValue operand = Evaluate(unary.Operand);
        if (context.CurrentSection < 0 && unary.Operator is UnaryOperator.Negate or UnaryOperator.Complement)
            operand = WithoutBase(operand);
        return unary.Operator switch
        {
            UnaryOperator.Negate => operand with { Value = 0 - operand.Value },
            UnaryOperator.Complement => operand with { Value = ~operand.Value },
            UnaryOperator.Not => ExpressionValue.Truth(AddressOf(operand) == 0),
            UnaryOperator.Plus or UnaryOperator.DataSegmentEnd => operand,
            UnaryOperator.Absolute => ExpressionValue.Absolute(AddressOf(operand)),
            UnaryOperator.Log2Ceil => ExpressionValue.Number(Log2Ceil(AddressOf(operand))),
            UnaryOperator.AlignDot => FromAddress(AlignUp(unary.Place, context.Dot, AddressOf(operand))),
            _ => ExpressionValue.Absolute(AlignUp(unary.Place, context.Dot, AddressOf(operand))),
        };
    }

    private ExpressionValue EvaluateLogical(BinaryExpression logical)
    {
        bool left = IsTrue(logical.Left);
        bool isDecided = left == (logical.Operator == BinaryOperator.OrElse);
        return ExpressionValue.Truth(isDecided ? left : IsTrue(logical.Right));
    }

    private ExpressionValue EvaluateBinary(BinaryExpression binary)
    {
        ExpressionValue left = Evaluate(binary.Left);
        ExpressionValue right = Evaluate(binary.Right);
        if (!HaveOneBase(left, right) || !KeepsBase(binary.Operator, left, right))
        {
            left = WithoutBase(left);
            right = WithoutBase(right);
        }

        ulong a = left.Value;
        ulong b = right.Value;
        return binary.Operator switch
        {
            BinaryOperator.Equal => ExpressionValue.Truth(a == b),
            BinaryOperator.NotEqual => ExpressionValue.Truth(a != b),
            BinaryOperator.Less => ExpressionValue.Truth(a < b),
            BinaryOperator.LessOrEqual => ExpressionValue.Truth(a <= b),
            BinaryOperator.Greater => ExpressionValue.Truth(a > b),
            BinaryOperator.GreaterOrEqual => ExpressionValue.Truth(a >= b),
            BinaryOperator.Max => (a >= b ? left : right) with { FollowsLocationCounter = false },
            BinaryOperator.Min => (a <= b ? left : right) with { FollowsLocationCounter = false },
            _ => WithBaseOfResult(left, right, Compute(binary, a, b)),
        };
    }

    /// <summary>Outside of output sections only sums, differences and choices among values of one base keep it: <c>. &amp; 0xfff</c> is about the address.</summary>
    private bool KeepsBase(BinaryOperator operation, ExpressionValue left, ExpressionValue right) =>
        context.CurrentSection >= 0 || operation is BinaryOperator.Add or BinaryOperator.Subtract
        || (operation is BinaryOperator.Max or BinaryOperator.Min && left.Kind == right.Kind);

    private ExpressionValue WithoutBase(ExpressionValue value) =>
        value.Kind == ValueKind.Relative ? ExpressionValue.Absolute(AddressOf(value)) : value;

    /// <summary>Whether two operands combine as they are: at most one base between them.</summary>
    private static bool HaveOneBase(ExpressionValue left, ExpressionValue right) =>
        left.Kind == ValueKind.Number || right.Kind == ValueKind.Number || (left.Kind == right.Kind && left.Section == right.Section);

    /// <summary>Inside an output section a base on one side stays; the same base on both sides goes, as in a difference of two addresses.</summary>
    private ExpressionValue WithBaseOfResult(ExpressionValue left, ExpressionValue right, ulong value)
    {
        if (left.Kind == ValueKind.Number)
            return right with { Value = value };
        if (right.Kind == ValueKind.Number)
            return left with { Value = value };
        return context.CurrentSection >= 0
            ? ExpressionValue.Number(value)
            : ExpressionValue.Absolute(value) with { FollowsLocationCounter = left.FollowsLocationCounter != right.FollowsLocationCounter };
    }

    private ulong Compute(BinaryExpression binary, ulong a, ulong b) => binary.Operator switch
    {
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => Divide(binary.Place, a, b),
        BinaryOperator.Modulo => Remainder(binary.Place, a, b),
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.ShiftLeft => a << (int)b,
        BinaryOperator.ShiftRight => a >> (int)b,
        BinaryOperator.And => a & b,
        BinaryOperator.ExclusiveOr => a ^ b,
        BinaryOperator.Or => a | b,
        _ => AlignUp(binary.Place, a, b),
    };

    private ulong Divide(ScriptPlace place, ulong a, ulong b) => b switch
    {
        0 => Fail(place, "division by zero").Value,
        ulong.MaxValue => 0 - a,
        _ => (ulong)((long)a / (long)b),
    };

    private ulong Remainder(ScriptPlace place, ulong a, ulong b) => b switch
    {
        0 => Fail(place, "modulo by zero").Value,
        ulong.MaxValue => 0,
        _ => (ulong)((long)a % (long)b),
    };

    private ExpressionValue EvaluateAssertion(AssertExpression assertion)
    {
        ExpressionValue value = Evaluate(assertion.Condition);
        if (AddressOf(value) == 0 && _error is null)
            context.FailAssertion(assertion);
        return value;
    }

    /// <summary>A page boundary, as in GNU ld with separate code (its default for Linux) and in lld, and not the same offset in the next page.</summary>
    private ExpressionValue EvaluateDataSegmentAlign(DataSegmentAlignExpression align)
    {
        Evaluate(align.Common);
        return FromAddress(AlignUp(align.Place, context.Dot, AddressOf(Evaluate(align.Maximum))));
    }

    /// <summary>The end of relro is moved up to a page, instead of moving the segment's start as GNU ld does.</summary>
    private ExpressionValue EvaluateRelroEnd(DataSegmentRelroEndExpression relro)
    {
        ulong offset = AddressOf(Evaluate(relro.Offset));
        ulong end = AddressOf(Evaluate(relro.End));
        return FromAddress(AlignUp(relro.Place, end + offset, context.CommonPageSize) - offset);
    }

    private bool IsTrue(Expression expression) => AddressOf(Evaluate(expression)) != 0;

    private ulong AlignUp(ScriptPlace place, ulong value, ulong alignment)
    {
        if (alignment <= 1)
            return value;
        ulong rest = value % alignment;
        ulong aligned = rest == 0 ? value : value + (alignment - rest);
        return aligned >= value ? aligned : Fail(place, $"0x{value:x} cannot be aligned to 0x{alignment:x}").Value;
    }

    private static ulong Log2Ceil(ulong value) => value <= 1 ? 0 : 64 - (ulong)BitOperations.LeadingZeroCount(value - 1);

    private ExpressionValue Fail(ScriptPlace place, string message)
    {
        _error ??= new ExpressionError(place, message);
        return ExpressionValue.Number(0);
    }
}
