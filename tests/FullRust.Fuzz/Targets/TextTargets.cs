// Small readers of untrusted text and bytes: names, line tables, compressed sections, policies.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Compression;
using FullRust.Elf.Demangling;
using FullRust.Elf.Dwarf;
using FullRust.Elf.Native;
using FullRust.ElfVerify.Policies;
using FullRust.ElfVerify.Syscalls;
using FullRust.Fuzz.Mutation;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;

namespace FullRust.Fuzz.Targets;

internal sealed class DemanglerTarget : FuzzTarget
{
    private const int LongestText = 1 << 21;

    private static readonly string[] s_names =
    [
        "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "_RNvCs1234_7mycrate3foo", "_RNvMs_NtCs1_4core3fmtNtB4_9Formatter3pad", "_RINvNtC3std3mem8align_ofNtNtC3foo3bar3BazE",
        "_RNCNvC1a4main0B3_", "_RNvXs_C1aNtB2_1SNtNtC4core3fmt5Debug3fmt", "_RIC1aKj1_Kb0_Kc61_E", "_RNvCsu_9xn--mnchen3ya", "_RMC0FUKCEu", "_RIC0DNtC1a1TEL_E", "_RC0TRL0_hQmPeOdE", "_RIC1aKRe616263_KAjj1_E_E",
        "_ZNSt6vectorIiSaIiEE9push_backERKi", "_ZN3fooC1Ev", "_ZTV3bar", "_ZGVZ4mainE1x", "_Z1fIJidEEvDpT_", "_ZNK1aclEPFviE", "_Z1gIXadL_Z1fvEEEvv", "_ZN1aD2Ev.cold", "_Z1hDTcl1fsr1TIXT_EE1xEE",
        "_ZZ4mainENKUlvE_clEv", "_ZThn16_N1a1bEv", "_Z1fILi5ELb1ELc65EEvv", "_ZNSt3mapISsiSt4lessISsESaISt4pairIKSsiEEEixERS3_", "_Z1fDv4_fDnDiDsa",
    ];

    /// <inheritdoc/>
    internal override string Name => "demangler";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; } = [.. s_names.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; } = new([.. new[] { "_R", "_Z", "B_", "S_", "T_", "NvC1a", "I", "E", "Kj", "xn--", "L_", "R", "P", "DpT_", "cl", "sr", "St" }.Select(Encoding.ASCII.GetBytes)]);

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        string text = Demangler.Demangle(input);
        Require(text.Length <= LongestText, $"{input.Length} bytes became {text.Length} characters");
        Require(Demangler.Demangle(input) == text, "the same name gives the same text");
    }
}

internal sealed class DwarfTarget : FuzzTarget
{
    /// <inheritdoc/>
    internal override string Name => "dwarf";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; } = [.. new[] { "-gdwarf-5", "-gdwarf-4", "-gdwarf-3", "-gdwarf-2" }.Select(static version => LineTableOf(version))];

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; } = new([[0, 9, 2], [0, 1, 1], [0xff, 0xff, 0xff, 0xff], [1, 0x1f, 2, 0x0b], [0x80, 0x80, 0x80, 0x80, 0x01]]);

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        int strings = input.Length * 3 / 4;
        new LineTable(input, input.AsSpan(strings), input.AsSpan(strings / 2)).TryFind((ulong)(variant & 63), out _);
        ReadOnlySpan<Elf64_Rela> relocations = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Elf64_Rela>(input.AsSpan(0, input.Length / 24 * 24));
        new LineTable(input, input, input, relocations, Resolve).TryFind(1, (ulong)(variant & 63), out _);
    }

    private static bool Resolve(uint symbol, out uint section, out ulong value)
    {
        (section, value) = (symbol & 1, symbol);
        return (symbol & 6) != 6;
    }

    private static byte[] LineTableOf(string version)
    {
        byte[] bytes = LinkFolder.AssembleBytes(".file 1 \"a.c\"\n.text\nf: .loc 1 3 1\n nop\n .loc 1 4 7\n ret\n .loc 1 400 2\n nop\n", version, "-g");
        var reader = new ElfReader(bytes);
        return reader.Contents(reader.Section(".debug_line")).ToArray();
    }
}

internal sealed class CompressionTarget : FuzzTarget
{
    /// <inheritdoc/>
    internal override string Name => "compression";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; } = [.. Texts().SelectMany(static t => new[] { CompressionKind.Zlib, CompressionKind.Zstd }.Select(k => SectionCompression.Compress(t, k, 1, 3))).OfType<byte[]>()];

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; } = new([[0x28, 0xb5, 0x2f, 0xfd], [2, 0, 0, 0], "ZLIB"u8.ToArray()]);

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        const ulong Most = 64 << 20;
        if (SectionCompression.TryReadHeader(input, out CompressedSectionHeader header) && header.Size < Most)
            SectionCompression.TryDecompress(input, header, new byte[header.Size]);
        if (SectionCompression.TryReadGnuHeader(input, out header) && header.Size < Most)
            SectionCompression.TryDecompress(input, header, new byte[header.Size]);
        CompressionKind kind = variant % 2 == 0 ? CompressionKind.Zlib : CompressionKind.Zstd;
        if (SectionCompression.Compress(input, kind, 1, variant % 20) is not { } packed)
            return;
        var back = new byte[input.Length];
        Require(SectionCompression.TryReadHeader(packed, out header) && header.Size == (ulong)input.Length, "what was compressed says how long it is");
        Require(SectionCompression.TryDecompress(packed, header, back) && back.AsSpan().SequenceEqual(input), "what was compressed comes back");
    }

    private static IEnumerable<byte[]> Texts()
    {
        yield return new byte[3000];
        yield return [.. Enumerable.Range(0, 4000).Select(static i => (byte)(i * i >> 5))];
        yield return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(static i => $"name{i % 37}:{i % 5};")));
    }
}

internal sealed class PolicyTarget : FuzzTarget
{
    /// <inheritdoc/>
    internal override string Name => "policy";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; } =
    [
        "{\"extends\": \"portable\", \"minKernel\": \"6.12\", \"rules\": {\"FRV-X02\": \"error\"}, \"limits\": {\"memory\": 1073741824, \"isa\": 2}, \"require\": {\"buildId\": true}, \"waivers\": [{\"rule\": \"FRV-Z03\", \"path\": \"dist/**\", \"reason\": \"r\", \"expires\": \"2999-12-31\"}]}"u8.ToArray(),
        "{\"schema\": \"fullrust-verify-baseline/1\", \"findings\": [{\"rule\": \"FRV-X02\", \"place\": \"p\", \"file\": \"f\"}]}"u8.ToArray(),
        "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"read\", \"write\"], \"action\": \"SCMP_ACT_ALLOW\"}]}"u8.ToArray(),
        "read # comment\nwrite, exit 231\n"u8.ToArray(),
    ];

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; } = new TextMutator([.. new[] { "[[[[", "{\"", "null", "true", "1e999", "-1", "\"FRV-S01\"", "\"**/**/**/*\"", "\\ud800", "\"extends\":", "\"waivers\":", "999999999999999999999" }.Select(Encoding.ASCII.GetBytes)]);

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        Require(Policy.TryParse(input, new DateOnly(2026, 11, 22), out _, out string error) || error.Length > 0, "what is wrong has a reason");
        Require(Baseline.TryParse(input, out _, out error) || error.Length > 0, "what is wrong has a reason");
        Require(SyscallList.TryParse(input, out _, out error) || error.Length > 0, "what is wrong has a reason");
        string text = Encoding.UTF8.GetString(input);
        PathPattern.Matches(text.AsSpan(0, text.Length / 2), text.AsSpan(text.Length / 2));
    }
}
