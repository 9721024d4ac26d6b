// What docs/drop-in.md promises: compilers and build systems call the linker by the name that they know, and get programs that run.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class FrontEndTests
{
    private const string Greet = "#include <stdio.h>\nvoid greet(void) { puts(\"hello\"); }\n";
    private const string C = Greet + "int main(void) { greet(); }\n";
    private const string CallGreet = "extern \"C\" void greet();\nint main() { greet(); }\n";

    // Exceptions, threads, thread-local destructors and iostreams: all that start files and crt objects take part in.
    private const string Cxx = """
        #include <iostream>
        #include <stdexcept>
        #include <thread>
        struct Last { ~Last() { std::cout << "!\n"; } };
        thread_local Last last;
        int main() {
            std::thread([] { (void)&last; try { throw std::runtime_error("hello"); } catch (std::exception& e) { std::cout << e.what(); } }).join();
        }
        """;

    private const string Rust = """
        fn main() {
            let words = std::thread::spawn(|| std::panic::catch_unwind(|| panic!("hello")).unwrap_err()).join().unwrap();
            println!("{}", words.downcast_ref::<&str>().unwrap());
        }
        """;

    [FactWithExecutable("gcc")]
    public void Gcc_Static() => Build("c", C, "gcc -B DIR -static -no-pie main.c -o program");

    [FactWithExecutable("gcc")]
    public void Gcc_StaticPie() => Build("c", C, "gcc -B DIR -static-pie main.c -o program");

    [FactWithExecutable("gcc")]
    public void Gcc_AskingForLld() => Build("c", C, "gcc -B DIR -fuse-ld=lld -static main.c -o program");

    [FactWithExecutable("g++")]
    public void Gxx() => Build("cc", Cxx, "g++ -B DIR -static main.cc -o program", "hello!\n");

    [FactWithExecutable("clang")]
    public void Clang_ByPath() => Build("c", C, "clang --ld-path=DIR/ld -static main.c -o program");

    [FactWithExecutable("clang")]
    public void Clang_ByName() => Build("c", C, "PATH=DIR:$PATH clang -fuse-ld=fullrust -static main.c -o program");

    [FactWithExecutable("musl-gcc")]
    public void MuslGcc() => Build("c", C, "musl-gcc -B DIR -static main.c -o program");

    [FactWithExecutable("rustc", "gcc")]
    public void Rustc_WithTheRealStd() => Build(
        "rs", Rust, "rustc -C linker-features=-lld -C link-arg=-BDIR -C target-feature=+crt-static -C relocation-model=static main.rs -o program 2>&1");

    [FactWithExecutable("rustc", "gcc")]
    public void Rustc_WithTheRealStd_StaticPieAndLto() => Build(
        "rs", Rust, "rustc -O -C lto=fat -C linker-features=-lld -C link-arg=-BDIR -C target-feature=+crt-static main.rs -o program 2>&1");

    [FactWithExecutable("cmake", "make", "g++")]
    public void CMake() => BuildProject(
        "cmake -S . -B build -G 'Unix Makefiles' -DCMAKE_EXE_LINKER_FLAGS='-BDIR -static' && make -C build && mv build/program .",
        ("CMakeLists.txt", "cmake_minimum_required(VERSION 3.13)\nproject(p C CXX)\nadd_library(greet STATIC greet.c)\nadd_executable(program main.cc)\ntarget_link_libraries(program greet)\n"));

    [FactWithExecutable("autoreconf", "libtoolize", "make", "g++")]
    public void ConfigureAndLibtool() => BuildProject(
        "autoreconf -i && ./configure CC='gcc -BDIR -static' CXX='g++ -BDIR -static' >log && grep 'is GNU ld... yes' log && ! make && make LDFLAGS=-all-static",
        ("configure.ac", "AC_INIT([p],[1])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\nAC_PROG_CXX\nAM_PROG_AR\nLT_INIT([disable-shared])\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n"),
        ("Makefile.am", "lib_LTLIBRARIES = libgreet.la\nlibgreet_la_SOURCES = greet.c\nbin_PROGRAMS = program\nprogram_SOURCES = main.cc\nprogram_LDADD = libgreet.la\n"));

    [FactWithExecutable("meson", "ninja", "g++")]
    public void Meson() => BuildProject(
        "CC='gcc -BDIR' CXX='g++ -BDIR' LDFLAGS=-static meson setup build && ninja -C build && mv build/program .",
        ("meson.build", "project('p', 'c', 'cpp')\nexecutable('program', 'main.cc', link_with: static_library('greet', 'greet.c'))\n"));

    private static void BuildProject(string command, params (string Name, string Text)[] files) =>
        Build("cc", CallGreet, command, "hello\n", [("greet.c", Greet), .. files]);

    private static void Build(string extension, string source, string command, string output = "hello\n", params (string Name, string Text)[] files)
    {
        using var folder = new TempFolder();
        string linkers = Directory.CreateDirectory(folder["linkers"]).FullName;
        foreach (string name in (string[])["ld", "ld.lld", "ld.fullrust"])
            File.CreateSymbolicLink(Path.Combine(linkers, name), Repository.Executable);
        folder.Write($"main.{extension}", source);
        foreach ((string name, string text) in files)
            folder.Write(name, text);

        ToolResult built = ToolRunner.Run("sh", ["-c", command.Replace("DIR", linkers, StringComparison.Ordinal)], folder.Path, new Dictionary<string, string?> { ["MAKEFLAGS"] = null });
        built.ExitCode.Should().Be(0, built.ToString());
        ToolRunner.Run(folder["program"], []).Output.Should().Be(output);
        File.ReadAllBytes(folder["program"]).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Linker.Linker.Identification)).Should().BePositive("the program names its linker");
    }
}
