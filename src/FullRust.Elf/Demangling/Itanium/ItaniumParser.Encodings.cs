// Itanium ABI 5.1.2: encodings with their parameters, and the local names that contain them.

using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Encodings.</content>
internal ref partial struct ItaniumParser
{
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
