// Itanium ABI 5.1.3: a name without its scope: identifiers, operators, constructors, unnamed types, closures.

using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Names without scope.</content>
internal ref partial struct ItaniumParser
{
    // unqualified-name = [F] [L] (source-name | ctor-dtor-name | operator-name | unnamed-type-name | DC…E) {abi-tag}
    private int ParseUnqualifiedName(ref NameState state, int scope, int module, bool isEncoding)
    {
        bool isFriend = scope != 0 && TryTake('F');
        TryTake('L');
        int node;
        char c = Peek();
        if (c is >= '1' and <= '9')
            node = ParseSourceName();
        else if (c == 'U')
            node = ParseUnnamedTypeName();
        else if (c == 'D' && Peek(1) == 'C')
            node = ParseStructuredBinding();
        else if (c is 'C' or 'D')
            node = ParseConstructorOrDestructor(ref scope, ref state);
        else
            node = ParseOperatorName(ref state, isEncoding);

        if (module != 0)
            node = _tree.Add(NodeKind.ModuleEntity, node, module);
        node = ParseAbiTags(node);
        if (_hasFailed || scope == 0)
            return node;
        return _tree.Add(isFriend ? NodeKind.Friend : NodeKind.Nested, scope, node);
    }

    private int ParseStructuredBinding()
    {
        _position += 2;
        int mark = _pending.Count;
        do
            _pending.Add(ParseSourceName());
        while (!_hasFailed && !TryTake('E'));
        return _tree.Add(NodeKind.StructuredBinding, _tree.AddList(_pending, mark));
    }

    // C1 C2 C3 C4 C5 CI1… D0 D1 D2 D4 D5
    private int ParseConstructorOrDestructor(ref NameState state, int scope)
    {
        state.IsConstructorDestructorOrConversion = true;
        if (TryTake('C'))
        {
            bool isInheriting = TryTake('I');
            if (Peek() is < '1' or > '5')
                return Fail();
            _position++;
            if (isInheriting)
                ParseName();
            return _tree.Add(NodeKind.Constructor, scope);
        }

        Expect('D');
        if (Peek() is not ((>= '0' and <= '2') or '4' or '5'))
            return Fail();
        _position++;
        return _tree.Add(NodeKind.Destructor, scope);
    }

    private int ParseConstructorOrDestructor(ref int scope, ref NameState state)
    {
        if (scope == 0)
            return Fail();

        // "std::string::string" is no constructor's name: write the class out.
        if (_tree[scope] is { Kind: NodeKind.StandardName } standard)
            scope = _tree.Add(NodeKind.StandardName, standard.A, 1);
        return ParseConstructorOrDestructor(ref state, scope);
    }

    private int ParseOperatorName(ref NameState state, bool isEncoding)
    {
        if (TryTake("li"))
            return _tree.Add(NodeKind.LiteralOperator, ParseSourceName());
        if (Peek() == 'v' && char.IsAsciiDigit(Peek(1)))
        {
            _position += 2;
            return _tree.Add(NodeKind.Conversion, ParseSourceName());
        }

        if (!ItaniumOperators.TryFind((byte)Peek(), (byte)Peek(1), out ItaniumOperator found) || !found.IsOverloadable)
            return Fail();
        _position += 2;
        if (found.Kind == OperatorKind.Conversion)
            return ParseConversionOperator(ref state, isEncoding);

        bool isWord = char.IsAsciiLetter(found.Symbol[0]);
        return _tree.AddText((isWord ? "operator " : "operator") + found.Symbol.TrimEnd());
    }

    private int ParseConversionOperator(ref NameState state, bool isEncoding)
    {
        bool savedArguments = _parsesTemplateArguments;
        bool savedForward = _allowsForwardReferences;
        _parsesTemplateArguments = false;
        _allowsForwardReferences |= isEncoding;
        int type = ParseType();
        _parsesTemplateArguments = savedArguments;
        _allowsForwardReferences = savedForward;
        state.IsConstructorDestructorOrConversion = true;
        return _tree.Add(NodeKind.Conversion, type);
    }

    // Ut [number] _ | Ul signature E [number] _ | Ub [number] _
    private int ParseUnnamedTypeName()
    {
        if (TryTake("Ul"))
            return ParseClosure();
        bool isBlock = TryTake("Ub");
        if (!isBlock && !TryTake("Ut"))
            return Fail();
        int number = ParseNumber();
        Expect('_');
        return isBlock ? _tree.AddText("'block-literal'") : _tree.Add(NodeKind.UnnamedType, number);
    }

    private int ParseClosure()
    {
        int savedLevel = _lambdaParameterLevel;
        int level = _templateParameters.Count;
        _lambdaParameterLevel = level;
        int mark = _pending.Count;
        var declared = new List<int>();
        while (IsTemplateParameterDeclaration)
        {
            if (declared.Count == 0)
                _templateParameters.Add(declared);
            _pending.Add(ParseTemplateParameterDeclaration(declared));
        }

        int templates = _pending.Count > mark ? _tree.Add(NodeKind.TemplateArguments, _tree.AddList(_pending, mark)) : 0;
        if (TryTake('Q'))
            ParseExpression();
        int parameterMark = _pending.Count;
        if (!TryTake('v'))
        {
            do
                _pending.Add(ParseType());
            while (!_hasFailed && Peek() is not ('E' or 'Q'));
        }

        int parameters = _tree.AddList(_pending, parameterMark);
        if (TryTake('Q'))
            ParseExpression();
        Expect('E');
        _lambdaParameterLevel = savedLevel;
        if (_templateParameters.Count > level)
            _templateParameters.RemoveRange(level, _templateParameters.Count - level);
        int number = ParseNumber();
        Expect('_');
        return _tree.Add(NodeKind.Closure, templates, parameters, number);
    }
}
