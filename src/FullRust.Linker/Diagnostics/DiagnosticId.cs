// One number per kind of message, in ranges per area: 1xxx arguments, 2xxx inputs, 3xxx symbols, 4xxx guard-rail, 5xxx layout,
// 6xxx relocations, 7xxx output, 9xxx internal. Released numbers never change meaning; docs/diagnostics.md has an entry each.

namespace FullRust.Linker.Diagnostics;

/// <summary>The kinds of messages that the linker gives. <c>--message-ids</c> prints them as <c>FRL</c> and the number.</summary>
public enum DiagnosticId
{
    /// <summary>An option that nobody knows, or one used in a wrong form.</summary>
    UnknownOption = 1001,

    /// <summary>An option without the value it needs, or with one that is not of its kind.</summary>
    InvalidOptionValue = 1002,

    /// <summary>A request that a static executable cannot honour, such as <c>-shared</c>.</summary>
    UnsupportedOption = 1003,

    /// <summary>Nothing to link.</summary>
    NoInputFiles = 1004,

    /// <summary>A response file that is missing, too deep or contains itself.</summary>
    ResponseFile = 1005,

    /// <summary>A <c>-z</c> keyword that nobody knows (a warning).</summary>
    UnknownZKeyword = 1006,

    /// <summary>An input that is missing or unreadable.</summary>
    CannotOpen = 2001,

    /// <summary>A <c>-l</c> library that no search folder holds.</summary>
    LibraryNotFound = 2002,

    /// <summary>A file that contradicts its format.</summary>
    MalformedInput = 2003,

    /// <summary>A file for another machine, class or byte order, or of a kind that a static link cannot use.</summary>
    IncompatibleInput = 2004,

    /// <summary>An input that changed while it was linked.</summary>
    InputChanged = 2005,

    /// <summary>A linker script that cannot be understood.</summary>
    LinkerScript = 2006,

    /// <summary>A section of a type or with flags that must not be ignored.</summary>
    UnknownSection = 2007,

    /// <summary>Two strong definitions of one name.</summary>
    DuplicateSymbol = 3001,

    /// <summary>A name that is used as thread-local in one place and not in another.</summary>
    TlsMismatch = 3002,

    /// <summary>A name that <c>--require-defined</c> asks for, or an entry symbol, that is not there.</summary>
    RequiredSymbol = 3003,

    /// <summary>Differences between common symbols and definitions (<c>--warn-common</c>).</summary>
    CommonSymbol = 3004,

    /// <summary>A <c>.gnu.warning</c> text of an input.</summary>
    InputWarning = 3005,

    /// <summary>An archive that is named before what asks for its member (<c>--warn-backrefs</c>).</summary>
    BackReference = 3006,

    /// <summary>A live reference to a name that nobody defines.</summary>
    UndefinedSymbol = 4001,

    /// <summary>A shared object among the inputs, or a library that only a shared object would satisfy.</summary>
    SharedObject = 4002,

    /// <summary>Compiler bitcode without native code.</summary>
    Bitcode = 4003,

    /// <summary>An input that the strict policy does not admit.</summary>
    Provenance = 4004,

    /// <summary>Addresses or sizes that cannot be laid out as asked.</summary>
    Layout = 5001,

    /// <summary>An executable stack that an input asks for.</summary>
    ExecutableStack = 5002,

    /// <summary>A segment that is writable and executable.</summary>
    WritableExecutable = 5003,

    /// <summary>An object without a property that <c>-z cet-report</c> asks about.</summary>
    MissingProperty = 5004,

    /// <summary>A section that its alignment moves (<c>--warn-section-align</c>).</summary>
    SectionMoved = 5005,

    /// <summary>A symbol of <c>--symbol-ordering-file</c> that has no place.</summary>
    SymbolOrder = 5006,

    /// <summary>A value that does not fit the field of its relocation.</summary>
    RelocationOutOfRange = 6001,

    /// <summary>A relocation type that a static link cannot apply.</summary>
    UnknownRelocation = 6002,

    /// <summary>A relocation whose place, symbol or surrounding bytes contradict its type.</summary>
    BadRelocation = 6003,

    /// <summary>An output or report that cannot be written.</summary>
    CannotWrite = 7001,

    /// <summary>An output that is one of the inputs, or a folder.</summary>
    OutputRefused = 7002,

    /// <summary>An image that broke a promise of the linker: a bug of ours, the old output stays.</summary>
    VerificationFailed = 9001,
}
