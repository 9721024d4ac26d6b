// One cargo command for our target: everything that was found out, put together into a command line.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>A cargo command with our flags in it. Immutable.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Environment">Its environment.</param>
internal sealed record CargoBuild(IReadOnlyList<string> Command, ChildEnvironment Environment)
{
    /// <summary>Prepares the command that a command line asks for; makes the sysroot if that is needed.</summary>
    /// <param name="line">What the user asked for.</param>
    /// <param name="kind">What the subcommand needs.</param>
    /// <param name="isTest">Whether targets are selected that are compiled as test programs.</param>
    /// <param name="toolchain">The toolchain.</param>
    /// <param name="environment">The environment of the build; left as it is.</param>
    internal static CargoBuild Prepare(CargoCommandLine line, SubcommandKind kind, bool isTest, RustToolchain toolchain, ChildEnvironment environment)
    {
        environment = ChildEnvironment.Of(environment.Entries);
        CacheFolder cache = CacheFolder.OfUser();
        RuntimeSources sources = RuntimeSources.Find();
        BuildTarget target = BuildTarget.Choose(line.Mode, isTest, toolchain, environment);
        target.Announce(sources, environment);
        var read = new Lazy<CargoConfiguration>(() => CargoConfiguration.Read(toolchain, target, line.ConfigurationOptions(), environment));
        CargoConfiguration Configuration() => read.Value;

        // Test programs have our std in every mode: the harness is written in it.
        bool isExplicit = line.Mode != BuildMode.ZeroTouch, hasStd = !isExplicit || isTest;
        PanicStrategy panic = hasStd
            ? PanicSettings.Choose(
                line, isTest, FlagSource.UserRustFlags(target, environment, Configuration), PanicSettings.Layers(line, toolchain.Cargo, environment, Configuration))
            : PanicStrategy.Abort;
        string? sysroot = hasStd ? Sysroot.Ensure(toolchain, sources, cache, environment, panic) : null;
        IReadOnlyList<string> patch = isExplicit ? RuntimeDependency.Patch(line, toolchain, sources, environment) : [];
        bool forcesAbort = panic == PanicStrategy.Abort && !isTest;
        IReadOnlyList<string> cfgs = [.. KernelCfgs.For(KernelCfgs.FindLockFile(FolderOf(line))), .. isExplicit && hasStd ? ["fullrust_on_std"] : Array.Empty<string>()];
        IReadOnlyList<string> flags = [.. CompilerFlags.ForRustc(LinkerPath.Find(cache), LinkerPath.IsOurs, sysroot, forcesAbort, cfgs), .. target.CompilerFlags];
        IReadOnlyList<string> runner = kind is SubcommandKind.Run or SubcommandKind.Test ? RunnerOption(line, target, environment, Configuration) : [];
        IReadOnlyList<string> docFlags = kind is SubcommandKind.Doc or SubcommandKind.Test && sysroot is not null
            ? FlagSource.AddRustdocFlags(flags, target, environment, Configuration)
            : [];
        IReadOnlyList<string> rustFlags = FlagSource.AddRustFlags(flags, target, environment, Configuration);

        IReadOnlyList<string> settings = [.. rustFlags, .. docFlags, .. runner, .. patch];
        return new CargoBuild(
            [
                toolchain.Cargo, .. line.Global, .. line.HasBehind("-Z") ? [] : target.CargoFlags, .. line.HasBehind("--config") ? [] : settings,
                line.Subcommand, "--target", target.Triple, .. line.HasBehind("-Z") ? target.CargoFlags : [], .. line.HasBehind("--config") ? settings : [],
                .. MessageFormat(line, kind), .. line.Arguments, .. line.Rest,
            ],
            environment);
    }

    /// <summary>The folder that the command works in.</summary>
    private static string FolderOf(CargoCommandLine line)
    {
        string folder = Path.GetFullPath(line.ValueOf("-C") ?? ".");
        return line.ValueOf("--manifest-path") is { } manifest ? Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, manifest)))! : folder;
    }

    /// <summary>Programs are run through us, so that they are placed and verified first; then the user's own runner has its turn.</summary>
    private static IReadOnlyList<string> RunnerOption(CargoCommandLine line, BuildTarget target, ChildEnvironment environment, Func<CargoConfiguration> configuration)
    {
        IReadOnlyList<string> own = environment[$"CARGO_TARGET_{target.InVariables}_RUNNER"] is { } variable
            ? variable.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : configuration().Runner;
        string[] words =
        [
            System.Environment.ProcessPath!, "run", .. line.IsQuiet ? ["--quiet"] : Array.Empty<string>(),
            .. own.SelectMany(static w => (IEnumerable<string>)["--runner", w]),
        ];
        if (!configuration().IsRunnerOneString)
            return ["--config", $"target.{target.Triple}.runner=[{string.Join(',', words.Select(FlagSource.TomlString))}]"];
        if (words.Any(static w => w.Contains(' ', StringComparison.Ordinal)))
            throw new UsageException($"`target.{target.Triple}.runner` is one string in cargo's configuration: write it as a list, so that a path with blanks can stand beside it");
        return ["--config", $"target.{target.Triple}.runner={FlagSource.TomlString(string.Join(' ', words))}"];
    }

    /// <summary>Builds are read through cargo's messages; the user's wish for a form of diagnostics is kept.</summary>
    private static IReadOnlyList<string> MessageFormat(CargoCommandLine line, SubcommandKind kind)
    {
        bool wantsJson = line.MessageFormats.Any(IsJson);
        if (kind == SubcommandKind.Build && !wantsJson)
            return ["--message-format", line.MessageFormats.Contains("short") ? "json-render-diagnostics,json-diagnostic-short" : "json-render-diagnostics"];
        return line.MessageFormats.Count == 0 ? [] : ["--message-format", string.Join(',', line.MessageFormats)];
    }

    /// <summary>Whether a value of <c>--message-format</c> asks for JSON on standard output.</summary>
    internal static bool IsJson(string format) => format.StartsWith("json", StringComparison.OrdinalIgnoreCase);
}
