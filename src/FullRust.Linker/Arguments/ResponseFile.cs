// Expands "@file" arguments. rustc writes one when the kernel refuses a long command line: an argument a line, backslash and blank
// escaped, quotes bare. GNU's rules hold (libiberty's buildargv): blanks separate, single and double quotes group, a backslash
// takes the next character as it is, also between quotes, and the end of the file closes what is open.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>Arguments with response files replaced by their contents.</summary>
/// <param name="Arguments">The arguments; the list that came in if nothing had to be replaced.</param>
/// <param name="Files">The files read, in order.</param>
internal readonly record struct ResponseFileExpansion(IReadOnlyList<string> Arguments, IReadOnlyList<string> Files);

/// <summary>Reads response files.</summary>
internal sealed class ResponseFile
{
    private const int DepthLimit = 32;
    private const int FileLimit = 4096;

    private readonly DiagnosticSink _sink;
    private readonly bool _isWindowsQuoting;
    private readonly List<string> _arguments = [];
    private readonly List<string> _files = [];
    private readonly List<string> _open = [];
    private bool _hasTooMany;

    private ResponseFile(DiagnosticSink sink, bool isWindowsQuoting)
    {
        _sink = sink;
        _isWindowsQuoting = isWindowsQuoting;
    }

    /// <summary>Expands all arguments that begin with <c>@</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="sink">Told about files that cannot be read.</param>
    /// <returns>The arguments to parse.</returns>
    internal static ResponseFileExpansion Expand(IReadOnlyList<string> args, DiagnosticSink sink)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (IsReference(args[i]))
                return ExpandAll(args, sink);
        }

        return new ResponseFileExpansion(args, []);
    }

    private static bool IsReference(string argument) => argument.Length > 1 && argument[0] == '@';

    private static ResponseFileExpansion ExpandAll(IReadOnlyList<string> args, DiagnosticSink sink)
    {
        var expansion = new ResponseFile(sink, AsksForWindowsQuoting(args));
        foreach (string argument in args)
            expansion.Add(argument);
        return new ResponseFileExpansion(expansion._arguments, expansion._files);
    }

    /// <summary>The quoting is chosen by the command line itself, wherever the option stands; the last one counts.</summary>
    private static bool AsksForWindowsQuoting(IReadOnlyList<string> args)
    {
        bool isWindows = false;
        foreach (string argument in args)
        {
            if (argument.StartsWith("--rsp-quoting=", StringComparison.Ordinal) || argument.StartsWith("-rsp-quoting=", StringComparison.Ordinal))
                isWindows = argument.EndsWith("=windows", StringComparison.Ordinal);
        }

        return isWindows;
    }

    private void Add(string argument)
    {
        if (IsReference(argument))
            AddFile(argument[1..]);
        else
            _arguments.Add(argument);
    }

    private void AddFile(string path)
    {
        string? text = Read(path);
        if (text is null)
            return;
        _open.Add(path);
        _files.Add(path);
        var arguments = new List<string>();
        if (_isWindowsQuoting)
            ResponseFileTokenizer.SplitWindows(text, arguments);
        else
            ResponseFileTokenizer.SplitGnu(text, arguments);
        foreach (string argument in arguments)
            Add(argument);
        _open.RemoveAt(_open.Count - 1);
    }

    private string? Read(string path)
    {
        if (_open.Contains(path))
            return Fail($"response file '{path}' contains itself");
        if (_open.Count >= DepthLimit)
            return Fail($"response file '{path}': more than {DepthLimit} files inside each other");
        if (_files.Count >= FileLimit)
            return _hasTooMany ? null : FailForNumber();
        return TextFile.TryRead(path, out string text, out string error) ? text : Fail($"cannot open @{path}: {error}");
    }

    private string? FailForNumber()
    {
        _hasTooMany = true;
        return Fail($"more than {FileLimit} response files");
    }

    private string? Fail(string message)
    {
        _sink.Error(DiagnosticId.ResponseFile, message);
        return null;
    }
}
