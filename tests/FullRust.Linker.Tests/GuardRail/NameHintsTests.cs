using System;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Elf.Demangling;
using FullRust.Linker.GuardRail;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.GuardRail;

[NeedsLibrary("distances between names")]
public sealed class NameHintsTests
{
    private static ReadOnlySpan<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("getpid", "getpid", 0)]
    [InlineData("getpid", "getppid", 1)]
    [InlineData("getpid", "gepid", 1)]
    [InlineData("getpid", "getpit", 1)]
    [InlineData("getpid", "gteppid", 2)]
    [InlineData("getpid", "getpdi", 1)]
    [InlineData("abcdef", "badcfe", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("getpid", "socket", 4)]
    [InlineData("aaaaaaaaaa", "bbbbbbbbbb", 4)]
    public void Distance_CountsEdits(string left, string right, int distance)
    {
        NameDistance.Between(Bytes(left), Bytes(right), 3).Should().Be(distance);
        NameDistance.Between(Bytes(right), Bytes(left), 3).Should().Be(distance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Distance_AgreesWithTheFullTable(int limit)
    {
        var random = new Random(limit);
        for (int i = 0; i < 5_000; i++)
        {
            string left = Word(random);
            string right = random.Next(2) == 0 ? Word(random) : left.Insert(random.Next(left.Length + 1), "b");
            int expected = Math.Min(FullTable(left, right), limit + 1);
            NameDistance.Between(Bytes(left), Bytes(right), limit).Should().Be(expected, "{0} and {1}", left, right);
        }
    }

    [Theory]
    [InlineData("getpid", "getppid,getpit,getpwd", 0)]
    [InlineData("get_item", "set_items,get_items,get_itme", 1)]
    [InlineData("printf", "PRINTF,print", 0)]
    [InlineData("ab", "ac,abc", -1)]
    [InlineData("completely", "different,names", -1)]
    public void Nearest_IsTheFirstOfTheBest(string wanted, string candidates, int best)
    {
        var nearest = new NearestName(Bytes(wanted));
        string[] names = candidates.Split(',');
        for (int i = 0; i < names.Length; i++)
            nearest.Offer(Bytes(names[i]), i);
        nearest.Best.Should().Be(best);
    }

    [Theory]
    [InlineData("helper", "_ZN5mylib6helper17h0123456789abcdefE", LinkageMismatchKind.RustDefinitionIsMangled)]
    [InlineData("helper", "_RNvC5mylib6helper", LinkageMismatchKind.RustDefinitionIsMangled)]
    [InlineData("helper", "_RINvC5mylib6helperhE", LinkageMismatchKind.RustDefinitionIsMangled)]
    [InlineData("helper", "_Z6helperi", LinkageMismatchKind.CppDefinitionIsMangled)]
    [InlineData("helper", "_ZN1n6helperIiEEvT_", LinkageMismatchKind.CppDefinitionIsMangled)]
    [InlineData("helper", "_Z7helperxi", LinkageMismatchKind.None)]
    [InlineData("_Z6helperi", "helper", LinkageMismatchKind.ReferenceIsMangled)]
    [InlineData("_Z6helperi", "helper2", LinkageMismatchKind.None)]
    [InlineData("_Z6helperi", "_Z6helperl", LinkageMismatchKind.OtherParameters)]
    [InlineData("_ZN1a6helperEi", "_ZN1b6helperEi", LinkageMismatchKind.None)]
    [InlineData("_ZN5mylib6helper17h0123456789abcdefE", "_ZN5mylib6helper17hfedcba9876543210E", LinkageMismatchKind.OtherBuild)]
    [InlineData("_RNvCs1_5mylib6helper", "_RNvCs2_5mylib6helper", LinkageMismatchKind.OtherBuild)]
    [InlineData("helper", "helper", LinkageMismatchKind.None)]
    public void Mismatch_IsRecognised(string wanted, string candidate, LinkageMismatchKind kind)
    {
        new LinkageMismatch(Bytes(wanted)).Compare(Bytes(candidate)).Should().Be(kind);
        if (kind != LinkageMismatchKind.None)
            LinkageMismatch.Explain(kind, Demangler.Demangle(Bytes(candidate))).Should().Contain("defined");
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => (char)('a' + random.Next(3))));

    private static int FullTable(string left, string right)
    {
        int[,] cells = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cells[i, j] = i + j;
                    continue;
                }

                int cost = Math.Min(cells[i - 1, j], cells[i, j - 1]) + 1;
                cost = Math.Min(cost, cells[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost = Math.Min(cost, cells[i - 2, j - 2] + 1);
                cells[i, j] = cost;
            }
        }

        return cells[left.Length, right.Length];
    }
}
