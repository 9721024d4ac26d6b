// Names, template arguments, and the texts of compiler-made symbols.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Names.</content>
internal ref partial struct ItaniumPrinter
{
    private void PrintNameOrExpression(in ItaniumNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Nested or NodeKind.Local:
                Print(node.A);
                Write("::");
                Print(node.B);
                break;
            case NodeKind.GlobalQualified:
                Write("::");
                Print(node.A);
                break;
            case NodeKind.Friend:
                Print(node.A);
                Write("::friend ");
                Print(node.B);
                break;
            case NodeKind.AbiTag:
                Print(node.A);
                Write("[abi:");
                Print(node.B);
                Write(']');
                break;
            case NodeKind.ModuleEntity:
                Print(node.A);
                Write('@');
                Print(node.B);
                break;
            case NodeKind.ModuleName:
                Print(node.A);
                if (node.A != 0 || node.Text == ":")
                    Write(node.Text);
                Print(node.B);
                break;
            case NodeKind.Template:
                Print(node.A);
                Print(node.B);
                break;
            case NodeKind.TemplateArguments:
                PrintTemplateArguments(node);
                break;
            case NodeKind.ArgumentPack:
                PrintList(node.A);
                break;
            case NodeKind.StandardName:
                Write(StandardName((char)node.A, node.B != 0));
                break;
            case NodeKind.Constructor or NodeKind.Destructor:
                if (node.Kind == NodeKind.Destructor)
                    Write('~');
                PrintBaseName(node.A);
                break;
            case NodeKind.Conversion:
                Write("operator ");
                Print(node.A);
                break;
            case NodeKind.LiteralOperator:
                Write("operator\"\" ");
                Print(node.A);
                break;
            case NodeKind.UnnamedType:
                Write("'unnamed");
                Print(node.A);
                Write('\'');
                break;
            case NodeKind.Closure:
                Write("'lambda");
                Print(node.C);
                Write('\'');
                PrintSignature(node);
                break;
            case NodeKind.StructuredBinding:
                Write('[');
                PrintList(node.A);
                Write(']');
                break;
            case NodeKind.Clone:
                Print(node.A);
                Write(" (");
                Print(node.B);
                Write(')');
                break;
            case NodeKind.Special:
                Write(node.Text);
                Print(node.A);
                break;
            case NodeKind.ConstructionVtable:
                Write("construction vtable for ");
                Print(node.A);
                Write("-in-");
                Print(node.B);
                break;
            case NodeKind.Postfixed:
                Print(node.A);
                Write(node.Text);
                break;
            case NodeKind.Vector:
                Print(node.A);
                Write(" vector[");
                Print(node.B);
                Write(']');
                break;
            case NodeKind.TemplateParameter:
                PrintTemplateParameter(node);
                break;
            default:
                PrintExpression(node);
                break;
        }
    }

    private void PrintTemplateArguments(in ItaniumNode node)
    {
        int saved = _templateNesting;
        _templateNesting = 1;
        Write('<');
        PrintList(node.A);
        if (node.B != 0)
        {
            Write(" requires ");
            Print(node.B);
        }

        Write('>');
        _templateNesting = saved;
    }

    private void PrintSignature(in ItaniumNode closure)
    {
        Print(closure.A);
        Write('(');
        PrintList(closure.B);
        Write(')');
    }

    private void PrintTemplateParameter(in ItaniumNode node)
    {
        Write(node.Text);
        if (node.Text == "template")
        {
            Print(node.B);
            Write(" typename ");
            Print(node.A);
            return;
        }

        PrintLeft(node.B);
        if (node.B != 0 && !HasRightPart(node.B))
            Write(' ');
        Print(node.A);
        PrintRight(node.B);
    }

    private static string StandardName(char letter, bool isWrittenOut) => (letter, isWrittenOut) switch
    {
        ('a', _) => "std::allocator",
        ('b', _) => "std::basic_string",
        ('s', false) => "std::string",
        ('i', false) => "std::istream",
        ('o', false) => "std::ostream",
        ('d', false) => "std::iostream",
        ('s', true) => "std::basic_string<char, std::char_traits<char>, std::allocator<char>>",
        ('i', true) => "std::basic_istream<char, std::char_traits<char>>",
        ('o', true) => "std::basic_ostream<char, std::char_traits<char>>",
        _ => "std::basic_iostream<char, std::char_traits<char>>",
    };

    // The name of a class without scope and arguments, which is what its constructor is called.
    private void PrintBaseName(int index)
    {
        for (int i = 0; i < MaxChain; i++)
        {
            index = Meant(index);
            ItaniumNode node = _tree[index];
            switch (node.Kind)
            {
                case NodeKind.Nested or NodeKind.Local or NodeKind.Friend:
                    index = node.B;
                    break;
                case NodeKind.Template or NodeKind.AbiTag or NodeKind.ModuleEntity:
                    index = node.A;
                    break;
                case NodeKind.StandardName:
                    Write(BaseOfStandardName((char)node.A));
                    return;
                default:
                    Print(index);
                    return;
            }
        }
    }

    private static string BaseOfStandardName(char letter) => letter switch
    {
        'a' => "allocator",
        'i' => "basic_istream",
        'o' => "basic_ostream",
        'd' => "basic_iostream",
        _ => "basic_string",
    };
}
