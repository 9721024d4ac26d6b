// Where definitions may come from that nobody has asked for yet: an archive, or an object between --start-lib and --end-lib.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>An archive (members by header offset) or a single lazy object (offset 0).</summary>
internal sealed class LazySource(InputFile file, long priority)
{
    /// <summary>The file.</summary>
    internal InputFile File { get; } = file;

    /// <summary>Position on the command line, in the upper bits.</summary>
    internal long Priority { get; } = priority;

    /// <summary>The archive's reader; null for a lazy object.</summary>
    internal ArchiveReader? Reader { get; init; }

    /// <summary>Members that were loaded, by offset; null for a member that turned out to be no object.</summary>
    internal Dictionary<long, ObjectFile?> Loaded { get; } = [];

    /// <summary>Members that were checked ahead of their turn, by offset.</summary>
    internal Dictionary<long, ObjectFile> Prepared { get; } = [];

    /// <summary>How far <see cref="NamePreparation"/> is with its index; values as for <see cref="ObjectFile.Preparation"/>.</summary>
    internal int Preparation;

    /// <summary>The symbol index, hashed ahead of its turn; null otherwise.</summary>
    internal PreparedIndex? Index { get; set; }

    /// <summary>Whether the members' own symbol tables were taken instead of the archive's index.</summary>
    internal bool IsScanned { get; set; }

    /// <summary>Every ordinary member in file order.</summary>
    /// <exception cref="FormatException">A header contradicts the format.</exception>
    internal IEnumerable<ArchiveMember> Members()
    {
        if (Reader is null)
        {
            yield return new ArchiveMember(0, default, File.Bytes, 0);
            yield break;
        }

        for (long at = Reader.FirstMember; Reader.HasMemberAt(at);)
        {
            ArchiveMember member = Reader.Read(at, out ArchiveMemberKind kind);
            if (kind == ArchiveMemberKind.File)
                yield return member;
            at = member.Next;
        }
    }

    /// <summary>The member at an offset that an index or <see cref="Members"/> gave.</summary>
    /// <exception cref="FormatException">There is no member.</exception>
    internal ArchiveMember Member(long offset) =>
        Reader is null ? new ArchiveMember(0, default, File.Bytes, 0) : Reader.Read(offset, out _);
}
