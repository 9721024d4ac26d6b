// The linker: one function lists the phases, and says what holds after each. Nothing else is decided here.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.GdbIndex;
using FullRust.Linker.GuardRail;
using FullRust.Linker.Inputs;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Scripted;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocatable;
using FullRust.Linker.Relocations;
using FullRust.Linker.Reports;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using FullRust.Linker.Timing;
using FullRust.Linker.Writing;

namespace FullRust.Linker;

/// <summary>Links objects and archives into a static x86-64 executable.</summary>
public static class Linker
{
    /// <summary>The name and version that outputs carry in <c>.comment</c>.</summary>
    public const string Identification = "fullrust-ld 0.1.0";

    /// <summary>Links.</summary>
    /// <param name="options">What to link and how.</param>
    /// <param name="sink">Takes every message; errors mean that there is no image.</param>
    /// <param name="intoFile">Whether a large image may be written straight into a temporary file beside <see cref="LinkOptions.OutputPath"/>,
    /// which <see cref="OutputFile.Commit"/> then gives its name; else the image is in memory and no file is written.</param>
    /// <returns>The image and facts about the link. The caller disposes it.</returns>
    /// <remarks>Thread-safe: a link shares nothing with another one.</remarks>
    public static LinkResult Link(LinkOptions options, DiagnosticSink sink, bool intoFile = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        var times = new PhaseTimer();
        sink.DemoteLinkErrors = options.WriteDespiteErrors;
        InputSet inputs = InputLoader.Load(options, sink);
        LinkSession? session = null;
        LinkResult? result = null;
        try
        {
            options.UsefulThreads = inputs.UsefulThreads();
            if (options.ThreadCount > 1)
                Crew.Prepare(options.ThreadCount);
            times.End("load inputs");
            session = new LinkSession(inputs, options, sink, times, intoFile);
            foreach (string attempt in inputs.Attempts)
                session.Output.Append(attempt).Append('\n');
            if (options.ReproduceFile is not null)
                session.Reports.Add(ReproduceFile.Make(inputs, options));
            session.Begin();
            OutputImage? image = sink.HasErrors ? null : options.OutputKind == OutputKind.Relocatable ? RelocatableLink.Run(session) : LinkInputs(session);
            if (sink.HasErrors)
            {
                image?.Dispose();
                image = null;
            }

            return result = new LinkResult
            {
                Image = image,
                Output = session.Output.ToString(),
                Reports = session.Reports,
                Times = times,
                Inputs = new InputIdentities(inputs.Files),
                HasOwnLayout = options.AsksForOwnLayout || inputs.Script.DecidesLayout,
                HasOwnEntry = session.HasOwnEntry,
                HasWritableCode = session.HasWritableCode,
                MayHaveUndefinedNames = options.Unresolved != UnresolvedPolicy.Error || options.WriteDespiteErrors,
                Held = new HeldMemory(session.TakeTables(), inputs, options.ThreadCount),
            };
        }
        finally
        {
            if (result is null)
                new HeldMemory(session?.TakeTables() ?? [], inputs, threads: 1).Dispose();
        }
    }

    private static OutputImage? LinkInputs(LinkSession session)
    {
        OutputImage? image;
        while (!TryLink(session, out image))
            session.BeginAgain();
        return image;
    }

    /// <summary>All phases.</summary>
    /// <returns>False if a late phase found that an early one must be repeated, and noted why.</returns>
    private static bool TryLink(LinkSession session, out OutputImage? image)
    {
        // Every input has its bytes; kinds are known by magic; no path is opened again, thin archives' members aside.
        image = null;
        (InputSet inputs, LinkOptions options, DiagnosticSink sink) = (session.Inputs, session.Options, session.Sink);
        SymbolTable symbols = session.Own(new SymbolTable());
        SymbolNameRules nameRules = session.Own(new SymbolNameRules(options));
        AssignedSymbols assigned = AssignedSymbols.Collect(options, inputs.Script, sink);
        List<ObjectFile> objects = session.ParseObjects(symbols, nameRules, assigned);
        if (!session.End("parse objects"))
            return true;

        // The set of objects is fixed, every extent used later lies inside its file, every name has one id.
        SectionTable sections = session.Own(SectionTableBuilder.Build(objects, symbols, options, sink));
        ScriptedParts? scripted = ScriptedParts.Prepare(inputs.Script, assigned, nameRules, sections);
        StartStopSections? startStop = null;
        EhFrame frames = session.Own(EhFrameParser.ParseBeside(sections, options, sink, () =>
        {
            DefinitionChooser.Choose(sections, symbols, options, sink);
            assigned.Mark(symbols);
            startStop = StartStopSections.Find(sections, symbols, scripted is null ? null : scripted.IsElsewhere);
            LinkerDefinedSymbols.Mark(symbols, options);
            FileGuardRail.Check(sections, options, sink);
        }));
        if (!session.End("resolve symbols"))
            return true;

        // Each name is defined, common, absolute, the linker's own or undefined; COMDAT losers are discarded; no further name appears.
        MergeSections merges = session.Own(new MergeSections(sections, options, sink));
        SlotTable slots = session.Own(new SlotTable());
        SectionMarker marker = session.Own(new SectionMarker(sections, symbols, merges, frames, startStop!, options));
        RelaxPolicy relax = RelaxPolicies.For(sections, symbols, scripted is not null, session.KeptSlots, options);
        marker.Mark(new RelocationScanner(sections, symbols, slots, relax, sink));
        session.Times.End("mark sections and scan relocations");
        if (!inputs.IgnoresIndices && !sink.HasErrors && IncompleteIndices.Exist(inputs, symbols, nameRules, options))
        {
            inputs.IgnoresIndices = true;
            return false;
        }

        // What is not live is never read again; every live relocation was visited once and its needs are noted on its symbol.
        ReferenceGuardRail.Check(sections, symbols, marker, options, sink);
        InputWarnings.Report(sections, symbols, sink);
        GcReport.AddRemoved(session.Output, session.Reports, sections, symbols, options);
        session.Output.Append(GcReport.WhyLive(sections, symbols, marker.ReachedFrom, options));
        EntryPoint.Check(sections, symbols, options, sink);
        if (!session.End("guard rail"))
            return true;

        // No live relocation refers to an undefined strong name; weak undefined ones are 0.
        OutputSectionNames names = session.Own(new OutputSectionNames(options, scripted));
        SectionNameBytes ownNames = session.Own(new SectionNameBytes());
        EhFrameSection? ehFrame = null;
        void ChooseRecords() => ehFrame ??= new EhFrameSection(ownNames.EhFrame, sections, symbols, frames, terminates: true);
        bool mayFold = options.Icf != IcfPolicy.None;
        Crew.RunBoth(options.ThreadCount, mayFold ? static () => { } : ChooseRecords, () => merges.Merge(names));
        List<(int Kept, int Folded)> folds = IdenticalCodeFolding.Fold(sections, symbols, merges, frames, names, options);
        if (options.PrintIcfSections)
            session.Output.Append(GcReport.Folded(sections, folds));
        ChooseRecords();
        session.Times.End("merge sections");

        // Each input offset maps to one place in a merged section; unwind records have their places; sizes of all parts are known.
        slots.Allocate(symbols);
        OutputLayout layout = session.Own(LayoutBuilder.Build(sections, symbols, slots, merges, frames, ehFrame!, names, ownNames, scripted, options, sink, out SymbolAddresses addresses));
        session.Own(addresses);
        AssignedValues.Assign(symbols, assigned, inputs.Script, layout, options, sink);
        if (!session.End("lay out"))
            return true;
        if (FarReferences.Keep(sections, layout, addresses, relax))
            return false;

        // Every section, symbol and segment has its final offset and address; ranges are disjoint.
        var applier = new RelocationApplier(sections, symbols, slots, layout, addresses, relax, options, sink);
        layout.LandingPads = LandingPads.Find(sections, symbols, options);
        LayoutBuilder.Connect(layout, applier, addresses, assigned);
        var debugApplier = new DebugRelocationApplier(sections, symbols, layout, addresses, options, sink);
        SymbolSelection? selection = session.Own(SymbolSelection.Make(options, sink));
        bool hasSymtab = options.Strip != StripPolicy.All && options.SectionHeaders;
        EmittedRelocations? relocations = options.EmitRelocations && hasSymtab ? new EmittedRelocations(sections, symbols, merges, layout, addresses, frames, sink) : null;
        if (relocations is not null && sink.HasErrors)
            return true;
        SymtabWriter? symtab = hasSymtab ? new SymtabWriter(sections, symbols, layout, addresses, assigned, selection, relocations, options) : null;
        session.HasWritableCode = layout.HasWritableCode;
        (layout.Entry, session.HasOwnEntry) = EntryPoint.Resolve(symbols, layout, addresses, session.EntryName, sink);
        image = ImageWriter.Write(sections, layout, applier, debugApplier, symtab, relocations, ownNames, options, sink, session.IntoFile);
        if (image is not null && !sink.HasErrors)
        {
            GdbIndexBuilder.Append(image, layout, sink);
            layout.Provenance.Fill(image, layout);
            layout.BuildId.Fill(image, layout);
            if (options.SeparateDebugFile is not null)
                image = DebugFileSplit.Split(image, layout, options, session.Reports, sink);
            if (options.OutputFormat == OutputFormat.Binary && image is not null)
                image = BinaryImage.From(image, layout, sink);
        }

        session.Times.End("write image");
        if (!sink.HasErrors)
        {
            SymbolOrderReport.Add(session.Reports, sections, symbols, options, sink);
            FinalReports.Add(inputs, sections, symbols, layout, addresses, options, session.Output, session.Reports);
            if (options.Stats && image is not null)
                LinkStatistics.Append(session.Output, inputs, sections, symbols, layout, image);
            if (options.PrintMemoryUsage)
                MemoryUsage.Append(session.Output, scripted?.Regions ?? []);
        }

        // Every byte of the image was written once; overflows were reported with place, value and range.
        return true;
    }
}
