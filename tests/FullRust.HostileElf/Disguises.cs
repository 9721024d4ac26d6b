// Programs that an interpreter starts, made to look as if none did: every combination of lying identity bytes, missing or renamed
// section tables, and interpreter entries of odd place, size and flags. From a real dynamic program given as bytes, and from the sample.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.HostileElf;

/// <summary>Programs that an interpreter starts, made to look static.</summary>
public static class Disguises
{
    private static readonly (byte Class, byte Data, byte Version)[] s_identities = [(2, 1, 1), (1, 1, 1), (2, 2, 1), (2, 1, 0), (0, 0, 0), (1, 2, 255)];

    /// <summary>Disguises a dynamic program in every way at once and each alone.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> OfDynamic(byte[] program)
    {
        foreach ((byte Class, byte Data, byte Version) identity in s_identities)
        {
            foreach (string sections in (string[])["kept", "none", "unnamed", "retyped"])
            {
                foreach (string dynamic in (string[])["kept", "file-view-empty", "no-size"])
                {
                    ElfEdit edit = ChangeDynamic(new ElfEdit((byte[])program.Clone()), dynamic);
                    ChangeSections(edit, sections);
                    yield return ($"dynamic-{identity.Class}{identity.Data}{identity.Version}-{sections}-{dynamic}", Identify(edit, identity).Bytes);
                }
            }
        }
    }

    /// <summary>Gives the sample an interpreter in every place and form that the kernel takes.</summary>
    /// <param name="interpreter">The interpreter's path.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> OfStatic(string interpreter)
    {
        byte[] path = System.Text.Encoding.UTF8.GetBytes(interpreter + "\0");
        foreach ((byte Class, byte Data, byte Version) identity in s_identities)
        {
            foreach (int place in (int[])[SampleElf.Phdr, SampleElf.Note, SampleElf.Spare])
            {
                foreach (int extra in (int[])[0, 1, 100])
                {
                    foreach (string sections in (string[])["kept", "none"])
                    {
                        ElfEdit edit = SampleElf.Build();
                        ulong at = (ulong)edit.Bytes.Length;
                        edit.Append(path).Append(new byte[extra]);
                        edit.WithSegment(place, (ref Elf64_Phdr p) => p = new Elf64_Phdr { p_type = PT_INTERP, p_offset = at, p_filesz = (ulong)(path.Length + extra) });
                        ChangeSections(edit, sections);
                        yield return ($"static-{identity.Class}{identity.Data}{identity.Version}-{place}-{extra}-{sections}", Identify(edit, identity).Bytes);
                    }
                }
            }
        }
    }

    private static ElfEdit Identify(ElfEdit edit, (byte Class, byte Data, byte Version) identity) => edit.WithHeader((ref Elf64_Ehdr h) =>
        (h.e_ident.Class, h.e_ident.Data, h.e_ident.Version) = identity);

    private static void ChangeSections(ElfEdit edit, string how)
    {
        Elf64_Ehdr header = edit.Header;
        if (how == "none")
            edit.WithHeader((ref Elf64_Ehdr h) => (h.e_shoff, h.e_shnum, h.e_shstrndx) = (0, 0, 0));
        for (int i = 1; i < header.e_shnum && how is "unnamed" or "retyped"; i++)
        {
            edit.WithSection(i, (ref Elf64_Shdr s) =>
            {
                s.sh_name = how == "unnamed" ? 0 : s.sh_name;
                s.sh_type = how == "retyped" ? SHT_PROGBITS : s.sh_type;
            });
        }
    }

    // Loaders take the table by address, tools by offset: the file view can show an empty table, or one of no size.
    private static ElfEdit ChangeDynamic(ElfEdit edit, string how)
    {
        for (int i = 0; i < edit.Header.e_phnum; i++)
        {
            if (edit.Segment(i).p_type != PT_DYNAMIC)
                continue;
            ulong end = (ulong)edit.Bytes.Length;
            if (how == "file-view-empty")
                edit.Append(new byte[16]).WithSegment(i, (ref Elf64_Phdr p) => (p.p_offset, p.p_filesz) = (end, 16));
            else if (how == "no-size")
                edit.WithSegment(i, (ref Elf64_Phdr p) => p.p_filesz = 0);
        }

        return edit;
    }
}
