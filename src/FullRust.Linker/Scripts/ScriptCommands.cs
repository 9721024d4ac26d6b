// The commands of a linker script as a tree: what is written, in order, with places for errors. Sections are in SectionCommands.

using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

/// <summary>A parsed script with its included files in place.</summary>
/// <param name="File">The script itself.</param>
/// <param name="Commands">Its commands in order.</param>
/// <param name="Includes">Paths of the files that it included, in order.</param>
internal sealed record Script(ScriptFile File, IReadOnlyList<ScriptCommand> Commands, IReadOnlyList<string> Includes);

/// <summary>A command.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record ScriptCommand(ScriptPlace Place);

/// <summary>A file of <c>INPUT</c>, <c>GROUP</c> or <c>STARTUP</c>.</summary>
/// <param name="Place">Where it is named.</param>
/// <param name="Name">Its name, or what follows <c>-l</c>.</param>
/// <param name="IsLibrary">Written as <c>-lNAME</c>.</param>
/// <param name="IsAsNeeded">Inside <c>AS_NEEDED</c>.</param>
internal readonly record struct ScriptInput(ScriptPlace Place, string Name, bool IsLibrary, bool IsAsNeeded)
{
    /// <summary>Whether it is linked before all other inputs (<c>STARTUP</c>).</summary>
    internal bool ComesFirst { get; init; }
}

/// <summary><c>INPUT</c>, <c>GROUP</c>, or <c>STARTUP</c>, whose file comes first of all.</summary>
internal sealed record InputCommand(ScriptPlace Place, IReadOnlyList<ScriptInput> Inputs) : ScriptCommand(Place);

/// <summary><c>ENTRY(symbol)</c></summary>
internal sealed record EntryCommand(ScriptPlace Place, string Symbol) : ScriptCommand(Place);

/// <summary><c>EXTERN(symbols)</c>: as <c>-u</c>.</summary>
internal sealed record ExternCommand(ScriptPlace Place, IReadOnlyList<string> Symbols) : ScriptCommand(Place);

/// <summary><c>OUTPUT(file)</c>: as <c>-o</c>, which wins.</summary>
internal sealed record OutputCommand(ScriptPlace Place, string Path) : ScriptCommand(Place);

/// <summary><c>OUTPUT_FORMAT</c>: the formats named; one of them must be ours.</summary>
internal sealed record OutputFormatCommand(ScriptPlace Place, IReadOnlyList<string> Formats) : ScriptCommand(Place);

/// <summary><c>OUTPUT_ARCH(name)</c></summary>
internal sealed record OutputArchCommand(ScriptPlace Place, string Architecture) : ScriptCommand(Place);

/// <summary><c>SEARCH_DIR(folder)</c></summary>
internal sealed record SearchDirCommand(ScriptPlace Place, string Folder) : ScriptCommand(Place);

/// <summary><c>REGION_ALIAS(alias, region)</c></summary>
internal sealed record RegionAliasCommand(ScriptPlace Place, string Alias, string Region) : ScriptCommand(Place);

/// <summary><c>ASSERT(expression, text)</c></summary>
internal sealed record AssertCommand(ScriptPlace Place, Expression Condition, string Message) : ScriptCommand(Place);

/// <summary>How a symbol that a script defines meets other definitions.</summary>
internal enum AssignmentKind
{
    /// <summary>It is defined, whoever else does.</summary>
    Plain,

    /// <summary><c>HIDDEN</c>: so, and not visible to other modules.</summary>
    Hidden,

    /// <summary><c>PROVIDE</c>: only if it is referenced and nobody else defines it.</summary>
    Provide,

    /// <summary><c>PROVIDE_HIDDEN</c>: so, and not visible to other modules.</summary>
    ProvideHidden,
}

/// <summary>An assignment; <c>a += b</c> is written out as <c>a = a + b</c>.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Symbol">The symbol, or <c>.</c></param>
/// <param name="Value">The value.</param>
/// <param name="Kind">How it meets other definitions.</param>
internal sealed record AssignmentCommand(ScriptPlace Place, string Symbol, Expression Value, AssignmentKind Kind) : ScriptCommand(Place);

/// <summary>A region of <c>MEMORY</c>.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">The letters in parentheses, such as <c>rx!w</c>, or an empty string.</param>
/// <param name="Origin">First address.</param>
/// <param name="Length">Length in bytes.</param>
internal sealed record MemoryRegion(ScriptPlace Place, string Name, string Attributes, Expression Origin, Expression Length);

/// <summary><c>MEMORY</c></summary>
internal sealed record MemoryCommand(ScriptPlace Place, IReadOnlyList<MemoryRegion> Regions) : ScriptCommand(Place);

/// <summary>A header of <c>PHDRS</c>.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Name">The name that sections refer to.</param>
/// <param name="Type">PT_*.</param>
/// <param name="IncludesFileHeader"><c>FILEHDR</c></param>
/// <param name="IncludesProgramHeaders"><c>PHDRS</c></param>
/// <param name="Address"><c>AT(address)</c>, the physical address, or null.</param>
/// <param name="Flags"><c>FLAGS(flags)</c>, or null: then from the sections.</param>
internal sealed record ProgramHeaderDescription(
    ScriptPlace Place, string Name, Expression Type, bool IncludesFileHeader, bool IncludesProgramHeaders, Expression? Address, Expression? Flags);

/// <summary><c>PHDRS</c></summary>
internal sealed record ProgramHeadersCommand(ScriptPlace Place, IReadOnlyList<ProgramHeaderDescription> Headers) : ScriptCommand(Place);

/// <summary><c>NOCROSSREFS</c> and <c>NOCROSSREFS_TO</c>: output sections that must not refer to each other.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Sections">Their names.</param>
/// <param name="FromFirstOnly">Only references to the first of them are forbidden (<c>NOCROSSREFS_TO</c>).</param>
internal sealed record NoCrossReferencesCommand(ScriptPlace Place, IReadOnlyList<string> Sections, bool FromFirstOnly) : ScriptCommand(Place);

/// <summary><c>SECTIONS</c></summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">Assignments, assertions, <c>ENTRY</c> and output sections, in order.</param>
/// <param name="InsertAnchor">The output section that <c>INSERT</c> puts these beside, or null.</param>
/// <param name="InsertsAfter"><c>INSERT AFTER</c> rather than <c>BEFORE</c>.</param>
internal sealed record SectionsCommand(ScriptPlace Place, IReadOnlyList<ScriptCommand> Items, string? InsertAnchor, bool InsertsAfter)
    : ScriptCommand(Place);
