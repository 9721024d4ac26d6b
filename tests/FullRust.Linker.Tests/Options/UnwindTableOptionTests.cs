// --strip-unwind-tables: tables go only where nothing in the program reads them.

using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class UnwindTableOptionTests : System.IDisposable
{
    private const string Program =
        ".globl _start\n.text\n_start: .cfi_startproc\n mov $60, %eax\n xor %edi, %edi\n syscall\n .cfi_endproc\n"
        + ".section .text.unwind,\"ax\"\n.globl __fullrust_find_fde\n__fullrust_find_fde: .cfi_startproc\n ret\n .cfi_endproc\n";

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void StripUnwindTables_NoLiveUnwinder_LeavesNoTables()
    {
        string main = _shop.Assemble("main", Program);
        SectionsOf("-s", "--gc-sections", "--eh-frame-hdr", "--strip-unwind-tables", main).Should().NotContain(".eh_frame");
    }

    [Fact]
    public void StripUnwindTables_LiveUnwinder_KeepsTheTablesOfAllLiveFunctions()
    {
        string main = _shop.Assemble("main", Program + ".text\n call __fullrust_find_fde\n");
        string path = _shop.Link("-s", "--gc-sections", "--eh-frame-hdr", "--strip-unwind-tables", main);
        string frames = _shop.Tool("readelf", "--debug-dump=frames", path).Output;
        frames.Split(" FDE ").Length.Should().Be(3, frames);
    }

    [Theory]
    [InlineData("--gc-sections")]
    [InlineData("-s")]
    public void StripUnwindTables_UnstrippedOrEverythingKept_KeepsTables(string other)
    {
        string main = _shop.Assemble("main", Program);
        SectionsOf(other, "--eh-frame-hdr", "--strip-unwind-tables", main).Should().Contain(".eh_frame_hdr");
    }

    private string SectionsOf(params string[] arguments) => _shop.Tool("readelf", "-SW", _shop.Link(arguments)).Output;
}
