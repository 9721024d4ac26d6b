// The gate as whoever wants to get past it sees it: what stands at the path, under which name, behind which links, and whether the
// verdict can be told at all. Never a pass by accident, never an exit code but 0, 1 and 2.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Verify;

public sealed class GateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithExecutable("mkfifo")]
    public void Binary_WhateverIsAtThePath_GetsItsCode()
    {
        Good("good");
        File.CreateSymbolicLink(_folder["link"], "good");
        File.CreateSymbolicLink(_folder["dangling"], "none");
        File.CreateSymbolicLink(_folder["loop"], "loop");
        _folder.Write("text", "statically linked\n");
        _folder.Write("script", "#!/bin/sh\n");
        Write("empty", []);
        Write("windows", "MZ\0\0"u8.ToArray());
        Write("archive", "!<arch>\n"u8.ToArray());
        Write("magic", "\u007fELF"u8.ToArray());
        ToolRunner.Run("mkfifo", [_folder["fifo"]]);
        Sparse("huge", 1L << 40);
        Sparse("large", 800L << 20);
        Codes(("good", 0), ("link", 0), ("dangling", 2), ("loop", 2), ("text", 1), ("script", 1), ("empty", 1), ("windows", 1), ("archive", 1), ("magic", 1), ("fifo", 2),
            ("huge", 2), ("large", 1), ("none", 2), ("", 2), ("*.bin", 2), ("/dev/null", 2), ("/dev/zero", 2), ("/proc/self/mem", 1), ("good/", 2));
    }

    [FactWithExecutable("setpriv")]
    public void Binary_FileThatMayNotBeRead_Exits2()
    {
        File.SetUnixFileMode(Good("secret"), UnixFileMode.None);

        RunWithoutPrivileges("binary", "secret").ExitCode.Should().Be(2);
    }

    [FactWithExecutable("gcc")]
    public void Binary_OtherKindsOfPrograms_AreNot()
    {
        string source = _folder.Write("main.c", "int main(void) { return 0; }\n");
        void Compile(string name, params string[] flags) => ToolRunner.Run("gcc", [.. flags, "-o", _folder[name], source]).ExitCode.Should().Be(0);
        Compile("dynamic");
        Compile("object", "-c");
        Compile("library", "-shared", "-fPIC");
        Codes(("dynamic", 1), ("object", 1), ("library", 1));

        // A program that may not be executed yet is a program all the same.
        Directory.CreateDirectory(_folder["dist"]);
        Good("dist/app");
        File.Copy(_folder["dynamic"], _folder["dist", "later"]);
        File.SetUnixFileMode(_folder["dist", "later"], UnixFileMode.UserRead);
        Run("binary", "dist").ExitCode.Should().Be(1);
        File.Delete(_folder["dist", "later"]);
        File.Copy(_folder["library"], _folder["dist", "plugin.so"]);
        File.SetUnixFileMode(_folder["dist", "plugin.so"], UnixFileMode.UserRead);
        Run("binary", "dist").ExitCode.Should().Be(0, "a library is no program");
    }

    [FactWithExecutable]
    public void Binary_NamesThatHurt_AreJudgedAndEscaped()
    {
        foreach (string name in (string[])["new\nline", "esc\u001b[31m", "\u202etxt.exe", "-x", "a b", "100%", "::error::x"])
            Good(name);
        ToolRunner.Run("sh", ["-c", "cp ./-x \"$(printf 'bad\\377')\""], _folder.Path).ExitCode.Should().Be(0);

        ToolResult result = ToolRunner.Run("sh", ["-c", "\"$0\" binary -- *", Repository.ExecutableAs("fullrust-verify")], _folder.Path);

        // The base library could not remove what it cannot name.
        Shell("rm bad*");
        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().Contain("new\\x0aline").And.Contain("esc\\x1b[31m").And.Contain("bad\\xff").And.Contain("\\u{202e}").And.NotContain("\u001b");
        result.Output.TrimEnd().Split('\n').Should().HaveCount(8);
    }

    [FactWithExecutable]
    public void StandardInput_IsJudgedToo()
    {
        Good("good");
        _folder.Write("text", "x");
        Shell("$V binary - < good").ExitCode.Should().Be(0);
        Shell("$V binary - < text").ExitCode.Should().Be(1);
        Shell("$V binary - < /dev/null").ExitCode.Should().Be(1);
        Shell("$V binary - <&-").ExitCode.Should().Be(2);
        Shell("$V binary --max-input 100 - < good").ExitCode.Should().Be(2);
    }

    [FactWithExecutable]
    public void VerdictThatNobodyCanReceive_Exits2()
    {
        Good("good");
        foreach (string script in (string[])["$V binary good > /dev/full", "$V binary good >&-", "$V binary --format json good > /dev/full", "$V binary --format json=/dev/full good", "$V binary --format sarif=none/x good"])
            Shell(script).ExitCode.Should().Be(2, script);
        ToolRunner.Run("test", ["-c", "/dev/full"]).ExitCode.Should().Be(0);
    }

    [FactWithExecutable]
    public void Report_ThroughASymbolicLink_ReplacesTheLink()
    {
        Good("good");
        string victim = _folder.Write("victim", "precious");
        File.CreateSymbolicLink(_folder["report.json"], victim);

        Run("binary", "--format", "json=report.json", "good").ExitCode.Should().Be(0);

        File.ReadAllText(victim).Should().Be("precious");
        File.ReadAllText(_folder["report.json"]).Should().Contain("\"verified\"");
    }

    [FactWithExecutable("setpriv")]
    public void FolderWithAClosedFolder_Exits2()
    {
        Good("dist/app");
        Directory.CreateDirectory(_folder["dist", "closed"]);
        File.SetUnixFileMode(_folder["dist", "closed"], UnixFileMode.None);

        RunWithoutPrivileges("binary", "dist").ExitCode.Should().Be(2);
    }

    [FactWithExecutable]
    public void FolderWithALoopAndAFifo_IsJudgedOnce()
    {
        Good("dist/app");
        Directory.CreateSymbolicLink(_folder["dist", "self"], "../dist");
        ToolRunner.Run("mkfifo", [_folder["dist", "fifo"]]);

        Run("binary", "dist").Output.TrimEnd().Split('\n').Should().ContainSingle();
    }

    private void Codes(params (string Path, int Code)[] expected)
    {
        foreach ((string path, int code) in expected)
        {
            ToolResult result = Run("binary", path);
            result.ExitCode.Should().Be(code, $"{path}: {result}");
            (result.Output + result.Error).Should().NotContain("internal error", path);
        }

        Run(["binary", .. expected.Select(static e => e.Path)]).ExitCode.Should().Be(expected.Max(static e => e.Code), "the worst of all");
    }

    private string Good(string name) => Write(name, SampleElf.Build().Bytes);

    private string Write(string name, byte[] bytes)
    {
        string path = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private void Sparse(string name, long size)
    {
        using FileStream stream = File.Create(_folder[name]);
        stream.SetLength(size);
    }

    private ToolResult Run(params string[] arguments) => ToolRunner.Run(Repository.ExecutableAs("fullrust-verify"), arguments, _folder.Path);

    // Root reads what it likes; without these capabilities modes count for it as for others.
    private ToolResult RunWithoutPrivileges(params string[] arguments) => Environment.UserName == "root"
        ? ToolRunner.Run("setpriv", ["--bounding-set=-dac_override,-dac_read_search", Repository.ExecutableAs("fullrust-verify"), .. arguments], _folder.Path)
        : Run(arguments);

    private ToolResult Shell(string script) =>
        ToolRunner.Run("sh", ["-c", script], _folder.Path, new Dictionary<string, string?> { ["V"] = Repository.ExecutableAs("fullrust-verify") });
}
