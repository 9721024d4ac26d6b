// Itanium ABI 5.1.6: literals, and names in expressions that could not be resolved yet.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Literals and unresolved names.</content>
internal ref partial struct ItaniumParser
{
    // What a literal of a builtin type shows of its type: a suffix, or the type in parentheses.
    private static string? IntegerStyle(char type) => type switch
    {
        'w' => "wchar_t",
        'c' => "char",
        'a' => "signed char",
        'h' => "unsigned char",
        's' => "short",
        't' => "unsigned short",
        'i' => "",
        'j' => "u",
        'l' => "l",
        'm' => "ul",
        'x' => "ll",
        'y' => "ull",
        'n' => "__int128",
        'o' => "unsigned __int128",
        _ => null,
    };

    // L type value E | L_Z encoding E | LDn0E | LA…E (a string) | LUl…E E (a lambda)
    private int ParsePrimary()
    {
        Expect('L');
        char c = Peek();
        if (IntegerStyle(c) is { } style)
        {
            _position++;
            int number = ParseNumber(allowNegative: true);
            Expect('E');
            return _tree.Add(NodeKind.Integer, 0, number, text: style);
        }

        switch (c)
        {
            case 'b' when Peek(1) is '0' or '1' && Peek(2) == 'E':
                _position += 3;
                return _tree.AddText(_text[_position - 2] == (byte)'1' ? "true" : "false");
            case 'f' or 'd' or 'e' or 'g':
                return ParseFloat(c);
            case '_' or 'Z':
                TryTake('_');
                Expect('Z');
                int encoding = ParseEncoding();
                Expect('E');
                return encoding;
            case 'D' when Peek(1) == 'n':
                _position += 2;
                TryTake('0');
                Expect('E');
                return _tree.AddText("nullptr");
            case 'U' when Peek(1) == 'l':
                int closure = ParseUnnamedTypeName();
                Expect('E');
                return _tree.Add(NodeKind.LambdaExpression, closure);
            case 'T':
                return Fail();
            default:
                return ParseTypedLiteral(isString: c == 'A');
        }
    }

    private int ParseTypedLiteral(bool isString)
    {
        int type = ParseType();
        int number = ParseNumber(allowNegative: true);
        bool hasNumber = _tree[number].B > 0;

        // A complex number has two parts; they are hexadecimal digits, which tell a reader nothing.
        while (!_hasFailed && Peek() is '_' or (>= 'a' and <= 'f') or (>= '0' and <= '9'))
            _position++;
        Expect('E');
        return isString && !hasNumber
            ? _tree.Add(NodeKind.Enclosed, type, text: "\"<")
            : _tree.Add(NodeKind.CastLiteral, type, number);
    }

    private int ParseFloat(char type)
    {
        _position++;
        int start = _position;
        while (Peek() is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
            _position++;
        int length = _position - start;
        Expect('E');
        return _tree.Add(NodeKind.Float, start, length, text: type switch { 'f' => "f", 'e' => "L", 'g' => "Q", _ => "" });
    }

    // [gs] base | sr type base | srN type {simple-id} E base | [gs] sr {simple-id} E base
    private int ParseUnresolvedName(bool isGlobal)
    {
        if (!Enter())
            return 0;
        int node = ParseUnresolvedScope(isGlobal, out bool hasScope);
        int name = ParseUnresolvedBase();
        _depth--;
        if (hasScope)
            return _tree.Add(NodeKind.Nested, node, name);
        return isGlobal ? _tree.Add(NodeKind.GlobalQualified, name) : name;
    }

    private int ParseUnresolvedScope(bool isGlobal, out bool hasScope)
    {
        hasScope = true;
        if (TryTake("srN"))
        {
            int type = ParseUnresolvedType();
            while (!_hasFailed && !TryTake('E'))
                type = _tree.Add(NodeKind.Nested, type, ParseSimpleId());
            return type;
        }

        if (!TryTake("sr"))
        {
            hasScope = false;
            return 0;
        }

        if (!char.IsAsciiDigit(Peek()))
            return ParseUnresolvedType();
        int scope = ParseSimpleId();
        if (isGlobal)
            scope = _tree.Add(NodeKind.GlobalQualified, scope);
        while (!_hasFailed && !TryTake('E'))
            scope = _tree.Add(NodeKind.Nested, scope, ParseSimpleId());
        return scope;
    }

    private int ParseUnresolvedType()
    {
        int node;
        if (Peek() == 'T')
        {
            node = ParseTemplateParameter();
            _substitutions.Add(node);
        }
        else if (Peek() == 'D')
        {
            node = ParseDecltype();
            _substitutions.Add(node);
        }
        else if (TryTake("St"))
        {
            node = _tree.Add(NodeKind.Nested, _tree.AddText("std"), ParseSourceName());
            _substitutions.Add(node);
        }
        else
        {
            node = ParseSubstitution();
        }

        if (Peek() != 'I')
            return node;
        node = _tree.Add(NodeKind.Template, node, ParseTemplateArguments(isEncoding: false));
        _substitutions.Add(node);
        return node;
    }

    private int ParseSimpleId()
    {
        int name = ParseSourceName();
        return Peek() == 'I' ? _tree.Add(NodeKind.Template, name, ParseTemplateArguments(isEncoding: false)) : name;
    }

    // simple-id | [on] operator-name [template-args] | dn destructor-name
    private int ParseUnresolvedBase()
    {
        if (char.IsAsciiDigit(Peek()))
            return ParseSimpleId();
        if (TryTake("dn"))
            return _tree.Add(NodeKind.Prefix, char.IsAsciiDigit(Peek()) ? ParseSimpleId() : ParseUnresolvedType(), text: "~");
        TryTake("on");
        var state = default(NameState);
        int name = ParseOperatorName(ref state, isEncoding: false);
        return Peek() == 'I' ? _tree.Add(NodeKind.Template, name, ParseTemplateArguments(isEncoding: false)) : name;
    }
}
