// Expressions of linker scripts and of --defsym, as a tree. The tree says nothing about values: see ExpressionEvaluator.

using System;
using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

/// <summary>Operators with two operands.</summary>
internal enum BinaryOperator
{
    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>%</c></summary>
    Modulo,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>&lt;&lt;</c></summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c></summary>
    ShiftRight,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>&amp;</c></summary>
    And,

    /// <summary><c>^</c></summary>
    ExclusiveOr,

    /// <summary><c>|</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c>; the right side is not looked at when the left decides</summary>
    AndAlso,

    /// <summary><c>||</c>; the right side is not looked at when the left decides</summary>
    OrElse,

    /// <summary><c>MAX(a, b)</c></summary>
    Max,

    /// <summary><c>MIN(a, b)</c></summary>
    Min,

    /// <summary><c>ALIGN(a, b)</c>: a rounded up to a multiple of b</summary>
    Align,
}

/// <summary>Operators with one operand.</summary>
internal enum UnaryOperator
{
    /// <summary><c>-</c></summary>
    Negate,

    /// <summary><c>~</c></summary>
    Complement,

    /// <summary><c>!</c></summary>
    Not,

    /// <summary><c>+</c></summary>
    Plus,

    /// <summary><c>ABSOLUTE(a)</c></summary>
    Absolute,

    /// <summary><c>LOG2CEIL(a)</c></summary>
    Log2Ceil,

    /// <summary><c>ALIGN(a)</c>: the location counter rounded up</summary>
    AlignDot,

    /// <summary><c>NEXT(a)</c>: as <c>ALIGN</c> in ELF, where memory is one piece</summary>
    Next,

    /// <summary><c>DATA_SEGMENT_END(a)</c></summary>
    DataSegmentEnd,
}

/// <summary>Facts about a named thing.</summary>
internal enum NamedFunction
{
    /// <summary><c>ADDR(section)</c></summary>
    Address,

    /// <summary><c>LOADADDR(section)</c></summary>
    LoadAddress,

    /// <summary><c>SIZEOF(section)</c></summary>
    SizeOf,

    /// <summary><c>ALIGNOF(section)</c></summary>
    AlignOf,

    /// <summary><c>DEFINED(symbol)</c></summary>
    Defined,

    /// <summary><c>ORIGIN(region)</c></summary>
    Origin,

    /// <summary><c>LENGTH(region)</c></summary>
    Length,

    /// <summary><c>CONSTANT(name)</c></summary>
    Constant,
}

/// <summary>An expression. <see cref="Depth"/> is bounded by the parser, so that walking the tree by recursion is safe.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Depth">Nodes on the longest way down.</param>
internal abstract record Expression(ScriptPlace Place, int Depth)
{
    /// <summary>The operands, for walks over the whole tree.</summary>
    internal virtual IReadOnlyList<Expression> Operands => [];

    /// <summary>Adds the symbols whose values the expression needs; <c>DEFINED</c> needs none.</summary>
    /// <param name="names">Receives them, not sorted, perhaps twice; never the location counter.</param>
    internal void CollectSymbols(ICollection<string> names)
    {
        if (this is SymbolExpression { Name: not "." } symbol)
            names.Add(symbol.Name);
        foreach (Expression operand in Operands)
            operand.CollectSymbols(names);
    }

    /// <summary>Whether the value depends on the layout: on the location counter, a section, or the headers.</summary>
    internal bool DependsOnLayout()
    {
        if (this is SymbolExpression { Name: "." } or SizeOfHeadersExpression or NamedExpression { Function: < NamedFunction.Defined }
            or UnaryExpression { Operator: UnaryOperator.AlignDot or UnaryOperator.Next }
            or DataSegmentAlignExpression or DataSegmentRelroEndExpression)
        {
            return true;
        }

        foreach (Expression operand in Operands)
        {
            if (operand.DependsOnLayout())
                return true;
        }

        return false;
    }
}

/// <summary>A number.</summary>
internal sealed record NumberExpression(ScriptPlace Place, ulong Value) : Expression(Place, 1);

/// <summary>A symbol, or the location counter <c>.</c></summary>
internal sealed record SymbolExpression(ScriptPlace Place, string Name) : Expression(Place, 1);

/// <summary><c>SIZEOF_HEADERS</c></summary>
internal sealed record SizeOfHeadersExpression(ScriptPlace Place) : Expression(Place, 1);

/// <summary>A fact about a named thing.</summary>
internal sealed record NamedExpression(ScriptPlace Place, NamedFunction Function, string Name) : Expression(Place, 1);

/// <summary>An operator with one operand.</summary>
internal sealed record UnaryExpression(ScriptPlace Place, UnaryOperator Operator, Expression Operand) : Expression(Place, Operand.Depth + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Operand];
}

/// <summary>An operator with two operands.</summary>
internal sealed record BinaryExpression(ScriptPlace Place, BinaryOperator Operator, Expression Left, Expression Right)
    : Expression(Place, Math.Max(Left.Depth, Right.Depth) + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Left, Right];
}

/// <summary><c>condition ? yes : no</c>; only the chosen side is looked at.</summary>
internal sealed record ConditionalExpression(ScriptPlace Place, Expression Condition, Expression Yes, Expression No)
    : Expression(Place, Math.Max(Condition.Depth, Math.Max(Yes.Depth, No.Depth)) + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Condition, Yes, No];
}

/// <summary><c>ASSERT(expression, text)</c>; its value is the expression's.</summary>
internal sealed record AssertExpression(ScriptPlace Place, Expression Condition, string Message) : Expression(Place, Condition.Depth + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Condition];
}

/// <summary><c>SEGMENT_START(name, default)</c></summary>
internal sealed record SegmentStartExpression(ScriptPlace Place, string Segment, Expression Default) : Expression(Place, Default.Depth + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Default];
}

/// <summary><c>DATA_SEGMENT_ALIGN(maximum, common)</c></summary>
internal sealed record DataSegmentAlignExpression(ScriptPlace Place, Expression Maximum, Expression Common)
    : Expression(Place, Math.Max(Maximum.Depth, Common.Depth) + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Maximum, Common];
}

/// <summary><c>DATA_SEGMENT_RELRO_END(offset, end)</c></summary>
internal sealed record DataSegmentRelroEndExpression(ScriptPlace Place, Expression Offset, Expression End)
    : Expression(Place, Math.Max(Offset.Depth, End.Depth) + 1)
{
    internal override IReadOnlyList<Expression> Operands => [Offset, End];
}
