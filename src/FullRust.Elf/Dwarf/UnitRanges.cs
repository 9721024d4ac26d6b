// The addresses of a unit: DW_AT_low_pc and DW_AT_high_pc, or a list in .debug_ranges (DWARF 4, 2.17.3) or .debug_rnglists (DWARF 5, 2.17.3).

using System.Collections.Generic;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

internal ref struct UnitRanges(scoped in DebugSections sections, scoped in UnitHeader header)
{
    private readonly DebugSections _sections = sections;
    private readonly UnitHeader _header = header;
    private EntryReader _entries = new(sections, header);
    private ulong _low, _high, _list, _listsBase;
    private bool _hasHigh, _hasList, _highIsLength, _listIsIndex, _lowIsIndex;

    /// <summary>Adds the ranges that the unit's first entry states.</summary>
    internal void AddTo(List<(ulong Begin, ulong End)> ranges, AbbreviationTable table)
    {
        ReadFirstEntry(table);
        if (_lowIsIndex)
            _low = _entries.AddressAt(_low);
        if (_hasList && _header.Version >= 5)
            AddList5(ranges);
        else if (_hasList)
            AddList4(ranges);
        else if (_hasHigh)
            Add(ranges, _low, _highIsLength ? _low + _high : _high);
    }

    private void ReadFirstEntry(AbbreviationTable table)
    {
        var reader = new DwarfReader(_sections.Info) { Position = _header.FirstEntry };
        if (!table.TryFind(reader.Uleb(), out Abbreviation abbreviation))
            return;
        for (int i = 0; i < abbreviation.Count && !reader.HasFailed; i++)
        {
            AttributeSpecification specification = table.Attributes[abbreviation.First + i];
            AttributeValue value = _entries.Read(ref reader, specification);
            switch (specification.Name)
            {
                case DW_AT_low_pc:
                    (_low, _lowIsIndex) = (value.Number, value.IsIndex);
                    break;
                case DW_AT_high_pc:
                    (_high, _hasHigh, _highIsLength) = (value.Number, true, value.Form != DW_FORM_addr);
                    break;
                case DW_AT_ranges:
                    (_list, _hasList, _listIsIndex) = (value.Number, true, value.Form == DW_FORM_rnglistx);
                    break;
                case DW_AT_rnglists_base:
                    _listsBase = value.Number;
                    break;
                case DW_AT_addr_base:
                    _entries.AddrBase = value.Number;
                    break;
            }
        }
    }

    private readonly void AddList4(List<(ulong Begin, ulong End)> ranges)
    {
        if (_list >= (ulong)_sections.Ranges.Length)
            return;
        var reader = new DwarfReader(_sections.Ranges) { Position = (int)_list };
        ulong origin = _low, highest = _header.AddressSize == 8 ? ulong.MaxValue : uint.MaxValue;
        while (!reader.HasFailed)
        {
            ulong begin = reader.Unsigned(_header.AddressSize), end = reader.Unsigned(_header.AddressSize);
            if (begin == 0 && end == 0)
                return;
            if (begin == highest)
                origin = end;
            else if (begin != end)
                Add(ranges, origin + begin, origin + end);
        }
    }

    private readonly void AddList5(List<(ulong Begin, ulong End)> ranges)
    {
        ulong offset = _list;
        if (_listIsIndex)
        {
            var index = new DwarfReader(_sections.RngLists) { Position = (int)System.Math.Min(_listsBase + (_list * (ulong)_header.OffsetSize), (ulong)_sections.RngLists.Length) };
            offset = _listsBase + index.Unsigned(_header.OffsetSize);
        }

        if (offset >= (ulong)_sections.RngLists.Length)
            return;
        var reader = new DwarfReader(_sections.RngLists) { Position = (int)offset };
        ulong origin = _low;
        while (!reader.HasFailed && TryEntry(ref reader, ref origin, out ulong begin, out ulong end))
            Add(ranges, begin, end);
    }

    private readonly bool TryEntry(ref DwarfReader reader, ref ulong origin, out ulong begin, out ulong end)
    {
        (begin, end) = (0, 0);
        switch (reader.U8())
        {
            case DW_RLE_base_addressx:
                origin = _entries.AddressAt(reader.Uleb());
                return true;
            case DW_RLE_base_address:
                origin = reader.Unsigned(_header.AddressSize);
                return true;
            case DW_RLE_startx_endx:
                (begin, end) = (_entries.AddressAt(reader.Uleb()), _entries.AddressAt(reader.Uleb()));
                return true;
            case DW_RLE_startx_length:
                begin = _entries.AddressAt(reader.Uleb());
                end = begin + reader.Uleb();
                return true;
            case DW_RLE_offset_pair:
                (begin, end) = (origin + reader.Uleb(), origin + reader.Uleb());
                return true;
            case DW_RLE_start_end:
                (begin, end) = (reader.Unsigned(_header.AddressSize), reader.Unsigned(_header.AddressSize));
                return true;
            case DW_RLE_start_length:
                begin = reader.Unsigned(_header.AddressSize);
                end = begin + reader.Uleb();
                return true;
            default:
                return false;
        }
    }

    private static void Add(List<(ulong Begin, ulong End)> ranges, ulong begin, ulong end)
    {
        if (begin < end)
            ranges.Add((begin, end));
    }
}
