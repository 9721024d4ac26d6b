// Options about the output file and what it carries.

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] OutputOptions() =>
    [
        Value("o output", "FILE", "the output (default a.out)", static (s, v) => OutputFormats.SetPath(s, v)),
        Value("oformat", "FORMAT", "elf64-x86-64, elf, default or binary", static (s, v) => Choices.SetOutputFormat(s, v)),
        Maybe("build-id", "STYLE", "none, fast, md5, sha1 (default), sha256, uuid or 0xHEX", static (s, v) => OutputFormats.SetBuildId(s, v)),
        Flag("no-build-id", "no build-id note (default)", static s => s.Options.BuildId = BuildIdKind.None),
        Maybe("package-metadata", "JSON", "a .note.package with this text", static (s, v) => OutputFormats.SetPackageMetadata(s, v)),
        Flag("s strip-all", "drop the symbol table, debug sections and .comment", static s => s.Options.Strip = StripPolicy.All),
        Flag("S strip-debug", "drop debug sections", static s => OutputFormats.StripDebug(s)),
        Flag("x discard-all", "drop all local symbols", static s => s.Options.Discard = DiscardPolicy.All),
        Flag("X discard-locals", "drop local symbols that begin with .L (default)", static s => s.Options.Discard = DiscardPolicy.Temporaries),
        Flag("discard-none", "keep all local symbols", static s => s.Options.Discard = DiscardPolicy.None),
        Flag("strip-discarded", "drop symbols of discarded sections (default)", static s => s.Options.StripDiscarded = true),
        Flag("no-strip-discarded", "keep symbols of discarded sections", static s => s.Options.StripDiscarded = false),
        Value("retain-symbols-file", "FILE", "keep only the symbols that FILE lists", static (s, v) => s.Options.RetainSymbolsFile = v),
        Value("compress-debug-sections", "KIND", "none, zlib, zlib-gabi or zstd[:LEVEL]", static (s, v) => OutputFormats.SetDebugCompression(s, v)),
        Value("compress-sections", "GLOB=KIND", "compress sections that match", static (s, v) => OutputFormats.AddCompression(s, v)),
        Flag("eh-frame-hdr", "make .eh_frame_hdr", static s => s.Options.EhFrameHeader = true),
        Flag("no-eh-frame-hdr", "no .eh_frame_hdr (default)", static s => s.Options.EhFrameHeader = false),
        Flag("strip-unwind-tables", "with -s and --gc-sections: no unwind tables where no unwinder is live", static s => s.Options.StripUnwindTables = true),
        Flag("no-strip-unwind-tables", "unwind tables of all live functions stay (default)", static s => s.Options.StripUnwindTables = false),
        Flag("gdb-index", "make .gdb_index", static s => s.Options.GdbIndex = true),
        Flag("no-gdb-index", "no .gdb_index (default)", static s => s.Options.GdbIndex = false),
        Flag("q emit-relocs", "keep the applied relocations", static s => s.Options.EmitRelocations = true),
        Maybe("separate-debug-file", "FILE", "put debug sections in FILE (default OUTPUT.dbg)", static (s, v) => s.Options.SeparateDebugFile = v ?? ""),
        Flag("no-separate-debug-file", "debug sections stay in the output (default)", static s => s.Options.SeparateDebugFile = null),
        Flag("r i relocatable Ur", "make an object to be linked again", static s => s.AsksForRelocatable = true),
        Flag("relocatable-merge-sections", "with -r: .text.f and .text.g become .text", static s => s.Options.RelocatableMergesNames = true),
        Flag("d dc dp define-common", "with -r: give common symbols room, as an executable always does", static s => s.Options.DefineCommon = true),
        Flag("no-define-common", "with -r: leave them common (default)", static s => s.Options.DefineCommon = false),
        Flag("static-pie", "make a static executable that relocates itself", static s => s.AsksForStaticPie = true),
        Flag("pie pic-executable", "with -static or --no-dynamic-linker: as -static-pie", static s => s.AsksForPie = true),
        Flag("no-pie no-pic-executable", "an executable at fixed addresses (default)", static s => s.AsksForPie = s.AsksForStaticPie = false),
    ];
}
