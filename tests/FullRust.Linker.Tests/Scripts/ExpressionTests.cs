using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

[NeedsLibrary("values of expressions in a made-up context")]
public sealed class ExpressionTests
{
    /// <summary>Two sections: 0 is .text at 0x1000 (size 0x234), 1 is .data at 0x3000 (size 0x10, loaded at 0x8000).</summary>
    private sealed class Context : IExpressionContext
    {
        internal List<string> Failed { get; } = [];

        public ulong Dot { get; init; } = 0x1234;

        public int CurrentSection { get; init; } = -1;

        public ulong SizeOfHeaders => 0x158;

        public ulong MaxPageSize => 0x10000;

        public ulong CommonPageSize => 0x1000;

        public ulong AddressOf(int section) => section == 0 ? 0x1000UL : 0x3000;

        public bool TryGetSymbol(string name, out ExpressionValue value)
        {
            value = name switch
            {
                "abs" => ExpressionValue.Absolute(0x500),
                "text_10" => ExpressionValue.Relative(0, 0x10),
                "text_20" => ExpressionValue.Relative(0, 0x20),
                "data_4" => ExpressionValue.Relative(1, 4),
                "odd name" => ExpressionValue.Number(77),
                _ => default,
            };
            return value != default;
        }

        public bool IsDefined(string name) => TryGetSymbol(name, out _);

        public bool TryGetSection(string name, out SectionFacts facts)
        {
            facts = name == ".text" ? new SectionFacts(0, 0x1000, 0x234, 16) : name == ".data" ? new SectionFacts(1, 0x8000, 0x10, 8) : default;
            return name is ".text" or ".data";
        }

        public bool TryGetRegion(string name, out ulong origin, out ulong length)
        {
            (origin, length) = (0x8000000, 0x20000);
            return name == "rom";
        }

        public ulong? SegmentStart(string segment) => segment == "text-segment" ? 0x700000 : null;

        public void FailAssertion(AssertExpression assertion) => Failed.Add(assertion.Message);
    }

    private static readonly Context s_outside = new();
    private static readonly Context s_insideText = new() { CurrentSection = 0 };

    private static ExpressionValue Evaluate(string text, IExpressionContext? context = null)
    {
        var sink = new DiagnosticSink();
        Expression? expression = ExpressionParser.TryParse("--defsym", text, sink);
        expression.Should().NotBeNull(string.Join('\n', sink.Diagnostics.Select(d => d.Format("ld"))));
        new ExpressionEvaluator(context ?? s_outside).TryEvaluate(expression!, out ExpressionValue value, out ExpressionError error).Should().BeTrue(error.Message);
        return value;
    }

    private static string Error(string text)
    {
        var sink = new DiagnosticSink();
        if (ExpressionParser.TryParse("--defsym", text, sink) is not { } expression)
            return sink.Diagnostics.Single().Message;
        new ExpressionEvaluator(s_outside).TryEvaluate(expression, out _, out ExpressionError error).Should().BeFalse();
        return error.Message;
    }

    [Theory]
    [InlineData("1", 1UL)]
    [InlineData("0x1F", 31UL)]
    [InlineData("017", 15UL)]
    [InlineData("4K", 4096UL)]
    [InlineData("0x2M", 2UL << 20)]
    [InlineData("10h", 16UL)]
    [InlineData("0ABh", 0xabUL)]
    [InlineData("17o", 15UL)]
    [InlineData("101b", 5UL)]
    [InlineData("0x1b", 27UL)]
    [InlineData("12d", 12UL)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    public void Number_TakesPrefixesAndSuffixes(string text, ulong expected) => Evaluate(text).Value.Should().Be(expected);

    [Theory]
    [InlineData("09")]
    [InlineData("0x")]
    [InlineData("1z")]
    [InlineData("12b")]
    [InlineData("0x10000000000000000")]
    [InlineData("0xffffffffffffffffK")]
    public void MalformedNumber_IsAnError(string text) => Error(text).Should().Contain("number");

    [Theory]
    [InlineData("1+2*3", 7UL)]
    [InlineData("(1+2)*3", 9UL)]
    [InlineData("10-4-3", 3UL)]
    [InlineData("1<<4|1", 17UL)]
    [InlineData("7&3^1|8", 10UL)]
    [InlineData("1+1<<2", 8UL)]
    [InlineData("1<2==1", 1UL)]
    [InlineData("1||0&&0", 1UL)]
    [InlineData("0?1:2?3:4", 3UL)]
    [InlineData("1 ? 2 : 3", 2UL)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("~0", ulong.MaxValue)]
    [InlineData("!5", 0UL)]
    [InlineData("!0", 1UL)]
    [InlineData("- -3", 3UL)]
    [InlineData("+3", 3UL)]
    [InlineData("17%5", 2UL)]
    [InlineData("-8/2", ulong.MaxValue - 3)]
    [InlineData("-7%4", ulong.MaxValue - 2)]
    [InlineData("0x8000000000000000/-1", 0x8000000000000000UL)]
    [InlineData("-1 > 1", 1UL)]
    [InlineData("1 << 64", 1UL)]
    [InlineData("1 != 2 && 3 >= 3", 1UL)]
    [InlineData("0xffffffffffffffff + 2", 1UL)]
    public void Operators_FollowCPrecedenceOn64Bits(string text, ulong expected) => Evaluate(text).Value.Should().Be(expected);

    [Theory]
    [InlineData("MAX(3, 9)", 9UL)]
    [InlineData("MIN(3, 9)", 3UL)]
    [InlineData("LOG2CEIL(0)", 0UL)]
    [InlineData("LOG2CEIL(1)", 0UL)]
    [InlineData("LOG2CEIL(9)", 4UL)]
    [InlineData("LOG2CEIL(16)", 4UL)]
    [InlineData("ALIGN(0x1001, 0x1000)", 0x2000UL)]
    [InlineData("ALIGN(10, 3)", 12UL)]
    [InlineData("ALIGN(10, 0)", 10UL)]
    [InlineData("ALIGN(16)", 0x1240UL)]
    [InlineData("NEXT(0x100)", 0x1300UL)]
    [InlineData(".", 0x1234UL)]
    [InlineData(". + 4", 0x1238UL)]
    [InlineData("SIZEOF_HEADERS", 0x158UL)]
    [InlineData("SIZEOF(.text)", 0x234UL)]
    [InlineData("SIZEOF(.none)", 0UL)]
    [InlineData("ALIGNOF(.text)", 16UL)]
    [InlineData("LOADADDR(.data)", 0x8000UL)]
    [InlineData("ORIGIN(rom) + LENGTH(rom)", 0x8020000UL)]
    [InlineData("CONSTANT(MAXPAGESIZE)", 0x10000UL)]
    [InlineData("CONSTANT (COMMONPAGESIZE)", 0x1000UL)]
    [InlineData("DEFINED(abs) ? abs : 7", 0x500UL)]
    [InlineData("DEFINED(nobody) ? nobody : 7", 7UL)]
    [InlineData("SEGMENT_START(\"text-segment\", 0x400000)", 0x700000UL)]
    [InlineData("SEGMENT_START(\"data-segment\", 0x400000)", 0x400000UL)]
    [InlineData("DATA_SEGMENT_ALIGN(0x1000, 0x1000)", 0x2000UL)]
    [InlineData("DATA_SEGMENT_RELRO_END(0, .)", 0x2000UL)]
    [InlineData("DATA_SEGMENT_RELRO_END(24, .)", 0x1fe8UL)]
    [InlineData("DATA_SEGMENT_END(.)", 0x1234UL)]
    [InlineData("\"odd name\" + 1", 78UL)]
    [InlineData("ASSERT(1, \"fine\")", 1UL)]
    public void Functions_GiveTheManualsValues(string text, ulong expected) => Evaluate(text).Value.Should().Be(expected);

    [Fact]
    public void Bases_CombineAsTheManualSays()
    {
        Evaluate("ADDR(.data)").Should().Be(ExpressionValue.Relative(1, 0));
        Evaluate("text_10 + 4").Should().Be(ExpressionValue.Relative(0, 0x14));
        Evaluate("4 + text_10").Should().Be(ExpressionValue.Relative(0, 0x14));
        Evaluate("text_20 - text_10").Should().Be(ExpressionValue.Absolute(0x10));
        Evaluate("text_20 - text_10", s_insideText).Should().Be(ExpressionValue.Number(0x10));
        Evaluate("data_4 - text_10").Should().Be(ExpressionValue.Absolute(0x3004 - 0x1010));
        Evaluate("text_10 + abs").Should().Be(ExpressionValue.Absolute(0x1510));
        Evaluate("ABSOLUTE(text_10)").Should().Be(ExpressionValue.Absolute(0x1010));
        Evaluate("abs + 1").Should().Be(ExpressionValue.Absolute(0x501));
        Evaluate("text_10 < data_4").Should().Be(ExpressionValue.Number(1));
        Evaluate("MAX(text_10, text_20)").Should().Be(ExpressionValue.Relative(0, 0x20));
        Evaluate("text_10 & 0xfff").Should().Be(ExpressionValue.Absolute(0x10));
        Evaluate("text_10 & 0xff00").Should().Be(ExpressionValue.Absolute(0x1000));
        Evaluate("MAX(text_10, 0x20)").Should().Be(ExpressionValue.Absolute(0x1010));
    }

    [Fact]
    public void Dot_InsideASection_IsAnOffset()
    {
        Evaluate(".", s_insideText).Should().Be(ExpressionValue.Relative(0, 0x234));
        Evaluate("ALIGN(16)", s_insideText).Should().Be(ExpressionValue.Relative(0, 0x240));
        Evaluate("ALIGN(., 16)", s_insideText).Should().Be(ExpressionValue.Relative(0, 0x240));
    }

    [Fact]
    public void UnchosenSide_IsNotLookedAt()
    {
        Evaluate("1 ? 2 : nobody").Value.Should().Be(2);
        Evaluate("0 && nobody").Value.Should().Be(0);
        Evaluate("1 || 1/0").Value.Should().Be(1);
    }

    [Theory]
    [InlineData("1/0", "division by zero")]
    [InlineData("1%0", "modulo by zero")]
    [InlineData("nobody", "symbol not found: nobody")]
    [InlineData("ADDR(.none)", "undefined section .none")]
    [InlineData("ORIGIN(ram)", "memory region not defined: ram")]
    [InlineData("ALIGN(0xffffffffffffffff, 0x1000)", "cannot be aligned")]
    [InlineData("CONSTANT(PAGE)", "unknown constant: PAGE")]
    [InlineData("(1", "unexpected EOF")]
    [InlineData("1 +", "unexpected EOF")]
    [InlineData("1 2", "unexpected 2")]
    [InlineData("* 2", "malformed number: *")]
    [InlineData("\"open", "unclosed quote")]
    [InlineData("1 /* open", "unclosed comment")]
    [InlineData("", "unexpected EOF")]
    public void Error_SaysWhatIsWrong(string text, string expected) => Error(text).Should().Contain(expected);

    [Fact]
    public void FailedAssertion_IsReportedToTheContext()
    {
        var context = new Context();
        Evaluate("ASSERT(0, \"no\") + 1", context).Value.Should().Be(1);
        context.Failed.Should().Equal("no");
    }

    [Fact]
    public void DeepNesting_IsAnErrorAndNoCrash()
    {
        Error(new string('(', 100000) + "1").Should().Contain("nested too deeply");
        Error(new string('-', 100000) + "1").Should().Contain("nested too deeply");
        Error("1" + string.Concat(Enumerable.Repeat("+1", 100000))).Should().Contain("nested too deeply");
        Error(string.Concat(Enumerable.Repeat("1?", 100000))).Should().Contain("nested too deeply");
    }

    [Fact]
    public void Symbols_AreCollectedWithoutThoseOfDefined()
    {
        var names = new List<string>();
        ExpressionParser.TryParse("x", "a + . + DEFINED(b) * SIZEOF(c) ? d : MAX(e, 1)", new DiagnosticSink())!.CollectSymbols(names);
        names.Should().Equal("a", "d", "e");
    }
}
