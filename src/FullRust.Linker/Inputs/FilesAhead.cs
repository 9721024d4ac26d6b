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

    // Arguments that name no file of their own, or one for the second time, may stand between those that are asked for in turn.
    private const int MostBetween = 64;
    private IList<InputArgument> _arguments = [];
    private Attempt[] _attempts = [];
    private int _next;

    /// <summary>The outcome of opening a file: its bytes, or why not.</summary>
    internal readonly record struct Attempt(InputBytes? Bytes, string Error);

    /// <summary>Opens the files that the command line names, if they are many.</summary>
    internal static FilesAhead Open(LinkOptions options)
    {
        var files = new FilesAhead();
        if (options.Inputs.Count < Many || options.ThreadCount == 1)
            return files;
        Attempt[] attempts = files._attempts = new Attempt[options.Inputs.Count];
        files._arguments = options.Inputs;
        ParallelRanges.For(attempts.Length, PerRange, options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                if (options.Inputs[i].Kind == InputKind.File)
                    attempts[i] = TryOpen(options.Inputs[i].Name, options);
            }
        });
        return files;
    }

    /// <summary>Opens a file, or takes it if that was done ahead; then it is the caller's. Files are asked for in the order of the command line.</summary>
    internal Attempt Take(string path, LinkOptions options)
    {
        for (int i = _next; i < Math.Min(_next + MostBetween, _attempts.Length); i++)
        {
            if (_arguments[i].Kind != InputKind.File || !ReferenceEquals(_arguments[i].Name, path))
                continue;
            Attempt attempt = _attempts[i];
            _attempts[i] = default;
            _next = i + 1;
            return attempt;
        }

        return TryOpen(path, options);
    }

    /// <summary>Frees what nobody took.</summary>
    public void Dispose()
    {
        foreach (Attempt attempt in _attempts)
            attempt.Bytes?.Dispose();
        _attempts = [];
    }

    private static Attempt TryOpen(string path, LinkOptions options) =>
        options.TryOpen(path, options.MapFrom, out InputBytes? bytes, out string error) ? new Attempt(bytes, "") : new Attempt(null, error);
}
