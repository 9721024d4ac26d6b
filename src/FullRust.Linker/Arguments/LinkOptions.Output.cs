// The part of the options that says what the output is and what it carries besides the program.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>What is made.</summary>
public enum OutputKind
{
    /// <summary>ET_EXEC at fixed addresses.</summary>
    StaticExecutable,

    /// <summary>ET_DYN without interpreter, relocated by its own start-up code (<c>-static -pie</c>).</summary>
    StaticPie,

    /// <summary>ET_REL, to be linked again (<c>-r</c>).</summary>
    Relocatable,
}

/// <summary>How the output file is written (<c>--oformat</c>).</summary>
public enum OutputFormat
{
    /// <summary>An ELF file.</summary>
    Elf,

    /// <summary>The bytes of the loads only.</summary>
    Binary,
}

/// <summary>How a section's bytes are compressed.</summary>
public enum CompressionKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>ELFCOMPRESS_ZLIB.</summary>
    Zlib,

    /// <summary>ELFCOMPRESS_ZSTD.</summary>
    Zstd,
}

/// <summary>A compression and its strength.</summary>
/// <param name="Kind">The method.</param>
/// <param name="Level">The method's own level, or -1 for its default.</param>
public readonly record struct Compression(CompressionKind Kind, int Level = -1);

/// <summary>One <c>--compress-sections</c> rule.</summary>
/// <param name="Pattern">A glob over output section names.</param>
/// <param name="Compression">What to do with them.</param>
public readonly record struct SectionCompression(string Pattern, Compression Compression);

/// <summary>What is said about inputs without a control-flow protection bit (<c>-z cet-report</c>).</summary>
public enum CetReport
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,
}

public sealed partial class LinkOptions
{
    /// <summary>What is made.</summary>
    public OutputKind OutputKind { get; set; }

    /// <summary><c>--relocatable-merge-sections</c>: sections of a <see cref="OutputKind.Relocatable"/> are named as in a program.</summary>
    public bool RelocatableMergesNames { get; set; }

    /// <summary><c>-d</c>: a <see cref="OutputKind.Relocatable"/> has room for common symbols.</summary>
    public bool DefineCommon { get; set; }

    /// <summary><c>-z pack-relative-relocs</c>: a <see cref="OutputKind.StaticPie"/> keeps its self-relocations as bitmaps.</summary>
    public bool PackRelativeRelocations { get; set; }

    /// <summary><c>--oformat</c>.</summary>
    public OutputFormat OutputFormat { get; set; }

    /// <summary><c>--provenance</c>: the output carries a record of what was linked.</summary>
    public bool Provenance { get; set; }

    /// <summary><c>--package-metadata</c>: the JSON text, percent sequences already decoded, or null.</summary>
    public string? PackageMetadata { get; set; }

    /// <summary><c>--strip-discarded</c> (default): symbols of discarded sections leave no trace.</summary>
    public bool StripDiscarded { get; set; } = true;

    /// <summary><c>--retain-symbols-file</c>: a file of the only names kept in the symbol table, or null.</summary>
    public string? RetainSymbolsFile { get; set; }

    /// <summary><c>--compress-debug-sections</c>.</summary>
    public Compression CompressDebugSections { get; set; }

    /// <summary><c>--compress-sections</c>: last match wins.</summary>
    public IList<SectionCompression> CompressSections { get; } = [];

    /// <summary><c>--gdb-index</c>.</summary>
    public bool GdbIndex { get; set; }

    /// <summary><c>-q</c>/<c>--emit-relocs</c>: the applied relocations are kept as sections.</summary>
    public bool EmitRelocations { get; set; }

    /// <summary><c>--separate-debug-file</c>: where debug sections go, an empty string for <c>OUTPUT.dbg</c>, or null.</summary>
    public string? SeparateDebugFile { get; set; }

    /// <summary>What is stripped from a program whose debug sections go into <see cref="SeparateDebugFile"/>, where everything stays.</summary>
    public StripPolicy ProgramStrip { get; set; }

    /// <summary><c>-z sectionheader</c> (default): the section table is written.</summary>
    public bool SectionHeaders { get; set; } = true;

    /// <summary><c>-z ibt</c>: indirect branch tracking is claimed in the property note.</summary>
    public bool ForceIbt { get; set; }

    /// <summary><c>-z shstk</c>: shadow stack support is claimed in the property note.</summary>
    public bool ForceShadowStack { get; set; }

    /// <summary><c>-z cet-report</c>.</summary>
    public CetReport CetReport { get; set; }

    /// <summary><c>-z x86-64-baseline|v2|v3|v4</c>: 1 to 4 is added to the needed levels of the property note; 0 adds nothing.</summary>
    public int NeededIsaLevel { get; set; }

    /// <summary><c>-z rewrite-endbr</c>: unneeded landing pads become no-ops.</summary>
    public bool RewriteLandingPads { get; set; }
}
