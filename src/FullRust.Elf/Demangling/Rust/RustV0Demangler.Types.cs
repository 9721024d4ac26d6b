// RFC 2603: types, function signatures, trait objects.

using System;

namespace FullRust.Elf.Demangling.Rust;

/// <content>Types.</content>
internal ref partial struct RustV0Demangler
{
    private static string? BasicType(char tag) => tag switch
    {
        'a' => "i8",
        'b' => "bool",
        'c' => "char",
        'd' => "f64",
        'e' => "str",
        'f' => "f32",
        'h' => "u8",
        'i' => "isize",
        'j' => "usize",
        'l' => "i32",
        'm' => "u32",
        'n' => "i128",
        'o' => "u128",
        'p' => "_",
        's' => "i16",
        't' => "u16",
        'u' => "()",
        'v' => "...",
        'x' => "i64",
        'y' => "u64",
        'z' => "!",
        _ => null,
    };

    private void PrintType()
    {
        char tag = (char)Peek();
        if (BasicType(tag) is { } basic)
        {
            _position++;
            Print(basic);
            return;
        }

        if (!Enter())
            return;
        _position++;
        switch (tag)
        {
            case 'R' or 'Q':
                PrintReference(isMutable: tag == 'Q');
                break;
            case 'P' or 'O':
                Print(tag == 'P' ? "*const " : "*mut ");
                PrintType();
                break;
            case 'A' or 'S':
                Print('[');
                PrintType();
                if (tag == 'A')
                {
                    Print("; ");
                    PrintConst(inValue: true);
                }

                Print(']');
                break;
            case 'T':
                PrintTupleType();
                break;
            case 'F':
                PrintFunctionType();
                break;
            case 'D':
                PrintDynType();
                break;
            case 'W':
                PrintType();
                Print(" is ");
                PrintPattern();
                break;
            case 'B':
                if (TryEnterBackReference(out int returnPosition))
                {
                    PrintType();
                    _position = returnPosition;
                }

                break;
            default:
                _position--;
                PrintPath(inValue: false);
                break;
        }

        Leave();
    }

    private void PrintReference(bool isMutable)
    {
        Print('&');
        if (TryTake('L'))
        {
            ulong lifetime = ParseBase62();
            if (lifetime != 0)
            {
                PrintLifetime(lifetime);
                Print(' ');
            }
        }

        if (isMutable)
            Print("mut ");
        PrintType();
    }

    private void PrintTupleType()
    {
        Print('(');
        int count = 0;
        for (; !_hasFailed && !TryTake('E'); count++)
        {
            if (count > 0)
                Print(", ");
            PrintType();
        }

        Print(count == 1 ? ",)" : ")");
    }

    // fn-sig = [binder] ["U"] ["K" abi] {type} "E" type
    private void PrintFunctionType()
    {
        ulong bound = EnterBinder();
        if (TryTake('U'))
            Print("unsafe ");
        if (TryTake('K'))
            PrintAbi();

        Print("fn(");
        for (bool isFirst = true; !_hasFailed && !TryTake('E'); isFirst = false)
        {
            if (!isFirst)
                Print(", ");
            PrintType();
        }

        Print(')');
        if (!TryTake('u'))
        {
            Print(" -> ");
            PrintType();
        }

        _boundLifetimes -= bound;
    }

    // abi = "C" | undisambiguated-identifier, '-' written as '_'
    private void PrintAbi()
    {
        Print("extern \"");
        if (TryTake('C'))
        {
            Print('C');
        }
        else
        {
            ReadOnlySpan<byte> abi = ParseIdentifier(out bool isPunycode);
            if (isPunycode || abi.IsEmpty)
                Fail();
            foreach (byte b in abi)
                Print(b == (byte)'_' ? '-' : (char)b);
        }

        Print("\" ");
    }

    // "D" [binder] {dyn-trait} "E" lifetime
    private void PrintDynType()
    {
        Print("dyn ");
        ulong bound = EnterBinder();
        for (bool isFirst = true; !_hasFailed && !TryTake('E'); isFirst = false)
        {
            if (!isFirst)
                Print(" + ");
            PrintDynTrait();
        }

        _boundLifetimes -= bound;
        if (!TryTake('L'))
        {
            Fail();
            return;
        }

        ulong lifetime = ParseBase62();
        if (lifetime != 0)
        {
            Print(" + ");
            PrintLifetime(lifetime);
        }
    }

    // dyn-trait = path {"p" undisambiguated-identifier type}; associated types join the trait's own generic arguments.
    private void PrintDynTrait()
    {
        bool isOpen = PrintPathWithOpenGenerics();
        while (!_hasFailed && TryTake('p'))
        {
            Print(isOpen ? ", " : "<");
            isOpen = true;
            PrintIdentifier();
            Print(" = ");
            PrintType();
        }

        if (isOpen)
            Print('>');
    }

    private bool PrintPathWithOpenGenerics()
    {
        bool isOpen = false;
        if (!Enter())
            return false;
        if (TryTake('B'))
        {
            if (TryEnterBackReference(out int returnPosition))
            {
                isOpen = PrintPathWithOpenGenerics();
                _position = returnPosition;
            }
        }
        else if (TryTake('I'))
        {
            PrintPath(inValue: false);
            Print('<');
            PrintGenericArguments();
            isOpen = true;
        }
        else
        {
            PrintPath(inValue: false);
        }

        Leave();
        return isOpen;
    }

    // Pattern types: "R" const const (a range), "O" {pattern} "E" (alternatives), "N" (not null).
    private void PrintPattern()
    {
        if (!Enter())
            return;
        switch ((char)Next())
        {
            case 'R':
                PrintConst(inValue: false);
                Print("..=");
                PrintConst(inValue: false);
                break;
            case 'O':
                for (bool isFirst = true; !_hasFailed && !TryTake('E'); isFirst = false)
                {
                    if (!isFirst)
                        Print(" | ");
                    PrintPattern();
                }

                break;
            case 'N':
                Print("!null");
                break;
            default:
                Fail();
                break;
        }

        Leave();
    }
}
