// Itanium ABI 5.1.5: types. Everything that is not a builtin type or a plain substitution becomes a substitution candidate.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Types.</content>
internal ref partial struct ItaniumParser
{
    private static string? BuiltinType(char c) => c switch
    {
        'v' => "void",
        'w' => "wchar_t",
        'b' => "bool",
        'c' => "char",
        'a' => "signed char",
        'h' => "unsigned char",
        's' => "short",
        't' => "unsigned short",
        'i' => "int",
        'j' => "unsigned int",
        'l' => "long",
        'm' => "unsigned long",
        'x' => "long long",
        'y' => "unsigned long long",
        'n' => "__int128",
        'o' => "unsigned __int128",
        'f' => "float",
        'd' => "double",
        'e' => "long double",
        'g' => "__float128",
        'z' => "...",
        _ => null,
    };

    private static string? BuiltinTypeAfterD(char c) => c switch
    {
        'd' => "decimal64",
        'e' => "decimal128",
        'f' => "decimal32",
        'h' => "half",
        'i' => "char32_t",
        's' => "char16_t",
        'u' => "char8_t",
        'a' => "auto",
        'c' => "decltype(auto)",
        'n' => "std::nullptr_t",
        _ => null,
    };

    private int ParseType()
    {
        if (!Enter())
            return 0;
        int node = ParseType(out bool isCandidate);
        if (isCandidate && !_hasFailed)
            _substitutions.Add(node);
        _depth--;
        return node;
    }

    private int ParseType(out bool isCandidate)
    {
        isCandidate = false;
        char c = Peek();
        if (BuiltinType(c) is { } builtin)
        {
            _position++;
            return _tree.AddText(builtin);
        }

        isCandidate = true;
        switch (c)
        {
            case 'r' or 'V' or 'K':
                return IsQualifiedFunction() ? ParseFunctionType() : ParseQualifiedType();
            case 'U':
                return ParseQualifiedType();
            case 'u':
                return ParseVendorType();
            case 'D':
                return ParseTypeAfterD(out isCandidate);
            case 'F':
                return ParseFunctionType();
            case 'A':
                return ParseArrayType();
            case 'M':
                return ParseMemberPointer();
            case 'T':
                return Peek(1) is 's' or 'u' or 'e' ? ParseElaboratedType() : ParseTemplateParameterType();
            case 'P' or 'R' or 'O' or 'C' or 'G':
                return ParseCompoundType(c);
            case 'S' when Peek(1) != 't':
                return ParseSubstitutedType(out isCandidate);
            default:
                return ParseName();
        }
    }

    private int ParseCompoundType(char c)
    {
        _position++;
        int type = ParseType();
        return c switch
        {
            'P' => _tree.Add(NodeKind.Pointer, type),
            'R' => _tree.Add(NodeKind.Reference, type),
            'O' => _tree.Add(NodeKind.Reference, type, flags: 1),
            'C' => _tree.Add(NodeKind.Postfixed, type, text: " complex"),
            _ => _tree.Add(NodeKind.Postfixed, type, text: " imaginary"),
        };
    }

    private int ParseSubstitutedType(out bool isCandidate)
    {
        int node = ParseSubstitution();
        isCandidate = false;
        if (!_hasFailed && _tree[node].Kind == NodeKind.ModuleName)
        {
            var state = default(NameState);
            isCandidate = true;
            node = ParseUnqualifiedName(ref state, 0, ParseModuleName(node), isEncoding: false);
        }

        if (!_parsesTemplateArguments || Peek() != 'I')
            return node;
        isCandidate = true;
        return _tree.Add(NodeKind.Template, node, ParseTemplateArguments(isEncoding: false));
    }

    private int ParseTemplateParameterType()
    {
        int node = ParseTemplateParameter();
        if (!_parsesTemplateArguments || Peek() != 'I')
            return node;
        _substitutions.Add(node);
        return _tree.Add(NodeKind.Template, node, ParseTemplateArguments(isEncoding: false));
    }

    private int ParseElaboratedType()
    {
        string keyword = Peek(1) switch { 's' => "struct ", 'u' => "union ", _ => "enum " };
        _position += 2;
        return _tree.Add(NodeKind.Special, ParseName(), text: keyword);
    }

    private int ParseQualifiers()
    {
        int qualifiers = 0;
        if (TryTake('r'))
            qualifiers |= Restrict;
        if (TryTake('V'))
            qualifiers |= Volatile;
        if (TryTake('K'))
            qualifiers |= Const;
        return qualifiers;
    }

    private readonly bool IsQualifiedFunction()
    {
        int i = 0;
        if (Peek(i) == 'r')
            i++;
        if (Peek(i) == 'V')
            i++;
        if (Peek(i) == 'K')
            i++;
        return Peek(i) == 'F' || (Peek(i) == 'D' && Peek(i + 1) is 'o' or 'O' or 'w' or 'x');
    }

    private int ParseQualifiedType()
    {
        if (!Enter())
            return 0;
        int node;
        if (TryTake('U'))
        {
            int qualifier = ParseSourceName();
            int arguments = Peek() == 'I' ? ParseTemplateArguments(isEncoding: false) : 0;
            node = _tree.Add(NodeKind.VendorQualified, ParseQualifiedType(), qualifier, arguments);
        }
        else
        {
            int qualifiers = ParseQualifiers();
            node = ParseType();
            if (qualifiers != 0)
                node = _tree.Add(NodeKind.Qualified, node, flags: qualifiers);
        }

        _depth--;
        return node;
    }

    private int ParseVendorType()
    {
        _position++;
        int name = ParseSourceName();
        if (!TryTake('I'))
            return name;
        int mark = _pending.Count;
        _pending.Add(ParseType());
        Expect('E');
        return _tree.Add(NodeKind.Call, name, _tree.AddList(_pending, mark));
    }

    private int ParseTypeAfterD(out bool isCandidate)
    {
        isCandidate = false;
        char c = Peek(1);
        if (BuiltinTypeAfterD(c) is { } builtin)
        {
            _position += 2;
            return _tree.AddText(builtin);
        }

        switch (c)
        {
            case 'F':
                _position += 2;
                return ParseFloatType();
            case 'B' or 'U':
                _position += 2;
                return ParseBitInt(c == 'U');
            case 'k' or 'K':
                _position += 2;
                return _tree.Add(NodeKind.Postfixed, ParseName(), text: c == 'k' ? " auto" : " decltype(auto)");
        }

        isCandidate = true;
        switch (c)
        {
            case 't' or 'T':
                return ParseDecltype();
            case 'v':
                return ParseVectorType();
            case 'p':
                _position += 2;
                return _tree.Add(NodeKind.PackExpansion, ParseType());
            case 'o' or 'O' or 'w' or 'x':
                return ParseFunctionType();
            default:
                return ParseName();
        }
    }

    // DF number _ | DF16b
    private int ParseFloatType()
    {
        int bits = ParseNumber();
        if (TryTake('b'))
            return _tree.AddText("std::bfloat16_t");
        Expect('_');
        return _tree.Add(NodeKind.Special, bits, text: "_Float");
    }

    // DB (number | expression) _
    private int ParseBitInt(bool isUnsigned)
    {
        int bits = char.IsAsciiDigit(Peek()) ? ParseNumber() : ParseExpression();
        Expect('_');
        return _tree.Add(NodeKind.Enclosed, bits, text: isUnsigned ? "unsigned _BitInt(" : "_BitInt(");
    }

    private int ParseDecltype()
    {
        _position += 2;
        int expression = ParseExpression();
        Expect('E');
        return _tree.Add(NodeKind.Enclosed, expression, text: "decltype(");
    }

    // Dv number _ type | Dv [expression] _ type; p for AltiVec's pixel
    private int ParseVectorType()
    {
        _position += 2;
        int dimension = char.IsAsciiDigit(Peek()) && Peek() != '0' ? ParseNumber() : 0;
        if (dimension == 0)
        {
            bool isEmpty = TryTake('_');
            dimension = isEmpty && (Peek() == 'p' || IsAtEnd) ? 0 : ParseExpression();
        }

        Expect('_');
        int element = TryTake('p') ? _tree.AddText("pixel") : ParseType();
        return _tree.Add(NodeKind.Vector, element, dimension);
    }

    // [cv] [exception-spec] [Dx] F [Y] result parameters [ref-qualifier] E
    private int ParseFunctionType()
    {
        int flags = ParseQualifiers();
        int exceptions = ParseExceptionSpecification();
        TryTake("Dx");
        Expect('F');
        TryTake('Y');
        int result = ParseType();
        int mark = _pending.Count;
        while (!_hasFailed && !TryTake('E'))
        {
            if (TryTake('v'))
                continue;
            if (TryTake("RE"))
            {
                flags |= LValue;
                break;
            }

            if (TryTake("OE"))
            {
                flags |= RValue;
                break;
            }

            _pending.Add(ParseType());
        }

        return _tree.Add(NodeKind.FunctionType, result, 0, _tree.AddList(_pending, mark), exceptions, flags);
    }

    private int ParseExceptionSpecification()
    {
        if (TryTake("Do"))
            return _tree.AddText(" noexcept");
        if (TryTake("DO"))
        {
            int condition = ParseExpression();
            Expect('E');
            return _tree.Add(NodeKind.Enclosed, condition, text: " noexcept(");
        }

        if (!TryTake("Dw"))
            return 0;
        int mark = _pending.Count;
        while (!_hasFailed && !TryTake('E'))
            _pending.Add(ParseType());
        return _tree.Add(NodeKind.Enclosed, _tree.AddList(_pending, mark), text: " throw(");
    }

    private int ParseArrayType()
    {
        _position++;
        int dimension = 0;
        if (char.IsAsciiDigit(Peek()))
            dimension = ParseNumber();
        else if (Peek() != '_')
            dimension = ParseExpression();
        Expect('_');
        return _tree.Add(NodeKind.Array, ParseType(), dimension);
    }

    private int ParseMemberPointer()
    {
        _position++;
        int owner = ParseType();
        return _tree.Add(NodeKind.MemberPointer, owner, ParseType());
    }
}
