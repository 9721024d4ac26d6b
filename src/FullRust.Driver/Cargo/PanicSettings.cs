// How the panics of a build end. Ours abort unless the user asks for unwinding: `panic = "unwind"` in the profile that is in force, wherever
// cargo takes profiles from, or `-C panic=unwind` among the compiler's flags. Cargo's own default is not asked for by anybody and does not
// count. Test programs unwind, as rustc makes them, unless both the profile and `-Z panic-abort-tests` say otherwise.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>Finds the panic strategy that a command line asks for.</summary>
internal static class PanicSettings
{
    /// <summary>Looks up a setting of a profile in one place: profile, key, value or null.</summary>
    internal delegate string? ProfileLayer(string profile, string key);

    /// <summary>The strategy of a build.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isTest">Whether test programs are made.</param>
    /// <param name="userFlags">The user's flags for rustc.</param>
    /// <param name="layers">Where profiles are set, strongest first.</param>
    internal static PanicStrategy Choose(CargoCommandLine line, bool isTest, IReadOnlyList<string> userFlags, IReadOnlyList<ProfileLayer> layers)
    {
        string? byFlags = InFlags([.. userFlags, .. line.Subcommand == "rustc" ? line.Rest : []]);
        string? byProfile = InProfile(line.Profile(isTest), layers);
        if (!isTest)
            return (byFlags ?? byProfile) == "unwind" ? PanicStrategy.Unwind : PanicStrategy.Abort;
        bool mayAbort = line.HasUnstableFlag("panic-abort-tests");
        return byFlags == "abort" || (mayAbort && byProfile == "abort") ? PanicStrategy.Abort : PanicStrategy.Unwind;
    }

    /// <summary>The places that cargo takes profiles from, strongest first: command line, variables, configuration files, the workspace's manifest.</summary>
    internal static IReadOnlyList<ProfileLayer> Layers(CargoCommandLine line, string cargo, ChildEnvironment environment, Func<CargoConfiguration> configuration)
    {
        var manifest = new Lazy<IReadOnlyDictionary<string, string>>(() => Manifest(line, cargo, environment));
        return
        [
            .. line.ValuesOf("--config").Reverse().Select(static c => Of(TomlStrings.Read(File.Exists(c) ? File.ReadAllText(c) : c))),
            (profile, key) => environment[$"CARGO_PROFILE_{profile.ToUpperInvariant().Replace('-', '_')}_{key.ToUpperInvariant()}"],
            (profile, key) => configuration().ProfileSetting(profile, key),
            (profile, key) => Of(manifest.Value)(profile, key),
        ];
    }

    /// <summary>The last <c>-C panic=…</c> of a list of flags, or null.</summary>
    internal static string? InFlags(IReadOnlyList<string> flags)
    {
        string? found = null;
        for (int at = 0; at < flags.Count; at++)
        {
            string setting = flags[at] is "-C" or "--codegen" && at + 1 < flags.Count ? flags[++at]
                : flags[at].StartsWith("-C", StringComparison.Ordinal) ? flags[at][2..]
                : flags[at].StartsWith("--codegen=", StringComparison.Ordinal) ? flags[at]["--codegen=".Length..]
                : "";
            if (setting.StartsWith("panic=", StringComparison.Ordinal))
                found = setting["panic=".Length..];
        }

        return found;
    }

    /// <summary>The setting of a profile or of the nearest one that it inherits from, or null.</summary>
    internal static string? InProfile(string profile, IReadOnlyList<ProfileLayer> layers)
    {
        var seen = new HashSet<string>();
        for (string? at = profile; at is not null && seen.Add(at); at = Find(at, "inherits") ?? ParentOf(at))
        {
            if (Find(at, "panic") is { } panic)
                return panic;
        }

        return null;

        string? Find(string name, string key) => layers.Select(l => l(name, key)).FirstOrDefault(static v => v is not null);
    }

    /// <summary>What cargo's own profiles inherit from (Cargo Book, "Profiles").</summary>
    private static string? ParentOf(string profile) => profile switch
    {
        "test" => "dev",
        "bench" => "release",
        _ => null,
    };

    private static ProfileLayer Of(IReadOnlyDictionary<string, string> values) =>
        (profile, key) => values.GetValueOrDefault(TomlStrings.Key("profile", profile, key));

    /// <summary>The strings of the workspace's manifest; none where there is no workspace, which cargo itself reports.</summary>
    private static IReadOnlyDictionary<string, string> Manifest(CargoCommandLine line, string cargo, ChildEnvironment environment)
    {
        string[] place = line.ValueOf("--manifest-path") is { } manifest ? ["--manifest-path", manifest]
            : line.ValueOf("--path") is { } folder ? ["--manifest-path", Path.Combine(folder, "Cargo.toml")] : [];
        (int exitCode, string path) = ChildProcess.Capture(
            [cargo, .. line.ConfigurationOptions(), "locate-project", "--workspace", "--message-format", "plain", .. place], environment, isSilent: true);
        path = path.TrimEnd('\n');
        return exitCode == 0 && File.Exists(path) ? TomlStrings.Read(File.ReadAllText(path)) : new Dictionary<string, string>();
    }
}
