// The keywords of "-z": what they do, or why they are accepted without effect. An unknown keyword is a warning, as in GNU ld and
// lld, because configure scripts try keywords out.

using System;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>The <c>-z</c> keywords.</summary>
internal static class ZKeywordTable
{
    private const string DynamicLoading = "speaks of dynamic loading, which a static executable does not do";

    /// <summary>All rows, in the order of <c>--help</c>.</summary>
    internal static readonly OptionGroup[] Groups = [new("Keywords of -z", Acting()), new("Keywords of -z accepted without effect", Ignored())];

    private static readonly OptionIndex _index = new(Groups);

    /// <summary>Applies a keyword.</summary>
    /// <param name="state">The parse.</param>
    /// <param name="keyword">With its value, if any.</param>
    internal static void Apply(CommandLineState state, string keyword)
    {
        int equals = keyword.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? keyword : keyword.AsSpan(0, equals);
        if (!_index.TryFind(name, out Option option) || (equals >= 0 && option.Arity == Arity.None))
        {
            state.Warning(DiagnosticId.UnknownZKeyword, $"unknown -z value: {keyword}");
            return;
        }

        state.CurrentArgument = "-z " + name.ToString();
        if (option.Arity == Arity.Required && equals < 0)
            state.Error(DiagnosticId.InvalidOptionValue, $"option '{state.CurrentArgument}' needs a value after '='");
        else
            option.Apply?.Invoke(state, equals < 0 ? null : keyword[(equals + 1)..]);
    }

    private static Option[] Acting() =>
    [
        Value("max-page-size", "N", "alignment of segments, a power of two (default 0x1000)", static (s, v) => s.Options.MaxPageSize = s.PowerOfTwo(v, 0x1000)),
        Value("common-page-size", "N", "the usual page, a power of two (default 0x1000)", static (s, v) => s.Options.CommonPageSize = s.PowerOfTwo(v, 0x1000)),
        Flag("separate-code", "no foreign byte shares a page with code", static s => s.Options.SeparateCode = true),
        Flag("noseparate-code", "segments are not padded in the file (default)", static s => s.Options.SeparateCode = s.Options.SeparateLoadableSegments = false),
        Flag("separate-loadable-segments", "every segment on pages of its own", static s => s.Options.SeparateCode = s.Options.SeparateLoadableSegments = true),
        Flag("relro", "some data becomes read-only after start-up (default)", static s => s.Options.Relro = true),
        Flag("norelro", "it does not", static s => s.Options.Relro = false),
        Value("stack-size", "N", "size of the stack in its program header", static (s, v) => s.Options.StackSize = s.Number(v)),
        Flag("noexecstack", "the stack is not executable (default)", static s => s.Options.ExecutableStack = s.Options.ExecutableStackIfNeeded = false),
        Flag("execstack", "the stack is executable", static s => s.Options.ExecutableStack = true),
        Flag("execstack-if-needed", "it is if an input asks for it", static s => s.Options.ExecutableStackIfNeeded = true),
        Flag("gnustack", "write PT_GNU_STACK (default)", static s => s.Options.GnuStackSegment = true),
        Flag("nognustack", "leave PT_GNU_STACK out", static s => s.Options.GnuStackSegment = false),
        Flag("defs", "report undefined symbols (default)", static s => s.SetUnresolved(reports: true, null)),
        Flag("undefs nodefs", "do not report undefined symbols", static s => s.SetUnresolved(reports: false, null)),
        Flag("muldefs", "the first of several definitions wins", static s => s.Options.AllowMultipleDefinitions = true),
        Flag("start-stop-gc", "__start_X and __stop_X keep no section", static s => s.Options.StartStopGc = true),
        Flag("nostart-stop-gc", "they keep the sections named X (default)", static s => s.Options.StartStopGc = false),
        Value("start-stop-visibility start_stop_visibility", "KIND", "visibility of __start_X: default, hidden, internal or protected", static (s, v) => Choices.SetStartStopVisibility(s, v!)),
        Flag("keep-text-section-prefix", "keep .text.hot, .text.unlikely and so on apart", static s => s.Options.KeepTextSectionPrefix = true),
        Flag("nokeep-text-section-prefix", "merge them into .text (default)", static s => s.Options.KeepTextSectionPrefix = false),
        Flag("keep-data-section-prefix", "keep .data.hot, .rodata.hot and so on apart", static s => s.Options.KeepDataSectionPrefix = true),
        Flag("nokeep-data-section-prefix", "merge them (default)", static s => s.Options.KeepDataSectionPrefix = false),
        Flag("ibt", "claim indirect branch tracking", static s => s.Options.ForceIbt = true),
        Flag("shstk", "claim shadow stack support", static s => s.Options.ForceShadowStack = true),
        Value("cet-report", "KIND", "name inputs without these claims: none, warning or error", static (s, v) => Choices.SetCetReport(s, v!)),
        Flag("x86-64-baseline", "need the x86-64 baseline", static s => s.Options.NeededIsaLevel = 1),
        Flag("x86-64-v2", "need x86-64-v2", static s => s.Options.NeededIsaLevel = 2),
        Flag("x86-64-v3", "need x86-64-v3", static s => s.Options.NeededIsaLevel = 3),
        Flag("x86-64-v4", "need x86-64-v4", static s => s.Options.NeededIsaLevel = 4),
        Flag("sectionheader", "write the section table (default)", static s => s.Options.SectionHeaders = true),
        Flag("nosectionheader", "leave the section table out", static s => s.Options.SectionHeaders = false),
        Flag("unique-symbol", "tell local symbols of one name apart", static s => s.Options.UniqueLocalNames = true),
        Flag("nounique-symbol", "do not (default)", static s => s.Options.UniqueLocalNames = false),
        Flag("common", "keep the type of common symbols", static s => s.Options.KeepCommonType = true),
        Flag("nocommon", "they become objects (default)", static s => s.Options.KeepCommonType = false),
        Value("dead-reloc-in-nonalloc", "GLOB=VALUE", "what relocations against dropped code become", static (s, v) => AddDeadRelocation(s, v!)),
        Flag("pack-relative-relocs", "self-relocations of a static PIE are bitmaps", static s => s.Options.PackRelativeRelocations = true),
        Flag("nopack-relative-relocs", "they are not (default)", static s => s.Options.PackRelativeRelocations = false),
        Flag("rewrite-endbr", "turn unneeded landing pads into no-ops", static s => s.Options.RewriteLandingPads = true),
        Flag("norewrite-endbr", "leave them (default)", static s => s.Options.RewriteLandingPads = false),
    ];

    private static Option[] Ignored() =>
    [
        Ignored("now lazy origin nodlopen nodelete nodump nodefaultlib initfirst interpose global globalaudit loadfltr", DynamicLoading),
        Ignored("combreloc nocombreloc copyreloc nocopyreloc text notext textoff rodynamic", DynamicLoading),
        Ignored("dynamic-undefined-weak nodynamic-undefined-weak ibtplt extern-protected-data noextern-protected-data", DynamicLoading),
        Ignored("indirect-extern-access noindirect-extern-access unique nounique rel rela retpolineplt hazardplt", DynamicLoading),
        Ignored("report-relative-reloc wxneeded ifunc-noplt lam-u48 lam-u57 mark-plt nomark-plt", DynamicLoading),
        new("lam-u48-report lam-u57-report lam-report", Arity.Required, "KIND", DynamicLoading, null),
        new("call-nop", Arity.Required, "FORM", "the padding of a rewritten call is always a prefix", null),
        Ignored("noreloc-overflow", "overflow is reported all the same: a wrong program is worse than none"),
    ];

    private static Option Flag(string names, string help, Action<CommandLineState> apply) =>
        new(names, Arity.None, "", help, (s, _) => apply(s));

    private static Option Value(string names, string valueName, string help, Action<CommandLineState, string?> apply) =>
        new(names, Arity.Required, valueName, help, apply);

    private static Option Ignored(string names, string why) => new(names, Arity.None, "", why, null);

    private static void AddDeadRelocation(CommandLineState state, string rule)
    {
        int equals = rule.LastIndexOf('=');
        if (equals > 0 && Number.TryParse(rule.AsSpan(equals + 1), out ulong value))
            state.Options.DeadRelocations.Add(new DeadRelocationValue(rule[..equals], value));
        else
            state.InvalidValue(rule, "GLOB=VALUE");
    }
}
