// One executable with several roles. Who calls whom:
//
//   cargo fullrust build ──> cargo-fullrust ──> cargo ──> rustc ──> fullrust-ld ──> the program, verified in memory before it has a name
//   cargo fullrust run   ──> cargo-fullrust ──> cargo ──> … as above …, then ──> fullrust run ──> the program
//   a CI gate            ──> fullrust-verify
//
// The role follows from argv[0], not from the path of the executable: all names are links to the one file.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Platform;
using FullRust.Driver.Roles;
using FullRust.Elf.Memory;
using FullRust.Linker.GuardRail;

namespace FullRust.Driver;

internal static class Program
{
    private static int Main(string[] args)
    {
        RoleCall call = RoleName.Find(Environment.GetCommandLineArgs().FirstOrDefault(), Exact(args));
        try
        {
            return Run(call);
        }
        catch (OutOfMemoryException)
        {
            StandardStreams.ErrorLine($"{call.Name}: error: out of memory: the limit of this process (ulimit -v) or the memory of the machine is too small for this input");
            return call.Role == Role.Verify ? ExitCode.Usage : ExitCode.Failure;
        }
        catch (Exception failure)
        {
            StandardStreams.ErrorLine($"{call.Name}: internal error: {failure}");
            StandardStreams.ErrorLine("  = this is a bug in fullrust; please report it with the command line and the lines above");
            return ExitCode.Internal;
        }
    }

    private static int Run(RoleCall call)
    {
        switch (call.Role)
        {
            case Role.Cargo:
                return CargoRole.Run(call.Arguments);
            case Role.Run:
                return RunnerRole.Run(call.Arguments);
            case Role.Linker:
                return LinkerRole.Run(call.Name, call.Arguments);
            case Role.Verify:
                return VerifyRole.Run(call.Arguments, DescriptorStream.Text(1), DescriptorStream.Text(2), StandardStreams.IsOutputTerminal, StandardStreams.IsErrorTerminal);
            case Role.Help:
                return Help.PrintUsage();
            case Role.Version:
                return Help.PrintVersion("fullrust");
            case Role.Unknown:
                string hint = NearestName.Find(call.Name, RoleName.Subcommands) is { } nearest ? $"; did you mean `{nearest}`?" : "";
                StandardStreams.ErrorLine($"fullrust: unknown command `{call.Name}`{hint}");
                StandardStreams.ErrorLine("  = `fullrust --help` lists the commands");
                return ExitCode.Usage;
            default:
                StandardStreams.ErrorLine(Help.Usage);
                return ExitCode.Usage;
        }
    }

    /// <summary>The base library replaces what is not UTF-8 in arguments; in that case they are taken from the kernel.</summary>
    private static IReadOnlyList<string> Exact(string[] args)
    {
        if (!Array.Exists(args, static a => a.Contains('\ufffd', StringComparison.Ordinal)))
            return args;
        List<string> exact = OsText.SplitTerminated(File.ReadAllBytes("/proc/self/cmdline"));
        return exact.Count < args.Length ? args : exact[^args.Length..];
    }
}
