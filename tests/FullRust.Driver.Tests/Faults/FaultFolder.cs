// A folder with two small programs to link, whose images are known, and the native linker beside it.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Linking;

namespace FullRust.Driver.Tests.Faults;

/// <summary>A folder with <c>one.o</c> (exits with 5) and <c>two.o</c> (6).</summary>
internal sealed class FaultFolder : IDisposable
{
    internal const int SIGHUP = 1, SIGINT = 2, SIGTERM = 15, SIGSTOP = 19, SIGCONT = 18;
    private readonly LinkFolder _folder = new();
    private readonly HashSet<string> _known;

    /// <param name="padding">Bytes of data in each program.</param>
    internal FaultFolder(int padding = 64)
    {
        _folder.Assemble("one.o", Program(5, padding));
        _folder.Assemble("two.o", Program(6, padding));
        One = Image("one.o");
        Two = Image("two.o");
        _known = [.. Names()];
    }

    internal static string Linker { get; } = Repository.ExecutableAs("fullrust-ld");

    internal string Path => _folder.Path;

    /// <summary>What linking <c>one.o</c> and <c>two.o</c> gives.</summary>
    internal byte[] One { get; }

    internal byte[] Two { get; }

    internal string this[string name] => _folder[name];

    internal void Assemble(string name, string source) => _folder.Assemble(name, source);

    internal ToolResult Link(params string[] arguments) => ToolRunner.Run(Linker, arguments, Path);

    /// <summary>Runs a shell script in the folder; <c>$LD</c> is the linker.</summary>
    internal ToolResult Shell(string script, bool inNamespace = false)
    {
        var environment = new Dictionary<string, string?> { ["LD"] = Linker, ["MAKEFLAGS"] = null };
        return inNamespace
            ? ToolRunner.Run("unshare", ["-rm", "sh", "-ec", script], Path, environment)
            : ToolRunner.Run("sh", ["-c", script], Path, environment);
    }

    internal Process Start(IEnumerable<string> arguments, string? makeFlags = null) =>
        ToolRunner.Start(Linker, arguments, Path, new Dictionary<string, string?> { ["MAKEFLAGS"] = makeFlags });

    internal static void Signal(Process process, int signal) => _ = Kill(process.Id, signal);

    /// <summary>The output is one of the two images, whole.</summary>
    internal void ShouldBeWhole(string name = "out")
    {
        byte[] seen = File.ReadAllBytes(this[name]);
        (seen.AsSpan().SequenceEqual(One) || seen.AsSpan().SequenceEqual(Two)).Should().BeTrue($"{name} has {seen.Length} bytes of {One.Length}");
    }

    /// <summary>Nothing is in the folder but what a test made and the named files.</summary>
    internal void ShouldHoldOnly(params string[] further) => Names().Where(name => !_known.Contains(name)).Should().BeSubsetOf(further);

    internal IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(Path).Select(static p => System.IO.Path.GetFileName(p)!);

    public void Dispose() => _folder.Dispose();

    private static string Program(int code, int padding) =>
        $".globl _start\n_start: mov ${code}, %edi\n mov $231, %eax\n syscall\n.data\n.globl pad\npad: .fill {padding}, 1, {code}\n";

    private byte[] Image(string source)
    {
        ToolResult result = Link(source, "-o", "image");
        result.ExitCode.Should().Be(0, result.ToString());
        byte[] bytes = File.ReadAllBytes(this["image"]);
        File.Delete(this["image"]);
        return bytes;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
