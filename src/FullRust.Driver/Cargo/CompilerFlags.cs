// The flags that make rustc produce a position-dependent, static program linked by our linker (rustc book, "Codegen Options").

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Driver.Cargo;

/// <summary>Our flags for rustc; rustdoc reads the same.</summary>
internal static class CompilerFlags
{
    /// <summary>By these, crates that can call the kernel directly do so: getrandom from 0.3.2 on. Set for every build, since versions and crates that do not
    /// know them do not ask, and since flags that come and go with a dependency would build everything again.</summary>
    private static readonly (string Name, string Value)[] s_kernelCfgs = [("getrandom_backend", "linux_raw")];

    /// <summary>The <c>--cfg</c> values that keep crates away from libc, but for names that the user has chosen a value of.</summary>
    internal static IEnumerable<string> KernelCfgs(IReadOnlyList<string> userFlags) => s_kernelCfgs
        .Where(c => !userFlags.Any(f => f.Contains(c.Name + "=", StringComparison.Ordinal)))
        .Select(static c => $"{c.Name}=\"{c.Value}\"");

    /// <summary>Flags for every crate of the target.</summary>
    /// <param name="linker">The linker's path.</param>
    /// <param name="isOurs">Whether it is ours, which has options that others lack.</param>
    /// <param name="sysroot">Our sysroot, or null for the toolchain's own.</param>
    /// <param name="forcesAbort">Whether panics abort whatever the profile says; rustc refuses test programs that do.</param>
    /// <param name="cfgs">Further <c>--cfg</c> values.</param>
    internal static IReadOnlyList<string> ForRustc(string linker, bool isOurs, string? sysroot, bool forcesAbort, IReadOnlyList<string> cfgs)
    {
        List<string> flags = sysroot is null ? [] : ["--sysroot", sysroot];
        if (forcesAbort)
            flags.AddRange(["-C", "panic=abort"]);
        flags.AddRange(["-C", "relocation-model=static", "-C", "linker=" + linker, "-C", "linker-flavor=ld", "-C", "link-arg=-static"]);
        if (isOurs)
            flags.AddRange(["-C", "link-arg=--strip-unwind-tables", "-C", "link-arg=--skip-shared"]);
        foreach (string cfg in cfgs)
            flags.AddRange(["--cfg", cfg]);
        return flags;
    }
}
