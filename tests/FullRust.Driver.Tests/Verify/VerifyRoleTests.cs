// The verifier's command line: exit codes 0, 1 and 2, what counts as an input, and where reports go.

using System;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Driver.Roles;
using FullRust.Driver.Verify;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Verify;

public sealed class VerifyRoleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = VerifyRole.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Good(string name = "good") => Write(name, SampleElf.Build().Bytes);

    private string Bad(string name = "bad") => Write(name, SingleFaults.All().Single(static item => item.Name == "stack-flags-1").Bytes);

    private string Write(string name, byte[] bytes)
    {
        string path = _folder[name.Split('/')];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    [Fact]
    public void Binary_GoodFile_Exits0WithItsEvidence()
    {
        (int code, string output, string error) = Run("binary", Good());

        code.Should().Be(0);
        output.Should().StartWith("verified: ").And.Contain("no PT_INTERP");
        error.Should().BeEmpty();
    }

    [Fact]
    public void Binary_Digest_IsThereWhereItIsAskedFor()
    {
        string good = Good(), digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(good)));

        Run("binary", good).Output.Should().NotContain(digest);
        Run("binary", "--verbose", good).Output.Should().Contain(digest);
        Run("binary", "--format", "json", good).Output.Should().Contain(digest);
    }

    [Fact]
    public void Binary_BadFile_Exits1() => Run("binary", Good(), Bad()).Code.Should().Be(1);

    [Fact]
    public void Binary_MissingFile_Exits2AndStillJudgesTheOthers()
    {
        (int code, string output, string error) = Run("binary", _folder["none"], Bad(), Good());

        code.Should().Be(2);
        error.Should().Contain("none").And.Contain("FRV-I01");
        output.Should().Contain("NOT VERIFIED: ").And.Contain("verified: ");
    }

    [Theory]
    [InlineData]
    [InlineData("binary")]
    [InlineData("binary", "--")]
    [InlineData("binry", "x")]
    [InlineData("binary", "--profil", "x", "y")]
    [InlineData("binary", "--profile", "strict", "y")]
    [InlineData("binary", "--profile")]
    [InlineData("binary", "--min-kernel", "six", "y")]
    [InlineData("binary", "--max-size", "10X", "y")]
    [InlineData("binary", "--max-segment", "heap=1", "y")]
    [InlineData("binary", "--quiet=yes", "y")]
    [InlineData("binary", "--format", "yaml", "y")]
    [InlineData("binary", "--format", "json", "--format", "sarif", "y")]
    [InlineData("binary", "--policy", "none.json", "y")]
    [InlineData("binary", "--deny-syscalls", "fork_bomb", "y")]
    [InlineData("syscalls", "a", "b")]
    [InlineData("syscalls", "--format", "sarif", "a")]
    [InlineData("--explain", "FRV-Q00")]
    [InlineData("binary", "@none")]
    public void Arguments_NotUnderstood_Exit2WithAReason(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);

        code.Should().Be(2);
        error.Should().StartWith("fullrust-verify: ");
        output.Should().BeEmpty();
    }

    [Fact]
    public void Arguments_MistypedOption_NamesTheNearest() => Run("binary", "--strict-section", "x").Error.Should().Contain("--strict-sections");

    [Fact]
    public void Binary_Folder_JudgesEveryExecutableBelowItOnce()
    {
        Good("tree/b/app");
        Bad("tree/a/tool");
        _folder.Write("tree/readme.txt", "text");
        File.CreateSymbolicLink(_folder["tree", "again"], _folder["tree", "b", "app"]);
        Directory.CreateSymbolicLink(_folder["tree", "b", "loop"], _folder["tree"]);

        (int code, string output, _) = Run("binary", _folder["tree"]);

        code.Should().Be(1);
        output.Split('\n').Where(static line => line.Contains("erified: ", StringComparison.Ordinal) || line.StartsWith("NOT", StringComparison.Ordinal)).Should().HaveCount(2);
    }

    [Fact]
    public void Binary_FolderWithoutExecutable_Exits2()
    {
        _folder.Write("empty/readme.txt", "text");

        Run("binary", _folder["empty"]).Error.Should().Contain("FRV-I04");
        Run("binary", _folder["empty"]).Code.Should().Be(2);
    }

    [Fact]
    public void Binary_ManyFiles_ReportsInTheOrderOfTheInputs()
    {
        string[] paths = [.. Enumerable.Range(0, 40).Select(i => Good($"file-{i:00}"))];

        (_, string output, _) = Run(["binary", "--threads", "4", .. paths]);

        output.TrimEnd().Split('\n').Select(static line => line.Split(' ')[1]).Should().Equal(paths);
    }

    [FactWithTool("mkfifo")]
    public void Binary_Fifo_Exits2WithoutWaiting()
    {
        string path = _folder["fifo"];
        ToolRunner.Run("mkfifo", [path]).ExitCode.Should().Be(0);

        Run("binary", path).Code.Should().Be(2);
    }

    [Fact]
    public void Binary_DeviceFolderLoopAndLargeFile_Exit2()
    {
        string loop = _folder["loop"];
        File.CreateSymbolicLink(loop, loop);
        string sparse = _folder["sparse"];
        using (FileStream stream = File.Create(sparse))
            stream.SetLength(1L << 40);

        Run("binary", "/dev/null").Code.Should().Be(2);
        Run("binary", loop).Code.Should().Be(2);
        Run("binary", sparse).Error.Should().Contain("FRV-I02");
    }

    [Fact]
    public void Input_ThatChangesWhileItIsJudged_IsUndecided()
    {
        string path = Good();

        VerifiedFile result = InputReader.Read(path, long.MaxValue, input =>
        {
            File.AppendAllText(path, "more");
            return new VerifiedFile(path, null, "", default, "judged");
        });

        result.Rule.Should().Be(RuleId.I03);
        result.ExitCode.Should().Be(2);
    }

    [Fact]
    public void ManPage_HasEveryOptionOfTheHelp()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "packaging", "man", "man1", "fullrust-verify.1")).Replace("\\-", "-");
        string[] options = [.. Run("--help").Output.Split('\n').SelectMany(static line => line.Split(' ', ',', '=')).Where(static word => word.StartsWith("--", StringComparison.Ordinal)).Distinct()];

        options.Should().HaveCountGreaterThan(20);
        options.Where(option => !page.Contains(option, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Binary_NotAnElfFile_Exits1() => Run("binary", _folder.Write("script", "#!/bin/sh\n")).Code.Should().Be(1);

    [Fact]
    public void ArgumentFile_Lines_AreArguments()
    {
        string list = _folder.Write("list", $"--quiet\n{Good()}\n\n{Bad()}\n");

        (int code, string output, _) = Run("binary", "@" + list);

        code.Should().Be(1);
        output.Should().Contain("NOT VERIFIED").And.NotContain("\nverified");
    }

    [Fact]
    public void Format_WithPath_WritesTheReportAndTextStaysOnOutput()
    {
        string path = _folder["report.json"];

        (int code, string output, _) = Run("binary", "--format", "json=" + path, "--format", "github", Good());

        code.Should().Be(0);
        output.Should().StartWith("::notice");
        File.ReadAllText(path).Should().Contain("\"verdict\": \"verified\"");
        Directory.GetFiles(_folder.Path, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void Format_ThatCannotBeWritten_Exits2AlthoughTheFileIsGood() =>
        Run("binary", "--format", $"json={_folder["no", "such", "folder"]}", Good()).Code.Should().Be(2);

    [Fact]
    public void Policy_Waiver_AcceptsTheFindingAndIsReportedWhenUnused()
    {
        string policy = _folder.Write("policy.json", """
            {"waivers": [{"rule": "FRV-X04", "path": "bad", "reason": "needs a JIT", "expires": "2999-12-31"},
                         {"rule": "FRV-X01", "path": "other", "reason": "r", "expires": "2999-12-31"}]}
            """);

        (int code, string output, string error) = Run("binary", "--policy", policy, Bad());

        code.Should().Be(0);
        output.Should().Contain("waived: needs a JIT");
        error.Should().Contain("FRV-X01").And.Contain("matched nothing");
        Run("binary", "--policy", policy, Bad("elsewhere/bad")).Code.Should().Be(1, "the pattern means the file beside the policy");
    }

    [Fact]
    public void Baseline_WrittenByOneRun_LetsTheNextPass()
    {
        string baseline = _folder["baseline.json"];

        Run("binary", "--write-baseline", baseline, Bad()).Code.Should().Be(1);
        Run("binary", "--baseline", baseline, Bad()).Code.Should().Be(0);
        Run("binary", "--baseline", baseline, Bad("new")).Code.Should().Be(1);
    }

    [Fact]
    public void FailOnWarning_FileWithWarnings_Exits1()
    {
        string path = Write("warned", SingleFaults.All().Single(static item => item.Name == "no-stack").Bytes);

        Run("binary", path).Code.Should().Be(0);
        Run("binary", "--fail-on", "warning", path).Code.Should().Be(1);
    }

    [Fact]
    public void Syscalls_Program_ListsItsCallsAndChecksThemAgainstItsOwnPolicy()
    {
        string policy = _folder["policy.json"];

        (int code, string output, _) = Run("syscalls", "--format", "seccomp=" + policy, Good());

        code.Should().Be(0);
        output.Should().Contain("exit (60)").And.Contain("complete");
        File.ReadAllText(policy).Should().Contain("SCMP_ACT_KILL_PROCESS").And.Contain("\"exit\"");
        Run("syscalls", "--expect-syscalls", policy, Good()).Code.Should().Be(0);
        Run("syscalls", "--deny-syscalls", "exit", Good()).Code.Should().Be(1);
        Run("binary", "--expect-syscalls", _folder.Write("list", "write # only\n"), Good()).Code.Should().Be(1);
    }

    [Fact]
    public void Syscalls_UnknownNumber_WritesNoPolicy()
    {
        string open = Write("open", SampleElf.Build().Put(SampleElf.TextAt, 0x0f, 0x05, 0x90, 0x90, 0x90).Bytes);

        Run("syscalls", "--format", "seccomp=" + _folder["none.json"], open).Code.Should().Be(1);
        File.Exists(_folder["none.json"]).Should().BeFalse();
    }

    [Theory]
    [InlineData("--help", "usage:")]
    [InlineData("--version", "fullrust-verify ")]
    [InlineData("--list-rules", "FRV-S01")]
    [InlineData("--explain=s01", "PT_INTERP")]
    public void Questions_Answered_Exit0(string option, string answer)
    {
        (int code, string output, _) = Run(option);

        code.Should().Be(0);
        output.Should().Contain(answer);
    }

    [Fact]
    public void Help_EveryOption_IsMentioned()
    {
        string help = Run("--help").Output;

        string[] options = ["--profile", "--min-kernel", "--policy", "--baseline", "--write-baseline", "--fail-on", "--strict-sections", "--no-trailing", "--require-provenance",
            "--require-build-id", "--max-size", "--max-segment", "--expect-syscalls", "--deny-syscalls", "--emit-seccomp", "--format", "--max-input", "--threads", "--explain", "--list-rules"];
        options.Should().OnlyContain(option => help.Contains(option));
    }
}
