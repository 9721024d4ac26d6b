// The two tables hold names that compilers made (rustc's own library, libstdc++, LLVM, and sources written to use every feature) and
// the text that other tools give for them.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using FluentAssertions;
using FullRust.Elf.Demangling;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Elf.Tests.Demangling;

public class DemanglerTests
{
    private static string Demangle(string name) => Demangler.Demangle(Encoding.UTF8.GetBytes(name));

    private static IEnumerable<string[]> Table(string name)
    {
        using Stream stream = typeof(DemanglerTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line.Split('\t');
    }

    [Theory]
    [InlineData("rust-names.tsv")]
    [InlineData("itanium-names.tsv")]
    public void Names_OfTheTable_AreDemangled(string table)
    {
        var wrong = Table(table).Where(row => Demangle(row[0]) != row[1]).Select(row => (row[0], Demangle(row[0]), row[1])).ToList();
        wrong.Should().BeEmpty();
        Table(table).Count().Should().BeGreaterThan(200);
    }

    [FactWithTool("rustfilt", "rustc", "nm")]
    public void NamesOfTheToolchain_AreDemangledAsByRustfilt()
    {
        string sysroot = ToolRunner.Run("rustc", ["--print", "sysroot"]).Output.Trim();
        string libraries = Path.Combine(sysroot, "lib/rustlib/x86_64-unknown-linux-gnu/lib");
        string[] names =
        [
            .. ToolRunner.Run("nm", ["--portability", .. Directory.GetFiles(libraries, "libstd-*.so")]).Output.Split('\n').Select(static line => line.Split(' ')[0])
                .Where(static name => name.StartsWith("_R", StringComparison.Ordinal) || name.StartsWith("_ZN", StringComparison.Ordinal)).Distinct(),
        ];
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "names");
        File.WriteAllLines(file, names);

        string[] expected = ToolRunner.Run("rustfilt", ["--input", file]).Output.TrimEnd('\n').Split('\n');

        names.Length.Should().BeGreaterThan(2000);
        names.Zip(expected).Where(static pair => Demangle(pair.First) != pair.Second).Should().BeEmpty();
    }

    [Theory]
    [InlineData("_RNvC7mycrate3foo.llvm.1234ABCD", "mycrate::foo")]
    [InlineData("_RNvC7mycrate3foo.cold", "mycrate::foo.cold")]
    [InlineData("_RNvNtC7mycrateu8gdel_5qa6rust", "_RNvNtC7mycrateu8gdel_5qa6rust")]
    [InlineData("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y", "utf8_idents::\u10e1\u10d0\u10ed\u10db\u10d4\u10da\u10d0\u10d3_\u10d2\u10d4\u10db\u10e0\u10d8\u10d4\u10da\u10d8_\u10e1\u10d0\u10d3\u10d8\u10da\u10d8")]
    [InlineData("_RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_", "cc::spawn::{closure#0}::{closure#0}")]
    [InlineData("_RNvXs_C7mycrateNtB4_3FooNtB4_3Bar3baz", "<mycrate::Foo as mycrate::Bar>::baz")]
    [InlineData("_RIC1aKj3_KhEEE", "_RIC1aKj3_KhEEE")]
    [InlineData("_RIC1aWhRKh1_Kh9_E", "_RIC1aWhRKh1_Kh9_E")]
    [InlineData("_RIC1aWhRh1_h9_E", "a::<u8 is 1..=9>")]
    [InlineData("_RINvC1a1fRDG_C1bEL_E", "a::f::<&dyn for<'a> b>")]
    [InlineData("_RNvC1a1b$suffix", "a::b$suffix")]
    public void RustV0_IsDemangled(string name, string text) => Demangle(name).Should().Be(text);

    [Theory]
    [InlineData("_ZN4core3fmt9Formatter9write_str17h0123456789abcdefE", "core::fmt::Formatter::write_str")]
    [InlineData("_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE", "<Test + 'static as foo::Bar<Test>>::bar")]
    [InlineData("_ZN3foo17h05af221e174051e9E.llvm.9C1BB9CAD4D1F4C1", "foo")]
    [InlineData("_ZN3foo17h05af221e174051e9E.exit.i.i", "foo.exit.i.i")]
    [InlineData("_ZN3foo17h05af221e174051e9", "_ZN3foo17h05af221e174051e9")]
    [InlineData("_ZN3foo17h05af221e174051gE", "_ZN3foo17h05af221e174051gE")]
    public void RustLegacy_LosesItsHash(string name, string text) => Demangle(name).Should().Be(text);

    [Theory]
    [InlineData("_ZN3foo3barEi", "foo::bar(int)")]
    [InlineData("_ZNK3foo3barEv.cold", "foo::bar() const (.cold)")]
    [InlineData("_ZN3foo3barEv.part.0.isra.0", "foo::bar() (.part.0.isra.0)")]
    [InlineData("_ZTVN3foo3barE", "vtable for foo::bar")]
    [InlineData("_ZThn16_N3foo3barEv", "non-virtual thunk to foo::bar()")]
    [InlineData("_ZTv0_n24_N3foo3barEv", "virtual thunk to foo::bar()")]
    [InlineData("_ZTch0_h16_N3foo3barEv", "covariant return thunk to foo::bar()")]
    [InlineData("_ZTC1A8_1B", "construction vtable for B-in-A")]
    [InlineData("_ZGVZ3foovE1x", "guard variable for foo()::x")]
    [InlineData("_ZGRN1a1bE0_", "reference temporary for a::b")]
    [InlineData("_ZN12_GLOBAL__N_13fooEv", "(anonymous namespace)::foo()")]
    [InlineData("_ZNSsC1EPKcRKSaIcE", "std::basic_string<char, std::char_traits<char>, std::allocator<char>>::basic_string(char const*, std::allocator<char> const&)")]
    [InlineData("_Z1fIJidEEvDpT_", "void f<int, double>(int, double)")]
    [InlineData("_Z1fPFPFivEiE", "f(int (* (*)(int))())")]
    [InlineData("_Z1fRA3_KiM1AFvvE", "f(int const (&) [3], void (A::*)())")]
    [InlineData("_ZN1AcvT_IiEEv", "A::operator int<int>()")]
    [InlineData("_ZlsRSoRKSs", "operator<<(std::ostream&, std::string const&)")]
    [InlineData("_ZN1AdlEPv", "A::operator delete(void*)")]
    [InlineData("_Zli3_kme", "operator\"\" _km(long double)")]
    [InlineData("_ZZ4mainENKUlT_E_clIiEEDaS_", "auto main::'lambda'(auto)::operator()<int>(auto) const")]
    [InlineData("_ZW3foo1gv", "g@foo()")]
    [InlineData("_ZN1A1fB5cxx11Ev", "A::f[abi:cxx11]()")]
    [InlineData("_Z1fDF16_DF16bDB8_", "f(_Float16, std::bfloat16_t, _BitInt(8))")]
    [InlineData("_Z1fILd3ff8000000000000EEvv", "void f<1.5>()")]
    [InlineData("_ZSt4cout@GLIBCXX_3.4", "std::cout@GLIBCXX_3.4")]
    [InlineData("_GLOBAL__sub_I__ZN3foo3barE", "global constructors keyed to foo::bar")]
    public void Itanium_IsDemangled(string name, string text) => Demangle(name).Should().Be(text);

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("_Z")]
    [InlineData("_ZN")]
    [InlineData("_ZNE")]
    [InlineData("_Z99999999999999foo")]
    [InlineData("_RNvC")]
    [InlineData("_RB_")]
    [InlineData("_ZS_")]
    [InlineData("_ZT")]
    public void NotMangled_StaysAsItIs(string name)
    {
        Demangle(name).Should().Be(name);
        Demangler.TryDemangle(Encoding.UTF8.GetBytes(name), out _).Should().BeFalse();
    }

    [Fact]
    public void ControlCharacters_AreEscaped() =>
        Demangler.Demangle([0x1b, (byte)'[', 0xff, 0xc3, 0xa9]).Should().Be("\\x1b[\\xff\u00e9");

    [Theory]
    [InlineData("_R", "RRRR")]
    [InlineData("_R", "INvB_")]
    [InlineData("_RC1a", "IB_")]
    [InlineData("_RINvC1a1b", "TB_B_B_B_")]
    [InlineData("_Z1f", "P")]
    [InlineData("_Z1f", "1AIS_")]
    [InlineData("_Z1f", "St4pairIS_S_")]
    [InlineData("_Z1fIXpl", "pl")]
    [InlineData("_ZN1A", "Z1fvE")]
    [InlineData("_Z", "GTt")]
    public void DeepNames_EndWithoutOverflow(string head, string repeated)
    {
        // A thread with little stack: what overflows it would end the whole run.
        var thread = new Thread(() => DemangleDeep(head, repeated), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();
    }

    private static void DemangleDeep(string head, string repeated)
    {
        var name = new StringBuilder(head);
        for (int i = 0; i < 20_000; i++)
            name.Append(repeated);
        string text = name.ToString();
        Demangle(text).Should().Be(text);
    }

    [Fact]
    public void ExponentialSubstitutions_EndSoon()
    {
        var name = new StringBuilder("_Z1f1AIii");
        for (int i = 0; i < 200; i++)
            name.Append("ES").Append(i == 0 ? "" : Base36(i - 1)).Append("_1AIS").Append(i == 0 ? "" : Base36(i - 1)).Append("_S_");
        name.Append('E');
        Demangle(name.ToString()).Length.Should().BeLessThan(100_000);
    }

    [Theory]
    [InlineData("rust-names.tsv", 1)]
    [InlineData("itanium-names.tsv", 2)]
    public void MutatedNames_NeverThrow(string table, int seed)
    {
        byte[][] names = Table(table).Select(row => Encoding.UTF8.GetBytes(row[0])).ToArray();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            List<byte> name = [.. names[random.Next(names.Length)]];
            for (int change = random.Next(1, 5); change > 0; change--)
                Mutate(name, names[random.Next(names.Length)], random);
            Action demangle = () => Demangler.Demangle(name.ToArray());
            demangle.Should().NotThrow("seed {0}, {1}", seed, Encoding.Latin1.GetString(name.ToArray()));
        }
    }

    private static void Mutate(List<byte> name, byte[] other, Random random)
    {
        int at = random.Next(2, name.Count);
        int from = random.Next(other.Length);
        switch (random.Next(4))
        {
            case 0:
                name[at] = (byte)random.Next(256);
                break;
            case 1:
                name.Insert(at, other[from]);
                break;
            case 2 when name.Count > 4:
                name.RemoveAt(at);
                break;
            default:
                name.InsertRange(at, other.Skip(from).Take(random.Next(30)));
                break;
        }
    }

    private static string Base36(int value)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return value < 36 ? Digits[value].ToString() : Base36(value / 36) + Digits[value % 36];
    }
}
