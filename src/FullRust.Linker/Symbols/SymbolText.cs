// Symbol names as people read them, for messages only.

using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;

namespace FullRust.Linker.Symbols;

internal static class SymbolText
{
    /// <summary>The name, demangled unless the options say otherwise.</summary>
    internal static string Name(NativeBytes name, LinkOptions options) => name.ToString();
}
