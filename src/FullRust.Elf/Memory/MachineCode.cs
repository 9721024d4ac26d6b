// Code that must run where managed code cannot: in a signal handler, or in a process that shares memory with this one.

using System;

namespace FullRust.Elf.Memory;

internal static unsafe class MachineCode
{
    internal const int PageSize = 4096;

    /// <summary>Maps a page of code, and behind it a zeroed page that may be written; both stay until the process ends.</summary>
    /// <param name="code">At most a page; it finds its data at a fixed distance.</param>
    /// <returns>The code's address, or 0 where the system forbids new executable pages.</returns>
    internal static nint Map(ReadOnlySpan<byte> code)
    {
        nint start = Posix.MMap(0, 2 * PageSize, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS, -1, 0);
        if (start == -1)
            return 0;
        code.CopyTo(new Span<byte>((void*)start, PageSize));
        return Posix.MProtect(start, PageSize, Posix.PROT_READ | Posix.PROT_EXEC) == 0 ? start : 0;
    }
}
