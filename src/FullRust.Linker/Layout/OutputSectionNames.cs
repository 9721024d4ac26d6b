// Input section name → output section name: ".text.foo" goes to ".text", and so on (GNU ld's default script; LLVM's additions). The
// dot rule: ".text.foo" folds, ".textfoo" does not. Everything else keeps its name.

using System;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Layout.Scripted;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>Maps section names. Returned names live in the input or are constants of their own.</summary>
internal sealed class OutputSectionNames : IDisposable
{
    // Longer stems stand before the stems that they begin with.
    private static readonly string[] s_stems =
    [
        ".text", ".rodata", ".data.rel.ro", ".data", ".bss.rel.ro", ".bss", ".tdata", ".tbss", ".init_array", ".fini_array", ".preinit_array",
        ".ctors", ".dtors", ".gcc_except_table", ".ldata", ".lrodata", ".lbss", ".ltext", ".eh_frame",
    ];

    private static readonly (string Kind, string Stem)[] s_linkOnce =
    [
        (".gnu.linkonce.t.", ".text"), (".gnu.linkonce.r.", ".rodata"), (".gnu.linkonce.d.rel.ro.", ".data.rel.ro"), (".gnu.linkonce.d.", ".data"),
        (".gnu.linkonce.b.", ".bss"), (".gnu.linkonce.td.", ".tdata"), (".gnu.linkonce.tb.", ".tbss"), (".gnu.linkonce.lr.", ".lrodata"),
        (".gnu.linkonce.l.", ".ldata"), (".gnu.linkonce.lb.", ".lbss"), (".gnu.linkonce.wi.", ".debug_info"),
    ];

    private static readonly string[] s_keptTextPrefixes = [".text.hot", ".text.unknown", ".text.unlikely", ".text.startup", ".text.exit", ".text.split"];

    private static readonly string[] s_keptDataPrefixes =
    [
        ".rodata.hot", ".rodata.unlikely", ".data.rel.ro.hot", ".data.rel.ro.unlikely", ".data.hot", ".data.unlikely", ".bss.hot", ".bss.unlikely",
    ];

    // Index of the stem that a stem's sections go to: .ctors and .dtors join the arrays that start-up code runs.
    private static readonly int[] s_arrayOf = MakeTargets();

    private readonly LinkOptions _options;
    private readonly ScriptedParts? _scripted;
    private readonly InputBytes _owner;
    private readonly NativeBytes[] _stemNames;
    private readonly NativeBytes[] _prefixNames;
    private readonly NativeBytes[] _dataPrefixNames;

    /// <param name="options">Which prefixes keep their names.</param>
    /// <param name="scripted">The script that decides instead, or null.</param>
    internal OutputSectionNames(LinkOptions options, ScriptedParts? scripted = null)
    {
        _options = options;
        _scripted = scripted;
        string all = string.Concat(s_stems) + string.Concat(s_keptTextPrefixes) + string.Concat(s_keptDataPrefixes) + ".debug_info";
        _owner = InputBytes.FromMemory(Encoding.ASCII.GetBytes(all));
        _stemNames = new NativeBytes[s_stems.Length];
        _prefixNames = new NativeBytes[s_keptTextPrefixes.Length];
        int at = 0;
        for (int i = 0; i < s_stems.Length; at += s_stems[i++].Length)
            _stemNames[i] = _owner.Bytes.Slice(at, s_stems[i].Length);
        for (int i = 0; i < s_keptTextPrefixes.Length; at += s_keptTextPrefixes[i++].Length)
            _prefixNames[i] = _owner.Bytes.Slice(at, s_keptTextPrefixes[i].Length);
        _dataPrefixNames = new NativeBytes[s_keptDataPrefixes.Length];
        for (int i = 0; i < s_keptDataPrefixes.Length; at += s_keptDataPrefixes[i++].Length)
            _dataPrefixNames[i] = _owner.Bytes.Slice(at, s_keptDataPrefixes[i].Length);
    }

    /// <summary>What stands for a row's output section: the same for all rows that go to the same one. Thread-safe.</summary>
    internal ulong HashOf(SectionTable sections, int row)
    {
        if (_scripted?.OutputOf(row) is { } output)
            return ByteHash.Compute(Encoding.UTF8.GetBytes(output));
        ref readonly Elf64_Shdr header = ref sections.Header(row);
        return ByteHash.Compute(Map(sections.Name(row), header.sh_flags, header.sh_type).Span);
    }

    /// <summary>The number of the script's statement that takes a row; 0 if none does. Thread-safe.</summary>
    internal int StatementOf(int row) => _scripted?.StatementOf(row) ?? 0;

    /// <summary>The name of the output section for an input section.</summary>
    internal NativeBytes Map(NativeBytes name, ulong flags, uint type)
    {
        if (_scripted is not null || (flags & SHF_ALLOC) == 0 || name.Length < 5)
            return name;
        ReadOnlySpan<byte> text = name.Span;
        if (text[0] != '.')
            return name;
        if (_options.KeepTextSectionPrefix && Prefix(text, _prefixNames) is { IsEmpty: false } keptText)
            return keptText;
        if (_options.KeepDataSectionPrefix && Prefix(text, _dataPrefixNames) is { IsEmpty: false } keptData)
            return keptData;
        for (int i = 0; i < _stemNames.Length; i++)
        {
            if (SectionClassifier.IsStem(text, _stemNames[i].Span))
                return _stemNames[s_arrayOf[i]];
        }

        return text.StartsWith(".gnu.linkonce."u8) ? LinkOnce(name) : name;
    }

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    /// <summary>Whether a name is one that the usual layout knows.</summary>
    internal static bool IsUsual(ReadOnlySpan<byte> name)
    {
        foreach (string stem in s_stems)
        {
            if (name.Length == stem.Length && Starts(name, stem))
                return true;
        }

        return false;
    }

    private static int[] MakeTargets()
    {
        var targets = new int[s_stems.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = s_stems[i] switch { ".ctors" => Array.IndexOf(s_stems, ".init_array"), ".dtors" => Array.IndexOf(s_stems, ".fini_array"), _ => i };
        return targets;
    }

    private static NativeBytes Prefix(ReadOnlySpan<byte> name, NativeBytes[] prefixes)
    {
        foreach (NativeBytes prefix in prefixes)
        {
            if (SectionClassifier.IsStem(name, prefix.Span))
                return prefix;
        }

        return default;
    }

    private NativeBytes LinkOnce(NativeBytes name)
    {
        foreach ((string kind, string stem) in s_linkOnce)
        {
            if (Starts(name.Span, kind))
                return Array.IndexOf(s_stems, stem) is int index and >= 0 ? _stemNames[index] : name;
        }

        return name;
    }

    private static bool Starts(ReadOnlySpan<byte> name, string prefix)
    {
        if (name.Length < prefix.Length)
            return false;
        for (int i = 0; i < prefix.Length; i++)
        {
            if (name[i] != prefix[i])
                return false;
        }

        return true;
    }
}
