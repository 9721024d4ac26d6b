// A report that options ask for as a file. The linker makes the bytes; whoever runs it writes them, beside the output.

using System.Text;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Reports;

/// <summary>A file to write when the link has succeeded.</summary>
/// <param name="Path">Where to; <c>-</c> is standard output.</param>
/// <param name="Bytes">What.</param>
public sealed record LinkReport(string Path, byte[] Bytes)
{
    /// <summary>A report of text.</summary>
    internal static LinkReport OfText(string path, StringBuilder text) => new(path, OsText.Encode(text.ToString()));
}
