// Whatever the kernel runs through an interpreter is not verified, for the reason that there is one, and however it is disguised.

using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FluentAssertions;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class DisguiseTests
{
    [Fact]
    public void Verify_StaticProgramWithInterpreter_NamesTheInterpreter()
    {
        using var folder = new TempFolder();
        string interpreter = Write(folder, "interpreter", KernelRecord.Interpreter());
        int interpreted = 0;
        foreach ((string name, byte[] bytes) in Disguises.OfStatic(interpreter))
        {
            VerifyReport report = Verifier.Verify(bytes, VerifyOptions.Default);
            report.ResultOf(RuleId.S01).Should().Be(RuleResult.Fail, name);
            report.Facts.Interpreter.Should().Be(interpreter, name);
            interpreted += Run(Write(folder, name, bytes)) == KernelRecord.InterpreterExitCode ? 1 : 0;
        }

        interpreted.Should().Be(Disguises.OfStatic(interpreter).Count(), "the kernel runs every one of them through the interpreter");
    }

    [FactWithTool("gcc")]
    public void Verify_DisguisedDynamicProgram_IsNotStatic()
    {
        using var folder = new TempFolder();
        string source = folder.Write("main.c", "int main(void) { return 42; }\n");
        string program = folder["program"];
        ToolRunner.Run("gcc", ["-no-pie", "-o", program, source]).ExitCode.Should().Be(0);
        int ran = 0;
        foreach ((string name, byte[] bytes) in Disguises.OfDynamic(File.ReadAllBytes(program)))
        {
            VerifyReport report = Verifier.Verify(bytes, VerifyOptions.Default);
            report.ResultOf(RuleId.S01).Should().Be(RuleResult.Fail, name);
            report.ResultOf(RuleId.S02).Should().Be(RuleResult.Fail, name);
            report.Facts.Needed.Should().Contain("libc.so.6", "the memory view lists what the loader will load");
            ran += Run(Write(folder, name, bytes)) == SampleElf.ExitCode ? 1 : 0;
        }

        ran.Should().BeGreaterThan(50, "these programs do run");
    }

    private static string Write(TempFolder folder, string name, byte[] bytes)
    {
        string path = folder[name];
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static int Run(string path)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
                process.WaitForExit(10_000).Should().BeTrue();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception refusal) when (refusal.NativeErrorCode == 26 && attempt < 50)
            {
                Thread.Sleep(20);
            }
        }
    }
}
