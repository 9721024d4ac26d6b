// A value of an expression: a plain number, an address, or an offset into an output section, which moves with it (GNU ld manual,
// "The Section of an Expression").

namespace FullRust.Linker.Scripts;

/// <summary>What a value is counted from.</summary>
internal enum ValueKind
{
    /// <summary>Nothing: sizes, truth, literals.</summary>
    Number,

    /// <summary>Address 0.</summary>
    Absolute,

    /// <summary>The start of an output section.</summary>
    Relative,
}

/// <summary>A value.</summary>
/// <param name="Kind">What it is counted from.</param>
/// <param name="Value">The number, address or offset.</param>
/// <param name="Section">The output section of a relative value as the context numbers them, else -1.</param>
internal readonly record struct ExpressionValue(ValueKind Kind, ulong Value, int Section)
{
    /// <summary>Whether an absolute value was counted from the location counter between output sections: a symbol with it belongs to the
    /// section before.</summary>
    internal bool FollowsLocationCounter { get; init; }

    /// <summary>A plain number.</summary>
    internal static ExpressionValue Number(ulong value) => new(ValueKind.Number, value, -1);

    /// <summary>1 or 0.</summary>
    internal static ExpressionValue Truth(bool value) => Number(value ? 1UL : 0);

    /// <summary>An address.</summary>
    internal static ExpressionValue Absolute(ulong address) => new(ValueKind.Absolute, address, -1);

    /// <summary>An offset into an output section.</summary>
    internal static ExpressionValue Relative(int section, ulong offset) => new(ValueKind.Relative, offset, section);
}

/// <summary>Facts about an output section.</summary>
/// <param name="Section">As the context numbers them.</param>
/// <param name="LoadAddress">Its load address.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Alignment">In bytes, a power of two.</param>
internal readonly record struct SectionFacts(int Section, ulong LoadAddress, ulong Size, ulong Alignment)
{
    /// <summary>The address of a description that nothing came of, whose <see cref="Section"/> is -1.</summary>
    internal ulong Address { get; init; }
}

/// <summary>What expressions can ask for. The layout implements it; <c>--defsym</c> uses it too.</summary>
internal interface IExpressionContext
{
    /// <summary>The location counter as an address.</summary>
    ulong Dot { get; }

    /// <summary>The output section whose description holds the expression, or -1.</summary>
    int CurrentSection { get; }

    /// <summary>Size of the ELF header and the program headers.</summary>
    ulong SizeOfHeaders { get; }

    /// <summary><c>-z max-page-size</c>.</summary>
    ulong MaxPageSize { get; }

    /// <summary><c>-z common-page-size</c>.</summary>
    ulong CommonPageSize { get; }

    /// <summary>The address of an output section.</summary>
    /// <param name="section">As in <see cref="ExpressionValue.Section"/>.</param>
    ulong AddressOf(int section);

    /// <summary>The value of a symbol.</summary>
    /// <param name="name">Its name, never <c>.</c></param>
    /// <param name="value">Its value.</param>
    /// <returns>False if nobody defines it.</returns>
    bool TryGetSymbol(string name, out ExpressionValue value);

    /// <summary>Whether a symbol is defined before this point of the script, or by an input (<c>DEFINED</c>).</summary>
    bool IsDefined(string name);

    /// <summary>Looks an output section up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="facts">Its facts as far as the layout knows them.</param>
    /// <returns>False if the script has no such section.</returns>
    bool TryGetSection(string name, out SectionFacts facts);

    /// <summary>Looks a memory region up.</summary>
    /// <param name="name">Its name or alias.</param>
    /// <param name="origin">Its first address.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>False if the script has no such region.</returns>
    bool TryGetRegion(string name, out ulong origin, out ulong length);

    /// <summary>An address asked for by an option (<c>SEGMENT_START</c>), such as <c>-Ttext-segment</c> for <c>text-segment</c>.</summary>
    ulong? SegmentStart(string segment);

    /// <summary>Told about an <c>ASSERT</c> inside an expression that does not hold.</summary>
    void FailAssertion(AssertExpression assertion);
}
