// What a link is asked to do. Filled by ArgumentParser from a command line, or by a program that embeds the linker; not changed
// once the link has begun. Policies are enums, so that a phase reads as what it decides.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>How an input was named.</summary>
public enum InputKind
{
    /// <summary>By path.</summary>
    File,

    /// <summary>By <c>-l NAME</c>: <c>libNAME.a</c> in the search folders.</summary>
    Library,

    /// <summary>By <c>-l:FILE</c>: that file name in the search folders.</summary>
    LibraryFile,

    /// <summary>By <c>-b binary</c>: the bytes become a data section with start and end symbols.</summary>
    Binary,

    /// <summary>By <c>-R</c>/<c>--just-symbols</c>: only its symbols' addresses are taken.</summary>
    JustSymbols,

    /// <summary>By <c>-T</c>: a linker script that replaces the default layout.</summary>
    Script,
}

/// <summary>One input in command-line order with the positional options that were in force.</summary>
/// <param name="Kind">How it was named.</param>
/// <param name="Name">The path or library name.</param>
/// <param name="WholeArchive"><c>--whole-archive</c>: every member of an archive is loaded.</param>
/// <param name="IsLazy">Between <c>--start-lib</c> and <c>--end-lib</c>: an object is loaded only if it is needed.</param>
/// <param name="IsStatic"><c>-Bstatic</c> or <c>-static</c>: a shared object is not even a second choice for <c>-l</c>.</param>
/// <param name="Group">Number of the <c>--start-group</c> that it is in; 0 for none.</param>
public readonly record struct InputArgument(InputKind Kind, string Name, bool WholeArchive = false, bool IsLazy = false, bool IsStatic = true, int Group = 0);

/// <summary>What becomes of the symbol table and debug sections.</summary>
public enum StripPolicy
{
    /// <summary>Everything stays.</summary>
    None,

    /// <summary><c>--strip-debug</c>: debug sections go.</summary>
    Debug,

    /// <summary><c>--strip-all</c>: the symbol table goes as well, and <c>.comment</c>.</summary>
    All,
}

/// <summary>Which local symbols reach the output's symbol table.</summary>
public enum DiscardPolicy
{
    /// <summary>All but names that begin with <c>.L</c>.</summary>
    Temporaries,

    /// <summary><c>--discard-none</c>: all.</summary>
    None,

    /// <summary><c>--discard-all</c>: no local symbol.</summary>
    All,
}

/// <summary>What a live reference to an undefined strong symbol means.</summary>
public enum UnresolvedPolicy
{
    /// <summary>An error.</summary>
    Error,

    /// <summary>A warning; the value is 0.</summary>
    Warn,

    /// <summary>Nothing; the value is 0.</summary>
    Ignore,
}

/// <summary>Which inputs are admitted.</summary>
public enum GuardRailPolicy
{
    /// <summary>Whatever resolves completely without a shared object.</summary>
    Default,

    /// <summary>Rust objects and a short list of others only.</summary>
    Strict,
}

/// <summary>The build-id note (<c>--build-id</c>).</summary>
public enum BuildIdKind
{
    /// <summary>No note.</summary>
    None,

    /// <summary>8 bytes of a fast hash.</summary>
    Fast,

    /// <summary>16 bytes, MD5.</summary>
    Md5,

    /// <summary>20 bytes, SHA-1.</summary>
    Sha1,

    /// <summary>32 bytes, SHA-256.</summary>
    Sha256,

    /// <summary>16 random bytes: the one option that makes outputs differ.</summary>
    Uuid,

    /// <summary>Bytes given on the command line.</summary>
    Hex,
}

/// <summary>Identical code folding (<c>--icf</c>).</summary>
public enum IcfPolicy
{
    /// <summary>Nothing is folded.</summary>
    None,

    /// <summary>Only what nobody can tell apart by address.</summary>
    Safe,

    /// <summary>All equal sections.</summary>
    All,
}

/// <summary>What a link is asked to do. Not thread-safe while it is being filled; read-only during the link.</summary>
public sealed partial class LinkOptions
{
    /// <summary>Inputs in command-line order.</summary>
    public IList<InputArgument> Inputs { get; } = [];

    /// <summary>Folders for <c>-l</c>, in order (<c>-L</c>); a leading <c>=</c> or <c>$SYSROOT</c> is already replaced.</summary>
    public IList<string> LibraryPaths { get; } = [];

    /// <summary>The output (<c>-o</c>).</summary>
    public string OutputPath { get; set; } = "a.out";

    /// <summary>The entry symbol (<c>-e</c>), or null for <c>_start</c>. May also be a number.</summary>
    public string? Entry { get; set; }

    /// <summary>Names that must be extracted and kept (<c>-u</c>).</summary>
    public IList<string> UndefinedSymbols { get; } = [];

    /// <summary>As <see cref="UndefinedSymbols"/>, and an error if nobody defines them (<c>--require-defined</c>).</summary>
    public IList<string> RequiredSymbols { get; } = [];

    /// <summary><c>--gc-sections</c>.</summary>
    public bool GcSections { get; set; }

    /// <summary><c>--print-gc-sections</c>: names what was removed.</summary>
    public bool PrintGcSections { get; set; }

    /// <summary><c>-z start-stop-gc</c>: <c>__start_</c>/<c>__stop_</c> references do not keep sections.</summary>
    public bool StartStopGc { get; set; }

    /// <summary>Symbol table and debug sections.</summary>
    public StripPolicy Strip { get; set; }

    /// <summary>Local symbols.</summary>
    public DiscardPolicy Discard { get; set; }

    /// <summary>Undefined symbols.</summary>
    public UnresolvedPolicy Unresolved { get; set; }

    /// <summary>Admitted inputs.</summary>
    public GuardRailPolicy GuardRail { get; set; }

    /// <summary><c>--eh-frame-hdr</c>.</summary>
    public bool EhFrameHeader { get; set; }

    /// <summary><c>--strip-unwind-tables</c>; means something only with <c>-s</c> and <c>--gc-sections</c>.</summary>
    public bool StripUnwindTables { get; set; }

    /// <summary><c>-z relro</c>.</summary>
    public bool Relro { get; set; } = true;

    /// <summary><c>-z execstack</c>.</summary>
    public bool ExecutableStack { get; set; }

    /// <summary><c>-z stack-size</c>: p_memsz of PT_GNU_STACK.</summary>
    public ulong StackSize { get; set; }

    /// <summary><c>-z separate-code</c>: pads the file so that no foreign byte is mapped executable.</summary>
    public bool SeparateCode { get; set; }

    /// <summary><c>--rosegment</c> (default) or <c>--no-rosegment</c>: read-only data has a segment of its own.</summary>
    public bool ReadOnlySegment { get; set; } = true;

    /// <summary><c>-z max-page-size</c>, a power of two.</summary>
    public ulong MaxPageSize { get; set; } = 0x1000;

    /// <summary><c>--image-base</c>.</summary>
    public ulong ImageBase { get; set; } = 0x200000;

    /// <summary><c>-O</c>: 0 to 2; strings are tail-merged at 2.</summary>
    public int Optimize { get; set; } = 1;

    /// <summary><c>--relax</c> (default): GOT references become direct ones where the psABI allows it.</summary>
    public bool Relax { get; set; } = true;

    /// <summary><c>--icf</c>.</summary>
    public IcfPolicy Icf { get; set; }

    /// <summary><c>-z muldefs</c>/<c>--allow-multiple-definition</c>: the first definition wins.</summary>
    public bool AllowMultipleDefinitions { get; set; }

    /// <summary><c>--build-id</c>.</summary>
    public BuildIdKind BuildId { get; set; }

    /// <summary>The bytes of <see cref="BuildIdKind.Hex"/>.</summary>
    public IReadOnlyList<byte> BuildIdBytes { get; set; } = [];

    /// <summary><c>-m</c> and other facts are checked by the parser; what is left for the phases are the lists here. <c>NAME=EXPRESSION</c> of <c>--defsym</c>, in order.</summary>
    public IList<string> DefinedSymbols { get; } = [];

    /// <summary>Names of <c>--wrap</c>.</summary>
    public IList<string> WrappedSymbols { get; } = [];

    /// <summary>Threads to use; 0 chooses by the size of the link and the processors at hand.</summary>
    public int Threads { get; set; }

    /// <summary>Threads that the inputs have work for, once their size is known; above 16 they wait for each other and for memory.</summary>
    internal int UsefulThreads { get; set; } = 16;

    /// <summary>Threads for a parallel loop: <see cref="Threads"/>, or as many as there are processors and work.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : System.Math.Min(MostThreads, UsefulThreads);

    /// <summary><see cref="Threads"/>, or as many as there are processors.</summary>
    public int MostThreads => Threads > 0 ? Threads : System.Environment.ProcessorCount;

    /// <summary><c>--demangle</c> (default): names in messages are readable.</summary>
    public bool Demangle { get; set; } = true;

    /// <summary><c>--error-limit</c>: errors printed before the rest is only counted; 0 prints all.</summary>
    public int ErrorLimit { get; set; } = 20;

    /// <summary><c>--fork</c> (default): the program that links ends as soon as the output is there, and its memory is freed after that. For
    /// the program; the library frees what it holds when it is told to.</summary>
    public bool ReleasesAfterExit { get; set; } = true;

    /// <summary>Inputs of at least this many bytes may be mapped instead of read. A program that embeds the linker leaves it at "never".</summary>
    public long MapFrom { get; set; } = long.MaxValue;
}
