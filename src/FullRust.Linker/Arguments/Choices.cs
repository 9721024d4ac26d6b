// Options whose value is one of a few words. The words of an option stand once: they are what is accepted and what a wrong one is
// answered with.

using System;

namespace FullRust.Linker.Arguments;

/// <summary>Applies options whose value is one of a few words.</summary>
internal static class Choices
{
    /// <summary><c>-b</c>: holds for the inputs after it.</summary>
    internal static void SetInputFormat(CommandLineState state, string format) => state.FileKind = OneOf(
        state, format, state.FileKind, ("elf", InputKind.File), ("default", InputKind.File), (LinkerVersion.Target, InputKind.File), ("binary", InputKind.Binary));

    /// <summary><c>--oformat</c>.</summary>
    internal static void SetOutputFormat(CommandLineState state, string format) => state.Options.OutputFormat = OneOf(
        state, format, state.Options.OutputFormat,
        (LinkerVersion.Target, OutputFormat.Elf), ("elf", OutputFormat.Elf), ("default", OutputFormat.Elf), ("binary", OutputFormat.Binary));

    /// <summary><c>--guard-rail</c>.</summary>
    internal static void SetGuardRail(CommandLineState state, string policy) => state.Options.GuardRail = OneOf(
        state, policy, state.Options.GuardRail, ("default", GuardRailPolicy.Default), ("strict", GuardRailPolicy.Strict));

    /// <summary><c>--icf</c>.</summary>
    internal static void SetIcf(CommandLineState state, string policy) => state.Options.Icf = OneOf(
        state, policy, state.Options.Icf, ("none", IcfPolicy.None), ("safe", IcfPolicy.Safe), ("safe_thunks", IcfPolicy.Safe), ("all", IcfPolicy.All));

    /// <summary><c>--color-diagnostics</c>.</summary>
    internal static void SetColor(CommandLineState state, string? when) => state.Options.Color = OneOf(
        state, when ?? "always", state.Options.Color, ("auto", ColorPolicy.Auto), ("always", ColorPolicy.Always), ("never", ColorPolicy.Never));

    /// <summary><c>--unresolved-symbols</c>.</summary>
    internal static void SetUnresolved(CommandLineState state, string method) => state.SetUnresolved(
        OneOf<bool?>(state, method, null, ("report-all", true), ("ignore-all", false), ("ignore-in-object-files", false), ("ignore-in-shared-libs", true)), null);

    /// <summary><c>--sort-section</c>.</summary>
    internal static void SetSortSection(CommandLineState state, string key) => state.Options.SortSection = OneOf(
        state, key, state.Options.SortSection, ("none", SortSectionPolicy.None), ("name", SortSectionPolicy.Name), ("alignment", SortSectionPolicy.Alignment));

    /// <summary><c>--sort-common</c>.</summary>
    internal static void SetSortCommon(CommandLineState state, string? order) => state.Options.SortCommon = OneOf(
        state, order ?? "descending", state.Options.SortCommon, ("descending", SortCommonPolicy.Descending), ("ascending", SortCommonPolicy.Ascending));

    /// <summary><c>--call-graph-profile-sort</c>.</summary>
    internal static void SetCallGraphSort(CommandLineState state, string? algorithm) => state.Options.CallGraphProfileSort = OneOf(
        state, algorithm ?? "cdsort", state.Options.CallGraphProfileSort,
        ("none", CallGraphSort.None), ("hfsort", CallGraphSort.HfSort), ("cdsort", CallGraphSort.CdSort));

    /// <summary><c>--orphan-handling</c>.</summary>
    internal static void SetOrphans(CommandLineState state, string mode) => state.Options.Orphans = OneOf(
        state, mode, state.Options.Orphans,
        ("place", OrphanPolicy.Place), ("discard", OrphanPolicy.Discard), ("warn", OrphanPolicy.Warn), ("error", OrphanPolicy.Error));

    /// <summary><c>-z start-stop-visibility</c>.</summary>
    internal static void SetStartStopVisibility(CommandLineState state, string kind) => state.Options.StartStopVisibility = OneOf(
        state, kind, state.Options.StartStopVisibility,
        ("default", StartStopVisibility.Default), ("hidden", StartStopVisibility.Hidden), ("internal", StartStopVisibility.Internal), ("protected", StartStopVisibility.Protected));

    /// <summary><c>-z cet-report</c>.</summary>
    internal static void SetCetReport(CommandLineState state, string kind) => state.Options.CetReport = OneOf(
        state, kind, state.Options.CetReport, ("none", CetReport.None), ("warning", CetReport.Warning), ("error", CetReport.Error));

    /// <summary><c>--hash-style</c>: without effect, but one of the words.</summary>
    internal static void CheckHashStyle(CommandLineState state, string style) =>
        OneOf(state, style, true, ("sysv", true), ("gnu", true), ("both", true), ("none", true));

    private static T OneOf<T>(CommandLineState state, string value, T current, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        string expected = "";
        for (int i = 0; i < choices.Length; i++)
        {
            if (choices[i].Word == value)
                return choices[i].Meaning;
            expected += i == 0 ? choices[i].Word : (i + 1 < choices.Length ? ", " : " or ") + choices[i].Word;
        }

        state.UnknownValue(value, expected);
        return current;
    }
}
