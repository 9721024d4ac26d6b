// Itanium ABI 5.1.5.5 to 5.1.5.8: template arguments and the declarations of template parameters.

using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Template arguments.</content>
internal ref partial struct ItaniumParser
{
    // I {argument} [Q constraint] E. The arguments of the entity being encoded are what T_, T0_ … mean from here on.
    private int ParseTemplateArguments(bool isEncoding)
    {
        if (!Enter())
            return 0;
        Expect('I');
        if (isEncoding)
        {
            _templateParameters = [_outerParameters = []];
        }

        int mark = _pending.Count;
        int constraint = 0;
        while (!_hasFailed && !TryTake('E'))
        {
            int argument = isEncoding ? ParseRecordedArgument() : ParseTemplateArgument();
            _pending.Add(argument);
            if (!TryTake('Q'))
                continue;
            constraint = ParseExpression();
            Expect('E');
            break;
        }

        int list = _tree.AddList(_pending, mark);
        _depth--;
        return _tree.Add(NodeKind.TemplateArguments, list, constraint);
    }

    // While an argument is read, the parameters keep their meaning so far.
    private int ParseRecordedArgument()
    {
        List<List<int>?> savedParameters = _templateParameters;
        List<int> savedOuter = _outerParameters;
        int argument = ParseTemplateArgument();
        _templateParameters = savedParameters;
        _outerParameters = savedOuter;
        bool isPack = !_hasFailed && _tree[argument].Kind == NodeKind.ArgumentPack;
        _outerParameters.Add(isPack ? _tree.Add(NodeKind.ParameterPack, _tree[argument].A) : argument);
        return argument;
    }

    private int ParseTemplateArgument()
    {
        if (!Enter())
            return 0;
        int node;
        switch (Peek())
        {
            case 'X':
                _position++;
                node = ParseExpression();
                Expect('E');
                break;
            case 'J':
                _position++;
                int mark = _pending.Count;
                while (!_hasFailed && !TryTake('E'))
                    _pending.Add(ParseTemplateArgument());
                node = _tree.Add(NodeKind.ArgumentPack, _tree.AddList(_pending, mark));
                break;
            case 'L':
                node = ParsePrimary();
                break;
            case 'T' when IsTemplateParameterDeclaration:
                ParseTemplateParameterDeclaration([]);
                node = ParseTemplateArgument();
                break;
            default:
                node = ParseType();
                break;
        }

        _depth--;
        return node;
    }

    private readonly bool IsTemplateParameterDeclaration => Peek() == 'T' && Peek(1) is 'y' or 'p' or 't' or 'n' or 'k';

    // Ty | Tk concept | Tn type | Tt {declaration} E | Tp declaration. The names are ours: the mangling has none.
    private int ParseTemplateParameterDeclaration(List<int> declared)
    {
        if (!Enter())
            return 0;
        char kind = Peek(1);
        _position += 2;
        int node;
        switch (kind)
        {
            case 'y':
                node = Declare(declared, SyntheticName("$T", ref _syntheticTypes), 0, "typename ");
                break;
            case 'k':
                int concept = ParseName();
                node = Declare(declared, SyntheticName("$T", ref _syntheticTypes), concept, "");
                break;
            case 'n':
                int name = SyntheticName("$N", ref _syntheticNonTypes);
                node = Declare(declared, name, ParseType(), "");
                break;
            case 't':
                node = ParseTemplateTemplateParameter(declared);
                break;
            default:
                node = _tree.Add(NodeKind.Postfix, ParseTemplateParameterDeclaration(declared), text: "...");
                break;
        }

        _depth--;
        return node;
    }

    private int ParseTemplateTemplateParameter(List<int> declared)
    {
        int name = SyntheticName("$TT", ref _syntheticTemplates);
        int mark = _pending.Count;
        var inner = new List<int>();
        _templateParameters.Add(inner);
        while (!_hasFailed && !TryTake('E'))
        {
            if (!IsTemplateParameterDeclaration)
                return Fail();
            _pending.Add(ParseTemplateParameterDeclaration(inner));
        }

        _templateParameters.RemoveAt(_templateParameters.Count - 1);
        int parameters = _tree.Add(NodeKind.TemplateArguments, _tree.AddList(_pending, mark));
        return Declare(declared, name, parameters, "template");
    }

    private int Declare(List<int> declared, int name, int type, string text)
    {
        declared.Add(name);
        return _tree.Add(NodeKind.TemplateParameter, name, type, text: text);
    }

    private int SyntheticName(string prefix, ref int count)
    {
        int number = count++;
        return _tree.AddText(number == 0 ? prefix : prefix + (number - 1));
    }
}
