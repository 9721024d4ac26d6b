// Under a limit of the address space (ulimit -v) the runtime itself must not be what finds no room: it dies then without a word, since
// even an exception takes memory. So it is a mapping of ours that fails, which can be reported: each has to leave some room, and while
// inputs are mapped a larger part is kept aside.

using System.Runtime.InteropServices;

namespace FullRust.Elf.Memory;

/// <summary>Address space kept for the runtime. Thread-safe.</summary>
public static unsafe class AddressSpaceReserve
{
    private const nint Size = 64 << 20, LeastRoom = 16 << 20;
    private static nint s_start;
    private static bool s_isLimited;

    /// <summary>Keeps room aside if the process has a limit.</summary>
    /// <returns>True under a limit: whoever starts threads should not, each costs address space for its stack and its heap.</returns>
    public static bool Take()
    {
        const int RLIMIT_AS = 9;
        ulong* limit = stackalloc ulong[2];
        if (Posix.GetRLimit(RLIMIT_AS, limit) != 0 || *limit == ulong.MaxValue)
            return false;
        nint start = Hold(Size);
        s_start = start == -1 ? 0 : start;
        s_isLimited = true;
        return true;
    }

    /// <summary>Gives the room free: inputs are loaded, or could not be.</summary>
    public static void Release()
    {
        nint start = System.Threading.Interlocked.Exchange(ref s_start, 0);
        if (start != 0)
            _ = Posix.MUnmap(start, Size);
    }

    /// <summary>As <c>mmap</c> at any place; it fails with ENOMEM also where it would leave no room for the runtime.</summary>
    /// <returns>The first byte, or -1 with the reason as the last error; what was kept aside is free then.</returns>
    internal static nint Map(nint length, int protection, int flags, int descriptor)
    {
        const int ENOMEM = 12;
        nint start = Posix.MMap(0, length, protection, flags, descriptor, 0);
        int reason = Marshal.GetLastPInvokeError();
        if (start != -1)
        {
            if (LeavesRoom())
                return start;
            _ = Posix.MUnmap(start, length);
            reason = ENOMEM;
        }

        Release();
        Marshal.SetLastPInvokeError(reason);
        return -1;
    }

    /// <summary>Whether the runtime finds room for what it needs next.</summary>
    internal static bool LeavesRoom()
    {
        if (!s_isLimited)
            return true;
        nint probe = Hold(LeastRoom);
        return probe != -1 && Posix.MUnmap(probe, LeastRoom) == 0;
    }

    private static nint Hold(nint size) => Posix.MMap(0, size, 0, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE, -1, 0);
}
