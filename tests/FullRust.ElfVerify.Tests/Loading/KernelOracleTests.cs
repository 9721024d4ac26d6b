// The kernel of this machine has the last word: every generated file is executed, and what happens is compared with the model and with
// the verdict. Verified files run; files that the kernel refuses or kills are not verified.

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using FluentAssertions;
using FullRust.ElfVerify.Loading;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Loading;

public sealed class KernelOracleTests
{
    private const int ENOENT = 2, EIO = 5, ENOEXEC = 8, EACCES = 13, EINVAL = 22, ETXTBSY = 26;

    [Fact]
    public void Model_EveryGeneratedFile_AgreesWithThisKernel()
    {
        using var folder = new TempFolder();
        LoaderEnvironment environment = ThisMachine();
        var disagreements = new List<string>();
        foreach (HostileCase item in SingleFaults.All().Prepend(new HostileCase("good", SampleElf.Build().Bytes, [])))
        {
            LoadOutcome model = LoaderModel.Load(item.Bytes, environment);
            string seen = Execute(folder, item);
            if (!Agrees(model, seen, item))
                disagreements.Add($"{item.Name}: model {model}, kernel {seen}");
        }

        disagreements.Should().BeEmpty();
    }

    [Fact]
    public void Verify_EveryVerifiedFile_RunsOnThisKernel()
    {
        using var folder = new TempFolder();
        foreach (HostileCase item in SingleFaults.All().Where(static item => !item.OutcomeVaries))
        {
            if (Verifier.Verify(item.Bytes, VerifyOptions.Default).IsVerified)
                Execute(folder, item).Should().Be("exit 42", item.Name);
        }
    }

    // What tests/kernels/run has recorded of kernels in an emulator, each file executed as root and as nobody.
    [Theory]
    [InlineData("6.1")]
    [InlineData("6.12")]
    public void Model_EveryGeneratedFile_AgreesWithTheRecordedKernels(string kernel)
    {
        KernelVersion.TryParse(kernel, out KernelVersion version).Should().BeTrue();
        KernelRecord record = KernelRecord.Read(Path.Combine(Repository.Root, "tests", "kernels", $"linux-{kernel}.tsv"));

        record.Count.Should().BeGreaterThan(370);
        record.Disagreements(version).Should().BeEmpty();
    }

    private static bool Agrees(LoadOutcome model, string seen, HostileCase item) => model.Kind switch
    {
        LoadOutcomeKind.Refused => item.OutcomeVaries || seen == model.Code,
        LoadOutcomeKind.Killed => item.OutcomeVaries || seen == model.Code,
        _ => item.OutcomeVaries || (model.Interpreter is null ? seen == $"exit {SampleElf.ExitCode}" : seen is "ENOENT"),
    };

    private static string Execute(TempFolder folder, HostileCase item)
    {
        string path = folder[item.Name];
        File.WriteAllBytes(path, item.Bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(path) { WorkingDirectory = folder.Path, RedirectStandardInput = true })!;
                process.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue($"{item.Name} ends");
                return process.ExitCode switch { 139 => "SIGSEGV", 135 => "SIGBUS", 132 => "SIGILL", int code => $"exit {code}" };
            }
            catch (Win32Exception refusal) when (refusal.NativeErrorCode == ETXTBSY && attempt < 50)
            {
                // Another test forked while this file was still open for writing.
                Thread.Sleep(20);
            }
            catch (Win32Exception refusal)
            {
                return refusal.NativeErrorCode switch { ENOENT => "ENOENT", EIO => "EIO", EACCES => "EACCES", ENOEXEC => "ENOEXEC", EINVAL => "EINVAL", int code => $"errno {code}" };
            }
        }
    }

    private static LoaderEnvironment ThisMachine()
    {
        Version version = Environment.OSVersion.Version;
        string capabilities = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("CapEff:", StringComparison.Ordinal))[7..].Trim();
        const int SysRawIo = 17;
        bool isPrivileged = ((ulong.Parse(capabilities, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> SysRawIo) & 1) != 0;
        ulong lowest = isPrivileged ? 0 : ulong.Parse(File.ReadAllText("/proc/sys/vm/mmap_min_addr"), CultureInfo.InvariantCulture);
        return new LoaderEnvironment(new KernelVersion(version.Major, version.Minor), lowest, 1UL << 40);
    }
}
