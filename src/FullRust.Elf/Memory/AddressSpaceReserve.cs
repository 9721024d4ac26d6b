// Under a limit of the address space (ulimit -v) the runtime itself must not be what finds no room: it dies then without a word. While
// inputs are mapped, a part is kept aside for it, so that it is a mapping that fails, which can be reported.

namespace FullRust.Elf.Memory;

/// <summary>Address space kept for the runtime while inputs are loaded. Thread-safe.</summary>
public static unsafe class AddressSpaceReserve
{
    private const nint Size = 64 << 20;
    private static nint s_start;

    /// <summary>Keeps room aside if the process has a limit.</summary>
    /// <returns>True under a limit: whoever starts threads should not, each costs address space for its stack and its heap.</returns>
    public static bool Take()
    {
        const int RLIMIT_AS = 9;
        ulong* limit = stackalloc ulong[2];
        if (Posix.GetRLimit(RLIMIT_AS, limit) != 0 || *limit == ulong.MaxValue)
            return false;
        nint start = Posix.MMap(0, Size, 0, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE, -1, 0);
        s_start = start == -1 ? 0 : start;
        return true;
    }

    /// <summary>Gives the room free: inputs are loaded, or could not be.</summary>
    public static void Release()
    {
        nint start = System.Threading.Interlocked.Exchange(ref s_start, 0);
        if (start != 0)
            _ = Posix.MUnmap(start, Size);
    }
}
