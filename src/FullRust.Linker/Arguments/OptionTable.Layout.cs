// Options about addresses and order.

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] LayoutOptions() =>
    [
        Value("image-base", "ADDRESS", "where the image begins (default 0x200000)", static (s, v) => LayoutValues.SetImageBase(s, s.Number(v))),
        Value("Ttext-segment", "ADDRESS", "where the image begins, in GNU ld's words", static (s, v) => LayoutValues.SetImageBase(s, s.Address(v))),
        Value("Trodata-segment", "ADDRESS", "where the read-only data segment begins", static (s, v) => s.Options.RodataSegmentAddress = s.Address(v)),
        Value("Tldata-segment", "ADDRESS", "where the large data segment begins", static (s, v) => s.Options.LdataSegmentAddress = s.Address(v)),
        Value("Ttext", "ADDRESS", "the address of .text", static (s, v) => LayoutValues.SetAddress(s, ".text", v)),
        Value("Tdata", "ADDRESS", "the address of .data", static (s, v) => LayoutValues.SetAddress(s, ".data", v)),
        Value("Tbss", "ADDRESS", "the address of .bss", static (s, v) => LayoutValues.SetAddress(s, ".bss", v)),
        Value("section-start", "SECTION=ADDRESS", "the address of SECTION", static (s, v) => LayoutValues.SetSectionStart(s, v)),
        Flag("rosegment", "read-only data has a segment of its own (default)", static s => s.Options.ReadOnlySegment = true),
        Flag("no-rosegment", "read-only data shares the segment of code", static s => s.Options.ReadOnlySegment = false),
        Flag("execute-only", "code is not readable", static s => s.Options.ExecuteOnly = true),
        Flag("no-execute-only", "code is readable (default)", static s => s.Options.ExecuteOnly = false),
        Flag("N omagic", "one writable, executable segment without page alignment", static s => s.Options.Magic = MagicPolicy.OMagic),
        Flag("no-omagic", "undoes -N", static s => LayoutValues.ClearMagic(s, MagicPolicy.OMagic)),
        Flag("n nmagic", "segments without page alignment", static s => s.Options.Magic = MagicPolicy.NMagic),
        Flag("no-nmagic", "undoes -n", static s => LayoutValues.ClearMagic(s, MagicPolicy.NMagic)),
        Maybe("unique", "PATTERN", "no merging of input sections that match, or of any that no rule names", static (s, v) => LayoutValues.AddUnique(s, v)),
        Flag("enable-non-contiguous-regions", "what does not fit its region goes to the next statement that matches it", static s => s.Options.RegionsAreAlternatives = true),
        Flag("force-group-allocation", "with -r: section groups become plain sections, as in a final link", static s => s.Options.DissolvesGroups = true),
        Value("sort-section", "KEY", "order of input sections: none, name or alignment", static (s, v) => Choices.SetSortSection(s, v)),
        Maybe("sort-common", "ORDER", "order of common symbols by alignment: descending (default) or ascending", static (s, v) => Choices.SetSortCommon(s, v)),
        Value("symbol-ordering-file", "FILE", "put the sections of these symbols first", static (s, v) => s.Options.SymbolOrderingFile = v),
        Value("call-graph-ordering-file", "FILE", "order sections by this call graph", static (s, v) => s.Options.CallGraphOrderingFile = v),
        Maybe("call-graph-profile-sort", "ALGORITHM", "order by the inputs' profile: none, hfsort or cdsort (default)", static (s, v) => Choices.SetCallGraphSort(s, v)),
        Flag("no-call-graph-profile-sort", "ignore the inputs' profile", static s => s.Options.CallGraphProfileSort = CallGraphSort.None),
        Maybe("shuffle-sections", "[GLOB=]SEED", "shuffle input sections", static (s, v) => LayoutValues.AddShuffle(s, v)),
        Value("randomize-section-padding", "SEED", "put random gaps between input sections", static (s, v) => s.Options.PaddingSeed = s.Number(v)),
        Value("spare-program-headers", "N", "leave room for N more program headers", static (s, v) => s.Options.SpareProgramHeaders = s.Count(v)),
        Flag("reverse-sections", "input sections in reverse order", static s => s.Options.ReverseSections = true),
        Value("orphan-handling", "MODE", "sections that a script does not name: place (default), warn, error or discard", static (s, v) => Choices.SetOrphans(s, v)),
        Flag("check-sections", "overlapping sections are an error (default)", static s => s.Options.CheckSections = true),
        Flag("no-check-sections", "overlapping sections are allowed", static s => s.Options.CheckSections = false),
        Value("z", "KEYWORD", "see below", static (s, v) => ZKeywordTable.Apply(s, v)),
    ];
}
