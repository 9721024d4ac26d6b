// Program headers of a scripted output: those that PHDRS names, or else one PT_LOAD per run of sections with equal rights. Sections that
// share a page share a segment with the rights of both, as in GNU ld: a page has one set of rights.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>A program header in the making.</summary>
/// <param name="type">PT_*.</param>
internal sealed class ScriptSegment(uint type)
{
    internal uint Type { get; } = type;

    internal uint Flags { get; set; }

    internal bool HasHeaders { get; set; }

    internal bool HasFixedFlags { get; init; }

    internal ulong Address { get; set; }

    internal ulong End { get; set; }

    internal ulong LoadDelta { get; set; }

    internal ulong? AskedLoadAddress { get; init; }

    internal ulong FileOffset { get; set; }

    internal ulong FileEnd { get; set; }

    internal byte AlignmentLog2 { get; set; }

    internal List<OutputSection> Sections { get; } = [];
}

/// <summary>The program headers of a script.</summary>
/// <param name="commands">The script.</param>
/// <param name="options">Pages, stack.</param>
internal sealed class ScriptSegments(IReadOnlyList<ScriptCommand> commands, LinkOptions options)
{
    private const ulong FileHeaderSize = 64, ProgramHeaderSize = 56;
    private readonly List<ScriptSegment> _segments = [];
    private readonly Dictionary<OutputSection, ScriptSegment> _loadOf = [];
    private int _count;

    /// <summary>Size of the ELF header and the program headers.</summary>
    internal ulong HeaderSize => FileHeaderSize + (ProgramHeaderSize * (ulong)_count);

    /// <summary>The finished headers.</summary>
    internal List<Segment> Finished { get; } = [];

    /// <summary>Address of the ELF header, or of the first segment if the header is not loaded.</summary>
    internal ulong ImageBase { get; private set; }

    /// <summary>Whether the script reckons with the headers.</summary>
    internal bool WantsHeaders { get; set; }

    /// <summary>Whether the headers are in memory.</summary>
    internal bool LoadsHeaders => _segments.Exists(static s => s.Type == PT_LOAD && s.HasHeaders);

    /// <summary>As <see cref="ImageBase"/>, under the addresses of the last walk.</summary>
    internal ulong PlannedBase => (_segments.Find(static s => s.Type == PT_LOAD && s.HasHeaders) ?? _segments.Find(static s => s.Type == PT_LOAD))?.Address ?? 0;

    /// <summary>Offset behind the last section.</summary>
    internal ulong EndOfSections { get; private set; }

    /// <summary>What DATA_SEGMENT_ALIGN and DATA_SEGMENT_RELRO_END made of the location counter.</summary>
    internal (ulong Start, ulong End) Relro { get; set; }

    private ulong Page => options.Magic == MagicPolicy.Paged ? options.MaxPageSize : 1;

    private bool HasRelro => options.Relro && Relro.End > Relro.Start;

    /// <summary>Groups sections under their current addresses.</summary>
    /// <param name="items">The script's items.</param>
    /// <param name="sections">All output sections.</param>
    /// <param name="evaluator">For types, flags and addresses in PHDRS.</param>
    /// <param name="maySave">Whether room for headers that turned out to be needless is taken back: with one header less, sections may move so
    /// that it is needed again.</param>
    /// <returns>Whether the number of headers changed, and with it SIZEOF_HEADERS.</returns>
    internal bool Plan(List<(SectionPlan? Plan, ScriptCommand? Command)> items, List<OutputSection> sections, ExpressionEvaluator evaluator, bool maySave)
    {
        _segments.Clear();
        Unknown.Clear();
        _loadOf.Clear();
        int before = _count;
        ProgramHeadersCommand? asked = null;
        foreach (ScriptCommand command in commands)
            asked = command as ProgramHeadersCommand ?? asked;
        if (asked is null)
            PlanByRights(items, sections);
        else
            PlanAsAsked(asked, items, evaluator);
        if (!maySave)
            _count = Math.Max(_count, before);
        return _count != before;
    }

    /// <summary>Gives file offsets and makes the headers.</summary>
    internal void Finish(List<OutputSection> sections, DiagnosticSink sink)
    {
        CheckPlaces(sink);
        AssignFileOffsets(sections);
        bool isAsked = false;
        foreach (ScriptCommand command in commands)
            isAsked |= command is ProgramHeadersCommand;
        ScriptSegment? headers = _segments.Find(static s => s.Type == PT_LOAD && s.HasHeaders);
        ImageBase = PlannedBase;
        foreach (ScriptSegment segment in _segments)
            Finished.Add(Make(segment, headers));
        if (isAsked)
            return;
        AddOthers(sections);
        ulong size = ProgramHeaderSize * (ulong)(Finished.Count + 1);
        if (headers is not null)
            Finished.Insert(0, new Segment(PT_PHDR, PF_R, FileHeaderSize, headers.Address + FileHeaderSize, size, size, 8));
    }

    // A segment is one range of the file: nothing in it can lie below its beginning.
    private void CheckPlaces(DiagnosticSink sink)
    {
        foreach (ScriptSegment segment in _segments)
        {
            ulong begin = segment.Address + (segment.HasHeaders ? HeaderSize : 0);
            OutputSection? low = segment.Type == PT_LOAD ? segment.Sections.Find(s => s.Address < begin) : null;
            if (low is null)
                continue;
            string message = low.Address < segment.Address ? $"section {low.Name} is below the first section of its segment" : "could not allocate headers";
            sink.Error(DiagnosticId.LinkerScript, message, $">>> {low.Name} is at 0x{low.Address:x}, and the segment has room from 0x{begin:x} on");
        }
    }

    private static uint FlagsOf(OutputSection section) =>
        PF_R | ((section.Flags & SHF_WRITE) != 0 ? PF_W : 0) | ((section.Flags & SHF_EXECINSTR) != 0 ? PF_X : 0);

    private static bool TakesRoom(OutputSection section) => section.Size != 0 && !(section.IsTls && section.IsNoBits);

    private void PlanByRights(List<(SectionPlan? Plan, ScriptCommand? Command)> items, List<OutputSection> sections)
    {
        ScriptSegment? current = null;
        foreach ((SectionPlan? plan, _) in items)
        {
            if (plan is null || plan.Index < 0 || !plan.Output.IsAllocated)
                continue;
            OutputSection section = plan.Output;
            if (TakesRoom(section))
            {
                current ??= StartWithHeaders(section);
                if (current is null || StartsSegment(current, plan))
                    _segments.Add(current = new ScriptSegment(PT_LOAD) { Address = section.Address, End = section.Address, LoadDelta = plan.LoadAddress - section.Address });
                Join(current, section);
            }

            if (current is not null)
                _loadOf[section] = current;
        }

        // There is room for PT_PHDR even if it cannot be: else the room that the headers find would depend on the room they need.
        _count = 1 + _segments.Count + SegmentPlan.CountOthers(sections) + (HasRelro ? 1 : 0) + (options.GnuStackSegment ? 1 : 0);
    }

    /// <summary>The headers are loaded in front of the first section if its page has room for them, as in GNU ld and lld; a script that
    /// says SIZEOF_HEADERS gets a page for them if need be, as in GNU ld.</summary>
    private ScriptSegment? StartWithHeaders(OutputSection first)
    {
        ulong address = WantsHeaders && first.Address >= HeaderSize ? (first.Address - HeaderSize) & ~(Page - 1) : first.Address & ~(Page - 1);
        if (options.Magic != MagicPolicy.Paged || first.Address - address < HeaderSize)
            return null;
        var segment = new ScriptSegment(PT_LOAD) { Address = address, End = address + HeaderSize, Flags = PF_R, HasHeaders = true };
        _segments.Add(segment);
        return segment;
    }

    private bool StartsSegment(ScriptSegment current, SectionPlan plan)
    {
        OutputSection section = plan.Output;
        if (options.Magic == MagicPolicy.OMagic)
            return section.Address < current.End || section.Address - current.End >= options.MaxPageSize;
        ulong page = Math.Max(Page, 1);
        bool isOnNextPage = (section.Address & ~(page - 1)) != ((current.End - 1) & ~(page - 1));
        if (section.Address < current.End || plan.LoadAddress - section.Address != current.LoadDelta)
            return current.Sections.Count > 0 || !isOnNextPage || section.Address < current.End;
        if (!isOnNextPage)
            return false;
        bool followsNoBits = current.Sections.Count > 0 && current.Sections[^1].IsNoBits && !section.IsNoBits;
        return FlagsOf(section) != current.Flags || section.Address - current.End >= options.MaxPageSize || followsNoBits;
    }

    private static void Join(ScriptSegment segment, OutputSection section)
    {
        if (!segment.HasFixedFlags)
            segment.Flags |= FlagsOf(section);
        segment.Sections.Add(section);
        segment.End = Math.Max(segment.End, section.Address + section.Size);
        segment.AlignmentLog2 = Math.Max(segment.AlignmentLog2, section.AlignmentLog2);
    }

    private void PlanAsAsked(ProgramHeadersCommand asked, List<(SectionPlan? Plan, ScriptCommand? Command)> items, ExpressionEvaluator evaluator)
    {
        var byName = new Dictionary<string, ScriptSegment>();
        string firstLoad = "";
        _count = asked.Headers.Count;
        foreach (ProgramHeaderDescription header in asked.Headers)
        {
            ulong type = Evaluate(header.Type, evaluator);
            var segment = new ScriptSegment((uint)type)
            {
                HasHeaders = header.IncludesFileHeader || header.IncludesProgramHeaders,
                HasFixedFlags = header.Flags is not null,
                Flags = header.Flags is null ? type is PT_GNU_STACK ? PF_R | PF_W : type == PT_PHDR ? PF_R : 0 : (uint)Evaluate(header.Flags, evaluator),
                AskedLoadAddress = header.Address is null ? null : Evaluate(header.Address, evaluator),
            };
            _segments.Add(segment);
            byName[header.Name] = segment;
            if (firstLoad.Length == 0 && segment.Type == PT_LOAD)
                firstLoad = header.Name;
        }

        foreach ((SectionPlan? plan, _) in items)
        {
            if (plan is not null && plan.Index >= 0 && plan.Output.IsAllocated)
                Attach(plan, plan.ProgramHeaders.Count == 0 ? [firstLoad] : plan.ProgramHeaders, byName);
        }

        foreach (ScriptSegment segment in _segments)
        {
            if (segment.Type == PT_LOAD && segment.HasHeaders)
                Extend(segment);
        }
    }

    private void Attach(SectionPlan plan, IReadOnlyList<string> names, Dictionary<string, ScriptSegment> byName)
    {
        foreach (string name in names)
        {
            if (name == "NONE")
                continue;
            if (!byName.TryGetValue(name, out ScriptSegment? segment))
            {
                if (plan.Command is not null && !Unknown.Exists(u => u.Name == name))
                    Unknown.Add((plan.Command.Place, name));
                continue;
            }

            if (segment.Sections.Count == 0)
                (segment.Address, segment.End, segment.LoadDelta) = (plan.Output.Address, plan.Output.Address, plan.LoadAddress - plan.Output.Address);
            if (segment.Type == PT_LOAD)
                _loadOf.TryAdd(plan.Output, segment);
            if (segment.Type != PT_LOAD || TakesRoom(plan.Output))
                Join(segment, plan.Output);
        }
    }

    /// <summary>Names that sections use and PHDRS does not have.</summary>
    internal List<(ScriptPlace Place, string Name)> Unknown { get; } = [];

    private void Extend(ScriptSegment segment)
    {
        if (segment.Sections.Count == 0)
            (segment.Address, segment.End) = (0, HeaderSize);
        else if (segment.Address >= HeaderSize)
            segment.Address = (segment.Address - HeaderSize) & ~(Page - 1);
        if (!segment.HasFixedFlags)
            segment.Flags |= PF_R;
    }

    private void AssignFileOffsets(List<OutputSection> sections)
    {
        ulong offset = HeaderSize;
        ScriptSegment? current = null;
        foreach (ScriptSegment segment in _segments)
        {
            if (segment.HasHeaders)
                segment.FileEnd = HeaderSize;
        }

        foreach (OutputSection section in sections)
        {
            if (!section.IsAllocated || !_loadOf.TryGetValue(section, out ScriptSegment? load))
            {
                offset = AlignUp(offset, 1UL << section.AlignmentLog2);
                section.FileOffset = offset;
                offset += section.SizeInFile;
                continue;
            }

            if (load != current)
            {
                ulong alignment = Math.Max(Page, 1UL << load.AlignmentLog2);
                load.FileOffset = load.HasHeaders ? 0 : offset + ((load.Address - offset) & (alignment - 1));
                load.FileEnd = load.HasHeaders ? HeaderSize : load.FileOffset;
                current = load;
            }

            section.FileOffset = TakesRoom(section) ? load.FileOffset + (section.Address - load.Address) : Math.Max(offset, load.FileEnd);
            if (!section.IsNoBits)
                load.FileEnd = Math.Max(load.FileEnd, section.FileOffset + section.Size);
            offset = Math.Max(offset, load.FileEnd);
        }

        EndOfSections = offset;
    }

    private Segment Make(ScriptSegment segment, ScriptSegment? headers)
    {
        if (segment.Type == PT_PHDR)
        {
            ulong address = (headers?.Address ?? 0) + FileHeaderSize;
            return new Segment(PT_PHDR, segment.Flags, FileHeaderSize, address, HeaderSize - FileHeaderSize, HeaderSize - FileHeaderSize, 8);
        }

        if (segment.Type == PT_GNU_STACK)
            return new Segment(PT_GNU_STACK, segment.Flags, 0, 0, 0, options.StackSize, 16);
        if (segment.Type == PT_LOAD)
        {
            ulong alignment = Math.Max(Page, 1UL << segment.AlignmentLog2);
            return new Segment(PT_LOAD, segment.Flags, segment.FileOffset, segment.Address, segment.FileEnd - segment.FileOffset, segment.End - segment.Address, alignment)
            {
                LoadAddress = segment.AskedLoadAddress ?? segment.Address + segment.LoadDelta,
            };
        }

        return MakePart(segment);
    }

    private static Segment MakePart(ScriptSegment segment)
    {
        if (segment.Sections.Count == 0)
            return new Segment(segment.Type, segment.Flags, 0, 0, 0, 0, 1);
        OutputSection first = segment.Sections[0];
        ulong fileEnd = first.FileOffset;
        ulong end = first.Address;
        foreach (OutputSection section in segment.Sections)
        {
            fileEnd = section.IsNoBits ? fileEnd : section.FileOffset + section.Size;
            end = section.Address + section.Size;
        }

        return new Segment(segment.Type, segment.Flags, first.FileOffset, first.Address, fileEnd - first.FileOffset, end - first.Address, 1UL << segment.AlignmentLog2)
        {
            LoadAddress = segment.AskedLoadAddress ?? first.Address + segment.LoadDelta,
        };
    }

    private void AddOthers(List<OutputSection> sections)
    {
        SegmentPlan.AddOthers(sections, Finished);
        if (HasRelro)
            Finished.Add(MakeRelro(sections));
        if (options.GnuStackSegment)
            Finished.Add(new Segment(PT_GNU_STACK, options.ExecutableStack ? PF_R | PF_W | PF_X : PF_R | PF_W, 0, 0, 0, options.StackSize, 16));
    }

    private Segment MakeRelro(List<OutputSection> sections)
    {
        OutputSection? first = null;
        ulong fileEnd = 0;
        foreach (OutputSection section in sections)
        {
            if (!section.IsAllocated || section.Address < Relro.Start || section.Address >= Relro.End || !TakesRoom(section))
                continue;
            first ??= section;
            fileEnd = section.IsNoBits ? fileEnd : section.FileOffset + section.Size;
        }

        return first is null
            ? new Segment(PT_GNU_RELRO, PF_R, 0, 0, 0, 0, 1)
            : new Segment(PT_GNU_RELRO, PF_R, first.FileOffset, first.Address, Math.Max(fileEnd, first.FileOffset) - first.FileOffset, Relro.End - first.Address, 1);
    }

    private static ulong Evaluate(Expression expression, ExpressionEvaluator evaluator) =>
        evaluator.TryEvaluate(expression, out ExpressionValue value, out _) ? evaluator.AddressOf(value) : 0;

    private static ulong AlignUp(ulong value, ulong alignment) => (value + (alignment - 1)) & ~(alignment - 1);
}
