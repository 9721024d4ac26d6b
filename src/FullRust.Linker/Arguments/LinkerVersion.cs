// The version as users and their configure scripts see it. A constant, since reading it from the assembly would cost reflection
// at every start.

namespace FullRust.Linker.Arguments;

/// <summary>Name and version of the linker.</summary>
public static class LinkerVersion
{
    /// <summary>The version of this assembly.</summary>
    public const string Number = "0.1.0";

    /// <summary>What <c>--version</c> prints: libtool and configure look for the words in parentheses.</summary>
    public const string Line = "fullrust-ld " + Number + " (compatible with GNU linkers)";

    /// <summary>The output format (<c>--print-output-format</c>).</summary>
    public const string Target = "elf64-x86-64";

    /// <summary>The emulation (<c>-m</c>, <c>-V</c>).</summary>
    public const string Emulation = "elf_x86_64";
}
