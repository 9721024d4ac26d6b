// What is fuzzed: where inputs begin, how they are changed, and what is done with one. A run that throws, or a promise that does not
// hold, is a finding.

using System;
using System.Collections.Generic;
using FullRust.Fuzz.Mutation;

namespace FullRust.Fuzz.Targets;

/// <summary>A part of the product that takes bytes from outside.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line.</summary>
    internal abstract string Name { get; }

    /// <summary>Well-formed inputs.</summary>
    internal abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>How inputs are changed.</summary>
    internal abstract ByteMutator Mutator { get; }

    /// <summary>Does with an input what the product does; throws if it must not end so.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="variant">A number that chooses among options.</param>
    internal abstract void Run(byte[] input, int variant);

    /// <summary>Reports a promise that does not hold.</summary>
    protected static void Require(bool holds, string promise)
    {
        if (!holds)
            throw new BrokenPromiseException(promise);
    }
}

/// <summary>A promise that does not hold.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
