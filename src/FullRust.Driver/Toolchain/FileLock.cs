// A lock between processes, given back by the kernel when its holder dies. FileShare.None is flock(2) on Linux.

using System;
using System.IO;
using System.Threading;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Toolchain;

/// <summary>Holds a lock file until it is disposed.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock; says so if that takes a while.</summary>
    /// <param name="path">The lock file; made if it is not there, never removed (a removed one could be locked twice).</param>
    /// <param name="purpose">What is waited for.</param>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal static FileLock Take(string path, string purpose)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException failure) when (failure.HResult == Libc.Eagain)
            {
                if (attempt == 4)
                    Status.Say("Blocking", $"waiting for another build of {purpose}");
                Thread.Sleep(s_pause);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
