// Linkers to compare with. None of them is needed: a test that names one which a machine lacks leaves it out.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.TestKit.Linking;

/// <summary>Another linker.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Path">Its program.</param>
public sealed record ReferenceLinker(string Name, string Path)
{
    private static readonly Lazy<ReferenceLinker[]> s_installed = new(Find);

    /// <summary>The ones on this machine: <c>rust-lld</c> of the Rust toolchain, <c>lld</c>, <c>mold</c>, <c>gnu</c>.</summary>
    public static IReadOnlyList<ReferenceLinker> Installed => s_installed.Value;

    /// <summary>The one of a name, or null if it is not on this machine.</summary>
    public static ReferenceLinker? Get(string name) => Installed.FirstOrDefault(l => l.Name == name);

    /// <summary>Links.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its current folder.</param>
    public ToolResult Link(IEnumerable<string> arguments, string folder) => ToolRunner.Run(Path, arguments, folder);

    private static ReferenceLinker[] Find()
    {
        var result = new List<ReferenceLinker>();
        if (RustLld() is { } rustLld)
            result.Add(new ReferenceLinker("rust-lld", rustLld));
        foreach ((string name, string program) in new[] { ("lld", "ld.lld"), ("mold", "mold"), ("gnu", "ld.bfd") })
        {
            if (ToolRunner.Find(program) is { } path)
                result.Add(new ReferenceLinker(name, path));
        }

        return [.. result];
    }

    private static string? RustLld()
    {
        if (ToolRunner.Find("rustc") is not { } rustc)
            return null;
        string root = ToolRunner.Run(rustc, ["--print", "sysroot"]).Output.Trim();
        string path = System.IO.Path.Combine(root, "lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld");
        return File.Exists(path) ? path : null;
    }
}
