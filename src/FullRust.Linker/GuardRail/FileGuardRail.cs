// Phase "guard rail: files": under --guard-rail=strict every object with loaded bytes must be Rust's, or on the short list of what
// Rust's own makers ship in compiler_builtins.

using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;

namespace FullRust.Linker.GuardRail;

internal static class FileGuardRail
{
    /// <summary>Reports what the policy does not admit.</summary>
    internal static void Check(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        if (options.GuardRail != GuardRailPolicy.Strict)
            return;
        foreach (ObjectFile file in sections.Objects)
        {
            if (Provenance.OriginOf(file) != Origin.Foreign)
                continue;
            string compiler = Provenance.CompilerOf(file);
            sink.Report(
                Severity.Error,
                DiagnosticId.Provenance,
                $"{file.DisplayName}: not made by a Rust compiler",
                [
                    compiler.Length > 0 ? $"= its .comment says: {compiler}" : "= it does not say who made it",
                    "= the strict guard-rail admits Rust objects only; replace the crate that brings it, or link with --guard-rail=default",
                ],
                file.Priority);
        }
    }
}
