// The default layout as a script: what INSERT inserts into when no script replaces the layout. The order is that of
// Layout/SectionOrder.

namespace FullRust.Linker.Scripts;

/// <summary>The default layout.</summary>
internal static class DefaultLayout
{
    /// <summary>The script for an image at an address.</summary>
    internal static string TextFor(ulong imageBase) => Text.Replace("IMAGE_BASE", $"0x{imageBase:x}", System.StringComparison.Ordinal);

    private const string Text = """
        SECTIONS
        {
          . = SEGMENT_START("text-segment", IMAGE_BASE) + SIZEOF_HEADERS;
          .note.gnu.property : { *(.note.gnu.property) }
          .note.gnu.build-id : { *(.note.gnu.build-id) }
          .rela.plt : { *(.rela.plt .rela.iplt) }
          .rodata : { *(.rodata .rodata.* .gnu.linkonce.r.*) }
          .gcc_except_table : { *(.gcc_except_table .gcc_except_table.*) }
          .eh_frame_hdr : { *(.eh_frame_hdr) }
          .eh_frame : { KEEP (*(.eh_frame .eh_frame.*)) }
          . = ALIGN(CONSTANT(MAXPAGESIZE)) + (. & (CONSTANT(MAXPAGESIZE) - 1));
          .text : { *(.text.unlikely .text.unlikely.*) *(.text.exit .text.exit.*) *(.text.startup .text.startup.*) *(.text.hot .text.hot.*) *(.text .text.* .gnu.linkonce.t.*) }
          .init : { KEEP (*(.init)) }
          .fini : { KEEP (*(.fini)) }
          .iplt : { *(.iplt .plt) }
          . = DATA_SEGMENT_ALIGN(CONSTANT(MAXPAGESIZE), CONSTANT(COMMONPAGESIZE));
          .tdata : { *(.tdata .tdata.* .gnu.linkonce.td.*) }
          .tbss : { *(.tbss .tbss.* .gnu.linkonce.tb.*) *(.tcommon) }
          .preinit_array : { KEEP (*(.preinit_array)) }
          .init_array : { KEEP (*(SORT_BY_INIT_PRIORITY(.init_array.*))) KEEP (*(.init_array)) }
          .fini_array : { KEEP (*(SORT_BY_INIT_PRIORITY(.fini_array.*))) KEEP (*(.fini_array)) }
          .data.rel.ro : { *(.data.rel.ro .data.rel.ro.* .gnu.linkonce.d.rel.ro.*) }
          .got : { *(.got .got.plt) }
          . = DATA_SEGMENT_RELRO_END(0, .);
          .data : { *(.data .data.* .gnu.linkonce.d.*) }
          .bss : { *(.bss .bss.* .gnu.linkonce.b.*) *(COMMON) }
        }
        """;
}
