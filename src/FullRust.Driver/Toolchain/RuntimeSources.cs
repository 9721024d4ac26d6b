// Where the Rust sources of the runtime and of `std` are: beside an installed executable, or in the repository that it was built in.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.Driver.Toolchain;

/// <summary>The sources that a sysroot is made from. Immutable.</summary>
/// <param name="Folder">The folder that holds <c>build-sysroot</c> and a folder per crate.</param>
internal sealed record RuntimeSources(string Folder)
{
    private const string Script = "build-sysroot";

    /// <summary>Folders that no sysroot is made from.</summary>
    private static readonly HashSet<string> s_ignored = ["target", "examples", "tests", "test-crates", ".git"];

    /// <summary>The script that makes a sysroot.</summary>
    internal string ScriptPath => Path.Combine(Folder, Script);

    /// <summary>The crate of the explicit modes.</summary>
    internal string FullRustCrate => Path.Combine(Folder, "fullrust");

    /// <summary>Finds the sources.</summary>
    /// <exception cref="MissingPartException">They are nowhere.</exception>
    internal static RuntimeSources Find()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariables.Runtime) is { Length: > 0 } given)
        {
            return File.Exists(Path.Combine(given, Script))
                ? new RuntimeSources(Path.GetFullPath(given))
                : throw new MissingPartException($"{EnvironmentVariables.Runtime}={given} has no `{Script}`");
        }

        string home = AppContext.BaseDirectory;
        if (home.Contains('\ufffd', StringComparison.Ordinal))
            throw new MissingPartException($"this program is installed in a folder whose name is not UTF-8, which rustc does not take: {home}");
        var candidates = new List<string> { Path.Combine(home, "..", "share", "fullrust", "runtime") };
        for (DirectoryInfo? folder = new(home); folder is not null; folder = folder.Parent)
            candidates.Add(Path.Combine(folder.FullName, "runtime"));
        string? found = candidates.Find(static c => File.Exists(Path.Combine(c, Script)));
        return found is null
            ? throw new MissingPartException("the runtime's sources are not beside this program (../share/fullrust/runtime); "
                + $"install it again, or name their folder in {EnvironmentVariables.Runtime}")
            : new RuntimeSources(Path.GetFullPath(found));
    }

    /// <summary>All files that a sysroot depends on, as paths relative to <see cref="Folder"/> in ordinal order.</summary>
    internal IReadOnlyList<string> Files()
    {
        var files = new List<string> { Script };
        foreach (string folder in Directory.EnumerateDirectories(Folder).Where(f => !s_ignored.Contains(Path.GetFileName(f))))
        {
            files.AddRange(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(static f => f.EndsWith(".rs", StringComparison.Ordinal))
                .Select(f => Path.GetRelativePath(Folder, f)));
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
