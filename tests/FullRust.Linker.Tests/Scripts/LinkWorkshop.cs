// A folder in which tests assemble, link by this linker or another one, and run.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Linking;

namespace FullRust.Linker.Tests.Scripts;

internal sealed class LinkWorkshop : IDisposable
{
    private readonly TempFolder _folder = new();

    internal string Folder => _folder.Path;

    internal string Path(string name) => _folder[name];

    internal string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Assembles a text to <c>NAME.o</c>.</summary>
    internal string Assemble(string name, string text)
    {
        string source = Write(name + ".s", text + "\n.section .note.GNU-stack,\"\",@progbits\n");
        string path = Path(name + ".o");
        Tool("as", "-o", path, source);
        return path;
    }

    internal ToolResult Tool(string program, params string[] arguments)
    {
        ToolResult result = ToolRunner.Run(program, arguments, Folder);
        result.ExitCode.Should().Be(0, result.ToString());
        return result;
    }

    /// <summary>Links; the output is <c>out</c> unless the arguments say another.</summary>
    internal LinkOutcome TryLink(params string[] arguments) => LinkerUnderTest.Link(arguments, Folder);

    /// <summary>Links and expects success.</summary>
    /// <returns>The path of the output.</returns>
    internal string Link(params string[] arguments) => TryLink(arguments).ShouldSucceed().Output;

    /// <summary>Links and expects errors.</summary>
    internal IReadOnlyList<Diagnostic> LinkFails(params string[] arguments)
    {
        LinkOutcome outcome = TryLink(arguments);
        outcome.ExitCode.Should().Be(1);
        return outcome.Diagnostics;
    }

    /// <summary>Runs a program and returns its exit code.</summary>
    internal int Run(string path) => ToolRunner.Run(path, [], Folder).ExitCode;

    /// <summary>Links by this linker and by others, runs all results, and expects one exit code of all.</summary>
    internal string LinkLikeOthers(int exitCode, string[] others, params string[] arguments)
    {
        string path = Link(arguments);
        Run(path).Should().Be(exitCode, "that is what our link should do");
        foreach (string other in others)
        {
            string output = Path("out." + other);
            Tool(other, [.. arguments, "-o", output]);
            Run(output).Should().Be(exitCode, $"that is what {other} makes of it");
        }

        return path;
    }

    /// <summary>Address, type and section of a symbol as readelf prints them, or null.</summary>
    internal (ulong Value, string Type, string Section)? Symbol(string path, string name)
    {
        foreach (string line in Tool("readelf", "-sW", path).Output.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 8 && fields[7] == name)
                return (Convert.ToUInt64(fields[1], 16), fields[3], fields[6]);
        }

        return null;
    }

    /// <summary>Address, file offset and size of a section, or null.</summary>
    internal (ulong Address, ulong Offset, ulong Size)? Section(string path, string name)
    {
        foreach (string line in Tool("readelf", "-SW", path).Output.Split('\n'))
        {
            int close = line.IndexOf(']');
            string[] fields = close < 0 ? [] : line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 4 && fields[0] == name)
                return (Convert.ToUInt64(fields[2], 16), Convert.ToUInt64(fields[3], 16), Convert.ToUInt64(fields[4], 16));
        }

        return null;
    }

    /// <summary>The bytes of a section.</summary>
    internal byte[] Bytes(string path, string name)
    {
        (ulong _, ulong offset, ulong size) = Section(path, name)!.Value;
        return File.ReadAllBytes(path).AsSpan((int)offset, (int)size).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
