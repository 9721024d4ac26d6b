// Reads the attributes of debug information entries (DWARF 5, 7.5.4 to 7.5.6). Of what indexing does not ask for only the length is known.

using System;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

/// <summary>A value of an attribute: a number, an offset or an address, and a string's bytes.</summary>
internal ref struct AttributeValue
{
    internal ulong Number;
    internal ReadOnlySpan<byte> Text;

    /// <summary>Whether <see cref="Number"/> is an index that <see cref="EntryReader"/> could not resolve, because a base was not known yet.</summary>
    internal bool IsIndex;

    /// <summary>The form it was stored in.</summary>
    internal ulong Form;
}

/// <summary>Reads attributes of one unit.</summary>
internal ref struct EntryReader(scoped in DebugSections sections, scoped in UnitHeader header)
{
    private readonly DebugSections _sections = sections;
    private readonly UnitHeader _header = header;

    /// <summary>DW_AT_str_offsets_base; where a unit does not say, behind the table's header.</summary>
    internal ulong StrOffsetsBase { get; set; } = header.Version >= 5 ? (header.OffsetSize == 8 ? 16UL : 8UL) : 0;

    /// <summary>DW_AT_addr_base.</summary>
    internal ulong AddrBase { get; set; } = header.Version >= 5 ? (header.OffsetSize == 8 ? 16UL : 8UL) : 0;

    /// <summary>Reads a value.</summary>
    internal readonly AttributeValue Read(scoped ref DwarfReader reader, scoped in AttributeSpecification specification)
    {
        ulong form = specification.Form;
        while (form == DW_FORM_indirect && !reader.HasFailed)
            form = reader.Uleb();
        var value = new AttributeValue { Form = form };
        switch (form)
        {
            case DW_FORM_string:
                value.Text = reader.String();
                break;
            case DW_FORM_strp or DW_FORM_line_strp:
                new ElfSpan(form == DW_FORM_strp ? _sections.Str : _sections.LineStr).TryReadString(reader.Unsigned(_header.OffsetSize), out value.Text);
                break;
            case DW_FORM_strx or DW_FORM_strx1 or DW_FORM_strx2 or DW_FORM_strx3 or DW_FORM_strx4 or DW_FORM_GNU_str_index:
                value.Text = StringAt(Index(ref reader, form));
                break;
            case DW_FORM_addrx or DW_FORM_addrx1 or DW_FORM_addrx2 or DW_FORM_addrx3 or DW_FORM_addrx4 or DW_FORM_GNU_addr_index:
                (value.Number, value.IsIndex) = (Index(ref reader, form), true);
                break;
            case DW_FORM_implicit_const:
                value.Number = (ulong)specification.Constant;
                break;
            case DW_FORM_ref1 or DW_FORM_ref2 or DW_FORM_ref4 or DW_FORM_ref8 or DW_FORM_ref_udata:
                value.Number = Number(ref reader, form) + (ulong)_header.Start;
                break;
            default:
                value.Number = Number(ref reader, form);
                break;
        }

        return value;
    }

    /// <summary>The address that an index stands for; 0 if there is none.</summary>
    internal readonly ulong AddressAt(ulong index) =>
        index < (ulong)_sections.Addr.Length && AddrBase < (ulong)_sections.Addr.Length ? At(_sections.Addr, AddrBase + (index * (ulong)_header.AddressSize), _header.AddressSize) : 0;

    private readonly ReadOnlySpan<byte> StringAt(ulong index)
    {
        if (index >= (ulong)_sections.StrOffsets.Length || StrOffsetsBase >= (ulong)_sections.StrOffsets.Length)
            return default;
        new ElfSpan(_sections.Str).TryReadString(At(_sections.StrOffsets, StrOffsetsBase + (index * (ulong)_header.OffsetSize), _header.OffsetSize), out ReadOnlySpan<byte> text);
        return text;
    }

    private static ulong At(ReadOnlySpan<byte> section, ulong offset, int size) => new DwarfReader(section) { Position = (int)Math.Min(offset, (ulong)section.Length) }.Unsigned(size);

    private static ulong Index(scoped ref DwarfReader reader, ulong form) => form switch
    {
        DW_FORM_strx1 or DW_FORM_addrx1 => reader.U8(),
        DW_FORM_strx2 or DW_FORM_addrx2 => reader.Unsigned(2),
        DW_FORM_strx3 or DW_FORM_addrx3 => reader.Unsigned(2) | ((ulong)reader.U8() << 16),
        DW_FORM_strx4 or DW_FORM_addrx4 => reader.Unsigned(4),
        _ => reader.Uleb(),
    };

    private readonly ulong Number(scoped ref DwarfReader reader, ulong form)
    {
        switch (form)
        {
            case DW_FORM_addr:
                return reader.Unsigned(_header.AddressSize);
            case DW_FORM_data1 or DW_FORM_ref1 or DW_FORM_flag:
                return reader.U8();
            case DW_FORM_data2 or DW_FORM_ref2:
                return reader.Unsigned(2);
            case DW_FORM_data4 or DW_FORM_ref4 or DW_FORM_ref_sup4:
                return reader.Unsigned(4);
            case DW_FORM_data8 or DW_FORM_ref8 or DW_FORM_ref_sig8 or DW_FORM_ref_sup8:
                return reader.Unsigned(8);
            case DW_FORM_sdata:
                return (ulong)reader.Sleb();
            case DW_FORM_udata or DW_FORM_ref_udata or DW_FORM_loclistx or DW_FORM_rnglistx:
                return reader.Uleb();
            case DW_FORM_sec_offset or DW_FORM_strp_sup or DW_FORM_GNU_ref_alt or DW_FORM_GNU_strp_alt:
                return reader.Unsigned(_header.OffsetSize);
            case DW_FORM_ref_addr:
                return reader.Unsigned(_header.Version <= 2 ? _header.AddressSize : _header.OffsetSize);
            case DW_FORM_flag_present:
                return 1;
            case DW_FORM_data16:
                reader.Skip(16);
                return 0;
            default:
                return Block(ref reader, form);
        }
    }

    // Of a block only its length counts here. Behind an unknown form nothing can be read.
    private static ulong Block(scoped ref DwarfReader reader, ulong form)
    {
        ulong length = form switch
        {
            DW_FORM_block1 => reader.U8(),
            DW_FORM_block2 => reader.Unsigned(2),
            DW_FORM_block4 => reader.Unsigned(4),
            DW_FORM_block or DW_FORM_exprloc => reader.Uleb(),
            _ => ulong.MaxValue,
        };
        reader.Skip(length);
        return length;
    }
}
