// SEGMENT_START of scripts: the names that options give addresses to (GNU ld manual, "Builtin Functions").

using FullRust.Linker.Arguments;

namespace FullRust.Linker.Layout;

internal static class SegmentStarts
{
    /// <summary>The address that an option asks for.</summary>
    /// <param name="segment">For example <c>text-segment</c>.</param>
    /// <param name="options">The options.</param>
    /// <returns>The address, or null.</returns>
    internal static ulong? Find(string segment, LinkOptions options) => segment switch
    {
        "text-segment" => options.HasImageBase ? options.ImageBase : null,
        "rodata-segment" => options.RodataSegmentAddress,
        "ldata-segment" => options.LdataSegmentAddress,
        "text" => SectionAddress(".text", options),
        "data" => SectionAddress(".data", options),
        "bss" => SectionAddress(".bss", options),
        _ => null,
    };

    private static ulong? SectionAddress(string section, LinkOptions options)
    {
        ulong? address = null;
        foreach (SectionAddress asked in options.SectionAddresses)
        {
            if (asked.Section == section)
                address = asked.Address;
        }

        return address;
    }
}
