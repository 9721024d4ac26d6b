// Itanium ABI 5.1: the lexical level of the parser, substitutions and template parameters. Every recursive rule passes Enter, which
// bounds depth and total work; a rule that does not match sets the failure flag, after which nothing matches any more.

using System;
using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <summary>Reads a mangled name without its <c>_Z</c> into a tree.</summary>
internal ref partial struct ItaniumParser
{
    private const int MaxDepth = 400;
    private const int MaxSteps = 200_000;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ItaniumTree _tree;
    private readonly List<int> _substitutions = [];
    private readonly List<int> _pending = [];
    private readonly List<int> _forwardReferences = [];

    // Template arguments by nesting level; null for a level whose arguments are not known (a generic lambda's own parameters).
    private List<List<int>?> _templateParameters = [];
    private List<int> _outerParameters = [];

    private int _position;
    private int _depth;
    private int _steps;
    private bool _hasFailed;
    private bool _parsesTemplateArguments = true;
    private bool _allowsForwardReferences;
    private int _lambdaParameterLevel = -1;
    private int _syntheticTypes;
    private int _syntheticNonTypes;
    private int _syntheticTemplates;

    public ItaniumParser(ReadOnlySpan<byte> text, ItaniumTree tree)
    {
        _text = text;
        _tree = tree;
    }

    /// <summary>What a name says about the function it may belong to.</summary>
    private struct NameState
    {
        public bool IsConstructorDestructorOrConversion;
        public bool EndsWithTemplateArguments;
        public bool HasExplicitObject;
        public int Qualifiers;
    }

    public bool TryParse(out int root)
    {
        root = ParseEncoding();
        if (!_hasFailed && Peek() == '.')
        {
            int suffix = _tree.Add(NodeKind.Name, _position, _text.Length - _position);
            root = _tree.Add(NodeKind.Clone, root, suffix);
            _position = _text.Length;
        }

        return !_hasFailed && _position == _text.Length;
    }

    private int Fail()
    {
        _hasFailed = true;
        return 0;
    }

    private bool Enter()
    {
        if (++_depth > MaxDepth || ++_steps > MaxSteps)
            _hasFailed = true;
        return !_hasFailed;
    }

    private readonly char Peek(int ahead = 0) =>
        !_hasFailed && _position + ahead < _text.Length ? (char)_text[_position + ahead] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c || c == '\0')
            return false;
        _position++;
        return true;
    }

    private bool TryTake(string s)
    {
        for (int i = 0; i < s.Length; i++)
        {
            if (Peek(i) != s[i])
                return false;
        }

        _position += s.Length;
        return true;
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
            _hasFailed = true;
    }

    private bool IsAtEnd => _hasFailed || _position >= _text.Length;

    // [n] digits; empty if there are none.
    private int ParseNumber(bool allowNegative = false)
    {
        int start = _position;
        if (allowNegative)
            TryTake('n');
        int digits = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        if (_position == digits)
            _position = start;
        return _tree.Add(NodeKind.Number, start, _position - start);
    }

    private bool TryParseInteger(out int value)
    {
        value = 0;
        if (!char.IsAsciiDigit(Peek()))
            return false;
        while (char.IsAsciiDigit(Peek()))
        {
            value = (value * 10) + (Peek() - '0');
            _position++;
            if (value > _text.Length + 1_000_000)
                _hasFailed = true;
        }

        return !_hasFailed;
    }

    // seq-id: base 36, upper case.
    private bool TryParseSequenceId(out int value)
    {
        value = 0;
        int start = _position;
        while (char.IsAsciiDigit(Peek()) || char.IsAsciiLetterUpper(Peek()))
        {
            char c = Peek();
            value = (value * 36) + (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10);
            _position++;
            if (value > _text.Length)
                _hasFailed = true;
        }

        return !_hasFailed && _position > start;
    }

    // source-name = length identifier
    private int ParseSourceName()
    {
        if (!TryParseInteger(out int length) || length <= 0 || length > _text.Length - _position)
            return Fail();
        int start = _position;
        _position += length;
        return _text.Slice(start, length).StartsWith("_GLOBAL__N"u8)
            ? _tree.AddText("(anonymous namespace)")
            : _tree.Add(NodeKind.Name, start, length);
    }

    // S_ S0_ … or one of the standard abbreviations.
    private int ParseSubstitution()
    {
        Expect('S');
        char letter = Peek();
        if (char.IsAsciiLetterLower(letter))
        {
            if (letter is not ('a' or 'b' or 's' or 'i' or 'o' or 'd'))
                return Fail();
            _position++;
            int standard = _tree.Add(NodeKind.StandardName, letter);
            int tagged = ParseAbiTags(standard);
            if (tagged != standard)
                _substitutions.Add(tagged);
            return tagged;
        }

        int index = 0;
        if (TryParseSequenceId(out int sequence))
            index = sequence + 1;
        Expect('_');
        return !_hasFailed && index < _substitutions.Count ? _substitutions[index] : Fail();
    }

    // T_ T0_ … TL0__ TL0_0_ …
    private int ParseTemplateParameter()
    {
        Expect('T');
        int level = 0;
        if (TryTake('L'))
        {
            if (!TryParseInteger(out level))
                return Fail();
            level++;
            Expect('_');
        }

        int index = 0;
        if (!TryTake('_'))
        {
            if (!TryParseInteger(out index))
                return Fail();
            index++;
            Expect('_');
        }

        if (_hasFailed)
            return 0;
        if (_allowsForwardReferences && level == 0)
        {
            int forward = _tree.Add(NodeKind.ForwardReference, index);
            _forwardReferences.Add(forward);
            return forward;
        }

        if (level < _templateParameters.Count && _templateParameters[level] is { } known && index < known.Count)
            return known[index];
        return ParseUnknownParameter(level);
    }

    // The parameters of a generic lambda have no arguments: their types are "auto".
    private int ParseUnknownParameter(int level)
    {
        bool isGeneric = _lambdaParameterLevel >= 0 && level <= _templateParameters.Count;
        return isGeneric ? _tree.AddText("auto") : Fail();
    }

    // Conversion operators name their type before the template arguments are known.
    private void ResolveForwardReferences(int mark)
    {
        for (int i = mark; i < _forwardReferences.Count; i++)
        {
            int index = _tree[_forwardReferences[i]].A;
            if (_templateParameters.Count == 0 || _templateParameters[0] is not { } known || index >= known.Count)
            {
                _hasFailed = true;
                return;
            }

            _tree.Resolve(_forwardReferences[i], known[index]);
        }

        _forwardReferences.RemoveRange(mark, _forwardReferences.Count - mark);
    }

    private int ParseAbiTags(int node)
    {
        while (TryTake('B'))
            node = _tree.Add(NodeKind.AbiTag, node, ParseSourceName());
        return node;
    }
}
