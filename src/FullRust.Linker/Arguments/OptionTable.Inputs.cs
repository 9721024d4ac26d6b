// Options that name inputs or say how the following ones are taken.

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] InputOptions() =>
    [
        Value("l library", "NAME", "link libNAME.a from the search folders, or with :FILE that file", static (s, v) => s.AddLibrary(v)),
        Value("L library-path", "DIR", "search DIR for -l; a leading = is the system root", static (s, v) => s.Options.LibraryPaths.Add(v)),
        Value("sysroot", "DIR", "the system root of paths that begin with = or $SYSROOT", static (s, v) => s.Options.Sysroot = v),
        Flag("nostdlib", "do not follow SEARCH_DIR of linker scripts", static s => s.Options.CommandLineFoldersOnly = true),
        Value("T script", "FILE", "lay out as the linker script FILE says", static (s, v) => s.Add(InputKind.Script, v)),
        Value("dT default-script", "FILE", "as -T, if there is no -T", static (s, v) => s.Options.DefaultScript = v),
        Value("b format", "FORMAT", "take the following inputs as elf, default or binary", static (s, v) => Choices.SetInputFormat(s, v)),
        Value("R just-symbols", "FILE", "take only the addresses of FILE's symbols", static (s, v) => InputFormats.AddJustSymbols(s, v)),
        Flag("start-lib", "the following objects are loaded only if needed", static s => s.SetLazy(true)),
        Flag("end-lib", "ends --start-lib", static s => s.SetLazy(false)),
        Flag("start-group (", "begin a group; archives stay searchable anyway", static s => s.SetGroup(true)),
        Flag("end-group )", "end a group", static s => s.SetGroup(false)),
        Flag("whole-archive", "load all members of the following archives", static s => s.WholeArchive = true),
        Flag("no-whole-archive", "load members only if needed (default)", static s => s.WholeArchive = false),
        Flag("push-state", "save --whole-archive and -Bstatic", static s => s.PushState()),
        Flag("pop-state", "restore what --push-state saved", static s => s.PopState()),
        Flag("Bstatic dn non_shared", "-l means archives only", static s => s.IsStatic = true),
        Flag("static", "make a static executable, which is always so; as -Bstatic", static s => s.IsStatic = s.AsksForStatic = true),
        Flag("Bdynamic dy call_shared", "-l may name a shared object, which is then refused", static s => s.IsStatic = false),
        Value("m", "EMULATION", "elf_x86_64", static (s, v) => InputFormats.CheckEmulation(s, v)),
        Flag("fortran-common", "a common symbol extracts a member that defines it (default)", static s => s.Options.FortranCommon = true),
        Flag("no-fortran-common", "a common symbol extracts nothing", static s => s.Options.FortranCommon = false),
        Value("remap-inputs", "GLOB=FILE", "use FILE for inputs whose name matches", static (s, v) => InputFormats.AddRemap(s, v)),
        Value("remap-inputs-file", "FILE", "read --remap-inputs rules, one a line", static (s, v) => InputFormats.ReadRemaps(s, v)),
        Flag("dependent-libraries", "follow .deplibs sections (default)", static s => s.Options.DependentLibraries = true),
        Flag("no-dependent-libraries", "do not follow .deplibs sections", static s => s.Options.DependentLibraries = false),
        Flag("provenance", "record in the output what was linked (docs/provenance-note.md)", static s => s.Options.Provenance = true),
        Flag("no-provenance", "do not (default)", static s => s.Options.Provenance = false),
        Value("guard-rail", "POLICY", "default: what resolves; strict: Rust objects only", static (s, v) => Choices.SetGuardRail(s, v)),
    ];
}
