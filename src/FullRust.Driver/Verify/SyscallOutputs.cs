// Allow lists made from inventories. A list with gaps would kill the program at a call that nobody foresaw, so none is written while a
// number is unknown.

using System;
using System.IO;
using System.Text;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;
using FullRust.ElfVerify.Syscalls;

namespace FullRust.Driver.Verify;

internal static class SyscallOutputs
{
    /// <summary>Writes what --emit-seccomp asks for; 1 if the list cannot be complete.</summary>
    internal static int Write(VerifyRun run, VerifyArguments arguments, PolicySource policy, VerifyStreams streams)
    {
        int code = 0;
        foreach (VerifiedFile file in run.Files)
        {
            if (file.Report?.Facts.Syscalls is not { } inventory)
                continue;
            WarnOfUnused(inventory, policy, arguments, streams);
            if (arguments.SeccompOutputs.Count != 0 && run.Files.Count != 1)
                throw new UsageException("--emit-seccomp is for one file");
            foreach (ReportRequest request in arguments.SeccompOutputs)
                code = Math.Max(code, WritePolicy(request, file.Path, inventory, streams));
        }

        return code;
    }

    internal static int WritePolicy(ReportRequest request, string path, SyscallInventory inventory, VerifyStreams streams)
    {
        if (!inventory.IsComplete)
        {
            streams.Error.WriteLine($"fullrust-verify: {PrintableText.Escape(path)}: no allow list is written: a system call is not known (see fullrust-verify syscalls)");
            return 1;
        }

        if (request.Path is { } target)
            ReportWriter.WriteFile(target, stream => WriteTo(stream, request.Kind, inventory));
        else if (request.Kind == "bpf")
            throw new UsageException("a BPF filter is binary: give it a path (bpf=PATH)");
        else
            WriteToOutput(streams.Output, request.Kind, inventory);
        return 0;
    }

    internal static void WarnOfUnused(SyscallInventory inventory, PolicySource policy, VerifyArguments arguments, VerifyStreams streams)
    {
        string unused = string.Join(' ', policy.UnusedExpectations(inventory));
        if (unused.Length != 0)
            streams.Error.WriteLine($"fullrust-verify: warning: {PrintableText.Escape(arguments.ExpectSyscallsPath ?? "")} lists calls that do not occur: {unused}");
    }

    private static void WriteTo(Stream stream, string kind, SyscallInventory inventory)
    {
        if (kind == "bpf")
            SeccompPolicy.WriteBpf(stream, inventory.Numbers);
        else if (kind == "systemd")
            SeccompPolicy.WriteSystemd(stream, inventory.Numbers);
        else
            SeccompPolicy.WriteOci(stream, inventory.Numbers);
    }

    private static void WriteToOutput(TextWriter output, string kind, SyscallInventory inventory)
    {
        using var stream = new MemoryStream();
        WriteTo(stream, kind, inventory);
        output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
