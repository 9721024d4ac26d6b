// Which output section stands at an address.

using System;
using System.Collections.Generic;
using FullRust.Linker.Layout;

namespace FullRust.Linker.Writing;

/// <summary>The loaded sections that have a header, in order of address. Read-only once made.</summary>
internal sealed class SectionsByAddress
{
    private readonly ulong[] _starts;
    private readonly OutputSection[] _sections;
    private readonly bool _overlap;

    /// <summary>Orders the sections of a finished layout.</summary>
    internal SectionsByAddress(OutputLayout layout)
    {
        var loaded = new List<OutputSection>();
        foreach (OutputSection section in layout.Sections)
        {
            // .tbss takes no address space: what stands at its addresses is another section.
            if (section.IsAllocated && section.HeaderIndex != 0 && !(section.IsTls && section.IsNoBits))
                loaded.Add(section);
        }

        _sections = [.. loaded];
        _starts = Array.ConvertAll(_sections, static section => section.Address);
        Array.Sort(_starts, _sections);
        for (int i = 1; i < _starts.Length; i++)
            _overlap |= _starts[i] - _starts[i - 1] < _sections[i - 1].Size;
    }

    /// <summary>The section that covers an address, of several the one that starts last; null if none does.</summary>
    internal OutputSection? Find(ulong address)
    {
        int at = Array.BinarySearch(_starts, address);
        for (int i = at >= 0 ? at : ~at - 1; i >= 0; i--)
        {
            if (address - _starts[i] < _sections[i].Size)
                return _sections[i];
            if (!_overlap)
                break;
        }

        return null;
    }

    /// <summary>The section that ends at an address, of several the last one; null if none does.</summary>
    internal OutputSection? FindEnding(ulong address)
    {
        int at = Array.BinarySearch(_starts, address);
        for (int i = at >= 0 ? at : ~at - 1; i >= 0; i--)
        {
            if (address - _starts[i] == _sections[i].Size && _sections[i].Size != 0)
                return _sections[i];
            if (!_overlap && _starts[i] != address)
                break;
        }

        return null;
    }
}
