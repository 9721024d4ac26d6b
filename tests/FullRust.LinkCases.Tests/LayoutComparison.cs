// Compares the layout that ours makes by a linker script with what other linkers make by it.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;

namespace FullRust.LinkCases.Tests;

internal static class LayoutComparison
{
    // What linkers define by themselves, and sections that hold the linker's own choices.
    private static readonly string[] s_own =
        ["_edata", "edata", "_end", "end", "__bss_start", "_GLOBAL_OFFSET_TABLE_", ".note.gnu.property", ".note.gnu.build-id", ".eh_frame", ".eh_frame_hdr"];

    /// <summary>Links with each named linker and compares.</summary>
    internal static void Compare(LinkCase @case, LinkFolder folder, LinkOutcome outcome)
    {
        string[] except = [.. s_own, .. @case.All("except").SelectMany(static w => w)];
        foreach (string name in @case.All("layout-like").Single())
        {
            if (ReferenceLinker.Get(name) is not { } linker)
                continue;
            (ToolResult result, string output) = folder.LinkWith(linker, @case.Arguments);
            bool fails = @case.Get("fails") is not null;
            (result.ExitCode != 0).Should().Be(fails, "{0} says {1}", name, result);
            if (fails)
                continue;
            ElfReader theirs = ElfReader.Open(output);
            Sections(outcome.Elf, except).Should().Equal(Sections(theirs, except), "{0} lays out the same", name);
            Symbols(outcome.Elf, except).Should().Equal(Symbols(theirs, except), "{0} gives the same values", name);
        }
    }

    private static IEnumerable<string> Sections(ElfReader elf, string[] except) => elf.Sections
        .Where(s => (s.Flags & 2) != 0 && s.Size != 0 && !except.Contains(s.Name))
        .OrderBy(static s => s.Address).ThenBy(static s => s.Name, StringComparer.Ordinal)
        .Select(s => $"{s.Name} type {s.Type} at 0x{s.Address:x} loaded at 0x{LoadAddress(elf, s):x}, 0x{s.Size:x} bytes: {(s.Type == 8 ? "" : Convert.ToHexStringLower(elf.Contents(s.Name)))}");

    private static ulong LoadAddress(ElfReader elf, ElfSection section) => elf.Segments
        .Where(p => p.Type == 1 && p.Address <= section.Address && section.End <= p.Address + p.SizeInMemory
            && (section.Type == 8 || (section.Offset >= p.Offset && section.Offset < p.Offset + p.SizeInFile)))
        .Select(p => p.LoadAddress + (section.Address - p.Address)).FirstOrDefault(ulong.MaxValue);

    private static IEnumerable<string> Symbols(ElfReader elf, string[] except) => elf.Symbols
        .Where(s => s.Name.Length > 0 && !s.IsUndefined && s.Type is not (3 or 4) && !except.Contains(s.Name)
            && !s.Name.StartsWith("__start_", StringComparison.Ordinal) && !s.Name.StartsWith("__stop_", StringComparison.Ordinal))
        .Select(static s => $"{s.Name} = 0x{s.Value:x}").Order(StringComparer.Ordinal);
}
