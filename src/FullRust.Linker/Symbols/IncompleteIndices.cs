// An archive's index that misses names of its members: made by a tool that could not read some of them, older than they are, or with
// "name@@version" where a member defines the bare name too. GNU ld
// trusts it; lld and mold never look at it. Here it is trusted until a live name stays undefined: then the members' own tables are asked, and
// if one of them has the name, the link begins again without any index. A link that works never pays for that.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

internal static class IncompleteIndices
{
    /// <summary>Whether a member of an archive defines a live undefined name that the archive's index does not have.</summary>
    internal static bool Exist(InputSet inputs, SymbolTable symbols, SymbolNameRules names, LinkOptions options)
    {
        if (options.Unresolved == UnresolvedPolicy.Ignore)
            return false;
        var missing = new HashSet<int>();
        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & (SymbolFlags.LiveUndefined | SymbolFlags.HasLazy)) == SymbolFlags.LiveUndefined)
                missing.Add(id);
        }

        return missing.Count > 0 && inputs.Inputs.Exists(i => i.File.Kind == FileKind.Archive && DefinesOneOf(i.File, symbols, names, missing));
    }

    private static bool DefinesOneOf(InputFile file, SymbolTable symbols, SymbolNameRules names, HashSet<int> missing)
    {
        try
        {
            var source = new LazySource(file, 0) { Reader = new ArchiveReader(file.Bytes, isThin: false) };
            foreach (ArchiveMember member in source.Members())
            {
                if (FileKinds.Identify(member.Contents.Span) == FileKind.Object && DefinesOneOf(file, member, symbols, names, missing))
                    return true;
            }
        }
        catch (FormatException)
        {
            // Reported when the archive was read, or a part of it that nobody needs.
        }

        return false;
    }

    private static bool DefinesOneOf(InputFile file, ArchiveMember member, SymbolTable symbols, SymbolNameRules names, HashSet<int> missing)
    {
        var probe = new ObjectFile { File = file, MemberName = member.Name, Bytes = member.Contents, Priority = 0 };
        if (!ObjectParser.Parse(probe, new DiagnosticSink()))
            return false;
        foreach (ref readonly Elf64_Sym symbol in probe.Symbols[probe.FirstGlobal..])
        {
            if (symbol.st_shndx != SHN_UNDEF && missing.Contains(symbols.Find(names.Definition(probe.SymbolName(symbol)).Span)))
                return true;
        }

        return false;
    }
}
