// The linkers that this machine has.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace FullRust.Compare;

/// <summary>A linker and the arguments that make its work comparable.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Path">The executable.</param>
/// <param name="Arguments">Arguments before all others.</param>
/// <param name="Version">Its own word.</param>
internal sealed record LinkerUnderTest(string Name, string Path, IReadOnlyList<string> Arguments, string Version)
{
    /// <summary>What is added to the names of linkers that clean up before they end, although they would do it afterwards.</summary>
    public const string Whole = ", " + NoFork;

    private const string NoFork = "--no-fork";

    /// <summary>Whether the process that is waited for does the work, so that its memory can be counted: mold's does not unless told so.</summary>
    public bool IsCounted => Name != Targets.Mold;

    /// <summary>Ours first, then those that are installed.</summary>
    /// <param name="ours">What is installed: the executable that links itself.</param>
    /// <param name="also">Another build of ours, bound to the system's C library; null for none.</param>
    public static IReadOnlyList<LinkerUnderTest> Find(string ours, string? also)
    {
        var found = new List<LinkerUnderTest>();
        Add(found, "fullrust", ours, ["ld"]);
        Add(found, "fullrust" + Whole, ours, ["ld", NoFork]);
        Add(found, "fullrust, dynamic", also, ["ld"]);
        string? sysroot = Output("rustc", "--print", "sysroot");
        if (sysroot != null)
            Add(found, "rust-lld", System.IO.Path.Combine(sysroot, "lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"), ["-flavor", "gnu"]);
        Add(found, "ld.lld", Which("ld.lld"), []);
        Add(found, Targets.Mold, Which("mold"), []);
        Add(found, Targets.Mold + Whole, Which("mold"), [NoFork]);
        Add(found, "GNU ld", Which("ld.bfd"), []);
        return found;
    }

    /// <summary>Starts it without work, so that the kernel holds its executable in memory.</summary>
    public void Start() => Output(Path, VersionArguments(Arguments));

    /// <summary>Replays a recorded link once, unmeasured.</summary>
    /// <param name="folder">The link's folder.</param>
    /// <param name="output">The file to make.</param>
    /// <param name="options">Options behind the recorded ones.</param>
    /// <returns>Whether it succeeded.</returns>
    public bool Link(string folder, string output, params string[] options)
    {
        var start = new ProcessStartInfo(Path, [.. Arguments, "@response.txt", "-o", output, .. options]) { WorkingDirectory = folder, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string[] VersionArguments(IEnumerable<string> arguments) => [.. arguments.Where(static a => a != NoFork), "--version"];

    private static void Add(List<LinkerUnderTest> found, string name, string? path, string[] arguments)
    {
        if (path != null && File.Exists(path))
            found.Add(new LinkerUnderTest(name, path, arguments, Output(path, VersionArguments(arguments)) ?? ""));
    }

    private static string? Which(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string? Output(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string? line = process.StandardOutput.ReadLine();
            process.WaitForExit();
            return line;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
