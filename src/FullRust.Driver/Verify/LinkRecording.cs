// Repeats a link from the folder that --reproduce made, unpacked: its inputs are compared with the digests that the linker wrote down,
// then they are linked in memory. Nothing is written.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Elf;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Reports;

namespace FullRust.Driver.Verify;

internal static class LinkRecording
{
    private const long MaxTextBytes = 16 << 20;

    /// <summary>Repeats a link. Changes the current folder meanwhile.</summary>
    /// <param name="folder">The unpacked recording.</param>
    /// <param name="maxInput">Largest input that is read.</param>
    /// <exception cref="UsageException">The folder is no recording.</exception>
    internal static RelinkOutcome Repeat(string folder, long maxInput)
    {
        if (!File.Exists(Path.Combine(folder, ReproduceFile.ResponseName)))
            throw new UsageException($"--relink: {PrintableText.Escape(folder)} has no {ReproduceFile.ResponseName}: name the folder that the linker's --reproduce makes, unpacked (tar xf)");
        var problems = new List<string>();
        CheckInputs(folder, maxInput, problems);
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            CheckVersion(problems);
            return Link(problems);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static void CheckInputs(string folder, long maxInput, List<string> problems)
    {
        string list = Path.Combine(folder, ReproduceFile.DigestsName);
        if (!File.Exists(list))
            return;
        foreach (string line in TextFile.Read(list, MaxTextBytes, "list of inputs").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (string digest, string name) = DigestList.Parse(line);
            VerifiedFile found = InputReader.Read(Path.Combine(folder, name), maxInput, input => new VerifiedFile(name, null, Sha256.HexOf(input.Bytes.Span), default, ""));
            if (found.Sha256.Length == 0)
                problems.Add($"the input {PrintableText.Escape(name)} cannot be read: {found.Error}");
            else if (found.Sha256 != digest)
                problems.Add($"the input {PrintableText.Escape(name)} is not the one that was linked: its SHA-256 is {found.Sha256}");
        }
    }

    private static void CheckVersion(List<string> problems)
    {
        string recorded = File.Exists(ReproduceFile.VersionName) ? TextFile.Read(ReproduceFile.VersionName, MaxTextBytes, "version").Trim() : "an unknown linker";
        if (recorded != LinkerVersion.Line)
            problems.Add($"the recording was made by another linker ({recorded}), this is {LinkerVersion.Line}");
    }

    private static RelinkOutcome Link(List<string> problems)
    {
        var sink = new DiagnosticSink();
        ParsedCommandLine command = ArgumentParser.Parse([$"@{ReproduceFile.ResponseName}"], sink);
        if (command.Action != CommandLineAction.Link && !sink.HasErrors)
            problems.Add("the recorded command line asks for no link");
        else if (!sink.HasErrors)
        {
            using LinkResult result = Linker.Linker.Link(command.Options, sink);
            if (result.Image is { } image)
                return new RelinkOutcome(image.Bytes.Span.ToArray(), InputsDigest(image.Bytes.Span), problems);
        }

        problems.AddRange(sink.Diagnostics.Where(static diagnostic => diagnostic.Severity == Severity.Error).Take(1).Select(static diagnostic => $"the link cannot be repeated: {diagnostic.Message}"));
        return new RelinkOutcome(default, default, problems);
    }

    private static ReadOnlyMemory<byte> InputsDigest(ReadOnlySpan<byte> image) =>
        Verifier.Verify(image, new VerifyOptions { Groups = RuleGroups.Tables }).Facts.Provenance?.InputsDigest ?? default;
}
