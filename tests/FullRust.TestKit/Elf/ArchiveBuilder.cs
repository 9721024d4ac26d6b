// Archives made in memory, in the forms that ar at hand does not write or writes only right.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace FullRust.TestKit.Elf;

/// <summary>Builds an <c>ar</c> file member by member.</summary>
public sealed class ArchiveBuilder
{
    private readonly MemoryStream _output = new();

    /// <summary>Begins an archive.</summary>
    /// <param name="magic">The first line without its end.</param>
    public ArchiveBuilder(string magic = "!<arch>") => _output.Write(Encoding.ASCII.GetBytes(magic + "\n"));

    /// <summary>The offset of the next member's header.</summary>
    public long Position => _output.Length;

    /// <summary>Adds a member with a name field as it is.</summary>
    /// <param name="nameField">At most sixteen characters.</param>
    /// <param name="contents">Its bytes.</param>
    /// <param name="size">What the header says, if it is not the number of bytes.</param>
    public ArchiveBuilder Raw(string nameField, ReadOnlySpan<byte> contents, string? size = null)
    {
        string length = size ?? contents.Length.ToString(CultureInfo.InvariantCulture);
        _output.Write(Encoding.ASCII.GetBytes($"{nameField,-16}{"0",-12}{"0",-6}{"0",-6}{"644",-8}{length,-10}`\n"));
        _output.Write(contents);
        if ((contents.Length & 1) != 0)
            _output.WriteByte((byte)'\n');
        return this;
    }

    /// <summary>Adds a member in BSD's way: the name before the contents.</summary>
    public ArchiveBuilder Bsd(string name, ReadOnlySpan<byte> contents)
    {
        byte[] text = new byte[(name.Length + 4) & ~3];
        Encoding.ASCII.GetBytes(name, text);
        return Raw($"#1/{text.Length}", (byte[])[.. text, .. contents]);
    }

    /// <summary>A GNU symbol index.</summary>
    /// <param name="width">4 for <c>/</c>, 8 for <c>/SYM64/</c>.</param>
    /// <param name="entries">Names and offsets of member headers.</param>
    public static byte[] GnuIndex(int width, IReadOnlyList<(string Name, long Offset)> entries)
    {
        var output = new MemoryStream();
        Write(output, (ulong)entries.Count, width, isBig: true);
        foreach ((_, long offset) in entries)
            Write(output, (ulong)offset, width, isBig: true);
        foreach ((string name, _) in entries)
            output.Write(Encoding.ASCII.GetBytes(name + "\0"));
        return output.ToArray();
    }

    /// <summary>A BSD symbol index (<c>__.SYMDEF</c>).</summary>
    /// <param name="width">4, or 8 for the 64-bit form.</param>
    /// <param name="entries">Names and offsets of member headers.</param>
    public static byte[] BsdIndex(int width, IReadOnlyList<(string Name, long Offset)> entries)
    {
        var output = new MemoryStream();
        var names = new MemoryStream();
        Write(output, (ulong)(entries.Count * 2 * width), width, isBig: false);
        foreach ((string name, long offset) in entries)
        {
            Write(output, (ulong)names.Length, width, isBig: false);
            Write(output, (ulong)offset, width, isBig: false);
            names.Write(Encoding.ASCII.GetBytes(name + "\0"));
        }

        Write(output, (ulong)names.Length, width, isBig: false);
        output.Write(names.ToArray());
        return output.ToArray();
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Build() => _output.ToArray();

    private static void Write(MemoryStream output, ulong value, int width, bool isBig)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (isBig)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        output.Write(isBig ? bytes[(8 - width)..] : bytes[..width]);
    }
}
