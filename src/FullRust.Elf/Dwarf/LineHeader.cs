// The header of a line number program, DWARF 2 to 5 (DWARF 5, 6.2.4). File and directory names are not collected: they are read when
// a row has been found and one of them is wanted.

using System;
using System.Text;

namespace FullRust.Elf.Dwarf;

/// <summary>The header of one unit of <c>.debug_line</c>.</summary>
internal struct LineHeader
{
    private const int FormBlock2 = 0x03;
    private const int FormBlock4 = 0x04;
    private const int FormData2 = 0x05;
    private const int FormData4 = 0x06;
    private const int FormData8 = 0x07;
    private const int FormString = 0x08;
    private const int FormBlock = 0x09;
    private const int FormBlock1 = 0x0a;
    private const int FormData1 = 0x0b;
    private const int FormFlag = 0x0c;
    private const int FormSdata = 0x0d;
    private const int FormStrp = 0x0e;
    private const int FormUdata = 0x0f;
    private const int FormSecOffset = 0x17;
    private const int FormStrx = 0x1a;
    private const int FormStrpSup = 0x1d;
    private const int FormData16 = 0x1e;
    private const int FormLineStrp = 0x1f;
    private const int FormStrx1 = 0x25;
    private const int FormStrx2 = 0x26;
    private const int FormStrx3 = 0x27;
    private const int FormStrx4 = 0x28;

    private const int ContentPath = 1;
    private const int ContentDirectory = 2;

    private int _offsetSize;
    private int _tables;

    public int Version { get; private set; }


    public int MinimumInstructionLength { get; private set; }

    public int MaximumOperations { get; private set; }

    public int LineBase { get; private set; }

    public int LineRange { get; private set; }

    public int OpcodeBase { get; private set; }

    /// <summary>Where the operand counts of the standard opcodes begin, opcode 1 first.</summary>
    public int OpcodeLengths { get; private set; }

    /// <summary>First byte of the program.</summary>
    public int ProgramStart { get; private set; }

    /// <summary>The byte after the unit.</summary>
    public int End { get; private set; }

    /// <summary>Reads the header at <paramref name="start"/>. End is set, past the start, whenever the unit's length makes sense.</summary>
    /// <returns>False if the unit cannot be used.</returns>
    public static bool TryRead(ReadOnlySpan<byte> section, int start, out LineHeader header)
    {
        header = default;
        var reader = new DwarfReader(section) { Position = start };
        ulong length = reader.InitialLength(out header._offsetSize);
        if (reader.HasFailed || length > (ulong)(section.Length - reader.Position))
            return false;

        header.End = reader.Position + (int)length;
        header.Version = (int)reader.Unsigned(2);
        if (header.Version >= 5)
            reader.Skip(2); // sizes of an address and of a segment selector

        ulong headerLength = reader.Unsigned(header._offsetSize);
        if (reader.HasFailed || header.Version is < 2 or > 5 || headerLength > (ulong)Math.Max(0, header.End - reader.Position))
            return false;
        header.ProgramStart = reader.Position + (int)headerLength;
        header.ReadParameters(ref reader);
        return !reader.HasFailed && header.LineRange != 0 && header._tables <= header.ProgramStart;
    }

    /// <summary>The path of a file, with its directory in front unless it is absolute.</summary>
    public readonly string? PathOf(ulong file, in LineSections sections)
    {
        var reader = new DwarfReader(sections.Line) { Position = _tables };
        return Version >= 5 ? PathInVersion5(ref reader, file, sections) : PathInVersion2(ref reader, file);
    }

    private void ReadParameters(ref DwarfReader reader)
    {
        MinimumInstructionLength = reader.U8();
        MaximumOperations = Version >= 4 ? Math.Max((int)reader.U8(), 1) : 1;
        reader.Skip(1);
        LineBase = (sbyte)reader.U8();
        LineRange = reader.U8();
        OpcodeBase = reader.U8();
        OpcodeLengths = reader.Position;
        reader.Skip((ulong)Math.Max(OpcodeBase - 1, 0));
        _tables = reader.Position;
    }

    // Two lists that end with an empty name; both count from 1, and directory 0 is where the compiler ran.
    private readonly string? PathInVersion2(ref DwarfReader reader, ulong file)
    {
        int directories = reader.Position;
        while (!reader.IsAtEnd && reader.String().Length > 0)
        {
        }

        for (ulong i = 1; !reader.IsAtEnd && reader.Position < ProgramStart; i++)
        {
            ReadOnlySpan<byte> name = reader.String();
            if (name.IsEmpty)
                return null;
            ulong directory = reader.Uleb();
            reader.Uleb();
            reader.Uleb();
            if (i != file || reader.HasFailed)
                continue;
            reader.Position = directories;
            return Join(DirectoryInVersion2(ref reader, directory), name);
        }

        return null;
    }

    private static ReadOnlySpan<byte> DirectoryInVersion2(ref DwarfReader reader, ulong directory)
    {
        for (ulong i = 1; i <= directory && !reader.IsAtEnd; i++)
        {
            ReadOnlySpan<byte> name = reader.String();
            if (name.IsEmpty)
                return default;
            if (i == directory)
                return name;
        }

        return default;
    }

    private readonly string? PathInVersion5(ref DwarfReader reader, ulong file, in LineSections sections)
    {
        int directories = reader.Position;
        TryFindEntry(ref reader, ulong.MaxValue, sections, out _, out _);
        if (!TryFindEntry(ref reader, file, sections, out ReadOnlySpan<byte> name, out ulong directory))
            return null;
        reader.Position = directories;
        TryFindEntry(ref reader, directory, sections, out ReadOnlySpan<byte> directoryName, out _);
        return Join(directoryName, name);
    }

    // A table describes its columns first. Reading goes on to the table's end unless the entry is found.
    private readonly bool TryFindEntry(ref DwarfReader reader, ulong wanted, in LineSections sections, out ReadOnlySpan<byte> path, out ulong directory)
    {
        path = default;
        directory = 0;
        int formatCount = reader.U8();
        int formats = reader.Position;
        for (int i = 0; i < formatCount * 2; i++)
            reader.Uleb();
        ulong count = reader.Uleb();
        if (formatCount == 0)
            return false;

        for (ulong i = 0; i < count && !reader.HasFailed && reader.Position < ProgramStart; i++)
        {
            var format = new DwarfReader(sections.Line) { Position = formats };
            for (int column = 0; column < formatCount; column++)
            {
                ulong content = format.Uleb();
                ulong form = format.Uleb();
                if (content == ContentPath)
                    path = ReadString(ref reader, form, sections);
                else if (content == ContentDirectory)
                    directory = ReadNumber(ref reader, form);
                else
                    SkipForm(ref reader, form);
            }

            if (i == wanted)
                return !reader.HasFailed && !path.IsEmpty;
        }

        return false;
    }

    private readonly ReadOnlySpan<byte> ReadString(ref DwarfReader reader, ulong form, in LineSections sections)
    {
        switch (form)
        {
            case FormString:
                return reader.String();
            case FormLineStrp or FormStrp:
                int field = reader.Position;
                ulong offset = reader.Unsigned(_offsetSize);
                if (sections.Relocations.TryFind(field, out _, out ulong relocated))
                    offset = relocated;
                new ElfSpan(form == FormStrp ? sections.Str : sections.LineStr).TryReadString(offset, out ReadOnlySpan<byte> text);
                return text;
            default:
                SkipForm(ref reader, form);
                return default;
        }
    }

    private readonly ulong ReadNumber(ref DwarfReader reader, ulong form)
    {
        switch (form)
        {
            case FormUdata:
                return reader.Uleb();
            case FormData1 or FormData2 or FormData4 or FormData8:
                return reader.Unsigned(form switch { FormData1 => 1, FormData2 => 2, FormData4 => 4, _ => 8 });
            default:
                SkipForm(ref reader, form);
                return 0;
        }
    }

    private readonly void SkipForm(ref DwarfReader reader, ulong form)
    {
        switch (form)
        {
            case FormString:
                reader.String();
                break;
            case FormUdata or FormSdata or FormStrx:
                reader.Uleb();
                break;
            case FormBlock:
                reader.Skip(reader.Uleb());
                break;
            case FormBlock1 or FormBlock2 or FormBlock4:
                reader.Skip(reader.Unsigned(form switch { FormBlock1 => 1, FormBlock2 => 2, _ => 4 }));
                break;
            default:
                reader.Skip(FixedSize(form));
                break;
        }
    }

    private readonly ulong FixedSize(ulong form) => form switch
    {
        FormData1 or FormFlag or FormStrx1 => 1,
        FormData2 or FormStrx2 => 2,
        FormStrx3 => 3,
        FormData4 or FormStrx4 => 4,
        FormData8 => 8,
        FormData16 => 16,
        FormStrp or FormLineStrp or FormSecOffset or FormStrpSup => (ulong)_offsetSize,
        _ => ulong.MaxValue, // unknown: nothing after it can be read
    };

    private static string Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name)
    {
        string file = Encoding.UTF8.GetString(name);
        if (directory.IsEmpty || name[0] == (byte)'/')
            return file;
        string prefix = Encoding.UTF8.GetString(directory);
        return prefix.EndsWith('/') ? prefix + file : prefix + "/" + file;
    }
}
