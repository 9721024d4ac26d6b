// Finds the files that scripts name: relative to the script, to the current folder, then in the -L folders; "=" and "$SYSROOT" at
// the beginning stand for the system root.

using System.Collections.Generic;
using System.IO;
using FullRust.Linker.Arguments;

namespace FullRust.Linker.Scripts;

/// <summary>Reads files that a script includes.</summary>
internal interface IScriptFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">As written.</param>
    /// <param name="scriptPath">The script that names it.</param>
    /// <param name="file">The file.</param>
    /// <param name="error">Why not.</param>
    /// <returns>False if it cannot be had.</returns>
    bool TryRead(string name, string scriptPath, out ScriptFile file, out string error);
}

/// <summary>Files on disk.</summary>
/// <param name="options">Folders and system root.</param>
internal sealed class ScriptFiles(LinkOptions options) : IScriptFiles
{
    /// <inheritdoc/>
    public bool TryRead(string name, string scriptPath, out ScriptFile file, out string error)
    {
        string path = Find(name, scriptPath, options.LibraryPaths) ?? name;
        bool isRead = TextFile.TryRead(path, options, out string text, out error);
        file = new ScriptFile(path, text);
        return isRead;
    }

    /// <summary>Finds a file.</summary>
    /// <param name="name">As written in the script.</param>
    /// <param name="scriptPath">The script.</param>
    /// <param name="folders">Search folders, tried last.</param>
    /// <returns>The path of an existing file, or null.</returns>
    internal string? Find(string name, string scriptPath, IEnumerable<string> folders)
    {
        string path = CommandLineCompletion.WithSysroot(name, options.Sysroot);
        if (path != name || Path.IsPathRooted(path))
            return FindRooted(path, scriptPath);
        string besideScript = Path.Combine(Path.GetDirectoryName(scriptPath) ?? "", path);
        if (IsFile(besideScript))
            return besideScript;
        if (IsFile(path))
            return path;
        foreach (string folder in folders)
        {
            string candidate = Path.Combine(folder, path);
            if (IsFile(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>An absolute path in a script that itself lies below the system root is looked for there first (GNU ld manual, INPUT).</summary>
    private string? FindRooted(string path, string scriptPath)
    {
        string root = options.Sysroot.TrimEnd('/');
        if (root.Length > 0 && !path.StartsWith(root + "/", System.StringComparison.Ordinal)
            && Path.GetFullPath(scriptPath).StartsWith(Path.GetFullPath(root) + "/", System.StringComparison.Ordinal) && IsFile(root + path))
        {
            return root + path;
        }

        return IsFile(path) ? path : null;
    }

    private bool IsFile(string path) => options.HasFile(path);
}
