// One cargo command for our target: everything that was found out, put together into a command line.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>Prepares cargo commands with our flags in them. Not thread-safe.</summary>
internal sealed class CargoBuild
{
    private readonly CargoCommandLine _line;
    private readonly SubcommandKind _kind;
    private readonly bool _isTest;
    private readonly RustToolchain _toolchain;
    private readonly CacheFolder _cache = CacheFolder.OfUser();
    private readonly RuntimeSources _sources = RuntimeSources.Find();
    private readonly BuildTarget _target;
    private readonly Lazy<CargoConfiguration> _configuration;

    private CargoBuild(CargoCommandLine line, SubcommandKind kind, bool isTest, RustToolchain toolchain, ChildEnvironment environment)
    {
        (_line, _kind, _isTest, _toolchain) = (line, kind, isTest, toolchain);
        Environment = ChildEnvironment.Of(environment.Entries);
        _target = BuildTarget.Choose(line.Mode, isTest, toolchain, Environment);
        _target.Announce(_sources, Environment);
        _configuration = new Lazy<CargoConfiguration>(() => CargoConfiguration.Read(toolchain, _target, line.ConfigurationOptions(), Environment));
        Command = Prepare();
    }

    /// <summary>Program and arguments.</summary>
    internal IReadOnlyList<string> Command { get; }

    /// <summary>Its environment.</summary>
    internal ChildEnvironment Environment { get; }

    private bool IsExplicit => _line.Mode != BuildMode.ZeroTouch;

    /// <summary>Test programs have our std in every mode: the harness is written in it.</summary>
    private bool HasStd => !IsExplicit || _isTest;

    /// <summary>Prepares the command that a command line asks for; makes the sysroot if that is needed.</summary>
    /// <param name="line">What the user asked for.</param>
    /// <param name="kind">What the subcommand needs.</param>
    /// <param name="isTest">Whether targets are selected that are compiled as test programs.</param>
    /// <param name="toolchain">The toolchain.</param>
    /// <param name="environment">The environment of the build; left as it is.</param>
    internal static CargoBuild Prepare(CargoCommandLine line, SubcommandKind kind, bool isTest, RustToolchain toolchain, ChildEnvironment environment) =>
        new(line, kind, isTest, toolchain, environment);

    /// <summary>Whether a value of <c>--message-format</c> asks for JSON on standard output.</summary>
    internal static bool IsJson(string format) => format.StartsWith("json", StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<string> Prepare()
    {
        PanicStrategy panic = HasStd ? Panic() : PanicStrategy.Abort;
        string? sysroot = HasStd ? Sysroot.Ensure(_toolchain, _sources, _cache, Environment, panic) : null;
        IReadOnlyList<string> patch = IsExplicit ? RuntimeDependency.Patch(_line, _toolchain, _sources, Environment) : [];
        IReadOnlyList<string> flags = Flags(sysroot, forcesAbort: panic == PanicStrategy.Abort && !_isTest);
        IReadOnlyList<string> runner = _kind is SubcommandKind.Run or SubcommandKind.Test ? RunnerOption() : [];
        IReadOnlyList<string> docFlags = _kind is SubcommandKind.Doc or SubcommandKind.Test && sysroot is not null
            ? FlagSource.AddRustdocFlags(flags, _target, Environment, Configuration)
            : [];
        return CommandWith([.. FlagSource.AddRustFlags(flags, _target, Environment, Configuration), .. docFlags, .. runner, .. patch]);
    }

    /// <summary>Our settings and unstable flags stand where the user's do: cargo forgets those before the subcommand when any stand behind it.</summary>
    private IReadOnlyList<string> CommandWith(IReadOnlyList<string> settings)
    {
        bool hasFlagsBehind = _line.HasBehind("-Z"), hasSettingsBehind = _line.HasBehind("--config");
        return
        [
            _toolchain.Cargo, .. _line.Global, .. hasFlagsBehind ? [] : _target.CargoFlags, .. hasSettingsBehind ? [] : settings,
            _line.Subcommand, "--target", _target.Triple, .. hasFlagsBehind ? _target.CargoFlags : [], .. hasSettingsBehind ? settings : [],
            .. MessageFormat(), .. _line.Arguments, .. _line.Rest,
        ];
    }

    private CargoConfiguration Configuration() => _configuration.Value;

    private IReadOnlyList<string> UserFlags() => FlagSource.UserRustFlags(_target, Environment, Configuration);

    private PanicStrategy Panic() => PanicSettings.Choose(
        _line, _isTest, UserFlags(), PanicSettings.Layers(_line, _toolchain.Cargo, Environment, Configuration));

    private IReadOnlyList<string> Flags(string? sysroot, bool forcesAbort)
    {
        IReadOnlyList<string> cfgs = [.. CompilerFlags.KernelCfgs(UserFlags()), .. IsExplicit && HasStd ? ["fullrust_on_std"] : Array.Empty<string>()];
        return [.. CompilerFlags.ForRustc(LinkerPath.Find(_cache), LinkerPath.IsOurs, sysroot, forcesAbort, cfgs), .. _target.CompilerFlags];
    }

    /// <summary>Programs are run through us, so that they are placed and verified first; then the user's own runner has its turn.</summary>
    private IReadOnlyList<string> RunnerOption()
    {
        IReadOnlyList<string> own = Environment[$"CARGO_TARGET_{_target.InVariables}_RUNNER"] is { } variable
            ? variable.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : Configuration().Runner;
        string[] words =
        [
            System.Environment.ProcessPath!, "run", .. _line.IsQuiet ? ["--quiet"] : Array.Empty<string>(),
            .. own.SelectMany(static w => (IEnumerable<string>)["--runner", w]),
        ];
        string name = $"target.{_target.Triple}.runner";
        if (!Configuration().IsRunnerOneString)
            return ["--config", $"{name}=[{string.Join(',', words.Select(FlagSource.TomlString))}]"];
        if (words.Any(static w => w.Contains(' ', StringComparison.Ordinal)))
            throw new UsageException($"`{name}` is one string in cargo's configuration: write it as a list, so that a path with blanks can stand beside it");
        return ["--config", $"{name}={FlagSource.TomlString(string.Join(' ', words))}"];
    }

    /// <summary>Builds are read through cargo's messages; the user's wish for a form of diagnostics is kept.</summary>
    private IReadOnlyList<string> MessageFormat()
    {
        IReadOnlyList<string> formats = _line.MessageFormats;
        if (_kind == SubcommandKind.Build && !formats.Any(IsJson))
            return ["--message-format", formats.Contains("short") ? "json-render-diagnostics,json-diagnostic-short" : "json-render-diagnostics"];
        return formats.Count == 0 ? [] : ["--message-format", string.Join(',', formats)];
    }
}
