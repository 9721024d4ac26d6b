// RFC 2603: paths and generic arguments.

namespace FullRust.Elf.Demangling.Rust;

/// <content>Paths.</content>
internal ref partial struct RustV0Demangler
{
    private void PrintPath(bool inValue)
    {
        if (!Enter())
            return;

        switch ((char)Next())
        {
            case 'C':
                ParseDisambiguator();
                PrintIdentifier();
                break;
            case 'N':
                PrintNestedPath(inValue);
                break;
            case 'M':
                SkipImplPath();
                Print('<');
                PrintType();
                Print('>');
                break;
            case 'X':
                SkipImplPath();
                PrintQualifiedSelf();
                break;
            case 'Y':
                PrintQualifiedSelf();
                break;
            case 'I':
                PrintPath(inValue);
                Print(inValue ? "::<" : "<");
                PrintGenericArguments();
                Print('>');
                break;
            case 'B':
                if (TryEnterBackReference(out int returnPosition))
                {
                    PrintPath(inValue);
                    _position = returnPosition;
                }

                break;
            default:
                Fail();
                break;
        }

        Leave();
    }

    // Upper-case namespaces are for what has no name of its own, such as closures and shims.
    private void PrintNestedPath(bool inValue)
    {
        char space = (char)Next();
        if (!char.IsAsciiLetter(space))
            Fail();
        PrintPath(inValue);
        ulong disambiguator = ParseDisambiguator();
        var identifier = ParseIdentifier(out bool isPunycode);
        if (char.IsAsciiLetterUpper(space))
        {
            Print("::{");
            if (space is 'C' or 'S')
                Print(space == 'C' ? "closure" : "shim");
            else
                Print(space);
            if (!identifier.IsEmpty)
            {
                Print(':');
                PrintIdentifier(identifier, isPunycode);
            }

            Print('#');
            Print(disambiguator);
            Print('}');
        }
        else if (!identifier.IsEmpty)
        {
            Print("::");
            PrintIdentifier(identifier, isPunycode);
        }
    }

    // impl-path = [disambiguator] path: where the impl stands, of no interest to a reader.
    private void SkipImplPath()
    {
        ParseDisambiguator();
        _silence++;
        PrintPath(inValue: false);
        _silence--;
    }

    private void PrintQualifiedSelf()
    {
        Print('<');
        PrintType();
        Print(" as ");
        PrintPath(inValue: false);
        Print('>');
    }

    private void PrintGenericArguments()
    {
        for (bool isFirst = true; !_hasFailed && !TryTake('E'); isFirst = false)
        {
            if (!isFirst)
                Print(", ");
            PrintGenericArgument();
        }
    }

    private void PrintGenericArgument()
    {
        if (TryTake('L'))
            PrintLifetime(ParseBase62());
        else if (TryTake('K'))
            PrintConst(inValue: false);
        else
            PrintType();
    }

    // Index 0 is the erased lifetime; others count outwards from the innermost binder.
    private void PrintLifetime(ulong index)
    {
        Print('\'');
        if (index == 0)
        {
            Print('_');
            return;
        }

        if (index > _boundLifetimes)
        {
            Fail();
            return;
        }

        ulong depth = _boundLifetimes - index;
        if (depth < 26)
        {
            Print((char)('a' + depth));
        }
        else
        {
            Print('_');
            Print(depth);
        }
    }

    // binder = "G" base-62-number
    private ulong EnterBinder()
    {
        ulong count = ParseOptionalBase62('G');
        if (count == 0)
            return 0;
        if (count > (ulong)_mangled.Length)
        {
            Fail();
            return 0;
        }

        _steps += (int)count;
        Print("for<");
        for (ulong i = 0; i < count; i++)
        {
            if (i > 0)
                Print(", ");
            _boundLifetimes++;
            PrintLifetime(1);
        }

        Print("> ");
        return count;
    }
}
