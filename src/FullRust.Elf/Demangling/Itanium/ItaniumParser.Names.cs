// Itanium ABI 5.1.2 and 5.1.3: encodings, names, local names, operators, constructors, unnamed types.

using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Encodings and names.</content>
internal ref partial struct ItaniumParser
{
    private const int Const = 1;
    private const int Volatile = 2;
    private const int Restrict = 4;
    private const int LValue = 8;
    private const int RValue = 16;
    private const int ExplicitObject = 32;

    // encoding = name bare-function-type | name | special-name
    private int ParseEncoding()
    {
        if (!Enter())
            return 0;
        List<List<int>?> savedParameters = _templateParameters;
        List<int> savedOuter = _outerParameters;
        _templateParameters = [];
        _outerParameters = [];
        int node = Peek() is 'G' or 'T' ? ParseSpecialName() : ParseFunctionOrData();
        _templateParameters = savedParameters;
        _outerParameters = savedOuter;
        _depth--;
        return node;
    }

    private bool IsEndOfEncoding => IsAtEnd || Peek() is 'E' or '.' or '_';

    private int ParseFunctionOrData()
    {
        var state = default(NameState);
        int forwardMark = _forwardReferences.Count;
        int name = ParseName(ref state, isEncoding: true);
        if (!_hasFailed)
            ResolveForwardReferences(forwardMark);
        if (IsEndOfEncoding)
            return name;

        int attributes = 0;
        if (TryTake("Ua9enable_ifI"))
        {
            int mark = _pending.Count;
            while (!_hasFailed && !TryTake('E'))
                _pending.Add(ParseTemplateArgument());
            attributes = _tree.Add(NodeKind.Enclosed, _tree.AddList(_pending, mark), text: " [enable_if:");
        }

        int result = 0;
        if (!state.IsConstructorDestructorOrConversion && state.EndsWithTemplateArguments)
            result = ParseType();

        int parameters = ParseParameters();
        int constraint = TryTake('Q') ? ParseExpression() : 0;
        if (constraint != 0)
            attributes = _tree.Add(NodeKind.Prefix, constraint, flags: (int)Precedence.Default, text: " requires ");
        int flags = state.Qualifiers | (state.HasExplicitObject ? ExplicitObject : 0);
        return _tree.Add(NodeKind.Function, result, name, parameters, attributes, flags);
    }

    private int ParseParameters()
    {
        int mark = _pending.Count;
        if (!TryTake('v'))
        {
            do
                _pending.Add(ParseType());
            while (!IsEndOfEncoding && Peek() != 'Q');
        }

        return _tree.AddList(_pending, mark);
    }

    private int ParseName()
    {
        var state = default(NameState);
        return ParseName(ref state, isEncoding: false);
    }

    // name = nested-name | local-name | unscoped-name [template-args] | substitution template-args
    private int ParseName(ref NameState state, bool isEncoding)
    {
        if (!Enter())
            return 0;
        int node = Peek() switch
        {
            'N' => ParseNestedName(ref state, isEncoding),
            'Z' => ParseLocalName(ref state, isEncoding),
            _ => ParseUnscopedTemplateName(ref state, isEncoding),
        };
        _depth--;
        return node;
    }

    private int ParseUnscopedTemplateName(ref NameState state, bool isEncoding)
    {
        bool isSubstitution = Peek() == 'S' && Peek(1) != 't';
        int node = isSubstitution ? ParseSubstitution() : ParseUnscopedName(ref state, isEncoding);
        if (Peek() != 'I')
            return isSubstitution && _tree[node].Kind != NodeKind.ModuleName ? Fail() : node;

        if (!isSubstitution)
            _substitutions.Add(node);
        int arguments = ParseTemplateArguments(isEncoding);
        state.EndsWithTemplateArguments = true;
        return _tree.Add(NodeKind.Template, node, arguments);
    }

    private int ParseUnscopedName(ref NameState state, bool isEncoding)
    {
        int scope = TryTake("St") ? _tree.AddText("std") : 0;
        int module = ParseModuleName(0);
        return ParseUnqualifiedName(ref state, scope, module, isEncoding);
    }

    // {W [P] source-name}
    private int ParseModuleName(int module)
    {
        while (TryTake('W'))
        {
            bool isPartition = TryTake('P');
            module = _tree.Add(NodeKind.ModuleName, module, ParseSourceName(), text: isPartition ? ":" : ".");
            _substitutions.Add(module);
        }

        return module;
    }

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

    // nested-name = N [cv-qualifiers] [ref-qualifier] prefix unqualified-name E
    private int ParseNestedName(ref NameState state, bool isEncoding)
    {
        Expect('N');
        if (TryTake('H'))
        {
            state.HasExplicitObject = true;
        }
        else
        {
            state.Qualifiers = ParseQualifiers();
            if (TryTake('O'))
                state.Qualifiers |= RValue;
            else if (TryTake('R'))
                state.Qualifiers |= LValue;
        }

        int node = 0;
        bool isCandidate = false;
        while (!_hasFailed && !TryTake('E'))
        {
            state.EndsWithTemplateArguments = false;
            node = ParsePrefix(node, ref state, isEncoding, out isCandidate);
            if (isCandidate)
                _substitutions.Add(node);
            TryTake('M');
        }

        // The whole name is a candidate only as a type, and ParseType adds it then.
        if (node == 0 || !isCandidate)
            return Fail();
        _substitutions.RemoveAt(_substitutions.Count - 1);
        return node;
    }

    private int ParsePrefix(int node, ref NameState state, bool isEncoding, out bool isCandidate)
    {
        isCandidate = true;
        char c = Peek();
        if (c == 'I')
        {
            if (node == 0 || _tree[node].Kind == NodeKind.Template)
                return Fail();
            int arguments = ParseTemplateArguments(isEncoding);
            state.EndsWithTemplateArguments = true;
            return _tree.Add(NodeKind.Template, node, arguments);
        }

        bool isDecltype = c == 'D' && Peek(1) is 't' or 'T';
        if (c == 'T' || isDecltype)
        {
            if (node != 0)
                return Fail();
            return isDecltype ? ParseDecltype() : ParseTemplateParameter();
        }

        if (c == 'S' && node == 0)
        {
            isCandidate = false;
            return TryTake("St") ? _tree.AddText("std") : ParseSubstitution();
        }

        int module = 0;
        if (node != 0 && _tree[node].Kind == NodeKind.ModuleName)
        {
            module = node;
            node = 0;
        }

        module = ParseModuleName(module);
        return ParseUnqualifiedName(ref state, node, module, isEncoding);
    }

    // local-name = Z encoding E (s | d [number] _ name | name) [discriminator]
    private int ParseLocalName(ref NameState state, bool isEncoding)
    {
        Expect('Z');
        int encoding = ParseEncoding();
        Expect('E');
        if (TryTake('s'))
        {
            SkipDiscriminator();
            return _tree.Add(NodeKind.Local, encoding, _tree.AddText("string literal"));
        }

        // The template parameters of the inner name have nothing to do with those of the enclosing function's context.
        List<List<int>?> savedParameters = _templateParameters;
        List<int> savedOuter = _outerParameters;
        _templateParameters = [];
        _outerParameters = [];
        bool isDefaultArgument = TryTake('d');
        if (isDefaultArgument)
        {
            ParseNumber(allowNegative: true);
            Expect('_');
        }

        int entity = ParseName(ref state, isEncoding);
        if (!isEncoding)
        {
            _templateParameters = savedParameters;
            _outerParameters = savedOuter;
        }

        if (!isDefaultArgument)
            SkipDiscriminator();
        return _tree.Add(NodeKind.Local, encoding, entity);
    }

    // _ digit | __ number _ | digits at the very end, which some compilers write
    private void SkipDiscriminator()
    {
        if (TryTake("__"))
        {
            ParseNumber();
            Expect('_');
        }
        else if (Peek() == '_' && char.IsAsciiDigit(Peek(1)))
        {
            _position += 2;
        }
        else if (char.IsAsciiDigit(Peek()))
        {
            int start = _position;
            while (char.IsAsciiDigit(Peek()))
                _position++;
            if (!IsAtEnd)
                _position = start;
        }
    }
}
