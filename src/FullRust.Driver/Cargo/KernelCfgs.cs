// Crates that can call the kernel directly, but do so only when a cfg tells them to. The cfg is set where Cargo.lock has a version of the
// crate that knows it; anything else a user can set in RUSTFLAGS.

using System;
using System.Collections.Generic;
using System.IO;

namespace FullRust.Driver.Cargo;

/// <summary>Finds the cfgs that keep crates of a workspace away from libc.</summary>
internal static class KernelCfgs
{
    /// <summary>Crate, first version that knows the cfg (major, minor, patch), and the cfg.</summary>
    private static readonly (string Crate, System.Version Since, string Cfg)[] s_known =
    [
        ("getrandom", new System.Version(0, 3, 2), "getrandom_backend=\"linux_raw\""),
    ];

    /// <summary>The cfgs for the crates in a lock file.</summary>
    /// <param name="lockFile">The text of Cargo.lock.</param>
    internal static IReadOnlyList<string> For(string lockFile)
    {
        var cfgs = new List<string>();
        foreach ((string crate, System.Version since, string cfg) in s_known)
        {
            if (HasVersion(lockFile, crate, since) && !cfgs.Contains(cfg))
                cfgs.Add(cfg);
        }

        return cfgs;
    }

    /// <summary>The text of the lock file that applies to a folder: its own or the nearest one above; empty where there is none yet.</summary>
    internal static string FindLockFile(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "Cargo.lock");
            if (File.Exists(path))
                return File.ReadAllText(path);
        }

        return "";
    }

    private static bool HasVersion(string lockFile, string crate, System.Version since)
    {
        string header = $"name = \"{crate}\"\nversion = \"";
        for (int at = 0; (at = lockFile.IndexOf(header, at, StringComparison.Ordinal)) >= 0;)
        {
            at += header.Length;
            string text = lockFile[at..lockFile.IndexOf('"', at)].Split('-', '+')[0];
            if (System.Version.TryParse(text, out System.Version? version) && version >= since)
                return true;
        }

        return false;
    }
}
