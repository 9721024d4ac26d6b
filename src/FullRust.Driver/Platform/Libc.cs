// The calls of the host's C library that the base library does not offer in the form needed here: raw writes, and starting programs
// with byte-exact arguments. Blittable arrays only, so no unsafe code is needed.

using System.Runtime.InteropServices;

namespace FullRust.Driver.Platform;

internal static class Libc
{
    internal const int CloseOnExec = 0x80000, WriteOnly = 1, ReadWrite = 2, NonBlocking = 0x800, Eintr = 4, Eagain = 11;

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static extern nint Write(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "open")]
    internal static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "read")]
    internal static extern nint Read(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "close")]
    internal static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "isatty")]
    internal static extern int IsATty(int descriptor);

    [DllImport("libc", EntryPoint = "link")]
    internal static extern int Link(byte[] from, byte[] to);

    [DllImport("libc", EntryPoint = "execvpe", SetLastError = true)]
    internal static extern int ExecVpe(byte[] file, nint[] arguments, nint[] environment);

    [DllImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static extern int Pipe2(int[] descriptors, int flags);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static extern int FileActionsInit(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static extern int FileActionsAddDup2(byte[] actions, int from, int to);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    internal static extern int FileActionsAddOpen(byte[] actions, int descriptor, byte[] path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static extern int FileActionsDestroy(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawnp")]
    internal static extern int PosixSpawnP(int[] pid, byte[] file, byte[] actions, nint attributes, nint[] arguments, nint[] environment);

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static extern int WaitPid(int pid, int[] status, int options);
}
