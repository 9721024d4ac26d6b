// The inside-out part: functions, pointers, references, arrays.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Declarators.</content>
internal ref partial struct ItaniumPrinter
{
    private const int MaxChain = 1000;

    private readonly void PrintQualifiers(int flags)
    {
        if ((flags & 1) != 0)
            Write(" const");
        if ((flags & 2) != 0)
            Write(" volatile");
        if ((flags & 4) != 0)
            Write(" restrict");
    }

    private readonly void PrintFunctionQualifiers(int flags)
    {
        PrintQualifiers(flags);
        if ((flags & 8) != 0)
            Write(" &");
        if ((flags & 16) != 0)
            Write(" &&");
    }

    private void PrintFunctionLeft(in ItaniumNode node)
    {
        if (node.A != 0)
        {
            PrintLeft(node.A);
            if (!HasRightPart(node.A))
                Write(' ');
        }

        Print(node.B);
    }

    private void PrintFunctionRight(in ItaniumNode node)
    {
        Write('(');
        if ((node.Flags & 32) != 0)
            Write("this ");
        PrintList(node.C);
        Write(')');
        PrintRight(node.A);
        PrintFunctionQualifiers(node.Flags);
        Print(node.D);
    }

    private void PrintFunctionTypeRight(in ItaniumNode node)
    {
        Write('(');
        PrintList(node.C);
        Write(')');
        PrintRight(node.A);
        PrintFunctionQualifiers(node.Flags);
        Print(node.D);
    }

    private void PrintPointerLeft(in ItaniumNode node)
    {
        int pointee = node.A;
        bool isRValue = node.Flags != 0;
        if (node.Kind == NodeKind.Reference)
            Collapse(ref pointee, ref isRValue);

        PrintLeft(pointee);
        NodeKind inner = Declarator(pointee);
        if (inner == NodeKind.Array)
            Write(' ');
        if (inner is NodeKind.Array or NodeKind.FunctionType)
            Write('(');
        Write(node.Kind == NodeKind.Pointer ? "*" : isRValue ? "&&" : "&");
    }

    private void PrintPointerRight(in ItaniumNode node)
    {
        int pointee = node.Kind == NodeKind.MemberPointer ? node.B : node.A;
        bool isRValue = false;
        if (node.Kind == NodeKind.Reference)
            Collapse(ref pointee, ref isRValue);
        if (Declarator(pointee) is NodeKind.Array or NodeKind.FunctionType)
            Write(')');
        PrintRight(pointee);
    }

    private void PrintMemberPointerLeft(in ItaniumNode node)
    {
        PrintLeft(node.B);
        bool needsParentheses = Declarator(node.B) is NodeKind.Array or NodeKind.FunctionType;
        Write(needsParentheses ? '(' : ' ');
        Print(node.A);
        Write("::*");
    }

    private void PrintArrayRight(in ItaniumNode node)
    {
        if (_output.Last != ']')
            Write(' ');
        Write('[');
        Print(node.B);
        Write(']');
        PrintRight(node.A);
    }

    // A reference to a reference is one reference, an lvalue's if either is.
    private void Collapse(ref int pointee, ref bool isRValue)
    {
        for (int i = 0; i < MaxChain; i++)
        {
            ItaniumNode node = _tree[pointee];
            if (node.Kind == NodeKind.ForwardReference)
            {
                pointee = node.B;
            }
            else if (node.Kind == NodeKind.ParameterPack && PackElement(node) is var element && _tree[element].Kind == NodeKind.Reference)
            {
                pointee = element;
            }
            else if (node.Kind == NodeKind.Reference)
            {
                isRValue &= node.Flags != 0;
                pointee = node.A;
            }
            else
            {
                return;
            }
        }
    }

    // What a forward reference or a parameter pack stands for; other nodes mean themselves.
    private int Meant(int index)
    {
        for (int i = 0; i < MaxChain && _tree[index].Kind is (NodeKind.ForwardReference or NodeKind.ParameterPack); i++)
            index = _tree[index].Kind == NodeKind.ForwardReference ? _tree[index].B : PackElement(_tree[index]);
        return index;
    }

    // What a pointer to this node has to put parentheses for: an array, a function, or nothing.
    private NodeKind Declarator(int index)
    {
        for (int i = 0; i < MaxChain; i++)
        {
            ItaniumNode node = _tree[Meant(index)];
            switch (node.Kind)
            {
                case NodeKind.Qualified or NodeKind.VendorQualified:
                    index = node.A;
                    break;
                case NodeKind.Function:
                    return NodeKind.FunctionType;
                default:
                    return node.Kind is NodeKind.Array or NodeKind.FunctionType ? node.Kind : NodeKind.None;
            }
        }

        return NodeKind.None;
    }

    private bool HasRightPart(int index)
    {
        for (int i = 0; i < MaxChain; i++)
        {
            ItaniumNode node = _tree[Meant(index)];
            switch (node.Kind)
            {
                case NodeKind.Qualified or NodeKind.VendorQualified or NodeKind.Pointer or NodeKind.Reference:
                    index = node.A;
                    break;
                case NodeKind.MemberPointer:
                    index = node.B;
                    break;
                default:
                    return node.Kind is NodeKind.Array or NodeKind.FunctionType or NodeKind.Function;
            }
        }

        return false;
    }
}
