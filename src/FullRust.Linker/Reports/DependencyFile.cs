// --dependency-file: a make rule that names what the output was made of, and an empty rule for every file, so that make goes on when
// one disappears. Temporary files of the compiler are left out: they are gone when make looks.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Inputs;

namespace FullRust.Linker.Reports;

internal static class DependencyFile
{
    /// <summary>Writes the rules.</summary>
    internal static StringBuilder Write(InputSet inputs, LinkOptions options)
    {
        List<string> paths = Paths(inputs, options);
        var text = new StringBuilder();
        AppendName(text, options.OutputPath);
        text.Append(':');
        foreach (string path in paths)
        {
            text.Append(" \\\n  ");
            AppendName(text, path);
        }

        text.Append('\n');
        foreach (string path in paths)
        {
            text.Append('\n');
            AppendName(text, path);
            text.Append(":\n");
        }

        return text;
    }

    /// <summary>All files read, each once, in the order of reading; the lists that options name come last.</summary>
    internal static List<string> Paths(InputSet inputs, LinkOptions options)
    {
        var paths = new List<string>();
        foreach (InputFile file in inputs.Files)
            Add(paths, file.Path);
        foreach (string path in inputs.Script.Paths)
            Add(paths, path);
        foreach (string path in options.ResponseFiles)
            Add(paths, path);
        foreach (string path in options.CheckedScripts)
            Add(paths, path);
        foreach (string? path in (string?[])[options.SymbolOrderingFile, options.CallGraphOrderingFile, options.RetainSymbolsFile])
        {
            if (path is not null)
                Add(paths, path);
        }

        return paths;
    }

    private static void Add(List<string> paths, string path)
    {
        if (!paths.Contains(path) && !IsCompilerTemporary(path))
            paths.Add(path);
    }

    /// <summary>gcc's <c>/tmp/ccXXXXXX.o</c>, and what rustc keeps in <c>rustcXXXXXX/</c> or passes as a response file from the temporary folder.</summary>
    private static bool IsCompilerTemporary(string path)
    {
        string folder = Path.GetFileName(Path.GetDirectoryName(path) ?? "");
        bool isRustcs = folder.Length == 11 && folder.StartsWith("rustc", StringComparison.Ordinal);
        bool isTemporary = path.StartsWith(Path.GetTempPath(), StringComparison.Ordinal);
        string name = Path.GetFileName(path);
        return isRustcs || (isTemporary && (name == "linker-arguments" || (name.Length == 10 && name.StartsWith("cc", StringComparison.Ordinal) && name.EndsWith(".o", StringComparison.Ordinal))));
    }

    private static void AppendName(StringBuilder text, string path)
    {
        foreach (char c in path)
        {
            if (c is ' ' or '#' or '\\')
                text.Append('\\');
            else if (c == '$')
                text.Append('$');
            text.Append(c);
        }
    }
}
