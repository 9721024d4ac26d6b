// What a link gives back.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Reports;
using FullRust.Linker.Timing;
using FullRust.Linker.Writing;

namespace FullRust.Linker;

/// <summary>The outcome of a link: an image, or none when errors stopped it (they are in the sink).</summary>
public sealed class LinkResult : IDisposable
{
    /// <summary>The finished image; null when the link failed.</summary>
    public OutputImage? Image { get; init; }

    /// <summary>Reports for standard output that options asked for, complete with newlines; often empty.</summary>
    public string Output { get; init; } = "";

    /// <summary>Reports that options asked for as files, to be written when the output is.</summary>
    public IReadOnlyList<LinkReport> Reports { get; init; } = [];

    /// <summary>Wall time per phase.</summary>
    public required PhaseTimer Times { get; init; }

    /// <summary>Identities of all input files, for the check that the output is none of them and that none changed.</summary>
    public required IReadOnlyList<(string Path, FileIdentity Identity)> Inputs { get; init; }

    /// <summary>Whether the layout is the user's own, by script, addresses or rights, so that it need not be one that Linux loads.</summary>
    public bool HasOwnLayout { get; init; }

    /// <summary>Whether the entry point is no code of the program's, because the user said so or nothing was found: a number, an absolute
    /// symbol, data, or the start of what there is.</summary>
    public bool HasOwnEntry { get; init; }

    /// <summary>Whether a segment is writable and executable, because sections of inputs are.</summary>
    public bool HasWritableCode { get; init; }

    /// <summary>Whether names that nothing defines were no error, because the user said so; those that kept relocations name stay undefined.</summary>
    public bool MayHaveUndefinedNames { get; init; }

    /// <summary>The inputs and the link's tables.</summary>
    internal HeldMemory? Held { get; init; }

    /// <summary>Begins to give a large link's memory back, inputs and tables, beside what the caller does next. The image needs none of it;
    /// looking at it meanwhile would wait for the same memory map, so that it is best called when the image is only to be committed.</summary>
    public void ReleaseMemory() => Held?.ReleaseBeside();

    /// <summary>Frees the image and all that the link held.</summary>
    public void Dispose()
    {
        Image?.Dispose();
        Held?.Dispose();
    }

    /// <summary>Instead of <see cref="Dispose"/> when the image is committed and the process ends: waits for what threads are freeing, and
    /// leaves the rest to the kernel, which is faster at it.</summary>
    public void Abandon() => Held?.AwaitRelease();
}
