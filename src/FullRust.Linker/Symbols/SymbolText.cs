// Symbol names as people read them, for messages only.

using FullRust.Elf.Demangling;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;

namespace FullRust.Linker.Symbols;

internal static class SymbolText
{
    /// <summary>The name, demangled unless the options say otherwise.</summary>
    internal static string Name(NativeBytes name, LinkOptions options) =>
        options.Demangle ? Demangler.Demangle(name.Span) : Demangler.ToDisplay(name.Span);
}
