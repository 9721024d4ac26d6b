// What the file tells about itself in sections that are not loaded: debug information, producers, dependency lists.

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class DescriptionRules
{
    private const int MaxProducers = 16, MaxDependencyBytes = 8 << 20;

    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.D01, RuleId.D02);
        for (int i = 0; i < binary.Sections.Rows.Length; i++)
        {
            Elf64_Shdr row = binary.Sections.Rows[i];
            if (row.sh_type == SHT_NOBITS || !binary.Image.TrySlice(row.sh_offset, row.sh_size, out ElfSpan bytes))
                continue;
            ReadOnlySpan<byte> name = binary.Sections.NameOf(row);
            if (name.StartsWith(".debug_"u8) || name.StartsWith(".zdebug_"u8))
                run.Facts.DebugBytes = ElfBinary.AddSaturated(run.Facts.DebugBytes, row.sh_size);
            else if (row.sh_type == SHT_PROGBITS && name.SequenceEqual(".comment"u8))
                ReadProducers(bytes.Bytes, binary, i, run);
            else if (name.SequenceEqual(".dep-v0"u8))
                ReadDependencies(bytes.Bytes, binary, i, run);
        }

        if (run.Facts.DebugBytes != 0)
            run.Fail(RuleId.D01, "debug sections", $"the file carries {run.Facts.DebugBytes} bytes of debug information", 0, 0);
        run.NotApplicable(RuleId.D03);
    }

    // Strings, each ended by a NUL (GNU as, .ident).
    private static void ReadProducers(ReadOnlySpan<byte> bytes, in ElfBinary binary, int index, RuleRun run)
    {
        bool isText = bytes.IsEmpty || bytes[^1] == 0;
        var producers = new List<string>();
        while (!bytes.IsEmpty && producers.Count < MaxProducers)
        {
            int end = bytes.IndexOf((byte)0);
            ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
            isText &= !text.ContainsAnyInRange((byte)0, (byte)0x1f);
            if (!text.IsEmpty)
                producers.Add(PrintableText.Escape(text));
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }

        run.Facts.Producers = producers;
        if (!isText)
            run.Fail(RuleId.D02, binary.Sections.PlaceOf(index), "the producers are no row of printable texts, each ended by a NUL", binary.Sections.Rows[index].sh_offset, binary.Sections.Rows[index].sh_size);
    }

    // cargo auditable: zlib-compressed JSON. Hostile bytes may expand a thousandfold, so the reading stops at a limit.
    private static void ReadDependencies(ReadOnlySpan<byte> bytes, in ElfBinary binary, int index, RuleRun run)
    {
        run.Begin(RuleId.D03);
        Elf64_Shdr row = binary.Sections.Rows[index];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            var text = new byte[MaxDependencyBytes];
            int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            if (length == text.Length)
                run.Unknown(RuleId.D03, binary.Sections.PlaceOf(index), $"the dependency list has more than {MaxDependencyBytes} bytes", row.sh_offset, row.sh_size);
            else
                run.Facts.AuditableDependencies = Encoding.UTF8.GetString(text, 0, length);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            run.Fail(RuleId.D03, binary.Sections.PlaceOf(index), "the dependency list is no zlib stream", row.sh_offset, row.sh_size);
        }
    }
}
