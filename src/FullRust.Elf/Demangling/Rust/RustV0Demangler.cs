// Rust's v0 mangling (RFC 2603), entry and lexical level. The grammar is read and printed in one walk; the position moves back for
// a back reference. Three limits keep hostile names cheap: depth, number of steps, length of the text.
// Crate and impl disambiguators (hashes) and the types of constants are left out, as in the compiler's own short form.

using System;
using System.Diagnostics.CodeAnalysis;

namespace FullRust.Elf.Demangling.Rust;

/// <summary>Demangles <c>_R…</c>.</summary>
internal ref partial struct RustV0Demangler
{
    private const int MaxDepth = 200;
    private const int MaxSteps = 100_000;

    private readonly ReadOnlySpan<byte> _mangled;
    private readonly DemangledText _output;
    private int _position;
    private int _depth;
    private int _steps;
    private int _silence;
    private ulong _boundLifetimes;
    private bool _hasFailed;

    private RustV0Demangler(ReadOnlySpan<byte> mangled)
    {
        _mangled = mangled;
        _output = new DemangledText();
    }

    public static bool TryDemangle(ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        // A path begins with an upper-case letter. Digits would be the version of an encoding that does not exist yet.
        if (!name.StartsWith("_R"u8) || name.Length < 4 || !char.IsAsciiLetterUpper((char)name[2]))
            return false;

        ReadOnlySpan<byte> rest = name[2..];
        int end = rest.IndexOfAnyExcept(SymbolCharacters);
        ReadOnlySpan<byte> suffix = end < 0 ? default : rest[end..];
        if (!suffix.IsEmpty && suffix[0] is not ((byte)'.' or (byte)'$'))
            return false;

        var demangler = new RustV0Demangler(end < 0 ? rest : rest[..end]);
        if (!demangler.PrintSymbol() || demangler._output.IsTruncated)
            return false;
        if (!suffix.StartsWith(".llvm."u8))
            demangler._output.AppendUtf8(suffix);
        text = demangler._output.ToString();
        return true;
    }

    private static ReadOnlySpan<byte> SymbolCharacters => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8;

    private bool PrintSymbol()
    {
        PrintPath(inValue: true);
        if (!_hasFailed && _position < _mangled.Length)
        {
            // The instantiating crate tells where generic code was compiled, not what it is.
            _silence++;
            PrintPath(inValue: false);
            _silence--;
        }

        return !_hasFailed && _position == _mangled.Length;
    }

    private void Fail() => _hasFailed = true;

    private bool Enter()
    {
        if (_hasFailed || ++_depth > MaxDepth || ++_steps > MaxSteps)
            _hasFailed = true;
        return !_hasFailed;
    }

    private void Leave() => _depth--;

    private readonly byte Peek() => !_hasFailed && _position < _mangled.Length ? _mangled[_position] : (byte)0;

    private byte Next()
    {
        byte b = Peek();
        if (b == 0)
            Fail();
        _position++;
        return b;
    }

    private bool TryTake(char c)
    {
        if (Peek() != (byte)c)
            return false;
        _position++;
        return true;
    }

    private readonly bool IsSilent => _silence > 0 || _hasFailed;

    private readonly void Print(char c)
    {
        if (!IsSilent)
            _output.Append(c);
    }

    private readonly void Print(string text)
    {
        if (!IsSilent)
            _output.Append(text);
    }

    private readonly void Print(ulong number)
    {
        if (!IsSilent)
            _output.Append(number);
    }

    // base-62-number = {<0-9a-zA-Z>} "_": "_" is 0, "0_" is 1.
    private ulong ParseBase62()
    {
        if (TryTake('_'))
            return 0;

        ulong value = 0;
        while (!_hasFailed && !TryTake('_'))
        {
            byte b = Next();
            int digit = b switch
            {
                >= (byte)'0' and <= (byte)'9' => b - '0',
                >= (byte)'a' and <= (byte)'z' => b - 'a' + 10,
                >= (byte)'A' and <= (byte)'Z' => b - 'A' + 36,
                _ => -1,
            };
            if (digit < 0 || value > (ulong.MaxValue - 62) / 62)
                Fail();
            else
                value = (value * 62) + (ulong)digit;
        }

        return value + 1;
    }

    private ulong ParseOptionalBase62(char tag) => TryTake(tag) ? ParseBase62() + 1 : 0;

    private ulong ParseDisambiguator() => ParseOptionalBase62('s');

    // undisambiguated-identifier = ["u"] decimal-number ["_"] bytes
    private ReadOnlySpan<byte> ParseIdentifier(out bool isPunycode)
    {
        isPunycode = TryTake('u');
        int length = ParseDecimal();
        TryTake('_');
        if (_hasFailed || length > _mangled.Length - _position)
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> identifier = _mangled.Slice(_position, length);
        _position += length;
        return identifier;
    }

    private int ParseDecimal()
    {
        int first = Next() - '0';
        if (first is < 0 or > 9)
            Fail();
        int value = first;
        while (first != 0 && Peek() is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (Next() - '0');
            if (value > _mangled.Length)
                Fail();
        }

        return value;
    }

    private void PrintIdentifier()
    {
        ReadOnlySpan<byte> identifier = ParseIdentifier(out bool isPunycode);
        PrintIdentifier(identifier, isPunycode);
    }

    private readonly void PrintIdentifier(ReadOnlySpan<byte> identifier, bool isPunycode)
    {
        if (IsSilent)
            return;
        int start = _output.Length;
        if (!isPunycode)
        {
            _output.AppendUtf8(identifier);
        }
        else if (!Punycode.TryDecode(identifier, _output))
        {
            _output.Truncate(start);
            _output.Append("punycode{");
            _output.AppendUtf8(identifier);
            _output.Append('}');
        }
    }

    // backref = "B" base-62-number, an offset from the byte after "_R" that lies before the reference itself.
    private bool TryEnterBackReference(out int returnPosition)
    {
        int start = _position - 1;
        ulong target = ParseBase62();
        returnPosition = _position;
        if (_hasFailed || target >= (ulong)start)
        {
            Fail();
            return false;
        }

        // What is not printed need not be walked again.
        if (_silence > 0)
            return false;
        _position = (int)target;
        return true;
    }
}
