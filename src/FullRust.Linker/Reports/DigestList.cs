// Lists of SHA-256 digests and file names as GNU sha256sum writes and checks them: "DIGEST  NAME". A line whose name holds a backslash or a
// line end begins with a backslash, and those characters are escaped (GNU Coreutils manual, "md5sum invocation").

using System;
using System.Text;

namespace FullRust.Linker.Reports;

/// <summary>Writes and reads lines of digest lists. Thread-safe.</summary>
public static class DigestList
{
    /// <summary>One line.</summary>
    /// <param name="digest">The digest in hexadecimal.</param>
    /// <param name="name">The file's name; any characters.</param>
    /// <returns>The line with its end.</returns>
    public static string Line(string digest, string name)
    {
        bool isPlain = name.AsSpan().IndexOfAny('\\', '\n', '\r') < 0;
        return isPlain ? $"{digest}  {name}\n" : $"\\{digest}  {name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\n";
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <returns>The digest, empty where there is none, and the name.</returns>
    public static (string Digest, string Name) Parse(string line)
    {
        bool isEscaped = line.StartsWith('\\');
        string plain = isEscaped ? line[1..] : line;
        int space = plain.IndexOf("  ", StringComparison.Ordinal);
        string name = space < 0 ? plain : plain[(space + 2)..];
        return (space < 0 ? "" : plain[..space], isEscaped ? Unescape(name) : name);
    }

    private static string Unescape(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            bool isSign = name[i] == '\\' && i + 1 < name.Length;
            text.Append(isSign ? name[++i] switch { 'n' => '\n', 'r' => '\r', char other => other } : name[i]);
        }

        return text.ToString();
    }
}
