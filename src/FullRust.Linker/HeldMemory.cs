// The memory that a link holds when its image is finished. Unmapping hundreds of megabytes takes as long as a small link: threads do it while
// the output gets its name, for which the kernel frees the old output's pages on one thread.

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using FullRust.Linker.Common;
using FullRust.Linker.Inputs;

namespace FullRust.Linker;

/// <param name="tables">The link's tables.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="threads">Threads to use.</param>
internal sealed class HeldMemory(List<IDisposable> tables, InputSet inputs, int threads) : IDisposable
{
    private Task? _release;

    /// <summary>Begins to free all of it beside what the caller does next, if that pays.</summary>
    internal void ReleaseBeside()
    {
        if (threads == 1 || !inputs.AreLarge || _release is not null)
            return;
        List<IDisposable> parts = Parts();
        _release = Task.Run(() => ParallelRanges.For(parts.Count, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                parts[i].Dispose();
        }));
    }

    /// <summary>Waits for what <see cref="ReleaseBeside"/> began.</summary>
    internal void AwaitRelease() => _release?.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_release is null)
            Parts().ForEach(static part => part.Dispose());
        else
            AwaitRelease();
    }

    private List<IDisposable> Parts() => [.. tables, .. inputs.Opened()];
}
