// The purposes a file can be verified for, and the groups of rules by what they read.

using System;

namespace FullRust.ElfVerify;

/// <summary>What a file is verified for.</summary>
public enum VerifyProfile
{
    /// <summary>A static, libc-free ET_EXEC that Linux 6.1 and later and gVisor load with the same meaning.</summary>
    StaticExec,

    /// <summary>The same, and nothing that any reader or older kernel could see differently.</summary>
    Portable,

    /// <summary>The portable profile, and no foreign bytes in executable pages.</summary>
    Hardened,

    /// <summary>A static, self-relocating ET_DYN is allowed as well.</summary>
    StaticPie,

    /// <summary>What gVisor's stricter loader takes.</summary>
    Gvisor,

    /// <summary>A static program of C, C++ or another language that brings a copy of a C library, which is then said and not judged.</summary>
    StaticLibc,
}

/// <summary>Groups of rules, by what has to be read for them.</summary>
[Flags]
public enum RuleGroups
{
    /// <summary>No rule.</summary>
    None = 0,

    /// <summary>ELF header and program headers: H, P, S01, S02, L, X, N01, T, O01.</summary>
    Segments = 1,

    /// <summary>Section headers and symbols: S03, S04, R, Z, N03, P08, D.</summary>
    Sections = 2,

    /// <summary>Notes and the unwind table: G, C02, U.</summary>
    Tables = 4,

    /// <summary>Every byte of the file: S05, N02, C01, O02, O03.</summary>
    Contents = 8,

    /// <summary>The model of the kernel's loader: K.</summary>
    Model = 16,

    /// <summary>The inventory of system calls, which disassembles: Y.</summary>
    Syscalls = 32,

    /// <summary>All rules that do not disassemble.</summary>
    Standard = Segments | Sections | Tables | Contents | Model,

    /// <summary>What a linker checks of its own output before it gives it a name.</summary>
    Link = Segments | Sections,
}
