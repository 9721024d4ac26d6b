// Items that helpers prepare ahead of a pass that takes them in order. When the pass comes to an item that a helper is still busy with, it
// does not wait but prepares one that nobody has begun: where preparing takes longer than the pass, both threads then prepare.

using System;
using System.Threading;
using FullRust.Linker.Common;

namespace FullRust.Linker.Symbols;

/// <param name="count">How many items there are.</param>
/// <param name="prepare">Prepares an item, unless somebody else has begun it.</param>
internal sealed class WorkAhead(int count, Action<int> prepare)
{
    private int _next = -1;

    /// <summary>Prepares the next item, if there is one. Thread-safe.</summary>
    /// <returns>False if all were begun.</returns>
    internal bool TryOne()
    {
        if (Volatile.Read(ref _next) >= count - 1 || Interlocked.Increment(ref _next) is var item && item >= count)
            return false;
        prepare(item);
        Crew.StayApart();
        return true;
    }

    /// <summary>Has nobody begin a further item.</summary>
    internal void Stop() => Volatile.Write(ref _next, count);
}
