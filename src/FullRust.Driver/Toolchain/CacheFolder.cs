// The folder for what is made once per toolchain: <cache>/sysroots/KEY, with a lock file per key.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.Driver.Toolchain;

/// <summary>One finished entry of the cache.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Title">The compiler it was made for, as <c>rustc -V</c> says.</param>
/// <param name="LastUsed">When a build used it last, to the day.</param>
/// <param name="Size">Bytes of its own files; linked ones belong to the toolchain.</param>
internal sealed record CacheEntry(string Path, string Title, DateTime LastUsed, long Size);

/// <summary>The cache folder.</summary>
/// <param name="Root">Its path.</param>
internal sealed record CacheFolder(string Root)
{
    /// <summary>Where sysroots are.</summary>
    internal string Sysroots => Path.Combine(Root, "sysroots");

    /// <summary>Where the links are by which a compiler calls our linker.</summary>
    internal string Linkers => Path.Combine(Root, "linkers");

    /// <summary>The user's cache folder (XDG Base Directory Specification: a relative XDG_CACHE_HOME is ignored).</summary>
    /// <exception cref="MissingPartException">Neither it nor a home folder is known.</exception>
    internal static CacheFolder OfUser()
    {
        if (Variable(EnvironmentVariables.Cache) is { } own)
            return new CacheFolder(Path.GetFullPath(own));
        if (Variable("XDG_CACHE_HOME") is { } cache && cache.StartsWith('/'))
            return new CacheFolder(Path.Combine(cache, "cargo-fullrust"));
        return Variable("HOME") is { } home
            ? new CacheFolder(Path.Combine(home, ".cache", "cargo-fullrust"))
            : throw new MissingPartException($"no cache folder: set {EnvironmentVariables.Cache}, XDG_CACHE_HOME or HOME");
    }

    /// <summary>The folder that a variable names; null where it is empty. The base library has replaced what is not UTF-8, and rustc takes no such path.</summary>
    private static string? Variable(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        if (value is not null && value.Contains('\ufffd', StringComparison.Ordinal))
            throw new MissingPartException($"the cache folder by {name} is not UTF-8, and rustc takes no such path: name another one in {EnvironmentVariables.Cache}");
        return value is { Length: > 0 } ? value : null;
    }

    /// <summary>All finished sysroots, most recently used first.</summary>
    internal IReadOnlyList<CacheEntry> Entries()
    {
        if (!Directory.Exists(Sysroots))
            return [];
        return [.. Directory.EnumerateDirectories(Sysroots)
            .Where(static d => File.Exists(Path.Combine(d, SysrootManifest.FileName)))
            .Select(static d => new CacheEntry(d, SysrootManifest.TitleOf(d), File.GetLastWriteTimeUtc(Path.Combine(d, SysrootManifest.FileName)), OwnBytes(d)))
            .OrderByDescending(static e => e.LastUsed).ThenBy(static e => e.Path, StringComparer.Ordinal)];
    }

    /// <summary>Folders that a killed build left behind; those of running builds are not among them.</summary>
    internal IReadOnlyList<string> Leftovers() => !Directory.Exists(Sysroots)
        ? []
        : [.. Directory.EnumerateDirectories(Sysroots).Where(static d => !File.Exists(Path.Combine(d, SysrootManifest.FileName)))
            .Where(static d => Directory.GetLastWriteTimeUtc(d) < DateTime.UtcNow.AddHours(-1))];

    private static long OwnBytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(static f => f.LinkTarget is null).Sum(static f => f.Length);
}
