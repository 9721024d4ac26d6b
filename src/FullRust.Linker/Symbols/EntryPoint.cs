// The entry symbol (-e, by default _start): checked when definitions are known, resolved when addresses are.

using System;
using System.Globalization;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

internal static class EntryPoint
{
    private const string UsualName = "_start";

    /// <summary>The entry symbol's name: an option's, else a script's, else <c>_start</c>.</summary>
    internal static string NameOf(LinkOptions options, LinkScript script) => options.Entry ?? script.Entry ?? UsualName;

    /// <summary>Checks that required names exist.</summary>
    internal static void Check(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        foreach (string name in options.RequiredSymbols)
        {
            int id = symbols.Find(Encoding.UTF8.GetBytes(name));
            if (id < 0 || !symbols[id].IsDefined)
                sink.Error(DiagnosticId.RequiredSymbol, $"required symbol '{name}' not defined");
        }
    }

    /// <summary>The entry's address; a number is taken as it is; without the usual entry symbol, the start of .text, without another one 0, with a warning.</summary>
    /// <returns>The address, and whether it is none of the program's own code.</returns>
    internal static (ulong Address, bool IsOwn) Resolve(SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, string name, DiagnosticSink sink)
    {
        int id = symbols.Find(Encoding.UTF8.GetBytes(name));
        if (id >= 0 && symbols[id].IsDefined)
            return (addresses.OfGlobal(id), !IsCode(symbols[id], layout, addresses.OfGlobal(id)));
        if (TryNumber(name, out ulong address))
            return (address, true);
        ulong fallback = name == UsualName ? layout.Find(".text"u8)?.Address ?? 0 : 0;
        sink.Warning(DiagnosticId.RequiredSymbol, $"cannot find entry symbol {name}; {(fallback == 0 ? "not setting start address" : $"defaulting to 0x{fallback:x}")}");
        return (fallback, true);
    }

    private static bool IsCode(in Symbol symbol, OutputLayout layout, ulong address)
    {
        if (symbol.Section == 0)
            return false;
        foreach (OutputSection section in layout.Sections)
        {
            if (section.IsAllocated && address - section.Address < section.Size)
                return (section.Flags & SHF_EXECINSTR) != 0;
        }

        return false;
    }

    private static bool TryNumber(string text, out ulong value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
