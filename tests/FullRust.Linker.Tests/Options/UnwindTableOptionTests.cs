// --strip-unwind-tables: tables go only where nothing in the program reads them. --eh-frame-hdr: what the header says.

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

    [Fact]
    public void EhFrameHdr_FunctionTooFarForItsTable_HasNone()
    {
        // A record with an 8-byte address, as the large code model has them.
        string main = _shop.Assemble(
            "main",
            ".globl _start\n_start: ret\n.section .far,\"ax\"\nfar: ret\n.section .eh_frame,\"a\",@unwind\n"
            + "1: .long 3f - 2f\n2: .long 0\n.byte 1, 0, 1, 0x78, 16\n.balign 8, 0\n3: .long 5f - 4f\n4: .long 4b - 1b\n.quad far, 1\n.balign 8, 0\n5:\n");
        _shop.Bytes(_shop.Link("--eh-frame-hdr", main), ".eh_frame_hdr")[..4].Should().Equal(1, 0x1b, 0x03, 0x3b);
        _shop.Bytes(_shop.Link("--eh-frame-hdr", "--section-start=.far=0x200000000", main), ".eh_frame_hdr")[..4].Should().Equal(1, 0x1b, 0xff, 0xff);
    }

    private string SectionsOf(params string[] arguments) => _shop.Tool("readelf", "-SW", _shop.Link(arguments)).Output;
}
