// Output section descriptions of SECTIONS, and what stands in them.

using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

/// <summary>The type in parentheses behind an output section's name.</summary>
internal enum OutputSectionKind
{
    /// <summary>None given.</summary>
    Normal,

    /// <summary><c>NOLOAD</c>: has an address and no bytes in the file.</summary>
    NoLoad,

    /// <summary><c>DSECT</c>, <c>COPY</c>, <c>INFO</c>, <c>OVERLAY</c>: not allocated.</summary>
    NotAllocated,

    /// <summary><c>READONLY</c>: never writable.</summary>
    ReadOnly,
}

/// <summary><c>ONLY_IF_RO</c> and <c>ONLY_IF_RW</c>.</summary>
internal enum OutputSectionConstraint
{
    /// <summary>Always made.</summary>
    None,

    /// <summary>Only if all its input sections are read-only.</summary>
    OnlyIfReadOnly,

    /// <summary>Only if all its input sections are writable.</summary>
    OnlyIfWritable,
}

/// <summary>The order of matched input sections.</summary>
internal enum SortKey
{
    /// <summary>Input order, subject to <c>--sort-section</c>.</summary>
    None,

    /// <summary><c>SORT_NONE</c>: input order whatever the options say.</summary>
    InputOrder,

    /// <summary><c>SORT</c>, <c>SORT_BY_NAME</c></summary>
    Name,

    /// <summary><c>SORT_BY_ALIGNMENT</c>: largest first.</summary>
    Alignment,

    /// <summary><c>SORT_BY_INIT_PRIORITY</c>: by the number at the end of the name.</summary>
    InitPriority,
}

/// <summary>A section pattern with its order and exceptions.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Section">The section's name.</param>
/// <param name="ExcludedFiles"><c>EXCLUDE_FILE</c> inside the parentheses.</param>
/// <param name="Outer">First key of the order.</param>
/// <param name="Inner">Second key, or none.</param>
/// <param name="IsReversed"><c>REVERSE</c></param>
internal sealed record SectionPattern(ScriptPlace Place, Glob Section, IReadOnlyList<FilePattern> ExcludedFiles, SortKey Outer, SortKey Inner, bool IsReversed);

/// <summary>A pattern for files: <c>file</c>, <c>archive:member</c>, <c>archive:</c> or <c>:file</c>.</summary>
/// <param name="Archive">The archive, or null for files that are no members if <paramref name="HasColon"/>, else for all.</param>
/// <param name="File">The file or member, or null for every member.</param>
/// <param name="HasColon">Whether a colon was written.</param>
internal sealed record FilePattern(Glob? Archive, Glob? File, bool HasColon)
{
    /// <summary>Reads a pattern.</summary>
    internal static FilePattern Parse(string text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
            return new FilePattern(null, new Glob(text), HasColon: false);
        return new FilePattern(
            colon == 0 ? null : new Glob(text[..colon]),
            colon + 1 == text.Length ? null : new Glob(text[(colon + 1)..]),
            HasColon: true);
    }

    /// <summary>Whether it matches every file.</summary>
    internal bool MatchesAll => !HasColon && File!.MatchesAll;

    /// <summary>Whether a file matches.</summary>
    /// <param name="path">The path of a file, or the name of an archive's member.</param>
    /// <param name="archive">The archive's path, or null.</param>
    internal bool Matches(string path, string? archive)
    {
        if (!HasColon)
            return File!.Matches(path);
        if (Archive is null)
            return archive is null && (File is null || File.Matches(path));
        return archive is not null && Archive.Matches(archive) && (File is null || File.Matches(path));
    }

    /// <summary>As <see cref="Matches"/> in <c>EXCLUDE_FILE</c>, where an archive's own name also stands for its members, as in GNU ld.</summary>
    /// <param name="path">The path of a file, or the name of an archive's member.</param>
    /// <param name="archive">The archive's path, or null.</param>
    internal bool Excludes(string path, string? archive) =>
        Matches(path, archive) || (!HasColon && archive is not null && File!.Matches(archive));
}

/// <summary><c>file(sections)</c></summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Files">Which files.</param>
/// <param name="ExcludedFiles"><c>EXCLUDE_FILE</c> before the file pattern: holds for all sections.</param>
/// <param name="SortsFiles">Files by name (<c>SORT_BY_NAME(file)</c>) rather than in input order.</param>
/// <param name="Sections">Which sections; all of them if there are none.</param>
/// <param name="IsKept"><c>KEEP</c>: roots of garbage collection.</param>
/// <param name="RequiredFlags">SHF_* that must be set (<c>INPUT_SECTION_FLAGS</c>).</param>
/// <param name="ForbiddenFlags">SHF_* that must not be set.</param>
internal sealed record InputSectionCommand(
    ScriptPlace Place, FilePattern Files, IReadOnlyList<FilePattern> ExcludedFiles, bool SortsFiles, IReadOnlyList<SectionPattern> Sections,
    bool IsKept, ulong RequiredFlags, ulong ForbiddenFlags) : ScriptCommand(Place);

/// <summary><c>BYTE</c>, <c>SHORT</c>, <c>LONG</c>, <c>QUAD</c>, <c>SQUAD</c></summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Size">1, 2, 4 or 8 bytes, little-endian.</param>
/// <param name="Value">The value.</param>
internal sealed record DataCommand(ScriptPlace Place, int Size, Expression Value) : ScriptCommand(Place);

/// <summary><c>ASCII</c> and <c>ASCIZ</c></summary>
internal sealed record TextCommand(ScriptPlace Place, byte[] Bytes) : ScriptCommand(Place);

/// <summary>Bytes for gaps: a literal of any length, or the low four bytes of an expression, both big-endian.</summary>
/// <param name="Literal">The literal's bytes, or null.</param>
/// <param name="Value">The expression if there is no literal.</param>
internal sealed record FillPattern(byte[]? Literal, Expression? Value);

/// <summary><c>FILL(pattern)</c>: for the gaps after it in the section.</summary>
internal sealed record FillCommand(ScriptPlace Place, FillPattern Fill) : ScriptCommand(Place);

/// <summary>An output section description.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Name">The section; <c>/DISCARD/</c> drops what it matches.</param>
/// <param name="Statements">What stands between the braces, in order.</param>
internal sealed record OutputSectionCommand(ScriptPlace Place, string Name, IReadOnlyList<ScriptCommand> Statements) : ScriptCommand(Place)
{
    /// <summary>Its address, or null: where the location counter stands, aligned.</summary>
    internal Expression? Address { get; init; }

    /// <summary>The type in parentheses.</summary>
    internal OutputSectionKind Kind { get; init; }

    /// <summary><c>TYPE = SHT_*</c>, or null: from the input sections.</summary>
    internal Expression? Type { get; init; }

    /// <summary><c>AT(address)</c>, or null.</summary>
    internal Expression? LoadAddress { get; init; }

    /// <summary><c>ALIGN(n)</c>, or null.</summary>
    internal Expression? Alignment { get; init; }

    /// <summary><c>ALIGN_WITH_INPUT</c>: the distance between address and load address stays.</summary>
    internal bool AlignsLoadAddressWithInput { get; init; }

    /// <summary><c>SUBALIGN(n)</c>: forced on every input section, or null.</summary>
    internal Expression? SubAlignment { get; init; }

    /// <summary><c>ONLY_IF_RO</c> and <c>ONLY_IF_RW</c>.</summary>
    internal OutputSectionConstraint Constraint { get; init; }

    /// <summary><c>&gt;region</c>, or null.</summary>
    internal string? Region { get; init; }

    /// <summary><c>AT&gt;region</c>, or null.</summary>
    internal string? LoadRegion { get; init; }

    /// <summary><c>:header</c>; empty means those of the section before, <c>NONE</c> none.</summary>
    internal IReadOnlyList<string> ProgramHeaders { get; init; } = [];

    /// <summary><c>=fill</c>, or null: zeros.</summary>
    internal FillPattern? Fill { get; init; }

    /// <summary>Of the last section of an <c>OVERLAY</c>: where the location counter goes behind it, else null.</summary>
    internal Expression? OverlayEnd { get; init; }

    /// <summary>Whether it drops what it matches.</summary>
    internal bool IsDiscard => Name == "/DISCARD/";
}
