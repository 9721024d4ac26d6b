// Itanium ABI 5.1.3: names with their scopes: unscoped, nested, in modules.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Names with scope.</content>
internal ref partial struct ItaniumParser
{
    private const int Const = 1;
    private const int Volatile = 2;
    private const int Restrict = 4;
    private const int LValue = 8;
    private const int RValue = 16;
    private const int ExplicitObject = 32;

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
}
