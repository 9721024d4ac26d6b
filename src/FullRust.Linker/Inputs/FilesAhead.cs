// Very many inputs are opened by threads before anybody asks for them: of small files, opening and reading takes longer than linking.
// What order decides (kinds, scripts, which error comes first) is left to InputLoader, which takes the files one by one.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;

namespace FullRust.Linker.Inputs;

/// <summary>Files that were opened ahead of their turn.</summary>
internal sealed class FilesAhead : IDisposable
{
    private const int Many = 256, PerRange = 16;
    private readonly Dictionary<string, Attempt> _attempts = [];

    /// <summary>The outcome of opening a file: its bytes, or why not.</summary>
    internal readonly record struct Attempt(InputBytes? Bytes, string Error);

    /// <summary>Opens the files that the command line names, if they are many.</summary>
    internal static FilesAhead Open(LinkOptions options)
    {
        var files = new FilesAhead();
        if (options.Inputs.Count < Many || options.ThreadCount == 1)
            return files;
        files._attempts.EnsureCapacity(options.Inputs.Count);
        var paths = new List<string>(options.Inputs.Count);
        foreach (InputArgument argument in options.Inputs)
        {
            if (argument.Kind == InputKind.File && files._attempts.TryAdd(argument.Name, default))
                paths.Add(argument.Name);
        }

        var attempts = new Attempt[paths.Count];
        ParallelRanges.For(paths.Count, PerRange, options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
                attempts[i] = TryOpen(paths[i], options);
        });
        for (int i = 0; i < paths.Count; i++)
            files._attempts[paths[i]] = attempts[i];
        return files;
    }

    /// <summary>Opens a file, or takes it if that was done ahead; then it is the caller's.</summary>
    internal Attempt Take(string path, LinkOptions options) => _attempts.Remove(path, out Attempt attempt) ? attempt : TryOpen(path, options);

    /// <summary>Frees what nobody took.</summary>
    public void Dispose()
    {
        foreach (Attempt attempt in _attempts.Values)
            attempt.Bytes?.Dispose();
        _attempts.Clear();
    }

    private static Attempt TryOpen(string path, LinkOptions options) =>
        options.TryOpen(path, options.MapFrom, out InputBytes? bytes, out string error) ? new Attempt(bytes, "") : new Attempt(null, error);
}
