// The sections of a relocatable output: inputs of one name and one kind are strung together; what belongs to a section group, follows
// another section (SHF_LINK_ORDER) or is asked to be alone (--unique) stays alone, because the next link decides on it as a whole.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocatable;

internal sealed class RelocatableLayout
{
    // What decides the fate of a section in the next link: two inputs that differ here are not one section.
    private const ulong Distinguishing = SHF_ALLOC | SHF_TLS | SHF_MERGE | SHF_STRINGS | SHF_EXCLUDE | SHF_GNU_RETAIN | SHF_X86_64_LARGE;
    private const ulong KeptBeside = SHF_GROUP | SHF_LINK_ORDER | SHF_EXCLUDE | SHF_GNU_RETAIN;
    private readonly SectionTable _sections;
    private readonly UniqueSections? _unique;
    private readonly bool _isEveryOneAlone;
    private readonly List<SyntheticSection> _synthetic = [];
    private readonly List<OutputSection> _outputs = [];
    private readonly Dictionary<(int Name, ulong Flags, ulong EntrySize), OutputSection> _byKey = [];
    private readonly NameTable _names = new();
    private readonly Dictionary<string, OutputSection> _scripted = [];
    private readonly HashSet<int> _placed = [];
    private readonly OutputSectionNames? _outputNames;

    private RelocatableLayout(SectionTable sections, OutputSectionNames? outputNames, LinkOptions options)
    {
        _sections = sections;
        _unique = UniqueSections.From(options);
        _isEveryOneAlone = options.UniqueOrphans;
        _outputNames = outputNames;
    }

    /// <summary>Makes the plan of the output.</summary>
    internal static OutputLayout Build(SectionTable sections, SymbolTable symbols, SlotTable slots, EhFrame frames, SectionNameBytes names, OutputSectionNames? outputNames, ScriptedSections? scripted, SymbolNameRules nameRules, LinkOptions options, DiagnosticSink sink)
    {
        var builder = new RelocatableLayout(sections, outputNames, options);
        var got = new GotSection(names.Got, slots);
        var ehFrame = new EhFrameSection(names.EhFrame, sections, symbols, frames, frames.HasTerminator);
        var buildId = new BuildIdNote(names.BuildId, options);
        if (options.DissolvesGroups)
            DissolveGroups(sections);
        else
            builder.AddGroups(names);
        builder.AddScripted(scripted?.Arrange(sections, options) ?? [], nameRules);
        builder.AddRows(ehFrame);
        builder.AddSynthetic(ehFrame);
        builder.AddSynthetic(new PropertyNote(names.Property, sections, options, sink));
        builder.AddSynthetic(buildId);
        if (options.DefineCommon)
            builder.AddCommons(CommonBlock.Allocate(sections, symbols, names, options));
        var stack = new GnuStackSection(names.GnuStack, sections, options);
        builder.AddAlone(stack);
        builder._outputs[^1].StaysWhenEmpty = true;
        builder.LinkFollowers();
        builder._names.Dispose();
        var frame = new LayoutFrame(builder._outputs, [], 0, builder.AssignOffsets());
        LayoutBuilder.CheckFileSize(sections, frame, sink);
        return new OutputLayout
        {
            IsRelocatable = true,
            UsesGnuAbi = sections.Objects.Exists(static o => o.Bytes.Cast<Elf64_Ehdr>()[0].e_ident.OsAbi == ELFOSABI_GNU),
            Sections = frame.Sections,
            Synthetic = builder._synthetic,
            Segments = frame.Segments,
            ImageBase = 0,
            Got = got,
            Iplt = new IpltSection(names.Iplt, slots, got),
            EhFrame = ehFrame,
            BuildId = buildId,
            Provenance = new ProvenanceSection(names.Provenance, sections, options),
            Pie = null,
            EndOfSections = frame.End,
        };
    }

    // --force-group-allocation: copies were dropped, and those that stay become sections like all others.
    private static void DissolveGroups(SectionTable sections)
    {
        for (int row = 1; row < sections.Count; row++)
        {
            if ((sections.Fate(row).State & SectionState.Discarded) == 0)
                sections[row].Group = 0;
        }
    }

    // gABI, Section Groups: the header of a group stands before those of its members.
    private void AddGroups(SectionNameBytes names)
    {
        foreach (ObjectFile file in _sections.Objects)
        {
            for (int i = 1; file.HasGroups && i < file.SectionCount; i++)
            {
                if (file.Sections[i].sh_type == SHT_GROUP && (_sections.Fate(file.SectionBase + i).State & SectionState.Discarded) == 0)
                    AddGroup(names, file, i);
            }
        }
    }

    private void AddGroup(SectionNameBytes names, ObjectFile file, int group)
    {
        var members = new List<int>();
        foreach (uint member in file.SectionBytes(group).Cast<uint>()[1..])
        {
            int row = file.SectionBase + (int)member;
            if (_sections.Fate(row).IsLive && _sections.Fate(row).Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated)
                members.Add(row);
        }

        if (members.Count != 0)
            AddAlone(new GroupSection(names.Group, _sections, file, group, members));
    }

    private void AddScripted(List<ScriptedSection> scripted, SymbolNameRules nameRules)
    {
        foreach (ScriptedSection section in scripted)
        {
            OutputSection output = Add(nameRules.Persist(section.Name));
            _scripted[section.Name] = output;
            foreach (int row in section.Rows)
            {
                Join(output, row, _sections.Header(row).sh_flags & ~(SHF_COMPRESSED | SHF_GROUP));
                _placed.Add(row);
            }

            output.AlignmentLog2 = Math.Max(output.AlignmentLog2, section.AlignmentLog2);
        }
    }

    private void AddRows(EhFrameSection ehFrame)
    {
        for (int row = 1; row < _sections.Count; row++)
        {
            ref readonly SectionFate fate = ref _sections.Fate(row);
            if (fate.Kind == SectionKind.EhFrame && (fate.State & SectionState.Discarded) == 0)
                AddSynthetic(ehFrame);
            else if (!_placed.Contains(row) && fate.IsLive && fate.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated)
                AddRow(row);
        }
    }

    private void AddRow(int row)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        ulong flags = header.sh_flags & ~SHF_COMPRESSED;
        if (_sections[row].Group == 0)
            flags &= ~SHF_GROUP;
        NativeBytes name = _sections.Name(row);
        bool isAlone = IsAlone(row, name, flags);
        if (!isAlone && _outputNames is not null && !HasPriority(name.Span))
            name = _outputNames.Map(name, flags, header.sh_type);
        OutputSection output = isAlone ? Add(name) : Find(name, flags, header.sh_entsize);
        Join(output, row, flags);
    }

    private void Join(OutputSection output, int row, ulong flags)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        OutputSectionCollector.Join(output, header.sh_type, flags, header.sh_entsize, _sections[row].AlignmentLog2);
        output.Flags |= flags & KeptBeside;
        output.StaysWhenEmpty = true;
        output.Members.Add(row);
    }

    // The next link sorts by these names.
    private static bool HasPriority(ReadOnlySpan<byte> name) => SectionClassifier.IsStem(name, ".ctors"u8) || SectionClassifier.IsStem(name, ".dtors"u8) ||
        SectionClassifier.IsStem(name, ".init_array"u8) || SectionClassifier.IsStem(name, ".fini_array"u8);

    private bool IsAlone(int row, NativeBytes name, ulong flags) =>
        _sections[row].Group != 0 || (flags & SHF_LINK_ORDER) != 0 || _isEveryOneAlone || (_unique is not null && _unique.Contains(name, name, flags));

    private OutputSection Find(NativeBytes name, ulong flags, ulong entrySize)
    {
        if (_scripted.Count > 0 && _scripted.TryGetValue(name.ToString(), out OutputSection? described) && described.IsAllocated == ((flags & SHF_ALLOC) != 0))
            return described;
        int id = _names.GetOrAdd(name, ByteHash.Compute(name.Span), out _);
        var key = (id, flags & Distinguishing, (flags & SHF_MERGE) != 0 ? entrySize : 0);
        if (!_byKey.TryGetValue(key, out OutputSection? output))
            _byKey[key] = output = Add(name);
        return output;
    }

    private OutputSection Add(NativeBytes name)
    {
        var output = new OutputSection(name);
        _outputs.Add(output);
        return output;
    }

    private void AddSynthetic(SyntheticSection section)
    {
        if (section.Size != 0 && !_synthetic.Contains(section))
            Join(section, Find(section.Name, section.Flags, section.EntrySize));
    }

    private void AddCommons((CommonBlock Bss, CommonBlock Tbss, CommonBlock Large) commons)
    {
        AddSynthetic(commons.Bss);
        AddSynthetic(commons.Tbss);
        AddSynthetic(commons.Large);
    }

    private void AddAlone(SyntheticSection section) => Join(section, Add(section.Name));

    private void Join(SyntheticSection section, OutputSection output)
    {
        OutputSectionCollector.Join(output, section.Type, section.Flags, section.EntrySize, section.AlignmentLog2);
        output.Members.Add(~_synthetic.Count);
        _synthetic.Add(section);
    }

    private void LinkFollowers()
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            foreach (int member in _outputs[i].Members.Span)
            {
                if (member > 0)
                    _sections[member].OutputSection = i;
                else if (_synthetic[~member] is GroupSection group)
                    _sections[group.Row].OutputSection = i;
            }
        }

        foreach (OutputSection output in _outputs)
        {
            if ((output.Flags & SHF_LINK_ORDER) == 0)
                continue;
            int row = output.Members[0];
            uint target = _sections.Header(row).sh_link;
            ObjectFile file = _sections.FileOf(row);
            int targetRow = file.SectionBase + (int)target;
            if (target != 0 && target < (uint)file.SectionCount && _sections.Fate(targetRow).IsLive && _sections[targetRow].OutputSection is >= 0 and int index)
                output.LinkTarget = _outputs[index];
        }
    }

    private ulong AssignOffsets()
    {
        ulong at = Elf64_Ehdr.Size;
        for (int i = 0; i < _outputs.Count; i++)
        {
            OutputSection output = _outputs[i];
            ulong size = 0;
            foreach (int member in output.Members.Span)
            {
                if (member > 0)
                {
                    ref InputSection section = ref _sections[member];
                    section.Offset = size = AddressSpace.AlignUp(size, 1UL << section.AlignmentLog2);
                    size = AddressSpace.Add(size, section.Size);
                }
                else
                {
                    SyntheticSection section = _synthetic[~member];
                    section.Offset = size = AddressSpace.AlignUp(size, 1UL << section.AlignmentLog2);
                    section.OutputSection = i;
                    size = AddressSpace.Add(size, section.Size);
                }
            }

            output.Size = size;
            output.FileOffset = at = output.SizeInFile == 0 ? at : AddressSpace.AlignUp(at, 1UL << output.AlignmentLog2);
            at = AddressSpace.Add(at, output.SizeInFile);
        }

        return at;
    }
}
