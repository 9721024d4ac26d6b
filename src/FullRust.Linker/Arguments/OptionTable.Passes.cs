// Options about what is dropped, folded and rewritten.

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] PassOptions() =>
    [
        Flag("gc-sections", "drop sections that nothing reaches", static s => s.Options.GcSections = true),
        Flag("no-gc-sections", "keep all sections (default)", static s => s.Options.GcSections = false),
        Maybe("print-gc-sections", "FILE", "name the sections that were dropped", static (s, v) => SetPrintGcSections(s, v)),
        Flag("no-print-gc-sections", "do not name them (default)", static s => s.Options.PrintGcSections = false),
        Flag("gc-keep-exported", "symbols with default visibility are kept", static s => s.Options.GcKeepExported = true),
        Flag("no-gc-keep-exported", "they are not (default)", static s => s.Options.GcKeepExported = false),
        Value("why-live", "GLOB", "print the references that keep a symbol or section", static (s, v) => s.Options.WhyLive.Add(v)),
        Value("icf", "POLICY", "fold equal functions: none (default), safe or all", static (s, v) => Choices.SetIcf(s, v)),
        Flag("no-icf", "as --icf=none", static s => s.Options.Icf = IcfPolicy.None),
        Flag("print-icf-sections", "name the sections that were folded", static s => s.Options.PrintIcfSections = true),
        Flag("no-print-icf-sections", "do not name them (default)", static s => s.Options.PrintIcfSections = false),
        Flag("ignore-data-address-equality", "fold equal read-only data too", static s => s.Options.IgnoreDataAddressEquality = true),
        Flag("ignore-function-address-equality", "fold functions whose address is taken too", static s => s.Options.IgnoreFunctionAddressEquality = true),
        Flag("relax", "GOT references become direct where they can (default)", static s => s.Options.Relax = true),
        Flag("no-relax", "they stay", static s => s.Options.Relax = false),
        Value("O", "LEVEL", "0, 1 (default) or 2: strings also share their ends", static (s, v) => s.Options.Optimize = System.Math.Min(s.Count(v), 2)),
    ];

    private static void SetPrintGcSections(CommandLineState state, string? file)
    {
        state.Options.PrintGcSections = true;
        state.Options.PrintGcSectionsFile = file;
    }
}
