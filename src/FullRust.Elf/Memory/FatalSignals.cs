// What is done when a signal ends the process: the temporary output loses its name, tokens go back to make's jobserver, and a mapped
// input that another process shortened (SIGBUS) is named. Managed code cannot run in a handler (the thread may be anywhere in managed
// code), and a thread that waits for signals, as the base library has one, costs a tenth of a small link. So the handler is a page of
// machine code; it makes system calls only, and never returns except for a SIGBUS that is not ours.

using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace FullRust.Elf.Memory;

/// <summary>Handlers of SIGHUP, SIGINT, SIGTERM and SIGBUS for a program that makes files. Thread-safe.</summary>
public static unsafe class FatalSignals
{
    private const int SIGHUP = 1, SIGINT = 2, SIGBUS = 7, SIGTERM = 15, SIGXFSZ = 25;
    private const nint SIG_IGN = 1;
    private const int SA_SIGINFO = 4, SA_ONSTACK = 0x08000000;
    private const int MaxMappings = 1 << 14;

    private static readonly Lock s_lock = new();
    private static State* s_state;
    private static string s_program = "";
    private static int s_mappings;

    // The handler's second page. The code below knows the offsets.
    [StructLayout(LayoutKind.Explicit, Size = MachineCode.PageSize)]
    private struct State
    {
        [FieldOffset(0)]
        internal int IsDying;
        [FieldOffset(4)]
        internal int IsCritical;
        [FieldOffset(8)]
        internal byte* Temporary;
        [FieldOffset(16)]
        internal int TokenDescriptor;
        [FieldOffset(20)]
        internal int TokenCount;
        [FieldOffset(24)]
        internal byte* Tokens;
        [FieldOffset(40)]
        internal Mapping* Mappings;
        // From 48: 32 zero bytes, the kernel's struct sigaction for the default action.
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Mapping
    {
        internal nint Start, End;
        internal byte* Message;
        internal nint MessageLength;
    }

    // edi: signal, rsi: siginfo_t (sigaction(2)). System calls leave all registers but rax, rcx and r11.
    private static ReadOnlySpan<byte> Handler =>
    [
        0x4c, 0x8d, 0x15, 0xf9, 0x0f, 0x00, 0x00, //  0 lea r10, [rip + 4096 - 7]   the State
        0x41, 0x89, 0xf8,                         //  7 mov r8d, edi
        0x83, 0xff, SIGBUS,                       //  a cmp edi, SIGBUS
        0x75, 0x21,                               //  d jne 30
        0x48, 0x8b, 0x46, 0x10,                   //  f mov rax, [rsi + 16]         si_addr
        0x4d, 0x8b, 0x4a, 0x28,                   // 13 mov r9, [r10 + 40]          Mappings
        0x49, 0x8b, 0x51, 0x08,                   // 17 mov rdx, [r9 + 8]           End; 0 closes the table
        0x48, 0x85, 0xd2,                         // 1b test rdx, rdx
        0x74, 0x7f,                               // 1e je 9f
        0x49, 0x3b, 0x01,                         // 20 cmp rax, [r9]               Start
        0x72, 0x05,                               // 23 jb 2a
        0x48, 0x39, 0xd0,                         // 25 cmp rax, rdx
        0x72, 0x06,                               // 28 jb 30
        0x49, 0x83, 0xc1, 0x20,                   // 2a add r9, 32
        0xeb, 0xe7,                               // 2e jmp 17
        0xb8, 0x01, 0x00, 0x00, 0x00,             // 30 mov eax, 1
        0x41, 0x87, 0x02,                         // 35 xchg eax, [r10]             IsDying
        0x85, 0xc0,                               // 38 test eax, eax
        0x75, 0x5f,                               // 3a jne 9b                      another thread is at it
        0x41, 0x83, 0x7a, 0x04, 0x00,             // 3c cmp dword ptr [r10 + 4], 0  IsCritical
        0x74, 0x04,                               // 41 je 47
        0xf3, 0x90,                               // 43 pause
        0xeb, 0xf5,                               // 45 jmp 3c
        0x49, 0x8b, 0x7a, 0x08,                   // 47 mov rdi, [r10 + 8]          Temporary
        0x48, 0x85, 0xff,                         // 4b test rdi, rdi
        0x74, 0x07,                               // 4e je 57
        0xb8, 0x57, 0x00, 0x00, 0x00,             // 50 mov eax, unlink
        0x0f, 0x05,                               // 55 syscall
        0x41, 0x8b, 0x52, 0x14,                   // 57 mov edx, [r10 + 20]         TokenCount
        0x85, 0xd2,                               // 5b test edx, edx
        0x74, 0x0f,                               // 5d je 6e
        0x41, 0x8b, 0x7a, 0x10,                   // 5f mov edi, [r10 + 16]         TokenDescriptor
        0x49, 0x8b, 0x72, 0x18,                   // 63 mov rsi, [r10 + 24]         Tokens
        0xb8, 0x01, 0x00, 0x00, 0x00,             // 67 mov eax, write
        0x0f, 0x05,                               // 6c syscall
        0x41, 0x8d, 0xb8, 0x80, 0x00, 0x00, 0x00, // 6e lea edi, [r8 + 128]         as a shell reports signals
        0x41, 0x83, 0xf8, SIGBUS,                 // 75 cmp r8d, SIGBUS
        0x75, 0x19,                               // 79 jne 94
        0x49, 0x8b, 0x71, 0x10,                   // 7b mov rsi, [r9 + 16]          Message
        0x49, 0x8b, 0x51, 0x18,                   // 7f mov rdx, [r9 + 24]          MessageLength
        0xbf, 0x02, 0x00, 0x00, 0x00,             // 83 mov edi, 2
        0xb8, 0x01, 0x00, 0x00, 0x00,             // 88 mov eax, write
        0x0f, 0x05,                               // 8d syscall
        0xbf, 0x01, 0x00, 0x00, 0x00,             // 8f mov edi, 1                  the input is at fault
        0xb8, 0xe7, 0x00, 0x00, 0x00,             // 94 mov eax, exit_group
        0x0f, 0x05,                               // 99 syscall
        0xf3, 0x90,                               // 9b pause
        0xeb, 0xfc,                               // 9d jmp 9b
        0x49, 0x8d, 0x72, 0x30,                   // 9f lea rsi, [r10 + 48]         not ours: the default action,
        0x31, 0xd2,                               // a3 xor edx, edx                which the repeated access meets
        0x41, 0xba, 0x08, 0x00, 0x00, 0x00,       // a5 mov r10d, 8
        0xb8, 0x0d, 0x00, 0x00, 0x00,             // ab mov eax, rt_sigaction
        0x0f, 0x05,                               // b0 syscall
        0xc3,                                     // b2 ret
    ];

    /// <summary>Installs the handlers; SIGXFSZ is ignored, so that a write beyond a file size limit fails like any other. Where the system
    /// forbids new executable pages, signals keep their default actions.</summary>
    /// <param name="program">The program's name, for the message.</param>
    public static void Install(string program)
    {
        lock (s_lock)
        {
            _ = SetAction(SIGXFSZ, SIG_IGN);
            if (s_state is not null)
                return;
            s_program = program;
            nint code = MachineCode.Map(Handler), table = Map(MaxMappings * sizeof(Mapping));
            if (code == 0 || table == -1)
                return;
            s_state = (State*)(code + MachineCode.PageSize);
            s_state->Mappings = (Mapping*)table;
            foreach (int signal in (ReadOnlySpan<int>)[SIGHUP, SIGINT, SIGTERM, SIGBUS])
                _ = SetAction(signal, code);
        }
    }

    /// <summary>Makes the shortening of a mapped file an error that names it instead of a fatal signal.</summary>
    /// <param name="start">The mapping's first byte.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="path">The file.</param>
    /// <param name="slot">What <see cref="Unwatch"/> takes.</param>
    /// <returns>False if there is no room for one more: the file should be read instead.</returns>
    internal static bool TryWatch(nint start, nint length, string path, out int slot)
    {
        slot = -1;
        lock (s_lock)
        {
            if (s_state is null)
                return true;
            if (s_mappings + 1 >= MaxMappings)
                return false;
            slot = s_mappings++;
            Mapping* mapping = s_state->Mappings + slot;
            mapping->Message = Copy($"{s_program}: error: input changed while linking: {path}: it became shorter or can no longer be read\n", out int size);
            mapping->MessageLength = size - 1;
            mapping->Start = start;
            Volatile.Write(ref mapping->End, start + length);
            return true;
        }
    }

    /// <summary>Forgets a mapping that is about to be removed.</summary>
    /// <param name="slot">What <see cref="TryWatch"/> gave.</param>
    internal static void Unwatch(int slot)
    {
        if (slot >= 0)
            Volatile.Write(ref s_state->Mappings[slot].End, 1);
    }

    /// <summary>Names the tokens to write back if a signal ends the process; none clears them.</summary>
    /// <param name="descriptor">Where they go.</param>
    /// <param name="tokens">The tokens.</param>
    public static void GiveBackAtDeath(int descriptor, ReadOnlySpan<byte> tokens)
    {
        if (s_state is null)
            return;
        byte* copy = (byte*)NativeMemory.Alloc((nuint)Math.Max(tokens.Length, 1));
        tokens.CopyTo(new Span<byte>(copy, tokens.Length));
        s_state->TokenCount = 0;
        s_state->TokenDescriptor = descriptor;
        s_state->Tokens = copy;
        Volatile.Write(ref s_state->TokenCount, tokens.Length);
    }

    /// <summary>Names the file to remove if a signal ends the process.</summary>
    /// <param name="path">Its path with a NUL behind it, or an empty span for none.</param>
    internal static void RemoveAtDeath(ReadOnlySpan<byte> path)
    {
        if (s_state is null)
            return;
        byte* copy = null;
        if (!path.IsEmpty)
        {
            copy = (byte*)NativeMemory.Alloc((nuint)path.Length);
            path.CopyTo(new Span<byte>(copy, path.Length));
        }

        s_state->Temporary = copy;
    }

    /// <summary>Runs something that a fatal signal must find undone or done.</summary>
    /// <param name="action">Short; what it makes must not be waiting for a signal.</param>
    public static void RunUndivided(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (s_state is null)
        {
            action();
            return;
        }

        // The handler waits for the end of the action, so it must not run on this thread.
        ulong* fatal = stackalloc ulong[16], before = stackalloc ulong[16];
        new Span<ulong>(fatal, 16).Clear();
        *fatal = (1UL << (SIGHUP - 1)) | (1UL << (SIGINT - 1)) | (1UL << (SIGTERM - 1));
        _ = Posix.SignalMask(Posix.SIG_BLOCK, fatal, before);
        Interlocked.Exchange(ref s_state->IsCritical, 1);
        if (Volatile.Read(ref s_state->IsDying) != 0)
        {
            Volatile.Write(ref s_state->IsCritical, 0);
            Thread.Sleep(Timeout.Infinite);
        }

        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref s_state->IsCritical, 0);
            _ = Posix.SignalMask(Posix.SIG_SETMASK, before, null);
        }
    }

    // A signal that whoever started us ignores (nohup) stays ignored.
    private static int SetAction(int signal, nint handler)
    {
        var action = new Posix.SignalAction { Handler = handler, Flags = handler == SIG_IGN ? 0 : SA_SIGINFO | SA_ONSTACK };
        Posix.SignalAction old;
        if (Posix.SigAction(signal, null, &old) == 0 && old.Handler == SIG_IGN)
            return 0;
        return Posix.SigAction(signal, &action, null);
    }

    private static nint Map(nint length) =>
        Posix.MMap(0, length, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE, -1, 0);

    private static byte* Copy(string text, out int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + "\0");
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        size = bytes.Length;
        return copy;
    }
}
