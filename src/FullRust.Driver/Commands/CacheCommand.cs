// `cargo fullrust cache list|clean`: what has been made so far, and how to be rid of it.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Commands;

/// <summary>Lists and cleans the cache.</summary>
internal static class CacheCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="arguments"><c>list</c>, or <c>clean [--older-than DAYS]</c>.</param>
    internal static int Run(IReadOnlyList<string> arguments) => arguments switch
    {
        [] or ["list"] => List(CacheFolder.OfUser()),
        ["clean"] => Clean(CacheFolder.OfUser(), TimeSpan.Zero),
        ["clean", "--older-than", var days] when double.TryParse(days, CultureInfo.InvariantCulture, out double age) && age is >= 0 and < 1e6 =>
            Clean(CacheFolder.OfUser(), TimeSpan.FromDays(age)),
        _ => throw new UsageException(OwnCommand.Find("cache")!.Usage),
    };

    private static int List(CacheFolder cache)
    {
        IReadOnlyList<CacheEntry> entries = cache.Entries();
        StandardStreams.OutLine($"{cache.Root}: {entries.Count} sysroot{(entries.Count == 1 ? "" : "s")}");
        foreach (CacheEntry entry in entries)
        {
            string used = entry.LastUsed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            StandardStreams.OutLine($"  {Path.GetFileName(entry.Path)}  {Status.Bytes(entry.Size),10}  used {used}  {entry.Title}");
        }

        return ExitCode.Success;
    }

    private static int Clean(CacheFolder cache, TimeSpan olderThan)
    {
        long bytes = 0;
        int count = 0;
        foreach (CacheEntry entry in cache.Entries())
        {
            if (DateTime.UtcNow - entry.LastUsed < olderThan)
                continue;
            Remove(entry.Path);
            bytes += entry.Size;
            count++;
        }

        foreach (string leftover in cache.Leftovers())
            Remove(leftover);
        if (olderThan == TimeSpan.Zero && Directory.Exists(cache.Linkers))
            Remove(cache.Linkers);
        Status.Say("Removed", $"{count} sysroot{(count == 1 ? "" : "s")}, {Status.Bytes(bytes)}");
        return ExitCode.Success;
    }

    /// <summary>A build that uses the entry right now keeps what it has opened and makes the entry again next time.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SysrootException($"cannot remove `{folder}`: {failure.Message}");
        }
    }
}
