// The operator names of the Itanium ABI, 5.1.3.1, sorted by code.

using System;

namespace FullRust.Elf.Demangling.Itanium;

/// <summary>How an operator takes its operands in an expression.</summary>
internal enum OperatorKind : byte
{
    Binary,
    Prefix,
    Postfix,
    Member,
    Subscript,
    Call,
    Conversion,
    Conditional,
    NamedCast,
    New,
    Delete,

    /// <summary>Like sizeof; the operand is a type.</summary>
    OfType,

    /// <summary>Like sizeof; the operand is an expression.</summary>
    OfExpression,
}

/// <summary>Precedence, tightest first.</summary>
internal enum Precedence : byte
{
    Primary,
    Postfix,
    Unary,
    Cast,
    PointerToMember,
    Multiplicative,
    Additive,
    Shift,
    Spaceship,
    Relational,
    Equality,
    And,
    Xor,
    Or,
    AndIf,
    OrIf,
    Conditional,
    Assign,
    Comma,
    Default,
}

/// <summary>One operator.</summary>
/// <param name="Code">Its two letters.</param>
/// <param name="Kind">How it takes its operands.</param>
/// <param name="Precedence">How tight it binds.</param>
/// <param name="Symbol">As written in source.</param>
/// <param name="IsOverloadable">Whether it can be the name of a function.</param>
internal readonly record struct ItaniumOperator(string Code, OperatorKind Kind, Precedence Precedence, string Symbol, bool IsOverloadable = true);

/// <summary>The table and its search.</summary>
internal static class ItaniumOperators
{
    private static readonly ItaniumOperator[] s_table =
    [
        new("aN", OperatorKind.Binary, Precedence.Assign, "&="),
        new("aS", OperatorKind.Binary, Precedence.Assign, "="),
        new("aa", OperatorKind.Binary, Precedence.AndIf, "&&"),
        new("ad", OperatorKind.Prefix, Precedence.Unary, "&"),
        new("an", OperatorKind.Binary, Precedence.And, "&"),
        new("at", OperatorKind.OfType, Precedence.Unary, "alignof ", IsOverloadable: false),
        new("aw", OperatorKind.Prefix, Precedence.Unary, "co_await "),
        new("az", OperatorKind.OfExpression, Precedence.Unary, "alignof ", IsOverloadable: false),
        new("cc", OperatorKind.NamedCast, Precedence.Postfix, "const_cast", IsOverloadable: false),
        new("cl", OperatorKind.Call, Precedence.Postfix, "()"),
        new("cm", OperatorKind.Binary, Precedence.Comma, ","),
        new("co", OperatorKind.Prefix, Precedence.Unary, "~"),
        new("cp", OperatorKind.Call, Precedence.Postfix, "()", IsOverloadable: false),
        new("cv", OperatorKind.Conversion, Precedence.Cast, ""),
        new("dV", OperatorKind.Binary, Precedence.Assign, "/="),
        new("da", OperatorKind.Delete, Precedence.Unary, "delete[]"),
        new("dc", OperatorKind.NamedCast, Precedence.Postfix, "dynamic_cast", IsOverloadable: false),
        new("de", OperatorKind.Prefix, Precedence.Unary, "*"),
        new("dl", OperatorKind.Delete, Precedence.Unary, "delete"),
        new("ds", OperatorKind.Member, Precedence.PointerToMember, ".*", IsOverloadable: false),
        new("dt", OperatorKind.Member, Precedence.Postfix, ".", IsOverloadable: false),
        new("dv", OperatorKind.Binary, Precedence.Multiplicative, "/"),
        new("eO", OperatorKind.Binary, Precedence.Assign, "^="),
        new("eo", OperatorKind.Binary, Precedence.Xor, "^"),
        new("eq", OperatorKind.Binary, Precedence.Equality, "=="),
        new("ge", OperatorKind.Binary, Precedence.Relational, ">="),
        new("gt", OperatorKind.Binary, Precedence.Relational, ">"),
        new("ix", OperatorKind.Subscript, Precedence.Postfix, "[]"),
        new("lS", OperatorKind.Binary, Precedence.Assign, "<<="),
        new("le", OperatorKind.Binary, Precedence.Relational, "<="),
        new("ls", OperatorKind.Binary, Precedence.Shift, "<<"),
        new("lt", OperatorKind.Binary, Precedence.Relational, "<"),
        new("mI", OperatorKind.Binary, Precedence.Assign, "-="),
        new("mL", OperatorKind.Binary, Precedence.Assign, "*="),
        new("mi", OperatorKind.Binary, Precedence.Additive, "-"),
        new("ml", OperatorKind.Binary, Precedence.Multiplicative, "*"),
        new("mm", OperatorKind.Postfix, Precedence.Postfix, "--"),
        new("na", OperatorKind.New, Precedence.Unary, "new[]"),
        new("ne", OperatorKind.Binary, Precedence.Equality, "!="),
        new("ng", OperatorKind.Prefix, Precedence.Unary, "-"),
        new("nt", OperatorKind.Prefix, Precedence.Unary, "!"),
        new("nw", OperatorKind.New, Precedence.Unary, "new"),
        new("oR", OperatorKind.Binary, Precedence.Assign, "|="),
        new("oo", OperatorKind.Binary, Precedence.OrIf, "||"),
        new("or", OperatorKind.Binary, Precedence.Or, "|"),
        new("pL", OperatorKind.Binary, Precedence.Assign, "+="),
        new("pl", OperatorKind.Binary, Precedence.Additive, "+"),
        new("pm", OperatorKind.Member, Precedence.PointerToMember, "->*"),
        new("pp", OperatorKind.Postfix, Precedence.Postfix, "++"),
        new("ps", OperatorKind.Prefix, Precedence.Unary, "+"),
        new("pt", OperatorKind.Member, Precedence.Postfix, "->"),
        new("qu", OperatorKind.Conditional, Precedence.Conditional, "?"),
        new("rM", OperatorKind.Binary, Precedence.Assign, "%="),
        new("rS", OperatorKind.Binary, Precedence.Assign, ">>="),
        new("rc", OperatorKind.NamedCast, Precedence.Postfix, "reinterpret_cast", IsOverloadable: false),
        new("rm", OperatorKind.Binary, Precedence.Multiplicative, "%"),
        new("rs", OperatorKind.Binary, Precedence.Shift, ">>"),
        new("sc", OperatorKind.NamedCast, Precedence.Postfix, "static_cast", IsOverloadable: false),
        new("ss", OperatorKind.Binary, Precedence.Spaceship, "<=>"),
        new("st", OperatorKind.OfType, Precedence.Unary, "sizeof ", IsOverloadable: false),
        new("sz", OperatorKind.OfExpression, Precedence.Unary, "sizeof ", IsOverloadable: false),
        new("te", OperatorKind.OfExpression, Precedence.Postfix, "typeid ", IsOverloadable: false),
        new("ti", OperatorKind.OfType, Precedence.Postfix, "typeid ", IsOverloadable: false),
    ];

    public static bool TryFind(byte first, byte second, out ItaniumOperator found)
    {
        int low = 0;
        int high = s_table.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            string code = s_table[middle].Code;
            int order = code[0] != first ? code[0] - first : code[1] - second;
            if (order == 0)
            {
                found = s_table[middle];
                return true;
            }

            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        found = default;
        return false;
    }
}
