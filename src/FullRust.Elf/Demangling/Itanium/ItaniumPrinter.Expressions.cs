// Expressions, with as few parentheses as C++'s precedence asks for.

using System;
using System.Globalization;

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Expressions.</content>
internal ref partial struct ItaniumPrinter
{
    private readonly Precedence PrecedenceOf(in ItaniumNode node) => node.Kind switch
    {
        NodeKind.Binary or NodeKind.Prefix or NodeKind.Postfix or NodeKind.Member => (Precedence)node.Flags,
        NodeKind.Conditional => Precedence.Conditional,
        NodeKind.Subscript or NodeKind.NamedCast => Precedence.Postfix,
        NodeKind.Call or NodeKind.InitializerList => Precedence.Postfix,
        NodeKind.New or NodeKind.Delete => Precedence.Unary,
        NodeKind.TypeConversion or NodeKind.CastLiteral => Precedence.Cast,
        NodeKind.Integer when node.Text.Length > 3 => Precedence.Cast,
        _ => Precedence.Primary,
    };

    private void PrintOperand(int index, Precedence limit, bool isStrict = false)
    {
        if (index == 0)
            return;
        bool needsParentheses = (int)PrecedenceOf(_tree[index]) >= (int)limit + (isStrict ? 1 : 0);
        int saved = _templateNesting;
        if (needsParentheses)
        {
            _templateNesting = 0;
            Write('(');
        }

        Print(index);
        if (needsParentheses)
            Write(')');
        _templateNesting = saved;
    }

    private void PrintParenthesized(int index)
    {
        int saved = _templateNesting;
        _templateNesting = 0;
        Write('(');
        Print(index);
        Write(')');
        _templateNesting = saved;
    }

    private void PrintExpression(in ItaniumNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Binary:
                PrintBinary(node);
                break;
            case NodeKind.Prefix:
                Write(node.Text);
                PrintOperand(node.A, (Precedence)node.Flags, isStrict: true);
                break;
            case NodeKind.Postfix:
                PrintOperand(node.A, (Precedence)node.Flags, isStrict: true);
                Write(node.Text);
                break;
            case NodeKind.Member:
                PrintOperand(node.A, (Precedence)node.Flags, isStrict: true);
                Write(node.Text);
                PrintOperand(node.B, (Precedence)node.Flags);
                break;
            case NodeKind.Enclosed:
                PrintEnclosed(node);
                break;
            case NodeKind.Subscript:
                PrintOperand(node.A, Precedence.Postfix, isStrict: true);
                Write('[');
                PrintOperand(node.B, Precedence.Default);
                Write(']');
                break;
            case NodeKind.Call:
                PrintCall(node);
                break;
            case NodeKind.NamedCast:
                Write(node.Text);
                Write('<');
                Print(node.A);
                Write('>');
                PrintParenthesized(node.B);
                break;
            case NodeKind.TypeConversion:
                PrintParenthesized(node.A);
                PrintParenthesized(node.B);
                break;
            case NodeKind.Conditional:
                PrintOperand(node.A, Precedence.Conditional);
                Write(" ? ");
                PrintOperand(node.B, Precedence.Default);
                Write(" : ");
                PrintOperand(node.C, Precedence.Assign, isStrict: true);
                break;
            case NodeKind.New or NodeKind.Delete:
                PrintNewOrDelete(node);
                break;
            case NodeKind.InitializerList:
                Print(node.A);
                Write('{');
                PrintList(node.B);
                Write('}');
                break;
            case NodeKind.Designated:
                PrintDesignated(node);
                break;
            case NodeKind.Fold:
                PrintFold(node);
                break;
            default:
                PrintLiteralOrRest(node);
                break;
        }
    }

    private void PrintBinary(in ItaniumNode node)
    {
        bool isComma = node.Text == ",";
        bool isAssignment = node.Flags == (int)Precedence.Assign;
        bool endsArguments = _templateNesting > 0 && node.Text is ">" or ">>";
        if (endsArguments)
            Write('(');
        PrintOperand(node.A, isAssignment ? Precedence.OrIf : (Precedence)node.Flags, isStrict: !isAssignment);
        Write(isComma ? ", " : " " + node.Text + " ");
        PrintOperand(node.B, (Precedence)node.Flags, isStrict: isAssignment);
        if (endsArguments)
            Write(')');
    }

    // The text opens a bracket; the closing one follows from it.
    private void PrintEnclosed(in ItaniumNode node)
    {
        int saved = _templateNesting;
        _templateNesting = 0;
        Write(node.Text);
        Print(node.A);
        Write(node.Text switch
        {
            [.., '"', '<'] => ">\"",
            [.., ':'] => "]",
            _ => ")",
        });
        _templateNesting = saved;
    }

    private void PrintCall(in ItaniumNode node)
    {
        if (node.Flags != 0)
            PrintParenthesized(node.A);
        else
            PrintOperand(node.A, Precedence.Postfix, isStrict: true);
        PrintParenthesized(node.B);
    }

    private void PrintNewOrDelete(in ItaniumNode node)
    {
        if ((node.Flags & 1) != 0)
            Write("::");
        Write(node.Kind == NodeKind.New ? "new" : "delete");
        if ((node.Flags & 2) != 0)
            Write("[]");
        if (node.Kind == NodeKind.Delete)
        {
            Write(' ');
            Print(node.A);
            return;
        }

        if (_tree.Count(node.A) > 0)
            PrintParenthesized(node.A);
        Write(' ');
        Print(node.B);
        if ((node.Flags & 4) != 0)
            PrintParenthesized(node.C);
    }

    private void PrintDesignated(in ItaniumNode node)
    {
        Write(node.Flags == 0 ? '.' : '[');
        Print(node.A);
        if (node.Flags == 2)
        {
            Write(" ... ");
            Print(node.B);
        }

        if (node.Flags != 0)
            Write(']');
        int value = node.Flags == 2 ? node.C : node.B;
        if (_tree[value].Kind is not (NodeKind.Designated or NodeKind.InitializerList))
            Write(" = ");
        Print(value);
    }

    private void PrintFold(in ItaniumNode node)
    {
        bool isLeft = node.Flags != 0;
        Write('(');
        if (!isLeft || node.B != 0)
        {
            PrintFoldOperand(isLeft ? node.B : node.A, isPack: !isLeft);
            Write(" " + node.Text + " ");
        }

        Write("...");
        if (isLeft || node.B != 0)
        {
            Write(" " + node.Text + " ");
            PrintFoldOperand(isLeft ? node.A : node.B, isPack: isLeft);
        }

        Write(')');
    }

    private void PrintFoldOperand(int operand, bool isPack)
    {
        if (!isPack)
        {
            PrintOperand(operand, Precedence.Cast, isStrict: true);
            return;
        }

        Write('(');
        PrintPackExpansion(operand);
        Write(')');
    }

    private void PrintLiteralOrRest(in ItaniumNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Integer:
                if (node.Text.Length > 3)
                    Write("(" + node.Text + ")");
                Print(node.B);
                if (node.Text.Length <= 3)
                    Write(node.Text);
                break;
            case NodeKind.CastLiteral:
                PrintParenthesized(node.A);
                Print(node.B);
                break;
            case NodeKind.Float:
                PrintFloat(node);
                break;
            case NodeKind.LambdaExpression:
                Write("[]");
                PrintSignature(_tree[node.A]);
                Write("{...}");
                break;
            case NodeKind.FunctionParameter:
                Write("fp");
                Print(node.A);
                break;
            case NodeKind.SizeofPack:
                Write("sizeof...(");
                PrintPackExpansion(node.A);
                Write(')');
                break;
            case NodeKind.Requires:
                PrintRequires(node);
                break;
            case NodeKind.Requirement:
                PrintRequirement(node);
                break;
            case NodeKind.Subobject:
                Print(node.A);
                Write(".<");
                Print(node.B);
                Write(" at offset ");
                Print(node.C);
                Write('>');
                break;
        }
    }

    private void PrintRequires(in ItaniumNode node)
    {
        Write("requires");
        if (node.A != 0)
        {
            Write(" ");
            PrintParenthesized(node.A);
        }

        Write(" {");
        for (int i = 0; i < _tree.Count(node.B) && !_hasFailed; i++)
        {
            Write(' ');
            Print(_tree.Child(node.B, i));
            Write(';');
        }

        Write(" }");
    }

    private void PrintRequirement(in ItaniumNode node)
    {
        Write(node.Flags switch { 1 => "{", 2 => "typename ", 3 => "requires ", _ => "" });
        Print(node.A);
        if (node.Flags != 1)
            return;
        Write("}");
        Write(node.Text);
        if (node.B != 0)
        {
            Write(" -> ");
            Print(node.B);
        }
    }

    // The digits are the value's bytes, highest first. Formats without a .NET type are shown as they are.
    private readonly void PrintFloat(in ItaniumNode node)
    {
        ReadOnlySpan<byte> digits = _mangled.Slice(node.A, node.B);
        if (!ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) || node.Text is "L" or "Q")
        {
            Write("0x");
            _output.AppendUtf8(digits);
        }
        else if (node.Text == "f")
        {
            Write(BitConverter.UInt32BitsToSingle((uint)bits).ToString("R", CultureInfo.InvariantCulture));
        }
        else
        {
            Write(BitConverter.UInt64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture));
        }

        Write(node.Text);
    }
}
