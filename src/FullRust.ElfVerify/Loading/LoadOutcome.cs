// What the model of execve says about a file.

using System.Collections.Generic;

namespace FullRust.ElfVerify.Loading;

/// <summary>The three ways in which execve of an ELF file can go.</summary>
public enum LoadOutcomeKind
{
    /// <summary>execve returns an error; the caller lives on.</summary>
    Refused,

    /// <summary>The new process dies of a signal, during execve or at its first instruction.</summary>
    Killed,

    /// <summary>The first instruction, of the program or of its interpreter, is executed.</summary>
    Runs,
}

/// <summary>A range of pages of the new process.</summary>
/// <param name="Start">First address, a multiple of the page size.</param>
/// <param name="End">Address after the last byte, a multiple of the page size.</param>
/// <param name="Rights">PF_R, PF_W and PF_X as mapped.</param>
/// <param name="IsFileBacked">Whether the pages come from the file; otherwise they are zero.</param>
/// <param name="FileOffset">Offset in the file of the first byte, if file-backed.</param>
public readonly record struct Mapping(ulong Start, ulong End, uint Rights, bool IsFileBacked, ulong FileOffset);

/// <summary>What the model of execve says about a file. Immutable.</summary>
/// <param name="Kind">How it goes.</param>
/// <param name="Code">The error's name (<c>ENOEXEC</c>), the signal's name (<c>SIGSEGV</c>), or an empty string.</param>
/// <param name="Reason">Why, in one clause; empty if it runs.</param>
public sealed record LoadOutcome(LoadOutcomeKind Kind, string Code, string Reason)
{
    /// <summary>The interpreter that the kernel starts instead, escaped for printing; null for none.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The pages of the file's segments, ascending; for ET_DYN counted from the load address.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Where the program starts.</summary>
    public ulong Entry { get; init; }

    /// <summary>Whether stack pages are executable.</summary>
    public bool HasExecutableStack { get; init; }

    /// <summary>The value of AT_PHDR; 0 if no segment covers the start of the table.</summary>
    public ulong ProgramHeaderAddress { get; init; }

    /// <summary>The lowest address at which the heap can begin.</summary>
    public ulong HeapStart { get; init; }

    /// <summary>The outcome in one line.</summary>
    /// <returns>E.g. <c>refused with ENOEXEC: e_phentsize is not 56</c>.</returns>
    public override string ToString() => Kind switch
    {
        LoadOutcomeKind.Refused => $"refused with {Code}: {Reason}",
        LoadOutcomeKind.Killed => $"killed by {Code}: {Reason}",
        _ => Interpreter is null ? "runs" : $"runs through the interpreter {Interpreter}, if that can be opened",
    };

    internal static LoadOutcome Refuse(string errno, string reason) => new(LoadOutcomeKind.Refused, errno, reason);

    internal static LoadOutcome Kill(string reason, string signal = "SIGSEGV") => new(LoadOutcomeKind.Killed, signal, reason);
}
