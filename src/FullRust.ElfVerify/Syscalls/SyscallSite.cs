// One place in a program from which it enters the kernel.

using FullRust.Elf.Dwarf;

namespace FullRust.ElfVerify.Syscalls;

/// <summary>How a place enters the kernel.</summary>
public enum SyscallEntry
{
    /// <summary>The syscall instruction.</summary>
    Syscall,

    /// <summary>The instruction int 0x80, which enters by the numbers of 32-bit x86.</summary>
    Int80,

    /// <summary>The sysenter instruction.</summary>
    Sysenter,

    /// <summary>An address in the vsyscall page.</summary>
    Vsyscall,
}

/// <summary>One place in a program from which it enters the kernel.</summary>
/// <param name="Entry">How it does.</param>
/// <param name="Address">The address of the instruction.</param>
/// <param name="FileOffset">Its offset in the file.</param>
/// <param name="Numbers">The system calls that are made here, ascending; empty if the number is not known.</param>
/// <param name="Function">The function that the place is in, demangled and escaped for printing; empty without symbols.</param>
/// <param name="Location">The source line, if debug information tells it.</param>
public sealed record SyscallSite(SyscallEntry Entry, ulong Address, ulong FileOffset, System.Collections.Generic.IReadOnlyList<int> Numbers, string Function, SourceLocation? Location)
{
    /// <summary>Whether the numbers are all that can be made here.</summary>
    public bool IsKnown => Entry == SyscallEntry.Syscall && Numbers.Count != 0;
}
