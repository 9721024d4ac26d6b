// Itanium ABI 5.1.6: expressions in decltype, array dimensions, template arguments and constraints.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Expressions.</content>
internal ref partial struct ItaniumParser
{
    private const int GlobalFlag = 1;
    private const int ArrayFlag = 2;
    private const int InitializerFlag = 4;

    private int ParseExpression()
    {
        if (!Enter())
            return 0;
        int node = ParseExpressionByTag();
        _depth--;
        return node;
    }

    private int ParseExpressionByTag()
    {
        bool isGlobal = TryTake("gs");
        char c = Peek();
        if (char.IsAsciiDigit(c))
            return ParseUnresolvedName(isGlobal);
        switch (c)
        {
            case 'L':
                return ParsePrimary();
            case 'T':
                return ParseTemplateParameter();
            case 'f':
                bool isParameter = Peek(1) == 'p' || (Peek(1) == 'L' && char.IsAsciiDigit(Peek(2)));
                return isParameter ? ParseFunctionParameter() : ParseFold();
        }

        return ParseNamedExpression(isGlobal);
    }

    // What begins with two letters but is no operator.
    private int ParseNamedExpression(bool isGlobal)
    {
        char second = Peek(1);
        switch (Peek())
        {
            case 'i' when second == 'l':
                _position += 2;
                return _tree.Add(NodeKind.InitializerList, 0, ParseExpressionsToEnd());
            case 't' when second == 'l':
                _position += 2;
                int type = ParseType();
                return _tree.Add(NodeKind.InitializerList, type, ParseExpressionsToEnd());
            case 't' when second == 'r':
                _position += 2;
                return _tree.AddText("throw");
            case 't' when second == 'w':
                _position += 2;
                return _tree.Add(NodeKind.Prefix, ParseExpression(), flags: (int)Precedence.Default, text: "throw ");
            case 'n' when second == 'x':
                _position += 2;
                return _tree.Add(NodeKind.Enclosed, ParseExpression(), text: "noexcept (");
            case 's' when second is 'p' or 'o' or 'Z' or 'P':
                return ParsePackOrSubobject(second);
            case 'd' when second is 'i' or 'x' or 'X':
                return ParseDesignated();
            case 'm' when second == 'c':
                return ParseMemberPointerConversion();
            case 'r' when second is 'q' or 'Q':
                return ParseRequires(second == 'Q');
            case 'u' when char.IsAsciiDigit(second):
                return ParseVendorExpression();
            case 'o' when second == 'n':
            case 's' when second == 'r':
            case 'd' when second == 'n':
                return ParseUnresolvedName(isGlobal);
            default:
                return ParseOperatorExpression(isGlobal);
        }
    }

    private int ParseExpressionsToEnd(char end = 'E')
    {
        int mark = _pending.Count;
        while (!_hasFailed && !TryTake(end))
            _pending.Add(ParseExpression());
        return _tree.AddList(_pending, mark);
    }

    private int ParseOperatorExpression(bool isGlobal)
    {
        if (!ItaniumOperators.TryFind((byte)Peek(), (byte)Peek(1), out ItaniumOperator found))
            return Fail();
        _position += 2;
        int precedence = (int)found.Precedence;
        switch (found.Kind)
        {
            case OperatorKind.Binary:
                int left = ParseExpression();
                return _tree.Add(NodeKind.Binary, left, ParseExpression(), flags: precedence, text: found.Symbol);
            case OperatorKind.Prefix:
                return _tree.Add(NodeKind.Prefix, ParseExpression(), flags: precedence, text: found.Symbol);
            case OperatorKind.Postfix:
                return TryTake('_')
                    ? _tree.Add(NodeKind.Prefix, ParseExpression(), flags: (int)Precedence.Unary, text: found.Symbol)
                    : _tree.Add(NodeKind.Postfix, ParseExpression(), flags: precedence, text: found.Symbol);
            case OperatorKind.Member:
                int owner = ParseExpression();
                return _tree.Add(NodeKind.Member, owner, ParseExpression(), flags: precedence, text: found.Symbol);
            case OperatorKind.Subscript:
                int array = ParseExpression();
                return _tree.Add(NodeKind.Subscript, array, ParseExpression());
            case OperatorKind.Conditional:
                int condition = ParseExpression();
                int whenTrue = ParseExpression();
                return _tree.Add(NodeKind.Conditional, condition, whenTrue, ParseExpression());
            case OperatorKind.Call:
                int callee = ParseExpression();
                return _tree.Add(NodeKind.Call, callee, ParseExpressionsToEnd(), flags: found.Code == "cp" ? 1 : 0);
            case OperatorKind.NamedCast:
                int target = ParseType();
                return _tree.Add(NodeKind.NamedCast, target, ParseExpression(), text: found.Symbol);
            case OperatorKind.Conversion:
                return ParseTypeConversion();
            case OperatorKind.New:
                return ParseNew((isGlobal ? GlobalFlag : 0) | (found.Code == "na" ? ArrayFlag : 0));
            case OperatorKind.Delete:
                int flags = (isGlobal ? GlobalFlag : 0) | (found.Code == "da" ? ArrayFlag : 0);
                return _tree.Add(NodeKind.Delete, ParseExpression(), flags: flags);
            case OperatorKind.OfType:
                return _tree.Add(NodeKind.Enclosed, ParseType(), text: found.Symbol + "(");
            default:
                return _tree.Add(NodeKind.Enclosed, ParseExpression(), text: found.Symbol + "(");
        }
    }

    // cv type expression | cv type _ {expression} E
    private int ParseTypeConversion()
    {
        bool saved = _parsesTemplateArguments;
        _parsesTemplateArguments = false;
        int type = ParseType();
        _parsesTemplateArguments = saved;
        if (TryTake('_'))
            return _tree.Add(NodeKind.TypeConversion, type, ParseExpressionsToEnd());
        int mark = _pending.Count;
        _pending.Add(ParseExpression());
        return _tree.Add(NodeKind.TypeConversion, type, _tree.AddList(_pending, mark));
    }

    // nw {placement} _ type (E | pi {expression} E | il …)
    private int ParseNew(int flags)
    {
        int placement = ParseExpressionsToEnd('_');
        int type = ParseType();
        int initializers = 0;
        if (TryTake("pi"))
        {
            flags |= InitializerFlag;
            initializers = ParseExpressionsToEnd();
        }
        else if (Peek() == 'i')
        {
            flags |= InitializerFlag;
            int mark = _pending.Count;
            _pending.Add(ParseExpression());
            initializers = _tree.AddList(_pending, mark);
        }
        else
        {
            Expect('E');
        }

        return _tree.Add(NodeKind.New, placement, type, initializers, flags: flags);
    }

    private int ParsePackOrSubobject(char second)
    {
        _position += 2;
        switch (second)
        {
            case 'p':
                return _tree.Add(NodeKind.PackExpansion, ParseExpression());
            case 'Z':
                int pack = Peek() == 'T' ? ParseTemplateParameter() : ParseFunctionParameter();
                return _tree.Add(NodeKind.SizeofPack, pack);
            case 'P':
                int mark = _pending.Count;
                while (!_hasFailed && !TryTake('E'))
                    _pending.Add(ParseTemplateArgument());
                return _tree.Add(NodeKind.SizeofPack, _tree.Add(NodeKind.ArgumentPack, _tree.AddList(_pending, mark)));
            default:
                return ParseSubobject();
        }
    }

    // so type expression [offset] {_ [number]} [p] E
    private int ParseSubobject()
    {
        int type = ParseType();
        int expression = ParseExpression();
        int offset = ParseNumber(allowNegative: true);
        while (TryTake('_'))
            ParseNumber();
        TryTake('p');
        Expect('E');
        return _tree.Add(NodeKind.Subobject, expression, type, offset);
    }

    // di name value | dx index value | dX first last value
    private int ParseDesignated()
    {
        char kind = Peek(1);
        _position += 2;
        int first = kind == 'i' ? ParseSourceName() : ParseExpression();
        int second = ParseExpression();
        int third = kind == 'X' ? ParseExpression() : 0;
        return _tree.Add(NodeKind.Designated, first, second, third, flags: kind == 'i' ? 0 : kind == 'x' ? 1 : 2);
    }

    // mc type expression [offset] E
    private int ParseMemberPointerConversion()
    {
        _position += 2;
        int type = ParseType();
        int mark = _pending.Count;
        _pending.Add(ParseExpression());
        ParseNumber(allowNegative: true);
        Expect('E');
        return _tree.Add(NodeKind.TypeConversion, type, _tree.AddList(_pending, mark));
    }

    // u name {template-argument} E
    private int ParseVendorExpression()
    {
        _position++;
        int name = ParseSourceName();
        int mark = _pending.Count;
        while (!_hasFailed && !TryTake('E'))
            _pending.Add(ParseTemplateArgument());
        return _tree.Add(NodeKind.Call, name, _tree.AddList(_pending, mark));
    }

    // fpT | fp [cv] [number] _ | fL level p [cv] [number] _
    private int ParseFunctionParameter()
    {
        if (TryTake("fpT"))
            return _tree.AddText("this");
        if (TryTake("fL"))
        {
            ParseNumber();
            Expect('p');
        }
        else if (!TryTake("fp"))
        {
            return Fail();
        }

        ParseQualifiers();
        int number = ParseNumber();
        Expect('_');
        return _tree.Add(NodeKind.FunctionParameter, number);
    }

    // fl op pack | fr op pack | fL op init pack | fR op pack init
    private int ParseFold()
    {
        char kind = Peek(1);
        _position += 2;
        if (kind is not ('l' or 'r' or 'L' or 'R') || !ItaniumOperators.TryFind((byte)Peek(), (byte)Peek(1), out ItaniumOperator found)
            || found.Kind is not (OperatorKind.Binary or OperatorKind.Member))
        {
            return Fail();
        }

        _position += 2;
        int first = ParseExpression();
        int second = char.IsAsciiLetterUpper(kind) ? ParseExpression() : 0;
        int pack = kind == 'L' ? second : first;
        int initial = kind == 'L' ? first : second;
        return _tree.Add(NodeKind.Fold, pack, initial, flags: kind is 'l' or 'L' ? 1 : 0, text: found.Symbol);
    }

    // rq {requirement} E | rQ parameters _ {requirement} E
    private int ParseRequires(bool hasParameters)
    {
        _position += 2;
        int parameters = 0;
        if (hasParameters)
        {
            int mark = _pending.Count;
            while (!_hasFailed && !TryTake('_'))
                _pending.Add(ParseType());
            parameters = _tree.AddList(_pending, mark);
        }

        int requirements = _pending.Count;
        while (!_hasFailed && !TryTake('E'))
            _pending.Add(ParseRequirement());
        return _tree.Add(NodeKind.Requires, parameters, _tree.AddList(_pending, requirements));
    }

    // X expression [N] [R constraint] | T type | Q constraint
    private int ParseRequirement()
    {
        if (TryTake('T'))
            return _tree.Add(NodeKind.Requirement, ParseType(), flags: 2);
        if (TryTake('Q'))
            return _tree.Add(NodeKind.Requirement, ParseExpression(), flags: 3);
        Expect('X');
        int expression = ParseExpression();
        bool isNoexcept = TryTake('N');
        int constraint = TryTake('R') ? ParseName() : 0;
        int kind = isNoexcept || constraint != 0 ? 1 : 0;
        return _tree.Add(NodeKind.Requirement, expression, constraint, flags: kind, text: isNoexcept ? " noexcept" : "");
    }
}
