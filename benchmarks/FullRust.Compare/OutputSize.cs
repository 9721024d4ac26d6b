// How large an output is, and how much of it is the symbol table, which some linkers leave out where others keep it.

using System.IO;
using System.Linq;
using FullRust.TestKit.Elf;

namespace FullRust.Compare;

/// <summary>The size of an output in bytes.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="SymbolTable">.symtab and .strtab in it.</param>
internal readonly record struct OutputSize(long Bytes, long SymbolTable)
{
    /// <summary>Measures an output.</summary>
    public static OutputSize Of(string path) =>
        new(new FileInfo(path).Length, ElfReader.Open(path).Sections.Where(static s => s.Name is ".symtab" or ".strtab").Sum(static s => (long)s.Size));

    /// <summary>This size divided by another one; without the symbol tables if only one of the two has one.</summary>
    public double RatioTo(OutputSize other) => SymbolTable == 0 != (other.SymbolTable == 0)
        ? (double)(Bytes - SymbolTable) / (other.Bytes - other.SymbolTable)
        : (double)Bytes / other.Bytes;
}
