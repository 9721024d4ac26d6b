// Is this a file that the x86-64 kernel would look into, and does its header say so to everybody else? (gABI, ELF Header)

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class HeaderRules
{
    internal static bool CheckMagic(ReadOnlySpan<byte> image, RuleRun run)
    {
        run.Begin(RuleId.I05);
        if (image.StartsWith("\u007fELF"u8))
            return true;
        run.Fail(RuleId.I05, "first bytes", $"not an ELF file: {KindOf(image)}", 0, (ulong)Math.Min(image.Length, 4));
        return false;
    }

    /// <summary>Checks the header; false if the kernel would not look further.</summary>
    internal static bool Check(in Elf64_Ehdr header, RuleRun run)
    {
        run.Facts.Type = NameOfType(header.e_type);
        bool isForX86_64 = CheckMachine(header, run);
        if (!isForX86_64)
            return false;
        run.Facts.IsElfForX86_64 = true;
        CheckIdentity(header, run);
        CheckUnread(header, run);
        return CheckType(header, run);
    }

    private static bool CheckMachine(in Elf64_Ehdr header, RuleRun run)
    {
        run.Begin(RuleId.H02);
        if (header.e_machine == EM_X86_64)
            return true;
        run.Fail(RuleId.H02, "e_machine", $"e_machine is {header.e_machine} ({NameOfMachine(header.e_machine)}), not 62 (x86-64)", 18, 2);
        return false;
    }

    private static bool CheckType(in Elf64_Ehdr header, RuleRun run)
    {
        run.Begin(RuleId.H03, RuleId.H04);
        if (header.e_type is not (ET_EXEC or ET_DYN))
        {
            run.Fail(RuleId.H03, "e_type", $"e_type is {header.e_type} ({NameOfType(header.e_type)}), which execve refuses", 16, 2);
            return false;
        }

        if (header.e_type == ET_DYN && run.Options.Profile != VerifyProfile.StaticPie)
            run.Fail(RuleId.H04, "e_type", "e_type is ET_DYN: a shared library or a position-independent program", 16, 2);
        return true;
    }

    private static void CheckIdentity(in Elf64_Ehdr header, RuleRun run)
    {
        run.Begin(RuleId.H01);
        ElfIdent ident = header.e_ident;
        if (ident.Class != ELFCLASS64)
            run.Fail(RuleId.H01, "EI_CLASS", $"EI_CLASS is {ident.Class}: readers see {NameOfClass(ident.Class)}, the kernel runs ELF64", 4, 1);
        if (ident.Data != ELFDATA2LSB)
            run.Fail(RuleId.H01, "EI_DATA", $"EI_DATA is {ident.Data}: readers see {NameOfData(ident.Data)}, the kernel runs little-endian", 5, 1);
        if (ident.Version != EV_CURRENT)
            run.Fail(RuleId.H01, "EI_VERSION", $"EI_VERSION is {ident.Version} instead of 1", 6, 1);
        if (header.e_version != EV_CURRENT)
            run.Fail(RuleId.H01, "e_version", $"e_version is {header.e_version} instead of 1", 20, 4);
    }

    private static void CheckUnread(in Elf64_Ehdr header, RuleRun run)
    {
        run.Begin(RuleId.H05);
        ElfIdent ident = header.e_ident;
        if (ident.OsAbi is not (ELFOSABI_NONE or ELFOSABI_GNU))
            run.Fail(RuleId.H05, "EI_OSABI", $"EI_OSABI is {ident.OsAbi}, neither 0 (System V) nor 3 (GNU)", 7, 1);
        if (ident.AbiVersion != 0)
            run.Fail(RuleId.H05, "EI_ABIVERSION", $"EI_ABIVERSION is {ident.AbiVersion} instead of 0", 8, 1);
        if ((ident.Pad0 | ident.Pad1 | ident.Pad2 | ident.Pad3 | ident.Pad4 | ident.Pad5 | ident.Pad6) != 0)
            run.Fail(RuleId.H05, "e_ident padding", "the padding of e_ident is not zero", 9, 7);
        if (header.e_flags != 0)
            run.Fail(RuleId.H05, "e_flags", $"e_flags is 0x{header.e_flags:x} instead of 0", 48, 4);
        if (header.e_ehsize != Elf64_Ehdr.Size)
            run.Fail(RuleId.H05, "e_ehsize", $"e_ehsize is {header.e_ehsize} instead of 64", 52, 2);
    }

    private static string KindOf(ReadOnlySpan<byte> image)
    {
        if (image.IsEmpty)
            return "the file is empty";
        if (image.StartsWith("#!"u8))
            return "a script";
        if (image.StartsWith("!<arch>\n"u8) || image.StartsWith("!<thin>\n"u8))
            return "an archive of objects";
        if (image.StartsWith("MZ"u8))
            return "a program for another system";
        return $"it begins with {Convert.ToHexStringLower(image[..Math.Min(image.Length, 4)])}";
    }

    private static string NameOfType(ushort type) => type switch
    {
        ET_NONE => "ET_NONE",
        ET_REL => "ET_REL",
        ET_EXEC => "ET_EXEC",
        ET_DYN => "ET_DYN",
        ET_CORE => "ET_CORE",
        _ => $"0x{type:x}",
    };

    private static string NameOfMachine(ushort machine) => machine switch
    {
        EM_386 => "i386",
        EM_AARCH64 => "AArch64",
        _ => "another machine",
    };

    private static string NameOfClass(byte value) => value == ELFCLASS32 ? "ELF32" : "an invalid class";

    private static string NameOfData(byte value) => value == ELFDATA2MSB ? "big-endian" : "an invalid byte order";
}
