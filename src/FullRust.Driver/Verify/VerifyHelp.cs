// The texts of --help, --version, --list-rules and --explain.

using System.IO;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class VerifyHelp
{
    private const string Text = """
        usage: fullrust-verify binary [OPTIONS] FILE|FOLDER...
               fullrust-verify syscalls [OPTIONS] FILE
               fullrust-verify --explain RULE | --list-rules | --version | --help

        Verifies that each file is a static, libc-free x86-64 Linux executable which the kernel runs as its headers say.
        A folder stands for every ELF executable below it; - reads standard input; @FILE takes arguments from the lines of FILE.

          --profile NAME            static-exec (default), portable, hardened, static-pie, gvisor or static-libc
          --min-kernel X.Y          oldest kernel that must load the file (default 6.1)
          --policy FILE             levels, limits and waivers (JSON)
          --baseline FILE           accept the findings that FILE lists, fail on new ones
          --write-baseline FILE     write the findings of this run as such a list
          --fail-on LEVEL           error (default) or warning
          --strict-sections         contradictions in the section table are errors
          --no-trailing             bytes behind the last part of the file are an error
          --require-provenance      the linker's record of its inputs must be present
          --relink FOLDER           repeat the link from its recording (the linker's --reproduce, unpacked)
                                    and compare the bytes
          --require-build-id        a build id must be present
          --max-size N[KMG]         size budget of the file
          --max-segment KIND=N      size budget of text, rodata, data or bss
          --expect-syscalls FILE    fail on system calls that FILE does not list
          --deny-syscalls LIST      fail on these system calls (names or numbers, separated by commas)
          --emit-seccomp KIND=PATH  write an allow list: oci, json, systemd or bpf
          --format KIND[=PATH]      text (default), json, sarif, junit or github; repeatable
                                    syscalls: text, json, seccomp (the same as oci), bpf, systemd
          --max-input N[KMG]        largest file that is read (default 1G)
          --threads N               files that are judged at once (default: the number of processors)
          -q, --quiet   -v, --verbose   --no-color   -h, --help   -V, --version

        exit code: 0 every input verified, 1 at least one is not, 2 could not decide (usage, unreadable input, policy, report)
        """;

    internal static int Print(TextWriter output)
    {
        output.WriteLine(Text);
        return 0;
    }

    internal static int PrintVersion(TextWriter output)
    {
        output.WriteLine($"fullrust-verify {Version.Text}");
        return 0;
    }

    internal static int ListRules(TextWriter output)
    {
        foreach (RuleId rule in RuleTable.All)
        {
            RuleDescription words = RuleTable.Describe(rule);
            output.WriteLine($"{words.Code}  {TextReport.WordFor(words.Level),-7}  {words.Title}");
        }

        return 0;
    }

    internal static int Explain(string code, TextWriter output)
    {
        RuleTable.TryParse(code, out RuleId rule);
        RuleDescription words = RuleTable.Describe(rule);
        output.WriteLine($"{words.Code}: {words.Title}");
        output.WriteLine($"level: {TextReport.WordFor(words.Level)}{(RuleTable.IsFixed(rule) ? " (cannot be lowered or waived)" : "")}");
        output.WriteLine($"why:   {words.Why}");
        output.WriteLine($"fix:   {words.Fix}");
        return 0;
    }
}
