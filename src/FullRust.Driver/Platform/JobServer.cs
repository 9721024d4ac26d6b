// GNU make's jobserver (GNU make manual, "Job Slots"): a pipe or FIFO holds one byte for every job that may run besides those that do.
// A link holds one slot already, that of the command itself; each further thread takes a byte, as many as there are without waiting, and
// all are written back at the end, by a signal's handler too.

using System;
using System.Globalization;
using System.Linq;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;

namespace FullRust.Driver.Platform;

/// <summary>Slots taken from a jobserver; returned when disposed.</summary>
internal sealed class JobServer : IDisposable
{
    private readonly int _descriptor;
    private byte[] _tokens;

    private JobServer(int descriptor, byte[] tokens)
    {
        _descriptor = descriptor;
        _tokens = tokens;
    }

    /// <summary>Limits a link's threads to the slots that the jobserver of the environment has left.</summary>
    /// <param name="options">The link; its threads are set.</param>
    /// <returns>What was taken, or null without a jobserver.</returns>
    internal static JobServer? Join(LinkOptions options)
    {
        if (Environment.GetEnvironmentVariable("MAKEFLAGS") is not { } flags || Find(flags) is not { } server)
            return null;
        int wanted = options.MostThreads;
        (int take, int give) = Open(server);
        if (take < 0 || give < 0)
            return null;
        byte[] tokens = new byte[Math.Max(wanted - 1, 0)];
        FatalSignals.RunUndivided(() =>
        {
            tokens = tokens[..(int)Math.Max(tokens.Length == 0 ? 0 : Libc.Read(take, tokens, tokens.Length), 0)];
            FatalSignals.GiveBackAtDeath(give, tokens);
        });
        _ = Libc.Close(take);
        options.Threads = 1 + tokens.Length;
        return new JobServer(give, tokens);
    }

    /// <summary>Gives the slots back.</summary>
    public void Dispose()
    {
        FatalSignals.RunUndivided(() =>
        {
            FatalSignals.GiveBackAtDeath(_descriptor, []);
            if (_tokens.Length != 0)
                _ = Libc.Write(_descriptor, _tokens, _tokens.Length);
            _tokens = [];
        });
        _ = Libc.Close(_descriptor);
    }

    // The last word counts; older makes say --jobserver-fds.
    private static string? Find(string flags)
    {
        string? found = null;
        foreach (string word in flags.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string option in (ReadOnlySpan<string>)["--jobserver-auth=", "--jobserver-fds="])
            {
                if (word.StartsWith(option, StringComparison.Ordinal))
                    found = word[option.Length..];
            }
        }

        return found;
    }

    // Opened anew in both forms: not waiting is a property of the open file, which make shares with all its children.
    private static (int Take, int Give) Open(string server)
    {
        if (server.StartsWith("fifo:", StringComparison.Ordinal))
            return InputBytes.IsPipe(server[5..]) ? (OpenPath(server[5..], Libc.ReadWrite | Libc.NonBlocking), OpenPath(server[5..], Libc.ReadWrite)) : (-1, -1);
        string[] ends = server.Split(',');
        if (ends.Length != 2 || !ends.All(static e => int.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return (-1, -1);
        string read = $"/proc/self/fd/{ends[0]}", write = $"/proc/self/fd/{ends[1]}";
        // A rule without a "+" gets the numbers but not the descriptors; they may be other files of ours by now.
        return InputBytes.IsPipe(read) && InputBytes.IsPipe(write) ? (OpenPath(read, Libc.NonBlocking), OpenPath(write, Libc.WriteOnly)) : (-1, -1);
    }

    private static int OpenPath(string path, int flags) => Libc.Open(Encoding.UTF8.GetBytes(path + "\0"), flags | Libc.CloseOnExec);
}
