// A place in source code, in the form that messages show.

using System.Globalization;

namespace FullRust.Elf.Dwarf;

/// <summary>A place in source code.</summary>
/// <param name="Path">The path as the compiler recorded it, absolute or relative to where it ran.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 if unknown.</param>
public readonly record struct SourceLocation(string Path, uint Line, uint Column)
{
    /// <summary>The place as linkers print it: file name and line, then the same with the whole path if there is more of it.</summary>
    /// <returns>For example <c>main.rs:5 (src/main.rs:5)</c>.</returns>
    public override string ToString()
    {
        string line = ":" + Line.ToString(CultureInfo.InvariantCulture);
        string name = Path[(Path.LastIndexOf('/') + 1)..];
        return name.Length == Path.Length ? name + line : $"{name}{line} ({Path}{line})";
    }
}
