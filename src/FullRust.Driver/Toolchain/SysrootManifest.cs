// The file that makes a cache entry complete: written last, it lists every file with its size, so that a later build sees in about a
// millisecond whether something is gone, cut short or points to a toolchain that was removed.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FullRust.Driver.Toolchain;

/// <summary>Writes and checks an entry's list of files.</summary>
internal static class SysrootManifest
{
    /// <summary>Its name inside the entry.</summary>
    internal const string FileName = "complete";

    /// <summary>Writes the list of what is in a folder now.</summary>
    /// <param name="folder">The entry.</param>
    /// <param name="title">The compiler it was made for.</param>
    internal static void Write(string folder, string title)
    {
        List<string> lines = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => $"{SizeOf(f.FullName)} {Path.GetRelativePath(folder, f.FullName)}")
            .Order(StringComparer.Ordinal)];
        File.WriteAllLines(Path.Combine(folder, FileName), lines.Prepend(title));
    }

    /// <summary>Whether an entry is complete and undamaged.</summary>
    internal static bool Holds(string folder)
    {
        string manifest = Path.Combine(folder, FileName);
        if (!File.Exists(manifest))
            return false;
        string[] lines = File.ReadAllLines(manifest);
        return lines.Length > 1 && lines.Skip(1).All(line => IsIntact(folder, line));
    }

    /// <summary>The compiler that an entry was made for.</summary>
    internal static string TitleOf(string folder) => File.ReadLines(Path.Combine(folder, FileName)).FirstOrDefault("");

    /// <summary>Notes that an entry is in use, at most once a day.</summary>
    internal static void Touch(string folder)
    {
        string manifest = Path.Combine(folder, FileName);
        if (DateTime.UtcNow - File.GetLastWriteTimeUtc(manifest) < TimeSpan.FromDays(1))
            return;
        try
        {
            File.SetLastWriteTimeUtc(manifest, DateTime.UtcNow);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read is as good; its entries just look unused.
        }
    }

    private static bool IsIntact(string folder, string line)
    {
        int blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && SizeOf(Path.Combine(folder, line[(blank + 1)..])) == size;
    }

    /// <summary>The size of a file or of what a link leads to; -1 where there is nothing.</summary>
    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;
        return file.Exists ? file.Length : -1;
    }
}
