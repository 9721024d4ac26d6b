// The inventory against programs whose calls are known, and against the kernel: under a filter made from it they work, and with one
// needed call removed they are killed.

using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Syscalls;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Syscalls;

public sealed class SyscallInventoryTests
{
    private const int Sigsys = 128 + 31;

    [Fact]
    public void Of_Sample_FindsItsOneCall()
    {
        SyscallInventory inventory = SyscallInventory.Of(SampleElf.Build().Bytes);

        inventory.IsComplete.Should().BeTrue();
        inventory.Numbers.Should().Equal(60);
        inventory.Sites.Should().ContainSingle().Which.Function.Should().Be("_start");
    }

    [Theory]
    [InlineData("xor eax, eax", 0, new byte[] { 0x31, 0xc0, 0x0f, 0x05 })]
    [InlineData("push 39; pop rax", 39, new byte[] { 0x6a, 39, 0x58, 0x0f, 0x05 })]
    [InlineData("mov ebx, 12; mov eax, ebx", 12, new byte[] { 0xbb, 12, 0, 0, 0, 0x89, 0xd8, 0x0f, 0x05 })]
    [InlineData("mov [rsp-8], 1; mov rax, [rsp-8]", 1, new byte[] { 0x48, 0xc7, 0x44, 0x24, 0xf8, 1, 0, 0, 0, 0x48, 0x8b, 0x44, 0x24, 0xf8, 0x0f, 0x05 })]
    [InlineData("mov ebx, 7; loop: mov eax, ebx; syscall; jmp loop", 7, new byte[] { 0xbb, 7, 0, 0, 0, 0x89, 0xd8, 0x0f, 0x05, 0xeb, 0xfa })]
    [InlineData("xor eax, eax; lea eax, [rax+3]", 3, new byte[] { 0x31, 0xc0, 0x8d, 0x40, 3, 0x0f, 0x05 })]
    [InlineData("pop fs; mov eax, 60", 60, new byte[] { 0x0f, 0xa1, 0xb8, 60, 0, 0, 0, 0x0f, 0x05 })]
    [InlineData("lea eax, [39]", 39, new byte[] { 0x8d, 0x04, 0x25, 39, 0, 0, 0, 0x0f, 0x05 })]
    public void Of_NumberThatCanBeFollowed_KnowsIt(string assembly, int number, byte[] code) =>
        SyscallInventory.Of(WithCode(code)).Numbers.Should().Equal([number], assembly);

    [Theory]
    [InlineData("rax at entry", new byte[] { 0x0f, 0x05 })]
    [InlineData("mov rax, [rdi]", new byte[] { 0x48, 0x8b, 0x07, 0x0f, 0x05 })]
    [InlineData("mov eax, 1; inc eax", new byte[] { 0xb8, 1, 0, 0, 0, 0xff, 0xc0, 0x0f, 0x05 })]
    [InlineData("mov eax, 1; mov al, 2", new byte[] { 0xb8, 1, 0, 0, 0, 0xb0, 2, 0x0f, 0x05 })]
    [InlineData("mov eax, 1; je over; mov eax, 2; over:", new byte[] { 0xb8, 1, 0, 0, 0, 0x74, 5, 0xb8, 2, 0, 0, 0, 0x0f, 0x05 })]
    [InlineData("mov eax, 1; cmovz eax, ecx", new byte[] { 0xb8, 1, 0, 0, 0, 0x0f, 0x44, 0xc1, 0x0f, 0x05 })]
    [InlineData("mov eax, 1; xchg eax, edx", new byte[] { 0xb8, 1, 0, 0, 0, 0x92, 0x0f, 0x05 })]
    [InlineData("mov ecx, 1; syscall (39); mov eax, ecx", new byte[] { 0xb9, 1, 0, 0, 0, 0xb8, 39, 0, 0, 0, 0x0f, 0x05, 0x89, 0xc8, 0x0f, 0x05 })]
    [InlineData("mov eax, 0x10000; lea ax, [1]", new byte[] { 0xb8, 0, 0, 1, 0, 0x66, 0x8d, 0x04, 0x25, 1, 0, 0, 0, 0x0f, 0x05 })]
    [InlineData("push 39; pop ax", new byte[] { 0x6a, 39, 0x66, 0x58, 0x0f, 0x05 })]
    [InlineData("push 39; pushw 0; pop rax", new byte[] { 0x6a, 39, 0x66, 0x6a, 0, 0x58, 0x0f, 0x05 })]
    [InlineData("mov fs:[rsp-8], 1; mov rax, [rsp-8]", new byte[] { 0x64, 0x48, 0xc7, 0x44, 0x24, 0xf8, 1, 0, 0, 0, 0x48, 0x8b, 0x44, 0x24, 0xf8, 0x0f, 0x05 })]
    [InlineData("mov [rsp-8], 1; mov rax, gs:[rsp-8]", new byte[] { 0x48, 0xc7, 0x44, 0x24, 0xf8, 1, 0, 0, 0, 0x65, 0x48, 0x8b, 0x44, 0x24, 0xf8, 0x0f, 0x05 })]
    [InlineData("mov eax, 0x101; xor al, al", new byte[] { 0xb8, 1, 1, 0, 0, 0x30, 0xc0, 0x0f, 0x05 })]
    [InlineData("push 39; sub esp, 8; add esp, 8; pop rax", new byte[] { 0x6a, 39, 0x83, 0xec, 8, 0x83, 0xc4, 8, 0x58, 0x0f, 0x05 })]
    [InlineData("push 39; mov rsp, rbx; pop rax", new byte[] { 0x6a, 39, 0x48, 0x89, 0xdc, 0x58, 0x0f, 0x05 })]
    public void Of_NumberThatCannotBeFollowed_SaysSo(string assembly, byte[] code)
    {
        SyscallInventory inventory = SyscallInventory.Of(WithCode(code));

        inventory.IsComplete.Should().BeFalse(assembly);
        inventory.Sites.Should().Contain(site => site.Numbers.Count == 0, assembly);
    }

    [Theory]
    [InlineData(SyscallEntry.Int80, new byte[] { 0xcd, 0x80 })]
    [InlineData(SyscallEntry.Sysenter, new byte[] { 0x0f, 0x34 })]
    [InlineData(SyscallEntry.Vsyscall, new byte[] { 0x48, 0xc7, 0xc0, 0, 0, 0x60, 0xff, 0xff, 0xd0 })]
    public void Verify_OtherWaysIntoTheKernel_SetOffY01(SyscallEntry entry, byte[] code)
    {
        VerifyReport report = Verifier.Verify(WithCode(code), new VerifyOptions { Groups = RuleGroups.Syscalls });

        report.Facts.Syscalls!.Sites.Should().Contain(site => site.Entry == entry);
        report.ResultOf(RuleId.Y01).Should().Be(RuleResult.Fail);
        report.Facts.Syscalls!.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void Of_CallHiddenInAnotherInstruction_CountsTheStrayBytes() =>
        SyscallInventory.Of(WithCode([0xb8, 0x0f, 0x05, 0, 0, 0xc3])).StrayEncodings.Should().Be(1);

    [Fact]
    public void Verify_CallOutsideTheExpectedList_SetsOffY02()
    {
        var options = new VerifyOptions { Groups = RuleGroups.Syscalls, ExpectedSyscalls = new HashSet<int> { 1 } };

        Verifier.Verify(SampleElf.Build().Bytes, options).ResultOf(RuleId.Y02).Should().Be(RuleResult.Fail);
        Verifier.Verify(WithCode([0x0f, 0x05]), options).Verdict.Should().Be(Verdict.Unknown, "a call that is not known may be any");
        Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { Groups = RuleGroups.Syscalls, ExpectedSyscalls = new HashSet<int> { 60 } }).IsVerified.Should().BeTrue();
    }

    [Fact]
    public void Verify_CallInTheDeniedList_SetsOffY03() =>
        Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { Groups = RuleGroups.Syscalls, DeniedSyscalls = new HashSet<int> { 60 } })
            .ResultOf(RuleId.Y03).Should().Be(RuleResult.Fail);

    [Fact]
    public void Of_DamagedFiles_NeverThrows()
    {
        byte[] original = SampleElf.Build().Bytes;
        for (int seed = 0; seed < 500; seed++)
            SyscallInventory.Of(Mutator.Mutate(original, seed)).Should().NotBeNull();
    }

    // A program without a C library that opens, maps and writes, through a wrapper that takes the number as an argument.
    private const string Program = """
        static long call(long n, long a, long b, long c) {
            long r;
            __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
            return r;
        }
        static __attribute__((noinline)) long wrapped(long n, long a, long b, long c) { return call(n, a, b, c); }
        void _start(void) {
            wrapped(1, 1, (long)"hello\n", 6);
            wrapped(39, 0, 0, 0);
            call(60, 7, 0, 0);
            __builtin_unreachable();
        }
        """;

    // Installs a filter read from a file, then becomes the program.
    private const string Launcher = """
        #include <fcntl.h>
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int main(int argc, char **argv) {
            static struct sock_filter code[1024];
            int fd = open(argv[1], O_RDONLY);
            struct sock_fprog prog = { .len = read(fd, code, sizeof code) / sizeof *code, .filter = code };
            char *none[] = { 0 };
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) return 99;
            execve(argv[2], argv + 2, none);
            return 98;
        }
        """;

    [FactWithTool("gcc")]
    public void Filter_MadeFromTheInventory_LetsTheProgramRunAndKillsItWithoutANeededCall()
    {
        using var folder = new TempFolder();
        string program = Compile(folder, "program", Program, "-O1", "-static", "-nostdlib", "-no-pie", "-fno-stack-protector");
        string launcher = Compile(folder, "launcher", Launcher, "-O1");
        SyscallInventory inventory = SyscallInventory.Of(File.ReadAllBytes(program));
        inventory.IsComplete.Should().BeTrue(string.Join("; ", inventory.Sites));
        inventory.Numbers.Should().Equal(1, 39, 60);

        ToolResult allowed = ToolRunner.Run(launcher, [Filter(folder, "all", inventory.Numbers), program]);
        allowed.ExitCode.Should().Be(7, allowed.ToString());
        allowed.Output.Should().Be("hello\n");
        foreach (int removed in inventory.Numbers)
            ToolRunner.Run(launcher, [Filter(folder, $"without-{removed}", [.. inventory.Numbers.Where(number => number != removed)]), program]).ExitCode.Should().Be(Sigsys);
    }

    private static string Filter(TempFolder folder, string name, IReadOnlyList<int> numbers)
    {
        using FileStream stream = File.Create(folder[name]);
        SeccompPolicy.WriteBpf(stream, numbers);
        return folder[name];
    }

    private static string Compile(TempFolder folder, string name, string source, params string[] flags)
    {
        string path = folder.Write(name + ".c", source);
        ToolResult result = ToolRunner.Run("gcc", [.. flags, "-o", folder[name], path]);
        result.ExitCode.Should().Be(0, result.Error);
        return folder[name];
    }

    private static byte[] WithCode(byte[] code) => SampleElf.Build().Put(SampleElf.TextAt, new byte[0x40]).Put(SampleElf.TextAt, code).Put(SampleElf.TextAt + code.Length, 0xc3).Bytes;
}
