// `cargo fullrust doctor`: every part that a build needs or can use, whether it is there, and how to get it. Ends with a real build of a
// small program, because parts that are there can still be broken.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Commands;

/// <summary>Says what is there and what is missing.</summary>
internal static class DoctorCommand
{
    private const string Program = "fn main() { println!(\"{:?}\", vec![1, 2, 3]); }\n";

    /// <summary>Runs the command.</summary>
    /// <returns>0 if everything needed works, 1 otherwise.</returns>
    internal static int Run(ChildEnvironment environment)
    {
        bool isWell = true;
        isWell &= Check("this program", static () => $"{Version.Text}, {Environment.ProcessPath}");
        RustToolchain? toolchain = null;
        isWell &= Check("rustc", () => (toolchain = RustToolchain.Find(environment)).VersionText.Split('\n')[0] + ", " + toolchain.Sysroot);
        if (toolchain is null)
            return ExitCode.Failure;
        RuntimeSources? sources = null;
        isWell &= Check("cargo", () => Cargo(toolchain, environment));
        isWell &= Check("linker", static () => LinkerPath.Find(CacheFolder.OfUser()));
        isWell &= Check("runtime sources", () => (sources = RuntimeSources.Find()).Folder);
        isWell &= Check("cache", static () => CacheFolder.OfUser() is var cache ? $"{cache.Root}, {cache.Entries().Count} made so far" : "");
        Optional("rust-src", toolchain.HasSource ? toolchain.SourceFolder : null, "only for smaller programs with --runtime: rustup component add rust-src");
        if (sources is not null && isWell)
            isWell &= Check("a program", () => BuildAndRun(toolchain, sources, environment));
        StandardStreams.OutLine(isWell ? "all is well" : "something is missing: see the lines with `missing`");
        return isWell ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool Check(string part, Func<string> ask)
    {
        try
        {
            Print("ok", part, ask());
            return true;
        }
        catch (Exception failure) when (failure is MissingPartException or SysrootException or IOException or UnauthorizedAccessException)
        {
            Print("missing", part, failure.Message);
            return false;
        }
    }

    private static void Optional(string part, string? found, string howToGet) =>
        Print(found is null ? "-" : "ok", part, found ?? howToGet);

    private static void Print(string state, string part, string text) => StandardStreams.OutLine($"{state,-8} {part,-16} {text}");

    private static string Cargo(RustToolchain toolchain, ChildEnvironment environment)
    {
        (int exitCode, string output) = ChildProcess.Capture([toolchain.Cargo, "--version"], environment);
        return exitCode == 0 ? output.Trim() : throw new MissingPartException($"`{toolchain.Cargo} --version` failed");
    }

    private static string BuildAndRun(RustToolchain toolchain, RuntimeSources sources, ChildEnvironment environment)
    {
        CacheFolder cache = CacheFolder.OfUser();
        string sysroot = Sysroot.Ensure(toolchain, sources, cache, environment);
        string folder = Directory.CreateTempSubdirectory("fullrust-doctor-").FullName;
        try
        {
            string source = Path.Combine(folder, "doctor.rs"), program = Path.Combine(folder, "doctor");
            File.WriteAllText(source, Program);
            var watch = Stopwatch.StartNew();
            IReadOnlyList<string> flags = CompilerFlags.ForRustc(LinkerPath.Find(cache), LinkerPath.IsOurs, sysroot, forcesAbort: true, []);
            int built = ChildProcess.Run([toolchain.Rustc, "--target", TargetTriple.Gnu, .. flags, "-o", program, source], environment);
            if (built != 0)
                throw new MissingPartException($"compiling a small program failed (exit code {built})");
            (int exitCode, string output) = ChildProcess.Capture([program], environment);
            return exitCode == 0 && output == "[1, 2, 3]\n"
                ? $"compiled, linked and run in {watch.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s, {Status.Bytes(new FileInfo(program).Length)}"
                : throw new MissingPartException($"a small program ended with exit code {exitCode} and printed `{output.Trim()}`");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
