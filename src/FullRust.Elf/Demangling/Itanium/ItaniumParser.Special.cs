// Itanium ABI 5.1.4: names that the compiler makes, such as vtables, guards and thunks.

namespace FullRust.Elf.Demangling.Itanium;

/// <content>Special names.</content>
internal ref partial struct ItaniumParser
{
    private int ParseSpecialName()
    {
        char first = Peek();
        char second = Peek(1);
        _position += 2;
        return first == 'T' ? ParseTypeRelated(second) : ParseGuardLike(second);
    }

    private int ParseTypeRelated(char kind)
    {
        switch (kind)
        {
            case 'V':
                return Special("vtable for ", ParseType());
            case 'T':
                return Special("VTT for ", ParseType());
            case 'I':
                return Special("typeinfo for ", ParseType());
            case 'S':
                return Special("typeinfo name for ", ParseType());
            case 'A':
                return Special("template parameter object for ", ParseTemplateArgument());
            case 'W':
                return Special("thread-local wrapper routine for ", ParseName());
            case 'H':
                return Special("thread-local initialization routine for ", ParseName());
            case 'C':
                return ParseConstructionVtable();
            case 'c':
                SkipCallOffset(Peek());
                SkipCallOffset(Peek());
                return Special("covariant return thunk to ", ParseEncoding());
            case 'h' or 'v':
                _position--;
                SkipCallOffset(kind);
                return Special(kind == 'v' ? "virtual thunk to " : "non-virtual thunk to ", ParseEncoding());
            default:
                return Fail();
        }
    }

    private int ParseConstructionVtable()
    {
        int type = ParseType();
        ParseNumber(allowNegative: true);
        Expect('_');
        return _tree.Add(NodeKind.ConstructionVtable, ParseType(), type);
    }

    private int ParseGuardLike(char kind)
    {
        switch (kind)
        {
            case 'V':
                return Special("guard variable for ", ParseName());
            case 'R':
                int name = ParseName();
                TryParseSequenceId(out _);
                Expect('_');
                return Special("reference temporary for ", name);
            case 'I':
                return Special("initializer for module ", ParseModuleName(0));
            case 'A':
                return Special("hidden alias for ", ParseEncoding());
            case 'T':
                bool isSafe = TryTake('t');
                if (!isSafe)
                    Expect('n');
                return Special(isSafe ? "transaction clone for " : "non-transaction clone for ", ParseEncoding());
            default:
                return Fail();
        }
    }

    private int Special(string text, int node) => node == 0 ? Fail() : _tree.Add(NodeKind.Special, node, text: text);

    // call-offset = h number _ | v number _ number _
    private void SkipCallOffset(char kind)
    {
        if (kind is not ('h' or 'v'))
            Fail();
        _position++;
        ParseNumber(allowNegative: true);
        Expect('_');
        if (kind == 'v')
        {
            ParseNumber(allowNegative: true);
            Expect('_');
        }
    }
}
