// Whoever started a process that ends waits until the kernel has freed its memory and, with the last reference, the pages of a file that
// has no name any more: fifteen milliseconds and more after a large link. Here a second process holds both until the first one has ended,
// and ends then. It shares the first one's memory (clone(2), CLONE_VM), where its code is a page of machine code: no library may run in
// it, as it has no thread of its own that a library would know.

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace FullRust.Elf.Memory;

/// <summary>Holds the process's memory, and the file at a path, until the process has ended. Thread-safe.</summary>
public sealed unsafe class ReleaseAfterExit : IDisposable
{
    private const int CLONE_VM = 0x100, SIGCHLD = 17;

    // The child is seldom late; if something killed it, nobody waits for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(20);
    private readonly int* _isApart;

    private ReleaseAfterExit(int* isApart) => _isApart = isApart;

    // int code(flags, stack, lower, upper, pipe): clones; the child closes all descriptors but two, says so, waits for the end of the pipe, and ends.
    // System calls leave all registers but rax, rcx and r11.
    private static ReadOnlySpan<byte> Code =>
    [
        0x49, 0x89, 0xd1,                   //  0 mov r9, rdx        lower
        0x49, 0x89, 0xca,                   //  3 mov r10, rcx       upper
        0xb8, 0x38, 0x00, 0x00, 0x00,       //  6 mov eax, clone
        0x0f, 0x05,                         //  b syscall
        0x85, 0xc0,                         //  d test eax, eax
        0x74, 0x01,                         //  f je 12
        0xc3,                               // 11 ret
        0x31, 0xff,                         // 12 xor edi, edi       close_range(0, lower - 1, 0)
        0x41, 0x8d, 0x71, 0xff,             // 14 lea esi, [r9 - 1]
        0x31, 0xd2,                         // 18 xor edx, edx
        0xb8, 0xb4, 0x01, 0x00, 0x00,       // 1a mov eax, close_range
        0x0f, 0x05,                         // 1f syscall
        0x41, 0x8d, 0x79, 0x01,             // 21 lea edi, [r9 + 1]  close_range(lower + 1, upper - 1, 0)
        0x41, 0x8d, 0x72, 0xff,             // 25 lea esi, [r10 - 1]
        0xb8, 0xb4, 0x01, 0x00, 0x00,       // 29 mov eax, close_range
        0x0f, 0x05,                         // 2e syscall
        0x41, 0x8d, 0x7a, 0x01,             // 30 lea edi, [r10 + 1] close_range(upper + 1, ~0, 0)
        0x83, 0xce, 0xff,                   // 34 or esi, -1
        0xb8, 0xb4, 0x01, 0x00, 0x00,       // 37 mov eax, close_range
        0x0f, 0x05,                         // 3c syscall
        0xc7, 0x04, 0x24, 0x01, 0, 0, 0,    // 3e mov dword ptr [rsp], 1
        0x44, 0x89, 0xc7,                   // 45 mov edi, r8d       read(pipe, stack + 8, 1)
        0x48, 0x8d, 0x74, 0x24, 0x08,       // 48 lea rsi, [rsp + 8]
        0xba, 0x01, 0x00, 0x00, 0x00,       // 4d mov edx, 1
        0x31, 0xc0,                         // 52 xor eax, eax
        0x0f, 0x05,                         // 54 syscall
        0x31, 0xff,                         // 56 xor edi, edi       exit(0)
        0xb8, 0x3c, 0x00, 0x00, 0x00,       // 58 mov eax, exit
        0x0f, 0x05,                         // 5d syscall
    ];

    /// <summary>Makes the process that frees memory and file after the end of this one. It has no other descriptor, and no signal but SIGKILL ends
    /// it. What is unmapped here is so there; what stays mapped counts as in use, so that a file which is mapped from a descriptor for
    /// writing cannot be executed until it is freed.</summary>
    /// <param name="path">A file that will lose this name; a symbolic link is not followed, and there need not be anything.</param>
    /// <returns>What the caller disposes when it is about to end; null where the system does not allow such a process.</returns>
    public static ReleaseAfterExit? TryBegin(string path)
    {
        // An impossible range: what fails in another way does not know the call (Linux 5.9).
        int* ends = stackalloc int[2];
        if (Posix.CloseRange(1, 0, 0) == 0 || Marshal.GetLastPInvokeError() != Posix.EINVAL || Posix.Pipe2(ends, Posix.O_CLOEXEC) != 0)
            return null;
        int file;
        fixed (byte* raw = OsText.EncodeTerminated(path))
            file = Posix.Open(raw, Posix.O_PATH | Posix.O_NOFOLLOW | Posix.O_CLOEXEC, 0);
        int* stack = Clone(ends[0], file < 0 ? ends[0] : file);
        _ = Posix.Close(ends[0]);
        if (file >= 0)
            _ = Posix.Close(file);
        if (stack is not null)
            return new ReleaseAfterExit(stack);
        _ = Posix.Close(ends[1]);
        return null;
    }

    /// <summary>Waits until nothing but memory and file is shared any more: until then pipes of this process would stay open after its end, and
    /// what it was writing could not be executed.</summary>
    public void Dispose()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref *_isApart) == 0 && Stopwatch.GetElapsedTime(start) < s_patience)
            Thread.Yield();
    }

    // The child's stack, whose first word it sets; null if there is no child.
    private static int* Clone(int pipe, int file)
    {
        nint code = MachineCode.Map(Code);
        if (code == 0)
            return null;
        nint stack = code + MachineCode.PageSize;
        ulong* all = stackalloc ulong[16], before = stackalloc ulong[16];
        new Span<ulong>(all, 16).Fill(ulong.MaxValue);
        _ = Posix.SignalMask(Posix.SIG_SETMASK, all, before);
        int child = ((delegate* unmanaged<nint, nint, int, int, int, int>)code)(CLONE_VM | SIGCHLD, stack, Math.Min(pipe, file), Math.Max(pipe, file), pipe);
        _ = Posix.SignalMask(Posix.SIG_SETMASK, before, null);
        return child < 0 ? null : (int*)stack;
    }
}
