// What is known while a command line is read: the options so far, the positional state that inputs take with them, and requests
// that can only be judged at the end.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Arguments;

/// <summary>The state of one parse. Not thread-safe.</summary>
/// <param name="sink">Receives errors at once, warnings at the end, when <c>--fatal-warnings</c> is known.</param>
internal sealed class CommandLineState(DiagnosticSink sink)
{
    private readonly List<(DiagnosticId Id, string Message)> _warnings = [];
    private readonly List<(bool WholeArchive, bool IsStatic)> _saved = [];
    private bool _reportsUnresolved = true;
    private bool _isInGroup;
    private int _groups;
    private bool _warnsOnUnresolved;

    internal LinkOptions Options { get; } = new();

    /// <summary>The argument being read, as the user wrote it.</summary>
    internal string CurrentArgument { get; set; } = "";

    internal bool WholeArchive { get; set; }

    internal bool IsLazy { get; private set; }

    /// <summary>A static link is all there is; <c>-Bdynamic</c> only changes what a failing <c>-l</c> says.</summary>
    internal bool IsStatic { get; set; }

    internal InputKind FileKind { get; set; } = InputKind.File;

    internal bool AsksForStatic { get; set; }

    internal bool AsksForPie { get; set; }

    internal bool AsksForStaticPie { get; set; }

    internal bool AsksForNoInterpreter { get; set; }

    internal bool AsksForShared { get; set; }

    /// <summary><c>--skip-shared</c>.</summary>
    internal bool SkipsShared { get; set; }

    internal bool AsksForRelocatable { get; set; }

    internal bool ShowHelp { get; set; }

    internal bool ShowVersionOnly { get; set; }

    internal bool HasPrintRequest { get; set; }

    internal bool HasPrintedVersion { get; set; }

    internal bool PrintsSysroot { get; set; }

    internal bool PrintsOutputFormat { get; set; }

    internal bool PrintsMap { get; set; }

    /// <summary>Text that is printed before the link.</summary>
    internal StringBuilder Output { get; } = new();

    internal DiagnosticSink Sink => sink;

    internal void Error(DiagnosticId id, string message, params IReadOnlyList<string> notes) => sink.Error(id, message, notes);

    internal void Warning(DiagnosticId id, string message) => _warnings.Add((id, message));

    internal void FlushWarnings()
    {
        foreach ((DiagnosticId id, string message) in _warnings)
            sink.Warning(id, message);
    }

    internal void AddInput(string path) => Add(FileKind, path);

    internal void AddLibrary(string name)
    {
        if (name.StartsWith(':'))
            Add(InputKind.LibraryFile, name[1..]);
        else
            Add(InputKind.Library, name);
    }

    internal void Add(InputKind kind, string name)
    {
        if (name.Length == 0)
            InvalidValue(name, "a name");
        else
            Options.Inputs.Add(new InputArgument(kind, name, WholeArchive, IsLazy, IsStatic, _isInGroup ? _groups : 0));
    }

    internal void SetLazy(bool isLazy)
    {
        if (IsLazy == isLazy)
            Error(DiagnosticId.InvalidOptionValue, isLazy ? "nested --start-lib" : "stray --end-lib");
        else if (isLazy && _isInGroup)
            Error(DiagnosticId.InvalidOptionValue, "may not nest --start-lib in --start-group");
        IsLazy = isLazy;
    }

    /// <summary>Between <c>--start-group</c> and <c>--end-group</c>; only <c>--warn-backrefs</c> looks at it.</summary>
    internal void SetGroup(bool isInGroup)
    {
        if (_isInGroup == isInGroup)
            Error(DiagnosticId.InvalidOptionValue, isInGroup ? "nested --start-group" : "stray --end-group");
        _groups += isInGroup ? 1 : 0;
        _isInGroup = isInGroup;
    }

    internal void PushState() => _saved.Add((WholeArchive, IsStatic));

    internal void PopState()
    {
        if (_saved.Count == 0)
        {
            Error(DiagnosticId.InvalidOptionValue, "--pop-state without --push-state");
            return;
        }

        (WholeArchive, IsStatic) = _saved[^1];
        _saved.RemoveAt(_saved.Count - 1);
    }

    /// <summary>Whether undefined symbols are reported at all, and how: the two are set by different options in any order.</summary>
    /// <param name="reports">False for <c>ignore-all</c> and the like; null leaves it.</param>
    /// <param name="warns">True for <c>--warn-unresolved-symbols</c>; null leaves it.</param>
    internal void SetUnresolved(bool? reports, bool? warns)
    {
        _reportsUnresolved = reports ?? _reportsUnresolved;
        _warnsOnUnresolved = warns ?? _warnsOnUnresolved;
        Options.Unresolved = !_reportsUnresolved ? UnresolvedPolicy.Ignore
            : _warnsOnUnresolved ? UnresolvedPolicy.Warn
            : UnresolvedPolicy.Error;
    }

    /// <summary>Reports a value that is not of its option's kind.</summary>
    internal void InvalidValue(string? value, string expected) =>
        Error(DiagnosticId.InvalidOptionValue, $"invalid value '{value}' for '{CurrentArgument}': expected {expected}");

    /// <summary>Reports a word that is none of an option's, in lld's words.</summary>
    internal void UnknownValue(string value, string expected)
    {
        string name = "--" + CurrentOption.TrimStart('-');
        string what = name switch
        {
            "--orphan-handling" => name + " mode",
            "--sort-section" => name + " rule",
            "--build-id" => name + " style",
            "--hash-style" => name,
            _ when CurrentArgument.StartsWith("-z ", StringComparison.Ordinal) => CurrentArgument + "= value",
            _ => name + " value",
        };
        Error(DiagnosticId.InvalidOptionValue, $"unknown {what}: {value}", $"= expected {expected}");
    }

    internal ulong Number(string? value, string expected = "a number")
    {
        if (!Arguments.Number.TryParse(value, out ulong number))
            InvalidNumber(value, expected);
        return number;
    }

    /// <summary>A count that fits 31 bits.</summary>
    internal int Count(string? value)
    {
        if (Arguments.Number.TryParse(value, out ulong number) && number <= int.MaxValue)
            return (int)number;
        Error(DiagnosticId.InvalidOptionValue, $"{CurrentArgument}: number expected, but got '{value}'");
        return 0;
    }

    internal ulong PowerOfTwo(string? value, ulong fallback)
    {
        if (Arguments.Number.TryParse(value, out ulong number) && ulong.IsPow2(number))
            return number;
        if (CurrentArgument.StartsWith("-z ", StringComparison.Ordinal) && Arguments.Number.TryParse(value, out _))
            Error(DiagnosticId.InvalidOptionValue, $"{CurrentArgument[3..]}: value isn't a power of 2");
        else
            InvalidNumber(value, "a power of two");
        return fallback;
    }

    // The argument without the value that may be joined to it.
    private string CurrentOption => CurrentArgument.Split('=')[0];

    private void InvalidNumber(string? value, string expected)
    {
        string message = CurrentArgument.StartsWith("-z ", StringComparison.Ordinal)
            ? $"invalid {CurrentArgument[3..]}: {value}"
            : $"{CurrentOption}: number expected, but got {value}";
        Error(DiagnosticId.InvalidOptionValue, message, expected == "a number" ? [] : [$"= expected {expected}"]);
    }

    internal ulong Address(string? value)
    {
        if (!Arguments.Number.TryParseAddress(value, out ulong number))
            InvalidValue(value, "a hexadecimal address");
        return number;
    }

    internal void AddUndefinedGlob(string pattern)
    {
        if (Glob.HasOpenSet(pattern))
            Error(DiagnosticId.InvalidOptionValue, $"--undefined-glob: invalid glob pattern, unmatched '[': {pattern}");
        Options.UndefinedGlobs.Add(pattern);
    }

    /// <summary>A request that a static executable cannot honour.</summary>
    internal void Refuse(string message, params IReadOnlyList<string> advice) => Error(DiagnosticId.UnsupportedOption, message, advice);
}
