// The inputs in command-line order: what loading gives to symbol resolution.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Reports;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Inputs;

/// <summary>One input with the positional options that were in force where it was named.</summary>
/// <param name="File">The opened file.</param>
/// <param name="WholeArchive">Load every member.</param>
/// <param name="IsLazy">Load only if needed, although it is not an archive.</param>
/// <param name="Group">Inputs of one <c>--start-group</c> share it; it never falls along the command line.</param>
internal readonly record struct Input(InputFile File, bool WholeArchive, bool IsLazy, int Group);

/// <summary>All inputs, opened once each.</summary>
/// <param name="script">What scripts among the inputs say.</param>
internal sealed class InputSet(LinkScript script)
{
    private readonly Dictionary<string, InputFile> _byPath = [];
    private readonly List<InputFile> _generated = [];
    private int _lastGroup;

    /// <summary>What scripts among the inputs say besides naming inputs.</summary>
    internal LinkScript Script { get; } = script;

    /// <summary>Files that were opened ahead; none when all inputs are loaded.</summary>
    internal FilesAhead Ahead { get; init; } = new();

    /// <summary>What reports want to know about loading, or null.</summary>
    internal LoadLog? Log { get; set; }

    /// <summary>What was opened and looked for, a line each, if it is to be said.</summary>
    internal List<string> Attempts { get; } = [];

    /// <summary>Inputs in command-line order, scripts already replaced by what they name.</summary>
    internal List<Input> Inputs { get; } = [];

    /// <summary>Every opened file, also members of thin archives and scripts, in the order of opening.</summary>
    internal List<InputFile> Files { get; } = [];

    /// <summary>All that is to be closed after the link: files, and objects that were made from files.</summary>
    internal List<IDisposable> Opened() => [.. Files, .. _generated];

    /// <summary>Makes room, so that nothing grows step by step.</summary>
    internal void Expect(int files)
    {
        _byPath.EnsureCapacity(files);
        Files.EnsureCapacity(files);
        Inputs.EnsureCapacity(files);
    }

    /// <summary>Looks a file up that was opened before.</summary>
    internal bool TryGet(string path, out InputFile? file) => _byPath.TryGetValue(path, out file);

    /// <summary>Remembers an opened file.</summary>
    internal void Add(InputFile file)
    {
        _byPath[file.Path] = file;
        Files.Add(file);
    }

    /// <summary>Takes an object that was made from a file.</summary>
    internal void AddGenerated(InputFile file, InputArgument argument)
    {
        _generated.Add(file);
        Add(file, argument);
    }

    /// <summary>Adds an input in its place on the command line.</summary>
    internal void Add(InputFile file, InputArgument argument)
    {
        bool isSameGroup = argument.Group != 0 && argument.Group == _lastGroup;
        _lastGroup = argument.Group;
        int group = Inputs.Count == 0 ? 0 : Inputs[^1].Group + (isSameGroup ? 0 : 1);
        Inputs.Add(new Input(file, argument.WholeArchive, argument.IsLazy, group));
    }

    /// <summary>Puts the inputs from a place on before all others (<c>STARTUP</c>).</summary>
    internal void MoveToFront(int from)
    {
        List<Input> moved = Inputs.GetRange(from, Inputs.Count - from).ConvertAll(static i => i with { Group = 0 });
        Truncate(from);
        Inputs.InsertRange(0, moved);
    }

    /// <summary>Whether the members of archives are asked for their names, and no index is.</summary>
    internal bool IgnoresIndices { get; set; }

    /// <summary>Forgets what <c>.deplibs</c> added behind the first inputs.</summary>
    internal void Truncate(int count) => Inputs.RemoveRange(count, Inputs.Count - count);

    /// <summary>Whether giving the inputs back takes as long as a small link: hundreds of megabytes of mappings.</summary>
    internal bool AreLarge => Size() >= 32 << 20;

    /// <summary>Threads that have enough to do, about four megabytes of input each.</summary>
    internal int UsefulThreads()
    {
        const long WorthAThread = 4 << 20, Most = 16;
        return (int)Math.Clamp(Size() / WorthAThread, 1, Most);
    }

    private long Size()
    {
        long bytes = 0;
        foreach (InputFile file in Files)
            bytes += file.Bytes.Length;
        return bytes;
    }
}
