// What was seen in a file, pass or fail: the evidence that a report prints.

using System.Collections.Generic;
using FullRust.Elf;
using FullRust.ElfVerify.Loading;
using FullRust.ElfVerify.Syscalls;

namespace FullRust.ElfVerify;

/// <summary>How far the claim that a file is free of a C library goes.</summary>
public enum LibcEvidence
{
    /// <summary>Not looked for.</summary>
    NotExamined,

    /// <summary>Nothing was found; this is not a proof.</summary>
    None,

    /// <summary>At least one trace of a C library is in the file.</summary>
    Found,

    /// <summary>The linker's record names every input, and none is a C library. A record alone can be forged.</summary>
    ProvedByProvenance,
}

/// <summary>What was seen in a file. Filled by the verifier, read-only for everybody else.</summary>
public sealed class VerifyFacts
{
    /// <summary>Length of the file in bytes.</summary>
    public long FileSize { get; internal set; }

    /// <summary><c>e_type</c> by name, or an empty string before it was read.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>Whether the file was recognised as one the x86-64 kernel looks into.</summary>
    public bool IsElfForX86_64 { get; internal set; }

    /// <summary>Number of program headers.</summary>
    public int SegmentCount { get; internal set; }

    /// <summary>Number of PT_LOADs.</summary>
    public int LoadCount { get; internal set; }

    /// <summary>The interpreter's path, escaped for printing; null if there is no PT_INTERP.</summary>
    public string? Interpreter { get; internal set; }

    /// <summary>Whether there is a PT_DYNAMIC.</summary>
    public bool HasDynamic { get; internal set; }

    /// <summary>Libraries that a dynamic table asks for, escaped for printing.</summary>
    public IReadOnlyList<string> Needed { get; internal set; } = [];

    /// <summary>Flags of the last PT_GNU_STACK, or null without one.</summary>
    public uint? StackFlags { get; internal set; }

    /// <summary><c>e_entry</c>.</summary>
    public ulong Entry { get; internal set; }

    /// <summary>The entry as section and offset, e.g. <c>.text+0x0</c>; empty without sections.</summary>
    public string EntryPlace { get; internal set; } = "";

    /// <summary>Address of the lowest byte of a PT_LOAD.</summary>
    public ulong ImageStart { get; internal set; }

    /// <summary>Address after the highest byte of a PT_LOAD.</summary>
    public ulong ImageEnd { get; internal set; }

    /// <summary>Bytes of memory of all PT_LOADs, by kind.</summary>
    public ulong TextBytes { get; internal set; }

    /// <summary>Bytes of read-only segments.</summary>
    public ulong RodataBytes { get; internal set; }

    /// <summary>File-backed bytes of writable segments.</summary>
    public ulong DataBytes { get; internal set; }

    /// <summary>Memory beyond file bytes.</summary>
    public ulong BssBytes { get; internal set; }

    /// <summary>Bytes of thread-local storage, or null without PT_TLS.</summary>
    public ulong? TlsSize { get; internal set; }

    /// <summary>Number of section headers; 0 without a usable table.</summary>
    public int SectionCount { get; internal set; }

    /// <summary>Number of symbols in the symbol table.</summary>
    public int SymbolCount { get; internal set; }

    /// <summary>Number of IRELATIVE relocations that are left.</summary>
    public int IRelativeCount { get; internal set; }

    /// <summary>Bytes of debug sections.</summary>
    public ulong DebugBytes { get; internal set; }

    /// <summary>Entries of the table of PT_GNU_EH_FRAME, or null without one.</summary>
    public int? UnwindEntries { get; internal set; }

    /// <summary>The build id in hexadecimal digits, or null.</summary>
    public string? BuildId { get; internal set; }

    /// <summary>File offset of the descriptor of a GNU ABI tag, which start files of a C library bring; null without one.</summary>
    public ulong? AbiTagOffset { get; internal set; }

    /// <summary>Highest x86-64 level that a property note asks for; 0 if none says.</summary>
    public int IsaLevel { get; internal set; }

    /// <summary>The texts of <c>.comment</c>, escaped for printing.</summary>
    public IReadOnlyList<string> Producers { get; internal set; } = [];

    /// <summary>What the loader model says about the oldest kernel asked for; null if the model was not asked.</summary>
    public LoadOutcome? Load { get; internal set; }

    /// <summary>Places where traces of a C library were found, escaped for printing.</summary>
    public IReadOnlyList<string> LibcTraces { get; internal set; } = [];

    /// <summary>The dependency list of cargo auditable as it is stored (JSON), or null.</summary>
    public string? AuditableDependencies { get; internal set; }

    /// <summary>The linker's record of its inputs, or null.</summary>
    public ProvenanceNote? Provenance { get; internal set; }

    /// <summary>The inventory of system calls; null if it was not asked for.</summary>
    public SyscallInventory? Syscalls { get; internal set; }

    /// <summary>How far "libc-free" is established.</summary>
    public LibcEvidence Libc { get; internal set; }

    /// <summary>Bytes behind the last part of the file.</summary>
    public ulong TrailingBytes { get; internal set; }
}
