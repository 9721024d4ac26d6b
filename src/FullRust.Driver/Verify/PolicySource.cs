// Policy and baseline of a run: reads them, merges them with the command line, and says which findings do not count.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Elf;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Policies;
using FullRust.ElfVerify.Reporting;
using FullRust.ElfVerify.Syscalls;

namespace FullRust.Driver.Verify;

internal sealed class PolicySource
{
    private const long MaxBytes = 16 << 20;

    private readonly Policy? _policy;
    private readonly Baseline? _baseline;
    private readonly HashSet<int>? _expected;
    private readonly HashSet<int>? _denied;
    private readonly string _folder = "";
    private readonly bool[] _used = [];

    /// <exception cref="UsageException">A file cannot be read or understood.</exception>
    internal PolicySource(VerifyArguments arguments)
    {
        if (arguments.PolicyPath is { } path)
        {
            byte[] json = TextFile.ReadBytes(path, MaxBytes, "policy");
            if (!Policy.TryParse(json, DateOnly.FromDateTime(DateTime.UtcNow), out _policy, out string error))
                throw new UsageException($"policy {PrintableText.Escape(path)}: {error}");
            Sha256Digits = Sha256.HexOf(json);
            _folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            _used = new bool[_policy!.Waivers.Count];
        }

        if (arguments.ExpectSyscallsPath is { } expected && !SyscallList.TryParse(TextFile.ReadBytes(expected, MaxBytes, "list"), out _expected, out string trouble))
            throw new UsageException($"list {PrintableText.Escape(expected)}: {trouble}");
        if (arguments.DenySyscalls is { } denied)
            _denied = ReadDenied(denied);
        if (arguments.BaselinePath is { } list && !Baseline.TryParse(TextFile.ReadBytes(list, MaxBytes, "baseline"), out _baseline, out string problem))
            throw new UsageException($"baseline {PrintableText.Escape(list)}: {problem}");
    }

    /// <summary>Digest of the policy, or null without one.</summary>
    internal string? Sha256Digits { get; }

    /// <summary>The options of the run: the command line's word, else the policy's, else the default.</summary>
    internal VerifyOptions Options(VerifyArguments arguments)
    {
        VerifyOptions standard = VerifyOptions.Default;
        IReadOnlyDictionary<string, ulong> limits = _policy?.Limits ?? new Dictionary<string, ulong>();
        return new VerifyOptions
        {
            Profile = arguments.Profile ?? _policy?.Profile ?? standard.Profile,
            MinKernel = arguments.MinKernel ?? _policy?.MinKernel ?? standard.MinKernel,
            FailOn = arguments.FailOn ?? FindingLevel.Error,
            Levels = _policy?.Levels,
            StrictSections = arguments.StrictSections,
            NoTrailing = arguments.NoTrailing,
            RequireBuildId = arguments.RequireBuildId || _policy is { RequireBuildId: true },
            RequireProvenance = arguments.RequireProvenance || _policy is { RequireProvenance: true },
            Relink = arguments.RelinkFolder is { } folder ? LinkRecording.Repeat(folder, arguments.MaxInput) : null,
            MaxMemory = limits.GetValueOrDefault("memory", standard.MaxMemory),
            HeapRoom = limits.GetValueOrDefault("heap", standard.HeapRoom),
            MaxTlsSize = limits.GetValueOrDefault("tls", standard.MaxTlsSize),
            MaxTlsAlignment = limits.GetValueOrDefault("tlsAlignment", standard.MaxTlsAlignment),
            MaxIsaLevel = (int)limits.GetValueOrDefault("isa", (ulong)standard.MaxIsaLevel),
            MaxFileSize = arguments.MaxFileSize ?? (limits.TryGetValue("fileSize", out ulong size) ? size : null),
            SegmentBudgets = Budgets(arguments, limits),
            ExpectedSyscalls = _expected,
            DeniedSyscalls = _denied,
            Groups = RuleGroups.Standard | (_expected is not null || _denied is not null || arguments.SeccompOutputs.Count != 0 ? RuleGroups.Syscalls : RuleGroups.None),
        };
    }

    /// <summary>Whether a waiver that names a digest may decide about a report. Thread-safe.</summary>
    internal bool AsksForDigest(VerifyReport report) => report.Findings.Count != 0 && _policy is not null && _policy.Waivers.Any(static waiver => waiver.Sha256 is not null);

    /// <summary>Marks the findings of one file that do not count. Thread-safe.</summary>
    internal VerifyReport Apply(string path, string sha256, VerifyReport report)
    {
        if (report.Findings.Count == 0 || (_policy is null && _baseline is null))
            return report;
        string relative = path == "-" ? "-" : Path.GetRelativePath(_folder.Length == 0 ? "." : _folder, Path.GetFullPath(path));
        return report.Waive(finding => ReasonFor(finding, path, relative, sha256));
    }

    /// <summary>The waivers that no finding needed.</summary>
    internal IEnumerable<Waiver> UnusedWaivers()
    {
        for (int i = 0; i < _used.Length; i++)
        {
            if (!_used[i])
                yield return _policy!.Waivers[i];
        }
    }

    /// <summary>Names of the calls that the list expects and a program does not make.</summary>
    internal IEnumerable<string> UnusedExpectations(SyscallInventory inventory)
    {
        var unused = new SortedSet<int>(_expected ?? []);
        unused.ExceptWith(inventory.Numbers);
        unused.Remove(SyscallNames.TryParse("execve", out int execve) ? execve : -1);
        foreach (int number in unused)
            yield return SyscallNames.Of(number);
    }

    private static HashSet<int> ReadDenied(string text)
    {
        var numbers = new HashSet<int>();
        try
        {
            SyscallList.ReadText(text, numbers);
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--deny-syscalls: {PrintableText.Escape(problem.Message)}");
        }

        return numbers;
    }

    private string? ReasonFor(VerifyFinding finding, string path, string relative, string sha256)
    {
        for (int i = 0; i < _used.Length; i++)
        {
            if (!_policy!.Waivers[i].Matches(finding, relative, sha256))
                continue;
            _used[i] = true;
            return $"{_policy.Waivers[i].Reason} (until {_policy.Waivers[i].Expires:yyyy-MM-dd})";
        }

        return _baseline is { } baseline && baseline.Contains(path, finding) ? "in the baseline" : null;
    }

    private static Dictionary<string, ulong> Budgets(VerifyArguments arguments, IReadOnlyDictionary<string, ulong> limits)
    {
        var budgets = new Dictionary<string, ulong>();
        foreach (string kind in (ReadOnlySpan<string>)["text", "rodata", "data", "bss"])
        {
            if (arguments.SegmentBudgets.TryGetValue(kind, out ulong size) || limits.TryGetValue(kind, out size))
                budgets[kind] = size;
        }

        return budgets;
    }
}
