// The text of one linker script, places in it, and errors that show the place.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>One script: a file or the value of an option.</summary>
/// <param name="Path">The path, or the option's name.</param>
/// <param name="Text">The text.</param>
internal sealed record ScriptFile(string Path, string Text)
{
    /// <summary>Finds the line and column of a place.</summary>
    /// <param name="offset">Characters from the start.</param>
    /// <returns>Line and column, counted from 1, and the line's text.</returns>
    internal (int Line, int Column, string LineText) Locate(int offset)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        int lineStart = before.LastIndexOf('\n') + 1;
        int lineLength = Text.AsSpan(lineStart).IndexOf('\n');
        string line = lineLength < 0 ? Text[lineStart..] : Text.Substring(lineStart, lineLength);
        return (before.Count('\n') + 1, before.Length - lineStart + 1, line.TrimEnd('\r'));
    }
}

/// <summary>A place in a script.</summary>
/// <param name="File">The script.</param>
/// <param name="Offset">Characters from its start.</param>
internal readonly record struct ScriptPlace(ScriptFile File, int Offset)
{
    private const int LongestShownLine = 160;

    /// <summary>The place as <c>file:line</c>, for reports.</summary>
    public override string ToString() => $"{File.Path}:{File.Locate(Offset).Line}";

    /// <summary>Reports an error at this place.</summary>
    /// <param name="sink">Receives it.</param>
    /// <param name="message">What is wrong.</param>
    internal void ReportError(DiagnosticSink sink, string message)
    {
        (int line, IReadOnlyList<string> notes) = Describe();
        sink.Error(DiagnosticId.LinkerScript, $"{File.Path}:{line}: {message}", notes);
    }

    /// <summary>Reports an error that is about the output, not about how the script is written: the place stands below it.</summary>
    /// <param name="sink">Receives it.</param>
    /// <param name="message">What is wrong; of an assertion, the script's own words.</param>
    internal void ReportErrorAbovePlace(DiagnosticSink sink, string message)
    {
        (int line, IReadOnlyList<string> notes) = Describe();
        sink.Error(DiagnosticId.LinkerScript, message, [$">>> {File.Path}:{line}", .. notes]);
    }

    /// <summary>Reports a warning at this place.</summary>
    /// <param name="sink">Receives it.</param>
    /// <param name="message">What is odd.</param>
    internal void ReportWarning(DiagnosticSink sink, string message)
    {
        (int line, IReadOnlyList<string> notes) = Describe();
        sink.Warning(DiagnosticId.LinkerScript, $"{File.Path}:{line}: {message}", notes);
    }

    /// <summary>The line, its text, and a caret below with the column; of a very long line only its neighbourhood.</summary>
    private (int Line, IReadOnlyList<string> Notes) Describe()
    {
        (int line, int column, string text) = File.Locate(Offset);
        int first = text.Length > LongestShownLine ? Math.Max(0, column - 1 - (LongestShownLine / 2)) : 0;
        string shown = text.Substring(first, Math.Min(LongestShownLine, text.Length - first)).Replace('\t', ' ');
        return (line, [">>> " + shown, $">>> {new string(' ', column - 1 - first)}^ column {column}"]);
    }
}

/// <summary>Ends the reading of a script. Caught where the reading began, never seen outside this folder.</summary>
/// <param name="place">Where.</param>
/// <param name="message">What is wrong.</param>
internal sealed class ScriptException(ScriptPlace place, string message) : Exception(message)
{
    /// <summary>Where.</summary>
    internal ScriptPlace Place { get; } = place;
}
