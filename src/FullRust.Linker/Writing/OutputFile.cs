// Puts an image under its name so that the path holds, at every instant, the old file or the whole new one: a sibling temporary file,
// space reserved first, positional writes, close, rename. Never a writable mapping: a full disk would be a fatal signal.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Writing;

/// <summary>Commits images to files.</summary>
public static class OutputFile
{
    /// <summary>Checks, before anything is read, that the output may be written at all.</summary>
    /// <param name="path">The output path.</param>
    /// <param name="sink">Takes the refusal.</param>
    /// <returns>False if the path is a folder or cannot be an output.</returns>
    public static bool Check(string path, DiagnosticSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (!InputBytes.TryIdentify(path, out _, out _, out bool isFolder) || !isFolder)
            return true;
        sink.Error(DiagnosticId.OutputRefused, $"cannot open output file {path}: Is a directory");
        return false;
    }

    /// <summary>Writes an image under its name.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">The output path that the link was told; what a symbolic link there points to is not touched, the link is replaced.</param>
    /// <param name="inputs">The link's inputs: the output must be none of them, and none may have changed.</param>
    /// <param name="sink">Takes errors; the old output is then unchanged.</param>
    /// <param name="threads">Threads that may look at very many inputs.</param>
    /// <returns>True if the path holds the new image.</returns>
    public static bool Commit(OutputImage image, string path, IReadOnlyList<(string Path, FileIdentity Identity)> inputs, DiagnosticSink sink, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sink);
        if (!Check(path, sink) || IsInput(path, inputs, sink) || HasChanged(inputs, sink, threads))
            return false;
        string? error = image.CommitTo(path);
        if (error is null)
            return true;
        sink.Error(DiagnosticId.CannotWrite, $"cannot open output file {path}: {error} ({image.Length} bytes were to be written; an existing file is unchanged)");
        return false;
    }

    private static bool IsInput(string path, IReadOnlyList<(string Path, FileIdentity Identity)> inputs, DiagnosticSink sink)
    {
        if (!InputBytes.TryIdentify(path, out FileIdentity output, out bool isRegular, out _) || !isRegular)
            return false;
        foreach ((string input, FileIdentity identity) in inputs)
        {
            if (!identity.IsSameFile(output))
                continue;
            sink.Error(DiagnosticId.OutputRefused, $"the output {path} is also the input {input}: it stays as it is");
            return true;
        }

        return false;
    }

    private static bool HasChanged(IReadOnlyList<(string Path, FileIdentity Identity)> inputs, DiagnosticSink sink, int threads)
    {
        const int PerRange = 128;
        var changed = new bool[inputs.Count];
        ParallelRanges.For(inputs.Count, PerRange, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                changed[i] = HasChanged(inputs[i].Path, inputs[i].Identity);
        });
        for (int i = 0; i < changed.Length; i++)
        {
            if (changed[i])
                sink.Error(DiagnosticId.InputChanged, $"input changed while linking: {inputs[i].Path}");
        }

        return Array.IndexOf(changed, true) >= 0;
    }

    private static bool HasChanged(string path, FileIdentity identity) =>
        identity != default && !(InputBytes.TryIdentify(path, out FileIdentity now, out _, out _) && now == identity);
}
