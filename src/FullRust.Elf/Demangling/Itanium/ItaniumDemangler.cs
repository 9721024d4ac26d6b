// C++ names in the Itanium ABI's mangling, as GCC and Clang write them: entry and suffixes. ItaniumParser reads a name into an
// ItaniumTree, ItaniumPrinter writes the tree in the form that LLVM's tools have made familiar.

using System;
using System.Diagnostics.CodeAnalysis;

namespace FullRust.Elf.Demangling.Itanium;

/// <summary>Demangles <c>_Z…</c>.</summary>
internal static class ItaniumDemangler
{
    public static bool TryDemangle(ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (TryTakeKeyedName(name, out string? prefix, out ReadOnlySpan<byte> key))
        {
            text = prefix + Demangler.Demangle(key);
            return true;
        }

        // Some systems put further underscores in front.
        int start = name.StartsWith("_Z"u8) ? 2 : name.StartsWith("__Z"u8) ? 3 : name.StartsWith("___Z"u8) ? 4 : 0;
        if (start == 0)
            return false;

        ReadOnlySpan<byte> mangled = name[start..];
        var tree = new ItaniumTree();
        var parser = new ItaniumParser(mangled, tree);
        if (!parser.TryParse(out int root))
            return false;
        return new ItaniumPrinter(mangled, tree).TryPrint(root, out text);
    }

    // GCC's functions that run the constructors or destructors of a translation unit.
    private static bool TryTakeKeyedName(ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? prefix, out ReadOnlySpan<byte> key)
    {
        prefix = null;
        key = default;
        if (!name.StartsWith("_GLOBAL__"u8) || name.Length < 13)
            return false;
        ReadOnlySpan<byte> rest = name[9..];
        if (rest.StartsWith("sub_I_"u8) || rest.StartsWith("I_"u8))
            prefix = "global constructors keyed to ";
        else if (rest.StartsWith("sub_D_"u8) || rest.StartsWith("D_"u8))
            prefix = "global destructors keyed to ";
        else
            return false;
        key = rest[(rest[0] == (byte)'s' ? 6 : 2)..];
        return !key.StartsWith("_GLOBAL__"u8);
    }
}
