using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.TestKit;

namespace FullRust.Tidy.Tests;

/// <summary>The repository's own files, without what builds leave behind.</summary>
internal static class SourceFiles
{
    private static readonly string[] s_ignored = ["bin", "obj", "target", "artifacts", ".git", ".vs", ".idea", "BenchmarkDotNet.Artifacts", "TestResults"];

    /// <summary>Files below a folder, as paths relative to the repository, in ordinal order.</summary>
    /// <param name="folder">Relative to the repository; empty for all of it.</param>
    /// <param name="endings">Wanted endings; all files without any.</param>
    internal static IReadOnlyList<string> Below(string folder, params string[] endings)
    {
        var files = new List<string>();
        Collect(Path.Combine(Repository.Root, folder), files);
        return [.. files.Select(static f => Path.GetRelativePath(Repository.Root, f))
            .Where(f => endings.Length == 0 || endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A file's text.</summary>
    internal static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static void Collect(string folder, List<string> files)
    {
        if (!Directory.Exists(folder))
            return;
        files.AddRange(Directory.EnumerateFiles(folder));
        foreach (string below in Directory.EnumerateDirectories(folder))
        {
            if (!s_ignored.Contains(Path.GetFileName(below)) && new DirectoryInfo(below).LinkTarget is null)
                Collect(below, files);
        }
    }
}
