// -r: many objects become one, to be linked again (GNU ld manual, "--relocatable"). Inputs are loaded and names are chosen as for a
// program; then nothing is merged, folded, relaxed or given an address: sections of one name are strung together, groups stay groups, and
// every relocation is kept and speaks of the new sections and symbols. Unwind records of functions that lost their COMDAT group go, as
// nothing would ever tell a later link that they speak of nobody.

using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.GuardRail;
using FullRust.Linker.Inputs;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations;
using FullRust.Linker.Reports;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using FullRust.Linker.Timing;
using FullRust.Linker.Writing;

namespace FullRust.Linker.Relocatable;

/// <summary>The phases of a relocatable link.</summary>
internal static class RelocatableLink
{
    /// <summary>Links.</summary>
    /// <returns>The object's bytes; null after an error was reported.</returns>
    internal static OutputImage? Run(LinkSession session)
    {
        // Every input has its bytes.
        (InputSet inputs, LinkOptions options, DiagnosticSink sink) = (session.Inputs, session.Options, session.Sink);
        SymbolTable symbols = session.Own(new SymbolTable());
        SymbolNameRules nameRules = session.Own(new SymbolNameRules(options));
        AssignedSymbols assigned = AssignedSymbols.Collect(options, inputs.Script, sink);
        List<ObjectFile> objects = session.ParseObjects(symbols, nameRules, assigned);
        if (!session.End("parse objects"))
            return null;

        // The set of objects is fixed, every extent used later lies inside its file, every name has one id.
        SectionTable sections = session.Own(SectionTableBuilder.Build(objects, symbols, options, sink));
        ScriptedSections? scripted = ScriptedSections.Prepare(inputs.Script, sections, sink);
        EhFrame frames = session.Own(EhFrameParser.Parse(sections, options, sink));
        DefinitionChooser.Choose(sections, symbols, options, sink);
        assigned.Mark(symbols);
        FileGuardRail.Check(sections, options, sink);
        EntryPoint.Check(sections, symbols, options, sink);
        if (!session.End("resolve symbols"))
            return null;

        // Names are defined or not; COMDAT losers are discarded.
        MergeSections merges = session.Own(new MergeSections(sections, options, sink));
        SlotTable slots = session.Own(new SlotTable());
        SectionMarker marker = session.Own(new SectionMarker(sections, symbols, merges, frames, StartStopSections.Find(sections, symbols, null), options));
        marker.Mark(new RelocationScanner(sections, symbols, slots, sink));
        GcReport.AddRemoved(session.Output, session.Reports, sections, symbols, options);
        if (!session.End("mark sections and scan relocations"))
            return null;

        // What is not live is never read again, and no live code refers to a section that was discarded.
        SectionNameBytes ownNames = session.Own(new SectionNameBytes());
        OutputSectionNames? outputNames = session.Own(options.RelocatableMergesNames ? new OutputSectionNames(options) : null);
        OutputLayout layout = session.Own(RelocatableLayout.Build(sections, symbols, slots, frames, ownNames, outputNames, scripted, nameRules, options, sink));
        var addresses = new SymbolAddresses(sections, symbols, merges, layout, slots);
        addresses.UseCommons(layout.Synthetic);
        addresses.ResolveGlobals(options.ThreadCount);
        if (scripted is null)
            AssignedValues.Assign(symbols, assigned, inputs.Script, layout, options, sink);
        else
            ScriptedSymbols.Assign(scripted, sections, symbols, assigned, layout, options, sink);
        if (!session.End("lay out"))
            return null;

        // Every section has its place in the file, every symbol its offset in a section.
        var relocations = new EmittedRelocations(sections, symbols, merges, layout, addresses, frames, sink);
        if (sink.HasErrors)
            return null;
        GroupSection.KeepSignatures(layout, symbols, relocations);
        SymbolSelection? selection = session.Own(SymbolSelection.Make(options, sink));
        var symtab = new SymtabWriter(sections, symbols, layout, addresses, assigned, selection, relocations, options);
        GroupSection.Connect(layout, symbols, relocations, symtab);
        OutputImage? image = ImageWriter.Write(sections, layout, null, null, symtab, relocations, ownNames, options, sink, session.IntoFile);
        if (image is not null && !sink.HasErrors)
            layout.BuildId.Fill(image, layout);
        session.Times.End("write image");
        if (options.Stats && image is not null && !sink.HasErrors)
            LinkStatistics.Append(session.Output, inputs, sections, symbols, layout, image);
        if (!sink.HasErrors)
            FinalReports.Add(inputs, sections, symbols, layout, addresses, options, session.Output, session.Reports);
        return image;
    }
}
