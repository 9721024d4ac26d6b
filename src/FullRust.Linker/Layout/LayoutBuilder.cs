// Phase "lay out": collects output sections, sizes what the linker makes itself, groups segments, assigns addresses, and gives every
// symbol its own. Nothing is written.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout.Pie;
using FullRust.Linker.Layout.Scripted;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class LayoutBuilder
{
    private const ulong ZerosAllowed = 512 << 20;

    /// <summary>Makes the plan of the output.</summary>
    internal static OutputLayout Build(
        SectionTable sections,
        SymbolTable symbols,
        SlotTable slots,
        MergeSections merges,
        EhFrame frames,
        EhFrameSection ehFrame,
        OutputSectionNames names,
        SectionNameBytes ownNames,
        ScriptedParts? scripted,
        LinkOptions options,
        DiagnosticSink sink,
        out SymbolAddresses addresses)
    {
        var got = new GotSection(ownNames.Got, slots);
        var iplt = new IpltSection(ownNames.Iplt, slots, got);
        var pie = PieParts.Make(sections, symbols, slots, frames, got, ownNames, scripted is not null, options, sink);
        (CommonBlock bss, CommonBlock tbss, CommonBlock large) = CommonBlock.Allocate(sections, symbols, ownNames, options);
        LayoutWarnings.CheckStack(sections, options, sink);
        var buildId = new BuildIdNote(ownNames.BuildId, options);
        var provenance = new ProvenanceSection(ownNames.Provenance, sections, options);
        List<SyntheticSection> synthetic = [new PropertyNote(ownNames.Property, sections, options, sink), buildId, provenance, new PackageNote(ownNames.Package, options), got, iplt, ehFrame, bss, tbss, large];
        synthetic.AddRange(pie?.Synthetic ?? [new RelaIpltSection(ownNames.RelaPlt, slots, got)]);
        if (options.EhFrameHeader)
            synthetic.Add(new EhFrameHdrSection(ownNames.EhFrameHdr, frames, ehFrame));
        if (options.SectionHeaders && options.Strip != StripPolicy.All)
            AddIdentification(merges, ownNames);

        LayoutFrame frame = scripted is null
            ? ArrangeByDefault(sections, symbols, merges, names, synthetic, pie, options, sink)
            : scripted.Arrange(symbols, merges, synthetic, options, sink);
        List<OutputSection> outputs = frame.Sections;
        if (sections.LinkOrder.Count > 0)
            LinkOrder.SetTargets(outputs, sections);
        CheckFileSize(sections, frame, sink);
        LayoutWarnings.CheckLargestAlignment(outputs, sink);
        LayoutWarnings.CheckAlignment(outputs, options, sink);
        (ulong tlsStart, ulong threadPointer) = ThreadPointer(outputs);
        var layout = new OutputLayout
        {
            Sections = outputs,
            Synthetic = synthetic,
            Segments = frame.Segments,
            ImageBase = frame.ImageBase,
            LoadsHeaders = frame.LoadsHeaders,
            TlsStart = tlsStart,
            ThreadPointer = threadPointer,
            Got = got,
            Iplt = iplt,
            EhFrame = ehFrame,
            BuildId = buildId,
            Provenance = provenance,
            Pie = pie,
            EndOfSections = frame.End,
        };
        LayoutWarnings.CheckRights(layout, options, sink);
        LayoutWarnings.CheckLoaderSections(layout, sink);
        LayoutWarnings.CheckSegmentCount(layout, sink);
        foreach (SyntheticSection section in synthetic)
            section.Address = section.OutputSection < 0 || !outputs[section.OutputSection].IsAllocated ? 0 : outputs[section.OutputSection].Address + section.Offset;
        if (!iplt.ReachesSlots)
            sink.Error(DiagnosticId.Layout, "the stubs of IFUNCs (.iplt) do not reach their slots (.got): the sections are more than 2 GiB apart");
        addresses = new SymbolAddresses(sections, symbols, merges, layout, slots);
        addresses.UseCommons(synthetic);
        addresses.ResolveGlobals(options.ThreadCount);
        LinkerDefinedSymbols.Assign(symbols, layout);
        LinkerDefinedSymbols.CheckHeaders(symbols, layout, options, sink);
        return layout;
    }

    // Zero bytes take room in the file where contents follow them or where they are not writable: a stated size must not become an
    // allocation that no input's bytes answer for.
    internal static void CheckFileSize(SectionTable sections, in LayoutFrame frame, DiagnosticSink sink)
    {
        ulong given = 0;
        foreach (ObjectFile file in sections.Objects)
            given += (ulong)file.Bytes.Length;
        if (sink.HasErrors || frame.End <= ZerosAllowed + (4 * given))
            return;
        OutputSection largest = frame.Sections[0];
        foreach (OutputSection section in frame.Sections)
            largest = section.SizeInFile > largest.SizeInFile ? section : largest;
        sink.Error(DiagnosticId.Layout, $"the output would have {frame.End} bytes, made from {given}: section {largest.Name} alone has {largest.SizeInFile}", "= sections without contents take room in the file when they are not writable or share an output section with contents");
    }

    private static LayoutFrame ArrangeByDefault(
        SectionTable sections, SymbolTable symbols, MergeSections merges, OutputSectionNames names, List<SyntheticSection> synthetic, PieParts? pie, LinkOptions options, DiagnosticSink sink)
    {
        List<OutputSection> outputs = OutputSectionCollector.Collect(sections, merges, names, synthetic, RequestedOrder.From(sections, symbols, options, sink), options);
        List<LoadGroup> loads;
        int headerCount;
        ulong end;
        do
        {
            loads = AddressAssigner.Group(outputs, options);
            headerCount = SegmentPlan.Count(outputs, loads, options);
            end = AddressAssigner.Assign(outputs, loads, options, sink, headerCount);
        }
        while (pie is not null && pie.Grow(outputs));
        return new LayoutFrame(outputs, SegmentPlan.Make(outputs, loads, options, headerCount), loads[0].Address, end);
    }

    /// <summary>Lets the synthetic sections ask for addresses when they are written.</summary>
    internal static void Connect(OutputLayout layout, RelocationApplier applier, SymbolAddresses addresses, AssignedSymbols assigned)
    {
        layout.Pie?.Connect(layout, applier, addresses, assigned);
        layout.Got.ValueOf = addresses.OfSlot;
        layout.EhFrame.Applier = applier;
        foreach (SyntheticSection section in layout.Synthetic)
        {
            if (section is RelaIpltSection rela)
                rela.ResolverOf = addresses.ResolverOf;
            if (section is EhFrameHdrSection header)
                header.Applier = applier;
        }
    }

    // .comment names the linker and its version, beside the compilers that the inputs name.
    private static void AddIdentification(MergeSections merges, SectionNameBytes ownNames) => merges.AddComment(ownNames.Comment, ownNames.Identification);

    // psABI and "ELF Handling for Thread-Local Storage", variant II: the thread pointer is the end of the block, rounded up.
    private static (ulong Start, ulong ThreadPointer) ThreadPointer(List<OutputSection> outputs)
    {
        ulong start = 0, end = 0;
        byte alignmentLog2 = 0;
        foreach (OutputSection section in outputs)
        {
            if (!section.IsTls)
                continue;
            if (end == 0)
                start = section.Address;
            end = section.Address + section.Size;
            alignmentLog2 = Math.Max(alignmentLog2, section.AlignmentLog2);
        }

        ulong mask = (1UL << alignmentLog2) - 1;
        return (start, (end + mask) & ~mask);
    }
}
