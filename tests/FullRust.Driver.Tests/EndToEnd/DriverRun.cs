// Runs the native executable as users do: with a cache that was empty when the tests began, no network, and none of the developer's
// cargo settings.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.TestKit;

namespace FullRust.Driver.Tests.EndToEnd;

/// <summary>A folder with a crate in it.</summary>
internal sealed class DriverRun : IDisposable
{
    private static readonly Lazy<TempFolder> s_sharedCache = new(static () =>
    {
        var folder = new TempFolder("fullrust-test-cache-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    });

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _environment;

    internal DriverRun() => _environment = new Dictionary<string, string?>
    {
        ["FULLRUST_CACHE"] = s_sharedCache.Value.Path,
        ["CARGO_NET_OFFLINE"] = "true",
        ["CARGO_TERM_COLOR"] = "never",
        ["RUSTFLAGS"] = null,
        ["CARGO_ENCODED_RUSTFLAGS"] = null,
        ["CARGO_TARGET_DIR"] = null,
    };

    internal string Folder => _folder.Path;

    /// <summary>Writes a file of the crate.</summary>
    internal DriverRun With(string path, string text)
    {
        _folder.Write(path, text);
        return this;
    }

    /// <summary>Sets a variable for all runs from here on.</summary>
    internal DriverRun WithVariable(string name, string? value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Gives this crate an empty cache of its own.</summary>
    internal DriverRun WithOwnCache() => WithVariable("FULLRUST_CACHE", Cache);

    /// <summary>Gives this crate a cache of its own with a finished sysroot in it: a copy, which is much quicker than making one.</summary>
    internal DriverRun WithFilledCache()
    {
        Cargo("sysroot");
        Run("cp", "-a", s_sharedCache.Value.Path, Cache);
        return WithOwnCache();
    }

    /// <summary>The cache of its own.</summary>
    internal string Cache => _folder["cache dir"];

    internal string this[params string[] parts] => _folder[parts];

    /// <summary>Where a program of ours must be.</summary>
    internal string Program(string name, string profile = "debug") => _folder["target", "x86_64-fullrust-linux", profile, name];

    /// <summary>Runs <c>cargo fullrust …</c>.</summary>
    internal ToolResult Cargo(params string[] arguments) => Run(Repository.ExecutableAs("cargo-fullrust"), ["fullrust", .. arguments]);

    /// <summary>Runs any program in the crate's folder with the same environment.</summary>
    internal ToolResult Run(string program, params string[] arguments) => ToolRunner.Run(program, arguments, Folder, _environment);

    /// <summary>Starts <c>cargo fullrust …</c> without waiting.</summary>
    internal System.Diagnostics.Process Start(params string[] arguments) =>
        ToolRunner.Start(Repository.ExecutableAs("cargo-fullrust"), ["fullrust", .. arguments], Folder, _environment);

    public void Dispose() => _folder.Dispose();
}
