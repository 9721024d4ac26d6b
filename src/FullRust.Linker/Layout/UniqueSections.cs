// --unique: input sections that become output sections of their own, under their own names.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal sealed class UniqueSections
{
    private readonly List<Glob> _patterns = [];
    private readonly bool _takesOrphans;

    private UniqueSections(LinkOptions options)
    {
        foreach (string pattern in options.UniqueSections)
            _patterns.Add(new Glob(pattern));
        _takesOrphans = options.UniqueOrphans;
    }

    /// <summary>What options ask for; null for nothing.</summary>
    internal static UniqueSections? From(LinkOptions options) =>
        options.UniqueOrphans || options.UniqueSections.Count > 0 ? new UniqueSections(options) : null;

    /// <summary>Whether an input section stands alone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="outputName">The name of the output section that it would join.</param>
    /// <param name="flags">Its flags.</param>
    internal bool Contains(NativeBytes name, NativeBytes outputName, ulong flags)
    {
        foreach (Glob pattern in _patterns)
        {
            if (pattern.Matches(name.Span))
                return true;
        }

        return _takesOrphans && (flags & SHF_ALLOC) != 0 && name.SequenceEqual(outputName) && IsOrphan(name.Span);
    }

    // Not what every program has, and not what __start_ and __stop_ symbols bound: such sections must stay in one piece.
    private static bool IsOrphan(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> stem = name.StartsWith("."u8) && name[1..].IndexOf((byte)'.') is int dot and >= 0 ? name[..(dot + 1)] : name;
        return !SectionClassifier.IsIdentifier(name) && !SectionClassifier.IsStem(name, ".init"u8) && !SectionClassifier.IsStem(name, ".fini"u8) &&
            !stem.SequenceEqual(".note"u8) && !OutputSectionNames.IsUsual(stem);
    }
}
