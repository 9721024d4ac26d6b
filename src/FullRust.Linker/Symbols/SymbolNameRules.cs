// How names as inputs write them become names of the symbol table: --wrap redirects references, "name@@version" defines "name".
// Also keeps the bytes of names that come from options, which have no input to live in.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;

namespace FullRust.Linker.Symbols;

internal sealed class SymbolNameRules : IDisposable
{
    private readonly List<InputBytes> _owned = [];
    private readonly Dictionary<string, NativeBytes> _wrapped = [];

    internal SymbolNameRules(LinkOptions options)
    {
        foreach (string name in options.WrappedSymbols)
        {
            _wrapped[name] = Persist("__wrap_" + name);
            _wrapped["__real_" + name] = Persist(name);
        }
    }

    /// <summary>Whether references to some names stand for other ones.</summary>
    internal bool RedirectReferences => _wrapped.Count > 0;

    /// <summary>Gives a name from an option bytes that live as long as the link.</summary>
    internal NativeBytes Persist(string name)
    {
        InputBytes owner = InputBytes.FromMemory(Encoding.UTF8.GetBytes(name));
        _owned.Add(owner);
        return owner.Bytes;
    }

    /// <summary>The table's name for a reference: --wrap=S sends S to __wrap_S and __real_S to S (GNU ld manual, Options).</summary>
    internal NativeBytes Reference(NativeBytes name)
    {
        if (_wrapped.Count > 0 && _wrapped.TryGetValue(name.ToString(), out NativeBytes other))
            return other;
        return name;
    }

    /// <summary>The same for a name in an expression of an option or a script.</summary>
    internal string Reference(string name) => _wrapped.TryGetValue(name, out NativeBytes other) ? other.ToString() : name;

    /// <summary>The table's name for a definition: a default version (name@@version) defines the bare name.</summary>
    internal NativeBytes Definition(NativeBytes name)
    {
        int at = name.Span.IndexOf((byte)'@');
        return at > 0 && at + 1 < name.Length && name.Span[at + 1] == '@' ? name.Slice(0, at) : name;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InputBytes bytes in _owned)
            bytes.Dispose();
    }
}
