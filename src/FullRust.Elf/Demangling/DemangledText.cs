// The text that a demangler builds. Mangled names can describe texts that are exponentially longer than themselves (back
// references, substitutions), so it stops growing at a limit and remembers that it did.

using System;
using System.Text;

namespace FullRust.Elf.Demangling;

/// <summary>A text with an upper limit of its length.</summary>
internal sealed class DemangledText
{
    /// <summary>Longer texts help nobody who reads a message; the raw name is shown instead.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly StringBuilder _builder = new();

    /// <summary>Whether something was left out because of the limit.</summary>
    public bool IsTruncated { get; private set; }

    public int Length => _builder.Length;

    public char Last => _builder.Length == 0 ? '\0' : _builder[^1];

    public void Append(char c)
    {
        if (HasRoomFor(1))
            _builder.Append(c);
    }

    public void Append(string text)
    {
        if (HasRoomFor(text.Length))
            _builder.Append(text);
    }

    public void Append(ulong number)
    {
        if (HasRoomFor(20))
            _builder.Append(number);
    }

    public void Append(Rune rune)
    {
        if (HasRoomFor(rune.Utf16SequenceLength))
            _builder.Append(rune.ToString());
    }

    /// <summary>Appends bytes of a symbol name, which are UTF-8 if the compiler was kind.</summary>
    public void AppendUtf8(ReadOnlySpan<byte> bytes)
    {
        if (HasRoomFor(bytes.Length))
            _builder.Append(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>Takes back what was appended since the text had this length.</summary>
    public void Truncate(int length) => _builder.Length = length;

    /// <summary>Puts a text in front of what was appended since the text had this length.</summary>
    public void Insert(int position, string text)
    {
        if (HasRoomFor(text.Length))
            _builder.Insert(position, text);
    }

    public override string ToString() => _builder.ToString();

    private bool HasRoomFor(int length)
    {
        if (length <= MaxLength - _builder.Length)
            return true;
        IsTruncated = true;
        return false;
    }
}
