// The private sysroot whose `std` is ours. It is made once per compiler and sources: its name is a hash of everything it depends on, since
// cargo does not notice another content under the same path, and rustc refuses it (E0460). It is made in a folder of its own under a lock,
// and moved into place when it is complete.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Driver.Platform;
using FullRust.Elf;

namespace FullRust.Driver.Toolchain;

/// <summary>Making the sysroot failed; what the compiler said is already on standard error.</summary>
internal sealed class SysrootException(string message) : Exception(message);

/// <summary>Finds or makes sysroots. Safe between processes.</summary>
internal static class Sysroot
{
    /// <summary>Changes whenever the way of making a sysroot changes in a manner that its sources do not show.</summary>
    private const string Recipe = "1";

    /// <summary>The finished sysroot for a toolchain.</summary>
    /// <param name="panic">How panics of its programs end.</param>
    /// <param name="toolchain">The compiler.</param>
    /// <param name="sources">Our sources.</param>
    /// <param name="cache">Where it is kept.</param>
    /// <param name="environment">The environment for the compiler.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="SysrootException">The cache cannot be written, or our <c>std</c> does not compile with this compiler.</exception>
    internal static string Ensure(
        RustToolchain toolchain, RuntimeSources sources, CacheFolder cache, ChildEnvironment environment, PanicStrategy panic = PanicStrategy.Abort)
    {
        string folder = Path.Combine(cache.Sysroots, Key(toolchain, sources, panic));
        if (!SysrootManifest.Holds(folder))
            MakeUnderLock(toolchain, sources, cache, BuildEnvironment(environment, panic), folder);
        SysrootManifest.Touch(folder);
        return folder;
    }

    /// <summary>What a sysroot depends on, as a name: the compiler with its commit, its place (links lead there), our version and
    /// sources, and how panics end.</summary>
    internal static string Key(RustToolchain toolchain, RuntimeSources sources, PanicStrategy panic = PanicStrategy.Abort)
    {
        var hash = new Sha256();
        foreach (string text in (string[])[Recipe, Version.Text, toolchain.VersionText, toolchain.Sysroot, sources.Folder, panic.ToString()])
            Append(hash, Encoding.UTF8.GetBytes(text));
        foreach (string file in sources.Files())
        {
            Append(hash, Encoding.UTF8.GetBytes(file));
            Append(hash, File.ReadAllBytes(Path.Combine(sources.Folder, file)));
        }

        Span<byte> digest = stackalloc byte[Sha256.DigestSize];
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest)[..20];
    }

    private static void Append(Sha256 hash, byte[] bytes)
    {
        hash.Append(BitConverter.GetBytes((long)bytes.Length));
        hash.Append(bytes);
    }

    private static void MakeUnderLock(RustToolchain toolchain, RuntimeSources sources, CacheFolder cache, ChildEnvironment environment, string folder)
    {
        try
        {
            Directory.CreateDirectory(cache.Sysroots);
            using FileLock held = FileLock.Take(folder + ".lock", "the fullrust sysroot");
            if (SysrootManifest.Holds(folder))
                return;
            RemoveUnfinished(cache, folder);
            Make(toolchain, sources, environment, folder);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not CannotStartException)
        {
            throw new SysrootException($"cannot make a sysroot in the cache folder `{cache.Root}`: {failure.Message}\n"
                + $"  = name a folder that can be written in {EnvironmentVariables.Cache} or XDG_CACHE_HOME");
        }
    }

    /// <summary>Removes what a killed or damaged attempt left: nobody else can be at work here, we hold the lock.</summary>
    private static void RemoveUnfinished(CacheFolder cache, string folder)
    {
        foreach (string rest in Directory.EnumerateDirectories(cache.Sysroots, Path.GetFileName(folder) + "*").ToList())
            Directory.Delete(rest, recursive: true);
    }

    private static void Make(RustToolchain toolchain, RuntimeSources sources, ChildEnvironment environment, string folder)
    {
        Status.Say("Preparing", $"fullrust std for rustc {toolchain.Release} (once)");
        var watch = Stopwatch.StartNew();
        string unfinished = $"{folder}.{Environment.ProcessId}.tmp";
        (int exitCode, string messages) = ChildProcess.CaptureError(
            ["/bin/sh", sources.ScriptPath, unfinished, toolchain.Rustc], environment);
        if (exitCode != 0)
        {
            StandardStreams.Error(messages);
            throw new SysrootException($"fullrust's std does not compile with rustc {toolchain.Release} (exit code {exitCode})");
        }

        SysrootManifest.Write(unfinished, toolchain.VersionText.Split('\n')[0]);
        Directory.Move(unfinished, folder);
        Status.Say("Prepared", $"fullrust std in {watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)}s");
    }

    /// <summary>The user's flags and wrappers are for the user's crates.</summary>
    private static ChildEnvironment BuildEnvironment(ChildEnvironment environment, PanicStrategy panic)
    {
        var own = ChildEnvironment.Of(environment.Entries);
        foreach (string name in (IEnumerable<string>)["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_BOOTSTRAP"])
            own[name] = null;
        own["LC_ALL"] = "C";
        own["FULLRUST_PANIC"] = panic == PanicStrategy.Unwind ? "unwind" : "abort";
        return own;
    }
}
