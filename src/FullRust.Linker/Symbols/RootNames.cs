// Names that are asked for by the command line and by scripts rather than by an input: the entry, -u, --require-defined, EXTERN, what
// --defsym and assignments refer to. They extract members, and are roots of what is kept.

using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Symbols;

/// <summary>Puts roots into the symbol table.</summary>
internal sealed class RootNames(LinkScript script, LinkOptions options, SymbolTable symbols, SymbolNameRules names, Queue<int> wanted)
{
    private readonly string _entry = EntryPoint.NameOf(options, script);

    /// <summary>Asks for what options and scripts name, and declares what they define.</summary>
    internal void Add(AssignedSymbols assigned)
    {
        if (options.OutputKind != OutputKind.Relocatable || options.Entry is not null)
            Want(_entry);
        assigned.Declare(symbols, names, Want);
        foreach (string name in options.UndefinedSymbols)
            Want(name);
        foreach (string name in options.RequiredSymbols)
            Want(name);
        foreach (string name in script.ExternSymbols)
            Want(name);

        // The default names are roots where they exist and nothing more: hardly a program has them.
        if (options.InitSymbol != "_init")
            Want(options.InitSymbol);
        if (options.FiniSymbol != "_fini")
            Want(options.FiniSymbol);
    }

    /// <summary>Asks for a name, as a reference from outside of all inputs does.</summary>
    internal void Want(string name)
    {
        int id = symbols.Intern(names.Persist(name));
        ref Symbol symbol = ref symbols[id];
        if (name != _entry)
            symbol.Flags |= SymbolFlags.Referenced;
        symbol.Flags |= SymbolFlags.Root;
        if ((symbol.Flags & SymbolFlags.HasDefinition) == 0)
            wanted.Enqueue(id);
    }

    /// <summary>Asks for whatever an archive or a loaded object defines under a name that --undefined-glob matches.</summary>
    internal void AddMatches()
    {
        foreach (string pattern in options.UndefinedGlobs)
        {
            var glob = new Glob(pattern);
            for (int id = 0; id < symbols.Count; id++)
            {
                ref Symbol symbol = ref symbols[id];
                if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) == 0 || !glob.Matches(symbols.NameOf(id).Span))
                    continue;
                symbol.Flags |= SymbolFlags.Referenced | SymbolFlags.Root;
                if ((symbol.Flags & SymbolFlags.HasLazy) != 0)
                    wanted.Enqueue(id);
            }
        }
    }
}
