// Prints the tree. A C++ declarator surrounds its name: "void (*f(int))(char)". So every node has a left part and a right part, and
// what wraps it prints its own text between the two. Shared nodes can make the text exponentially long; depth, steps and the length
// of the text are bounded.

using System;
using System.Diagnostics.CodeAnalysis;

namespace FullRust.Elf.Demangling.Itanium;

/// <summary>Writes a tree as text.</summary>
internal ref partial struct ItaniumPrinter
{
    private const int MaxDepth = 600;
    private const int MaxSteps = 400_000;
    private const int NoPack = -1;

    private readonly ReadOnlySpan<byte> _mangled;
    private readonly ItaniumTree _tree;
    private readonly DemangledText _output;
    private int _depth;
    private int _steps;
    private bool _hasFailed;

    // The pack element being printed inside an expansion; NoPack outside.
    private int _packIndex;
    private int _packCount;

    // Inside template arguments a '>' would end them.
    private int _templateNesting;

    public ItaniumPrinter(ReadOnlySpan<byte> mangled, ItaniumTree tree)
    {
        _mangled = mangled;
        _tree = tree;
        _output = new DemangledText();
        _packIndex = NoPack;
        _packCount = NoPack;
    }

    public bool TryPrint(int root, [NotNullWhen(true)] out string? text)
    {
        Print(root);
        text = _hasFailed || _output.IsTruncated ? null : _output.ToString();
        return text != null;
    }

    private bool Enter()
    {
        if (_hasFailed || _output.IsTruncated || ++_depth > MaxDepth || ++_steps > MaxSteps)
            _hasFailed = true;
        return !_hasFailed;
    }

    private void Print(int node)
    {
        PrintLeft(node);
        PrintRight(node);
    }

    private readonly void Write(string text) => _output.Append(text);

    private readonly void Write(char c) => _output.Append(c);

    private readonly void WriteBytes(in ItaniumNode node) => _output.AppendUtf8(_mangled.Slice(node.A, node.B));

    private void PrintList(int list)
    {
        int count = _tree.Count(list);
        bool isFirst = true;
        for (int i = 0; i < count && !_hasFailed; i++)
        {
            int before = _output.Length;
            if (!isFirst)
                Write(", ");
            int start = _output.Length;
            PrintOperand(_tree.Child(list, i), Precedence.Comma);

            // An empty pack prints nothing, and then needs no comma.
            if (_output.Length == start)
                _output.Truncate(before);
            else
                isFirst = false;
        }
    }

    private void PrintLeft(int index)
    {
        if (index == 0)
            return;
        if (!Enter())
            return;
        PrintLeft(_tree[index]);
        _depth--;
    }

    private void PrintRight(int index)
    {
        if (index == 0)
            return;
        if (!Enter())
            return;
        ItaniumNode node = _tree[index];
        switch (node.Kind)
        {
            case NodeKind.Function:
                PrintFunctionRight(node);
                break;
            case NodeKind.FunctionType:
                PrintFunctionTypeRight(node);
                break;
            case NodeKind.Pointer or NodeKind.Reference or NodeKind.MemberPointer:
                PrintPointerRight(node);
                break;
            case NodeKind.Array:
                PrintArrayRight(node);
                break;
            case NodeKind.Qualified or NodeKind.VendorQualified:
                PrintRight(node.A);
                break;
            case NodeKind.ForwardReference:
                PrintRight(node.B);
                break;
            case NodeKind.ParameterPack:
                PrintRight(PackElement(node));
                break;
        }

        _depth--;
    }

    private void PrintLeft(in ItaniumNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Name:
                WriteBytes(node);
                break;
            case NodeKind.Text:
                Write(node.Text);
                break;
            case NodeKind.Number:
                PrintNumber(node);
                break;
            case NodeKind.List:
                int count = node.B;
                for (int i = 0; i < count; i++)
                {
                    if (i > 0)
                        Write(", ");
                    Print(_tree.ChildAt(node.A + i));
                }

                break;
            case NodeKind.Function:
                PrintFunctionLeft(node);
                break;
            case NodeKind.FunctionType:
                PrintLeft(node.A);
                Write(' ');
                break;
            case NodeKind.Pointer or NodeKind.Reference:
                PrintPointerLeft(node);
                break;
            case NodeKind.MemberPointer:
                PrintMemberPointerLeft(node);
                break;
            case NodeKind.Array:
                PrintLeft(node.A);
                break;
            case NodeKind.Qualified:
                PrintLeft(node.A);
                PrintQualifiers(node.Flags);
                break;
            case NodeKind.VendorQualified:
                PrintLeft(node.A);
                Write(' ');
                Print(node.B);
                Print(node.C);
                break;
            case NodeKind.ForwardReference:
                PrintLeft(node.B);
                break;
            case NodeKind.ParameterPack:
                PrintLeft(PackElement(node));
                break;
            case NodeKind.PackExpansion:
                PrintPackExpansion(node.A);
                break;
            default:
                PrintNameOrExpression(node);
                break;
        }
    }

    private readonly void PrintNumber(in ItaniumNode node)
    {
        ReadOnlySpan<byte> digits = _mangled.Slice(node.A, node.B);
        if (digits.StartsWith("n"u8))
        {
            Write('-');
            digits = digits[1..];
        }

        _output.AppendUtf8(digits);
    }

    // A pack that is referred to prints the element of the expansion around it; the first one met sets the number of elements.
    private int PackElement(in ItaniumNode node)
    {
        int count = _tree.Count(node.A);
        if (_packCount == NoPack)
        {
            _packCount = count;
            _packIndex = 0;
        }

        return _packIndex < count ? _tree.Child(node.A, _packIndex) : 0;
    }

    private void PrintPackExpansion(int pattern)
    {
        int savedIndex = _packIndex;
        int savedCount = _packCount;
        _packIndex = NoPack;
        _packCount = NoPack;
        int start = _output.Length;
        Print(pattern);
        if (_packCount == NoPack)
            Write("...");
        else if (_packCount == 0)
            _output.Truncate(start);

        for (int i = 1; i < _packCount && !_hasFailed; i++)
        {
            Write(", ");
            _packIndex = i;
            Print(pattern);
        }

        _packIndex = savedIndex;
        _packCount = savedCount;
    }
}
