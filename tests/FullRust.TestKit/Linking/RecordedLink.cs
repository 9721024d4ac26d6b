// The link that rustc asks for, caught by a linker that only copies its inputs: the real objects, rlibs and arguments.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.TestKit.Linking;

/// <summary>A recorded link: inputs in a folder of its own, and the arguments without the output.</summary>
public sealed class RecordedLink : IDisposable
{
    private const string Recorder = """
        #!/bin/sh
        # Copies each input beside this script and writes the arguments down, one a line.
        here=$(dirname "$0")
        n=0
        : > "$here/arguments"
        while [ $# -gt 0 ]; do
          case "$1" in
            -o) shift ;;
            -L) shift ;;
            -*) echo "$1" >> "$here/arguments" ;;
            *)
              if [ -f "$1" ]; then
                n=$((n + 1)); name="$n-$(basename "$1")"
                cp "$1" "$here/$name"; echo "$name" >> "$here/arguments"
              else
                echo "$1" >> "$here/arguments"
              fi ;;
          esac
          shift
        done
        """;

    private readonly TempFolder _folder = new();

    private RecordedLink() => Arguments = [];

    /// <summary>Where the inputs are.</summary>
    public string Folder => _folder.Path;

    /// <summary>The arguments; names are relative to <see cref="Folder"/>.</summary>
    public IReadOnlyList<string> Arguments { get; private set; }

    /// <summary>Compiles a program and records its link.</summary>
    /// <param name="source">A crate's source.</param>
    /// <param name="flags">Further flags of rustc.</param>
    public static RecordedLink OfRustc(string source, params string[] flags)
    {
        var link = new RecordedLink();
        link._folder.Write("app.rs", source);
        string recorder = link._folder.Write("recorder.sh", Recorder);
        File.SetUnixFileMode(recorder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] arguments =
        [
            "app.rs", "--edition=2021", "--crate-type=bin", "-Cpanic=abort", "-Crelocation-model=static", "-Clinker-flavor=ld", "-Clink-args=-static",
            "-Clinker=" + recorder, "-Ccodegen-units=4", .. flags, "-o", "app",
        ];
        ToolResult result = ToolRunner.Run("rustc", arguments, link.Folder);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"rustc failed: {result}");
        // Position-independent code serves in a static executable too.
        link.Arguments = [.. File.ReadAllLines(link._folder["arguments"]).Where(static a => a != "-pie")];
        return link;
    }

    /// <summary>Links with ours.</summary>
    public LinkOutcome Link(params string[] further) => LinkerUnderTest.Link([.. Arguments, .. further], Folder);

    /// <summary>Links with another linker.</summary>
    public (ToolResult Result, string Output) LinkWith(ReferenceLinker linker, params string[] further)
    {
        string output = _folder["out." + linker.Name];
        return (linker.Link([.. Arguments, .. further, "-o", output], Folder), output);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
