// Options that are refused, and options that are accepted because build systems pass them although there is nothing to do.

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private const string NoLto = "there is no link-time optimisation here; bitcode inputs are refused by content";
    private const string NoDynamicSection = "would be written into .dynamic, which a static executable does not have";
    private const string NoInterpreter = "a static executable has no interpreter";
    private const string NoDynamicSymbols = "concerns the dynamic symbol table, which a static executable does not have";
    private const string NoDynamicRelocations = "concerns dynamic relocations, which a static executable does not have";
    private const string OtherLinkers = "tunes another linker";
    private const string History = "of other systems or times; nothing to do for ELF on x86-64";
    private const string OtherMachines = "concerns other processors";
    private const string AlreadySo = "is always the case";

    private static Option[] RefusedOptions() =>
    [
        Flag("skip-shared", "with -shared: leave a text in place of the output, and no error", static s => s.SkipsShared = true),
        Flag("shared Bshareable", "makes shared objects, which this linker does not", static s => s.AsksForShared = true),
        Flag("EB", "big-endian output does not exist for x86-64", static s => s.Refuse("-EB asks for big-endian output, which x86-64 does not have")),
        Value("c mri-script", "FILE", "MRI scripts", static (s, _) => s.Refuse("MRI scripts are not supported", "= pass the inputs themselves, or a linker script by -T")),
        Flag("be8 cmse-implib fix-cortex-a8", "for ARM", static s => RefuseForeign(s, "ARM")),
        Flag("fix-cortex-a53-843419", "for AArch64", static s => RefuseForeign(s, "AArch64")),
        Flag("pcrel-optimize toc-optimize", "for PowerPC", static s => RefuseForeign(s, "PowerPC64")),
        Flag("relax-gp", "for RISC-V", static s => RefuseForeign(s, "RISC-V")),
        Value("in-implib", "FILE", "for ARM", static (s, _) => RefuseForeign(s, "ARM")),
        Value("chroot", "DIR", "paths below another root", static (s, _) => s.Refuse("--chroot is not supported", "= run the linker in that root, or pass --sysroot")),
        Flag("run", "runs another program with this linker", static s => s.Refuse("--run is not supported", "= let the compiler use this linker: gcc -B DIR, clang --ld-path=FILE, rustc -Clinker=FILE")),
        Value("out-implib", "FILE", "import libraries", static (s, _) => s.Refuse("--out-implib asks for an import library, which static executables do not have")),
    ];

    private static void RefuseForeign(CommandLineState state, string machine) => state.Refuse($"{state.CurrentArgument} is only supported on {machine}, and this linker makes x86-64 code");

    private static Option[] IgnoredOptions() =>
    [
        IgnoredValue("plugin", "FILE", NoLto),
        IgnoredValue("plugin-opt", "OPTION", NoLto),
        IgnoredPrefix("flto", NoLto),
        IgnoredPrefix("lto-", NoLto),
        IgnoredPrefix("no-lto-", NoLto),
        IgnoredValue("lto", "KIND", NoLto),
        IgnoredPrefix("thinlto-", NoLto),
        IgnoredValue("mllvm", "OPTION", NoLto),
        IgnoredValue("opt-remarks-filename opt-remarks-format opt-remarks-hotness-threshold opt-remarks-passes", "VALUE", NoLto),
        Ignored("opt-remarks-with-hotness", NoLto),
        IgnoredMaybe("save-temps", "LIST", NoLto),
        Ignored("fat-lto-objects no-fat-lto-objects disable-verify", NoLto),
        IgnoredValue("load-pass-plugin irpgo-profile", "FILE", NoLto),
        IgnoredPrefix("bp-", "orders sections by profiles that static executables seldom have; the order stays that of the inputs"),

        Ignored("as-needed no-as-needed add-needed no-add-needed copy-dt-needed-entries no-copy-dt-needed-entries", NoDynamicSection),
        IgnoredValue("rpath rpath-link h soname audit P depaudit f auxiliary F filter spare-dynamic-tags", "VALUE", NoDynamicSection),
        Value("hash-style", "STYLE", NoDynamicSection, static (s, v) => Choices.CheckHashStyle(s, v)),
        Ignored("enable-new-dtags disable-new-dtags", NoDynamicSection),
        IgnoredValue("Y", "PATH", "the default search path of shared objects, as on Solaris"),
        IgnoredValue("I dynamic-linker", "FILE", NoInterpreter),
        Flag("no-dynamic-linker", NoInterpreter + "; with -pie: as -static-pie", static s => s.AsksForNoInterpreter = true),

        Ignored("E export-dynamic no-export-dynamic dynamic-list-data dynamic-list-cpp-new dynamic-list-cpp-typeinfo", NoDynamicSymbols),
        IgnoredValue("export-dynamic-symbol version-exports-section", "SYMBOL", NoDynamicSymbols),
        Value("export-dynamic-symbol-list dynamic-list", "FILE", NoDynamicSymbols + "; FILE is checked", static (s, v) => s.Options.CheckedScripts.Add(v)),
        Value("version-script", "FILE", NoDynamicSymbols + "; FILE is checked", static (s, v) => s.Options.CheckedScripts.Add(v)),
        Ignored("default-symver default-imported-symver undefined-version no-undefined-version", NoDynamicSymbols),
        Ignored("Bsymbolic Bsymbolic-functions Bsymbolic-non-weak Bsymbolic-non-weak-functions Bno-symbolic Bgroup", NoDynamicSymbols),
        Ignored("allow-shlib-undefined no-allow-shlib-undefined", NoDynamicSymbols),
        Ignored("apply-dynamic-relocs no-apply-dynamic-relocs use-android-relr-tags no-use-android-relr-tags", NoDynamicRelocations),
        IgnoredValue("pack-dyn-relocs", "KIND", NoDynamicRelocations),
        IgnoredPrefix("android-memtag-", NoDynamicRelocations),

        Ignored("keep-memory no-keep-memory reduce-memory-overheads mmap-output-file no-mmap-output-file map-whole-files no-map-whole-files", OtherLinkers),
        Ignored("quick-exit no-quick-exit detach no-detach preread-archive-symbols no-preread-archive-symbols", OtherLinkers),
        IgnoredValue("hash-size max-cache-size hash-bucket-empty-fraction icf-iterations", "N", OtherLinkers),
        IgnoredValue("thread-count-initial thread-count-middle thread-count-final", "N", OtherLinkers),

        Ignored("EL target-help accept-unknown-input-arch no-accept-unknown-input-arch", AlreadySo),
        Ignored("no-strip-sections no-incremental no-enum-size-warning no-wchar-size-warning enable-linker-version disable-linker-version", AlreadySo),
        Ignored("optimize-bb-jumps no-optimize-bb-jumps", AlreadySo),
        Ignored("g Qy qmagic traditional-format force-exe-suffix embedded-relocs no-ctf-variables ctf-variables", History),
        Ignored("warn-textrel no-warn-textrel warn-shared-textrel no-warn-shared-textrel warn-ifunc-textrel no-warn-ifunc-textrel", NoDynamicRelocations),
        Ignored("warn-mismatch no-warn-mismatch warn-search-mismatch no-warn-search-mismatch warn-alternate-em no-warn-alternate-em", AlreadySo),
        Ignored("warn-multiple-gp warn-constructors disable-multiple-abs-defs merge-exidx-entries no-merge-exidx-entries", History),
        Ignored("ld-generated-unwind-info no-ld-generated-unwind-info", "there is no PLT to describe"),
        Ignored("print-map-locals no-print-map-locals enable-non-contiguous-regions-warnings", AlreadySo),
        IgnoredValue("assert a A architecture G gpsize task-link ctf-share-types", "VALUE", History),
        Ignored("no-toc-optimize no-pcrel-optimize no-power10-stubs no-relax-gp target1-abs target1-rel pic-veneer", OtherMachines),
        IgnoredMaybe("power10-stubs", "WHEN", OtherMachines),
        IgnoredValue("target2 split-stack-adjust-size", "VALUE", OtherMachines),
        Ignored("xosegment no-xosegment", "code that may only be executed has a segment of its own anyway"),
        Ignored("branch-to-branch no-branch-to-branch", "jumps to jumps stay as they are: programs do the same, a little slower"),
        Ignored("debug-names no-debug-names", "the inputs' tables stay side by side, as DWARF 5, 6.1.1 allows"),
        Ignored("verbose-bp-section-orderer", "of an order that is not made"),
        IgnoredMaybe("split-by-file split-by-reloc", "N", "shapes the output of -r only"),
        IgnoredValue("fuse-ld", "LINKER", "was meant for the compiler driver, which has chosen this linker already"),
    ];
}
