// Pages that are mapped over pages: what is left of the earlier ones.

using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Loading;
using Xunit;

namespace FullRust.ElfVerify.Tests.Loading;

public sealed class AddressSpaceTests
{
    private static AddressSpace Of(params (ulong Start, ulong End)[] ranges)
    {
        var space = new AddressSpace();
        foreach ((ulong start, ulong end) in ranges)
            space.Map(new Mapping(start, end, (uint)(space.Mappings.Count + 1), true, start * 16));
        return space;
    }

    private static string Picture(AddressSpace space) => string.Join(' ', space.Mappings.Select(static m => $"{m.Start:x}-{m.End:x}@{m.FileOffset:x}"));

    [Theory]
    [InlineData(0x10, 0x20, "10-20@100 40-60@400")]
    [InlineData(0x60, 0x70, "40-60@400 60-70@600")]
    [InlineData(0x30, 0x40, "30-40@300 40-60@400")]
    [InlineData(0x30, 0x50, "30-50@300 50-60@410")]
    [InlineData(0x50, 0x70, "40-50@400 50-70@500")]
    [InlineData(0x48, 0x50, "40-48@400 48-50@480 50-60@410")]
    [InlineData(0x40, 0x50, "40-50@400 50-60@410")]
    [InlineData(0x50, 0x60, "40-50@400 50-60@500")]
    [InlineData(0x40, 0x60, "40-60@400")]
    [InlineData(0x30, 0x70, "30-70@300")]
    [InlineData(0x50, 0x50, "40-60@400")]
    [InlineData(0x58, 0x50, "40-60@400")]
    public void LaterRange_ReplacesWhatItCovers(ulong start, ulong end, string expected) => Picture(Of((0x40, 0x60), (start, end))).Should().Be(expected);

    [Fact]
    public void Ranges_StandInOrder() => Picture(Of((0x40, 0x50), (0x10, 0x20), (0x60, 0x70), (0x20, 0x30))).Should().Be("10-20@100 20-30@200 40-50@400 60-70@600");

    [Theory]
    [InlineData(0x3f, false)]
    [InlineData(0x40, true)]
    [InlineData(0x4f, true)]
    [InlineData(0x50, false)]
    public void Address_IsFoundInsideOnly(ulong address, bool isFound) => Of((0x40, 0x50)).TryFind(address, out _).Should().Be(isFound);
}
