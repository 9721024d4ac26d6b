// What the phases of one link share: its inputs, what was asked for, and where messages, times and reports go. Knows how to begin
// again, for the few links of which a late phase learns that an early one chose wrongly.

using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using FullRust.Linker.Reports;
using FullRust.Linker.Symbols;
using FullRust.Linker.Timing;

namespace FullRust.Linker;

/// <summary>One link.</summary>
/// <param name="inputs">The inputs, with their bytes.</param>
/// <param name="options">What to link and how.</param>
/// <param name="sink">Takes messages.</param>
/// <param name="times">Takes the time of each phase.</param>
/// <param name="intoFile">Whether a large image is written straight into a temporary file.</param>
internal sealed class LinkSession(InputSet inputs, LinkOptions options, DiagnosticSink sink, PhaseTimer times, bool intoFile)
{
    private (int Inputs, int Output, int Reports, int Messages) _start;
    private List<IDisposable> _tables = [];

    internal InputSet Inputs => inputs;

    internal LinkOptions Options => options;

    internal DiagnosticSink Sink => sink;

    internal PhaseTimer Times => times;

    internal bool IntoFile => intoFile;

    /// <summary>Text for standard output.</summary>
    internal StringBuilder Output { get; } = new();

    /// <summary>Reports that become files.</summary>
    internal List<LinkReport> Reports { get; } = [];

    /// <summary>The entry symbol's name.</summary>
    internal string EntryName => EntryPoint.NameOf(options, inputs.Script);

    /// <summary>Symbols whose references keep their GOT slots, as earlier attempts found: see <see cref="Relocations.RelaxPolicy"/>.</summary>
    internal HashSet<(int File, int Index)> KeptSlots { get; } = [];

    /// <summary>Whether the entry point is no code of the program's: see <see cref="LinkResult.HasOwnEntry"/>.</summary>
    internal bool HasOwnEntry { get; set; }

    /// <summary>Whether a segment is writable and executable: see <see cref="LinkResult.HasWritableCode"/>.</summary>
    internal bool HasWritableCode { get; set; }

    /// <summary>Takes a table whose memory is given back after the link, when that no longer delays it.</summary>
    /// <returns>The table.</returns>
    internal T Own<T>(T table)
        where T : IDisposable?
    {
        if (table is not null)
            _tables.Add(table);
        return table;
    }

    /// <summary>Hands over all that <see cref="Own"/> took, to be disposed by the caller.</summary>
    internal List<IDisposable> TakeTables() => Interlocked.Exchange(ref _tables, []);

    /// <summary>Notes what a further attempt starts from.</summary>
    internal void Begin()
    {
        inputs.Log = LoadLog.For(options, EntryName);
        _start = (inputs.Inputs.Count, Output.Length, Reports.Count, sink.Count);
    }

    /// <summary>Forgets what this attempt added, said and reported.</summary>
    internal void BeginAgain()
    {
        TakeTables().ForEach(static table => table.Dispose());
        inputs.Truncate(_start.Inputs);
        inputs.Log = LoadLog.For(options, EntryName);
        Output.Length = _start.Output;
        Reports.RemoveRange(_start.Reports, Reports.Count - _start.Reports);
        sink.Forget(_start.Messages);
    }

    /// <summary>Phase "parse objects".</summary>
    internal List<ObjectFile> ParseObjects(SymbolTable symbols, SymbolNameRules nameRules, AssignedSymbols assigned)
    {
        List<ObjectFile> objects = InputResolver.Load(inputs, options, sink, symbols, nameRules, assigned);
        LoadReports.AppendTraces(Output, objects, inputs.Log, options);
        LoadReports.AddFiles(Reports, symbols, inputs.Log, options);
        return objects;
    }

    /// <summary>Ends a phase after which the link stops if there were errors.</summary>
    /// <returns>Whether the next one may begin.</returns>
    internal bool End(string phase)
    {
        times.End(phase);
        sink.NextPhase();
        return !sink.HasErrors;
    }
}
