// What a kernel made of the generated files, as tests/kernels/run records it, beside what the model says that it does.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Loading;

namespace FullRust.HostileElf;

/// <summary>A kernel's answers. Immutable.</summary>
public sealed class KernelRecord
{
    /// <summary>The exit code of the interpreter that the emulated machine has.</summary>
    public const int InterpreterExitCode = 43;

    private const string InterpreterPath = "/interpreter";
    private readonly Dictionary<string, (string Root, string Nobody)> _answers;

    private KernelRecord(Dictionary<string, (string Root, string Nobody)> answers) => _answers = answers;

    /// <summary>The number of files that were executed.</summary>
    public int Count => _answers.Count;

    /// <summary>The files: the sample, every single fault, and static programs with an interpreter that exists.</summary>
    public static IEnumerable<HostileCase> Cases()
    {
        yield return new HostileCase("good", SampleElf.Build().Bytes, []);
        foreach (HostileCase item in SingleFaults.All())
            yield return item;
        foreach ((string name, byte[] bytes) in Disguises.OfStatic(InterpreterPath))
            yield return new HostileCase("disguise-" + name, bytes, [RuleId.S01]);
    }

    /// <summary>The sample at another address, leaving with another code.</summary>
    public static byte[] Interpreter()
    {
        ElfEdit edit = SampleElf.Build();
        const ulong Shift = 0x10000000;
        for (int i = 0; i < edit.Header.e_phnum; i++)
            edit.WithSegment(i, (ref Elf64_Phdr p) => p.p_vaddr += p.p_vaddr == 0 ? 0 : Shift);
        edit.WithHeader((ref Elf64_Ehdr h) => h.e_entry += Shift);
        return edit.Put(SampleElf.TextAt + 6, InterpreterExitCode).Bytes;
    }

    /// <summary>Reads a record: name, what root saw, what nobody saw; separated by tabs.</summary>
    /// <param name="path">The file.</param>
    public static KernelRecord Read(string path) => new(File.ReadLines(path, Encoding.ASCII).Select(static line => line.TrimEnd('\r').Split('\t'))
        .Where(static fields => fields.Length == 3).ToDictionary(static f => f[0], static f => (f[1], f[2])));

    /// <summary>Compares the record with the model, and with the verdicts: what is verified ran, what was refused, killed or interpreted is not.</summary>
    /// <param name="kernel">The kernel's version.</param>
    /// <returns>A line for each difference.</returns>
    public IEnumerable<string> Disagreements(KernelVersion kernel)
    {
        // As the emulated machine is set up: 1 GiB of memory, of which the kernel promises what it could give.
        const ulong Memory = 1UL << 30, PortableFloor = 0x10000;
        foreach (HostileCase item in Cases())
        {
            if (!_answers.TryGetValue(item.Name, out (string Root, string Nobody) seen))
                continue;
            bool isVerified = Verifier.Verify(item.Bytes, VerifyOptions.Default).IsVerified;
            foreach ((string who, string answer, ulong floor) in ((string, string, ulong)[])[("root", seen.Root, 0), ("nobody", seen.Nobody, PortableFloor)])
            {
                string expected = Expected(LoaderModel.Load(item.Bytes, new LoaderEnvironment(kernel, floor, Memory)));
                if (!item.OutcomeVaries && expected != answer)
                    yield return $"{item.Name}: {who} saw {answer}, the model says {expected}";
                if (isVerified && !item.OutcomeVaries && answer != Exit(SampleElf.ExitCode))
                    yield return $"{item.Name}: verified, but {who} saw {answer}";
                if (isVerified && answer == Exit(InterpreterExitCode))
                    yield return $"{item.Name}: verified, but an interpreter ran";
            }
        }
    }

    private static string Expected(LoadOutcome outcome) => outcome switch
    {
        { Kind: LoadOutcomeKind.Refused } => outcome.Code switch { "ENOEXEC" => "errno 8", "EINVAL" => "errno 22", "EACCES" => "errno 13", "EIO" => "errno 5", _ => outcome.Code },
        { Kind: LoadOutcomeKind.Killed } => outcome.Code == "SIGBUS" ? "signal 7" : "signal 11",
        { Interpreter: InterpreterPath } => Exit(InterpreterExitCode),
        { Interpreter: not null } => "errno 2",
        _ => Exit(SampleElf.ExitCode),
    };

    private static string Exit(int code) => string.Create(CultureInfo.InvariantCulture, $"exit {code}");
}
