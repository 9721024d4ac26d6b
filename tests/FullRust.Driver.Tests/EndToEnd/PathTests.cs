// Names as users have them: with blanks, newlines, quotes, and bytes that are not UTF-8 (which cargo and rustc themselves refuse).

using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class PathTests
{
    // The base library cannot name such files, so a shell makes, uses and removes them.
    private const string Script = """
        set -e
        odd=$(printf 'b\377d \n"x')
        mkdir "$odd"
        trap 'rm -rf "$odd"' EXIT
        cat > start.s <<'END'
        .globl _start
        _start: call seven
                mov %eax, %edi
                mov $60, %eax
                syscall
        END
        printf '.globl seven\nseven: mov $7, %%eax\n ret\n' > seven.s
        as start.s -o "$odd/start.o"
        as seven.s -o seven.o
        name=$(printf 'l\351b')
        ar rcs "$odd/lib$name.a" seven.o
        runs() { status=0; "$1" || status=$?; [ "$status" = 7 ]; "$tool" verify binary "$1" > verified; }

        out="$odd/$(printf 'pr\350gram')"
        "$tool" ld -o "$out" "$odd/start.o" -L "$odd" "-l$name" --dependency-file "$odd/deps" -Map "$odd/map" --reproduce "$odd/all.tar"
        runs "$out"
        grep -aq "$(printf 'l\351b.a')" "$odd/deps"
        tar -tf "$odd/all.tar" > /dev/null
        printf '%s\n' -o "'$odd/second'" "'$odd/start.o'" "'$odd/lib$name.a'" > "$odd/response"
        "$tool" ld "@$odd/response"
        runs "$odd/second"
        cmp "$out" "$odd/second"
        rm "$odd/lib$name.a"
        if "$tool" ld -o "$out" "$odd/start.o" "$odd/lib$name.a" 2> message; then exit 1; fi
        grep -aqF "$(printf 'l\351b.a: No such file')" message
        cmp "$out" "$odd/second"
        """;

    [Fact]
    public void Linker_TakesEveryName()
    {
        using DriverRun run = new DriverRun().WithVariable("tool", Repository.Executable);
        ToolResult result = run.Run("/bin/sh", "-c", Script);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    [Fact]
    public void Programs_GetTheirArgumentsAndEnvironment_ByteForByte()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithVariable("tool", Repository.ExecutableAs("cargo-fullrust")).With("src/main.rs", """
            use std::os::unix::ffi::OsStrExt;
            fn main() {
                println!("{:x?} {:x?}", std::env::args_os().nth(1).unwrap().as_bytes(), std::env::var_os("ODD").unwrap().as_bytes());
            }
            """);
        ToolResult result = crate.Run("/bin/sh", "-c", "ODD=$(printf '\\376') \"$tool\" fullrust run -q -- \"$(printf 'a\\377 b')\"");
        result.Output.Should().Be("[61, ff, 20, 62] [fe]\n", result.ToString());
    }

    [Fact]
    public void Crate_BuildsBelowAFolderWithBlanksQuotesAndNewlines()
    {
        using var run = new DriverRun();
        const string folder = "a b\n'c' \"d\" #é\\";
        run.With(Path.Combine(folder, "Cargo.toml"), "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
            .With(Path.Combine(folder, "src/main.rs"), "fn main() { println!(\"built\") }")
            .WithVariable("FULLRUST_CACHE", run[folder, "cache"])
            .WithVariable("tool", Repository.ExecutableAs("cargo-fullrust")).WithVariable("folder", run[folder]);
        ToolResult result = run.Run("/bin/sh", "-c", "cd \"$folder\" && \"$tool\" fullrust run");
        result.Output.Should().Be("built\n", result.ToString());
        File.Exists(run[folder, "target", "x86_64-fullrust-linux", "debug", "app"]).Should().BeTrue();
        run.Run("/bin/sh", "-c", "cd \"$folder\" && \"$tool\" fullrust verify").ExitCode.Should().Be(0);
    }
}
