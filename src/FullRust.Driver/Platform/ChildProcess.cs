// Starts programs: in our place (exec), or beside us with their standard output either inherited or read by us. Standard input and
// standard error are always inherited, so that terminals, colours and progress bars stay the program's own.

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using Microsoft.Win32.SafeHandles;

namespace FullRust.Driver.Platform;

/// <summary>A program could not be started.</summary>
internal sealed class CannotStartException(string program, int error)
    : IOException($"cannot run `{program}`: {new Win32Exception(error).Message}");

/// <summary>Runs programs with byte-exact arguments. Thread-safe.</summary>
internal static class ChildProcess
{
    /// <summary>Replaces this process; returns only by an exception.</summary>
    /// <param name="command">Program (looked up in PATH unless it has a slash) and arguments.</param>
    /// <param name="environment">Its environment.</param>
    internal static int Exec(IReadOnlyList<string> command, ChildEnvironment environment)
    {
        using var arguments = new NativeStrings(command);
        using var variables = new NativeStrings(environment.Entries);
        Libc.ExecVpe(OsText.EncodeTerminated(command[0]), arguments.Pointers, variables.Pointers);
        throw new CannotStartException(command[0], Marshal.GetLastPInvokeError());
    }

    /// <summary>Runs a program to its end; its output is ours.</summary>
    /// <returns>Its exit code, or 128 plus the signal that ended it.</returns>
    internal static int Run(IReadOnlyList<string> command, ChildEnvironment environment) => Wait(Spawn(command, environment, null, isSilent: false));

    /// <summary>Runs a program to its end and hands its standard output to <paramref name="read"/> while it runs.</summary>
    /// <returns>Its exit code, or 128 plus the signal that ended it.</returns>
    internal static int Run(IReadOnlyList<string> command, ChildEnvironment environment, Action<Stream> read) =>
        RunRedirected(command, environment, 1, read);

    /// <summary>Runs a program and returns its standard output as text.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="isSilent">Whether its standard error is thrown away.</param>
    /// <returns>Exit code as <see cref="Run(IReadOnlyList{string}, ChildEnvironment)"/>, and everything it wrote.</returns>
    internal static (int ExitCode, string Output) Capture(IReadOnlyList<string> command, ChildEnvironment environment, bool isSilent = false)
    {
        string output = "";
        int exitCode = RunRedirected(command, environment, 1, stream => output = new StreamReader(stream).ReadToEnd(), isSilent);
        return (exitCode, output);
    }

    /// <summary>As <see cref="Capture"/>, for a program whose standard error is wanted and whose standard output is ours.</summary>
    internal static (int ExitCode, string Output) CaptureError(IReadOnlyList<string> command, ChildEnvironment environment)
    {
        string output = "";
        int exitCode = RunRedirected(command, environment, 2, stream => output = new StreamReader(stream).ReadToEnd());
        return (exitCode, output);
    }

    private static int RunRedirected(IReadOnlyList<string> command, ChildEnvironment environment, int descriptor, Action<Stream> read,
        bool isSilent = false)
    {
        int[] ends = new int[2];
        if (Libc.Pipe2(ends, Libc.CloseOnExec) != 0)
            throw new CannotStartException(command[0], Marshal.GetLastPInvokeError());
        using var source = new FileStream(new SafeFileHandle(ends[0], ownsHandle: true), FileAccess.Read);
        int pid;
        using (new SafeFileHandle(ends[1], ownsHandle: true))
            pid = Spawn(command, environment, (ends[1], descriptor), isSilent);
        read(source);
        return Wait(pid);
    }

    private static int Spawn(IReadOnlyList<string> command, ChildEnvironment environment, (int From, int To)? redirection, bool isSilent)
    {
        // posix_spawn_file_actions_t has 80 bytes in glibc and in musl.
        byte[] actions = new byte[128];
        int[] pid = new int[1];
        using var arguments = new NativeStrings(command);
        using var variables = new NativeStrings(environment.Entries);
        int error = Libc.FileActionsInit(actions);
        if (error == 0 && redirection is var (from, to))
            error = Libc.FileActionsAddDup2(actions, from, to);
        if (error == 0 && isSilent)
            error = Libc.FileActionsAddOpen(actions, 2, OsText.EncodeTerminated("/dev/null"), Libc.WriteOnly, 0);
        if (error == 0)
            error = Libc.PosixSpawnP(pid, OsText.EncodeTerminated(command[0]), actions, 0, arguments.Pointers, variables.Pointers);
        Libc.FileActionsDestroy(actions);
        return error == 0 ? pid[0] : throw new CannotStartException(command[0], error);
    }

    /// <summary>wait(2): the low seven bits hold the signal, the next byte the exit code.</summary>
    private static int Wait(int pid)
    {
        int[] status = new int[1];
        while (Libc.WaitPid(pid, status, 0) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Libc.Eintr)
                throw new Win32Exception(error);
        }

        int signal = status[0] & 0x7f;
        return signal == 0 ? (status[0] >> 8) & 0xff : ExitCode.SignalBase + signal;
    }

    /// <summary>Strings pinned in memory, with the array of pointers ended by null that the kernel expects.</summary>
    private sealed class NativeStrings : IDisposable
    {
        private readonly List<GCHandle> _pins = [];

        internal NativeStrings(IReadOnlyList<string> strings)
        {
            Pointers = new nint[strings.Count + 1];
            for (int i = 0; i < strings.Count; i++)
            {
                var pin = GCHandle.Alloc(OsText.EncodeTerminated(strings[i]), GCHandleType.Pinned);
                _pins.Add(pin);
                Pointers[i] = pin.AddrOfPinnedObject();
            }
        }

        internal nint[] Pointers { get; }

        public void Dispose() => _pins.ForEach(static pin => pin.Free());
    }
}
