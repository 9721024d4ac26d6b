// Collects the messages of a link. Phases report here and go on; between phases the linker asks whether there were errors.
// Reports made in parallel carry a sort key (input order), so that their order never depends on threads.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace FullRust.Linker.Diagnostics;

/// <summary>Collects diagnostics. Thread-safe for reporting.</summary>
public sealed class DiagnosticSink
{
    private readonly Lock _lock = new();
    private readonly List<(int Phase, long Key, int Sequence, Diagnostic Diagnostic)> _entries = [];
    private int _phase;

    /// <summary>Whether warnings count as errors (<c>--fatal-warnings</c>).</summary>
    public bool FatalWarnings { get; set; }

    /// <summary>Whether warnings are dropped (<c>-w</c>).</summary>
    public bool NoWarnings { get; set; }

    /// <summary>Whether errors in names and values that do not fit count as warnings, so that there is an output (<c>--noinhibit-exec</c>).</summary>
    public bool DemoteLinkErrors { get; set; }

    /// <summary>The number of errors so far.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Whether there was an error.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>All messages: by phase, then by key, then in the order of reporting.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics
    {
        get
        {
            // The usual link has none, and even the first sorting of nothing costs a twentieth of a small one.
            lock (_lock)
                return _entries.Count == 0 ? [] : [.. _entries.OrderBy(e => e.Phase).ThenBy(e => e.Key).ThenBy(e => e.Sequence).Select(e => e.Diagnostic)];
        }
    }

    /// <summary>Reports an error.</summary>
    /// <param name="id">Its kind.</param>
    /// <param name="message">One line: what and where.</param>
    /// <param name="notes">Further lines, see <see cref="Diagnostic.Notes"/>.</param>
    public void Error(DiagnosticId id, string message, params IReadOnlyList<string> notes) => Report(Severity.Error, id, message, notes, 0);

    /// <summary>Reports a warning.</summary>
    /// <param name="id">Its kind.</param>
    /// <param name="message">One line: what and where.</param>
    /// <param name="notes">Further lines, see <see cref="Diagnostic.Notes"/>.</param>
    public void Warning(DiagnosticId id, string message, params IReadOnlyList<string> notes) => Report(Severity.Warning, id, message, notes, 0);

    /// <summary>Reports something that was asked for.</summary>
    /// <param name="id">Its kind.</param>
    /// <param name="message">One line.</param>
    public void Note(DiagnosticId id, string message) => Report(Severity.Note, id, message, [], 0);

    /// <summary>Reports from a parallel loop.</summary>
    /// <param name="severity">How much it matters.</param>
    /// <param name="id">Its kind.</param>
    /// <param name="message">One line: what and where.</param>
    /// <param name="notes">Further lines, see <see cref="Diagnostic.Notes"/>.</param>
    /// <param name="key">Position in input order among the reports of the current phase.</param>
    /// <param name="subject">The name that the message is about, see <see cref="Diagnostic.Subject"/>.</param>
    public void Report(Severity severity, DiagnosticId id, string message, IReadOnlyList<string> notes, long key, string? subject = null)
    {
        if (severity == Severity.Warning)
        {
            if (NoWarnings)
                return;
            if (FatalWarnings)
                severity = Severity.Error;
        }

        // Not those of malformed relocations: what they say cannot be written at all.
        if (DemoteLinkErrors && severity == Severity.Error && id is (>= DiagnosticId.DuplicateSymbol and <= DiagnosticId.UndefinedSymbol) or DiagnosticId.RelocationOutOfRange)
            severity = Severity.Warning;

        lock (_lock)
        {
            if (severity == Severity.Error)
                ErrorCount++;
            _entries.Add((_phase, key, _entries.Count, new Diagnostic(severity, id, message, notes) { Subject = subject }));
        }
    }

    /// <summary>The number of messages so far.</summary>
    internal int Count => _entries.Count;

    /// <summary>Drops what was said after a moment without any error, because it will be said again.</summary>
    internal void Forget(int count)
    {
        lock (_lock)
            _entries.RemoveRange(count, _entries.Count - count);
    }

    /// <summary>Begins the next phase: what is reported from here on comes after what was reported before.</summary>
    public void NextPhase() => _phase++;
}
