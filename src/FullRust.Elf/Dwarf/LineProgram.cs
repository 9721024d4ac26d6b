// The line number state machine (DWARF 5, 6.2.2 and 6.2.5), run until the row that covers a wanted place.

using System;

namespace FullRust.Elf.Dwarf;

/// <summary>Runs one unit's program.</summary>
internal ref struct LineProgram
{
    private const byte Copy = 1;
    private const byte AdvancePc = 2;
    private const byte AdvanceLine = 3;
    private const byte SetFile = 4;
    private const byte SetColumn = 5;
    private const byte ConstAddPc = 8;
    private const byte FixedAdvancePc = 9;
    private const byte EndSequence = 1;
    private const byte SetAddress = 2;

    private readonly LineSections _sections;
    private readonly LineHeader _header;
    private readonly uint _wantedSection;
    private readonly ulong _wantedAddress;

    private LineRow _row;
    private LineRow _previous;
    private bool _hasPrevious;
    private int _operation;

    public LineProgram(in LineSections sections, in LineHeader header, uint section, ulong address)
    {
        _sections = sections;
        _header = header;
        _wantedSection = section;
        _wantedAddress = address;
        Reset();
    }

    /// <summary>The registers of the state machine that matter here.</summary>
    public record struct LineRow(uint Section, ulong Address, ulong File, uint Line, uint Column);

    /// <summary>Looks for the row that covers the wanted place: at or below it, and the next row above it.</summary>
    public bool TryFind(out LineRow found)
    {
        var reader = new DwarfReader(_sections.Line[.._header.End]) { Position = _header.ProgramStart };
        while (!reader.IsAtEnd)
        {
            byte opcode = reader.U8();
            bool isRow = opcode switch
            {
                0 => Extended(ref reader, out bool ends) && ends,
                _ when opcode >= _header.OpcodeBase => Special(opcode),
                _ => Standard(ref reader, opcode),
            };
            if (!isRow)
                continue;
            if (Covers())
            {
                found = _previous;
                return true;
            }

            _previous = _row;
            _hasPrevious = true;
            if (opcode == 0)
                Reset();
        }

        found = default;
        return false;
    }

    private void Reset()
    {
        _row = new LineRow(0, 0, 1, 1, 0);
        _operation = 0;
        _hasPrevious = false;
    }

    // Line 0 marks code without a source line.
    private readonly bool Covers() =>
        _hasPrevious && _previous.Section == _wantedSection && _previous.Line != 0
        && _previous.Address <= _wantedAddress && _wantedAddress < _row.Address;

    private bool Special(byte opcode)
    {
        int adjusted = opcode - _header.OpcodeBase;
        Advance((ulong)(adjusted / _header.LineRange));
        _row.Line = unchecked((uint)((int)_row.Line + _header.LineBase + (adjusted % _header.LineRange)));
        return true;
    }

    private void Advance(ulong operations)
    {
        unchecked
        {
            if (_header.MaximumOperations == 1)
            {
                _row.Address += operations * (ulong)_header.MinimumInstructionLength;
                return;
            }

            ulong total = (ulong)_operation + operations;
            ulong maximum = (ulong)_header.MaximumOperations;
            _row.Address += (ulong)_header.MinimumInstructionLength * (total / maximum);
            _operation = (int)(total % maximum);
        }
    }

    private bool Standard(ref DwarfReader reader, byte opcode)
    {
        switch (opcode)
        {
            case Copy:
                return true;
            case AdvancePc:
                Advance(reader.Uleb());
                break;
            case AdvanceLine:
                _row.Line = unchecked((uint)(_row.Line + reader.Sleb()));
                break;
            case SetFile:
                _row.File = reader.Uleb();
                break;
            case SetColumn:
                _row.Column = (uint)Math.Min(reader.Uleb(), uint.MaxValue);
                break;
            case ConstAddPc:
                Advance((ulong)((255 - _header.OpcodeBase) / _header.LineRange));
                break;
            case FixedAdvancePc:
                _row.Address = unchecked(_row.Address + reader.Unsigned(2));
                _operation = 0;
                break;
            default:
                for (int operands = _sections.Line[_header.OpcodeLengths + opcode - 1]; operands > 0; operands--)
                    reader.Uleb();
                break;
        }

        return false;
    }

    private bool Extended(ref DwarfReader reader, out bool endsSequence)
    {
        endsSequence = false;
        ulong length = reader.Uleb();
        int start = reader.Position;
        if (length == 0)
            return true;

        byte opcode = reader.U8();
        endsSequence = opcode == EndSequence;
        if (opcode == SetAddress)
            ReadAddress(ref reader, (int)Math.Min(length - 1, 8));
        if (reader.HasFailed)
            return false;
        reader.Position = start;
        reader.Skip(length);
        return true;
    }

    private void ReadAddress(ref DwarfReader reader, int size)
    {
        int field = reader.Position;
        _row.Address = reader.Unsigned(size);
        _row.Section = 0;
        _operation = 0;
        if (_sections.Relocations.TryFind(field, out uint section, out ulong value))
        {
            _row.Section = section;
            _row.Address = value;
        }
    }
}
