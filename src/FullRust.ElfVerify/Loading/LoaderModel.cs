// A model of what execve does with an ELF file on x86-64: Linux, fs/binfmt_elf.c, load_elf_binary, as of 6.1 and of 6.7 and later.
// It reads what the kernel reads, in the kernel's order, and nothing else. Machine-dependent limits are parameters. The tests compare
// it with the running kernel on generated files.

using System;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Loading;

/// <summary>The circumstances of an execve that the file does not decide.</summary>
/// <param name="Kernel">The kernel's version.</param>
/// <param name="LowestAddress">vm.mmap_min_addr as it binds the caller; 0 for one with CAP_SYS_RAWIO.</param>
/// <param name="MemoryLimit">Bytes of private memory that one mapping may ask for before the kernel refuses to promise it.</param>
public readonly record struct LoaderEnvironment(KernelVersion Kernel, ulong LowestAddress, ulong MemoryLimit);

/// <summary>Models execve for ELF files on x86-64 Linux. Thread-safe; never throws for bad input.</summary>
public static class LoaderModel
{
    private const ulong TaskSize = ElfBinary.UserMemoryEnd;

    // The stack's top is up to 16 GiB below the end of user memory, and 128 MiB are kept below it for its growth.
    private const ulong LowestStackAddress = TaskSize - (17UL << 30);

    private const int MaxPath = 4096;

    /// <summary>Says what execve does.</summary>
    /// <param name="image">All bytes of the file.</param>
    /// <param name="environment">The circumstances.</param>
    /// <returns>The outcome.</returns>
    public static LoadOutcome Load(ReadOnlySpan<byte> image, LoaderEnvironment environment)
    {
        Elf64_Ehdr header = ElfBinary.ReadHeader(image);
        LoadOutcome? refusal = CheckHeader(image, header, environment.Kernel);
        if (refusal is not null)
            return refusal;
        ElfBinary binary = ElfBinary.Create(image, header, readSections: false);
        if (binary.Segments.Length != header.e_phnum)
            return LoadOutcome.Refuse("ENOEXEC", "the program header table cannot be read");
        refusal = FindInterpreter(binary, out string? interpreter);
        return refusal ?? MapSegments(binary, interpreter, environment);
    }

    private static LoadOutcome? CheckHeader(ReadOnlySpan<byte> image, in Elf64_Ehdr header, KernelVersion kernel)
    {
        if (!image.StartsWith("\u007fELF"u8))
            return LoadOutcome.Refuse("ENOEXEC", "no ELF magic");
        if (header.e_type is not (ET_EXEC or ET_DYN))
            return LoadOutcome.Refuse("ENOEXEC", $"e_type is {header.e_type}");
        if (header.e_machine != EM_X86_64)
            return LoadOutcome.Refuse("ENOEXEC", $"e_machine is {header.e_machine}");
        if (header.e_phentsize != Elf64_Phdr.Size)
            return LoadOutcome.Refuse("ENOEXEC", $"e_phentsize is {header.e_phentsize}");
        int size = header.e_phnum * Elf64_Phdr.Size;
        if (size == 0 || size > 65536 || (size > 4096 && !kernel.IsAtLeast(KernelVersion.LargeProgramHeaderTable)))
            return LoadOutcome.Refuse("ENOEXEC", $"e_phnum is {header.e_phnum}");
        return null;
    }

    private static LoadOutcome? FindInterpreter(in ElfBinary binary, out string? interpreter)
    {
        interpreter = null;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_INTERP)
                continue;
            if (segment.p_filesz is < 2 or > MaxPath)
                return LoadOutcome.Refuse("ENOEXEC", $"PT_INTERP has {segment.p_filesz} bytes");
            if (segment.p_offset > long.MaxValue)
                return LoadOutcome.Refuse("EINVAL", "PT_INTERP has a negative offset");
            if (!binary.Image.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan text))
                return LoadOutcome.Refuse("EIO", "PT_INTERP lies outside the file");
            if (text.Bytes[^1] != 0)
                return LoadOutcome.Refuse("ENOEXEC", "PT_INTERP does not end in NUL");
            ReadOnlySpan<byte> path = text.Bytes[..text.Bytes.IndexOf((byte)0)];
            if (path.IsEmpty)
                return LoadOutcome.Refuse("EACCES", "PT_INTERP is an empty path, which names the current folder");
            interpreter = PrintableText.Escape(path);
            return null;
        }

        return null;
    }

    private static LoadOutcome MapSegments(in ElfBinary binary, string? interpreter, LoaderEnvironment environment)
    {
        var mapper = new SegmentMapper(binary.Image.Length, binary.Header.e_type == ET_EXEC, environment, LowestStackAddress);
        ulong tableAddress = 0;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_LOAD)
                continue;
            string? failure = mapper.Map(segment);
            if (failure is not null)
                return LoadOutcome.Kill(failure);
            if (segment.p_offset <= binary.Header.e_phoff && binary.Header.e_phoff - segment.p_offset < segment.p_filesz)
                tableAddress = unchecked(binary.Header.e_phoff - segment.p_offset + segment.p_vaddr);
        }

        string? finalFailure = mapper.Finish();
        if (finalFailure is not null)
            return LoadOutcome.Kill(finalFailure);
        LoadOutcome? death = interpreter is null ? FirstInstruction(binary, mapper.Space) : null;
        if (death is not null)
            return death;
        return new LoadOutcome(LoadOutcomeKind.Runs, "", "")
        {
            Interpreter = interpreter,
            Mappings = mapper.Space.Mappings,
            Entry = binary.Header.e_entry,
            HasExecutableStack = StackIsExecutable(binary.Segments),
            ProgramHeaderAddress = tableAddress,
            HeapStart = ElfBinary.PageEnd(mapper.HighestAddress),
        };
    }

    private static LoadOutcome? FirstInstruction(in ElfBinary binary, AddressSpace space)
    {
        ulong entry = binary.Header.e_entry;
        if (entry >= TaskSize)
            return LoadOutcome.Kill("the entry point is no user address");
        if (!space.TryFind(entry, out Mapping mapping))
            return LoadOutcome.Kill("nothing is mapped at the entry point");
        if ((mapping.Rights & PF_X) == 0)
            return LoadOutcome.Kill("the entry point is not executable");
        ulong offset = unchecked(mapping.FileOffset + (ElfBinary.PageStart(entry) - mapping.Start));
        if (mapping.IsFileBacked && offset >= ElfBinary.PageEnd((ulong)binary.Image.Length))
            return LoadOutcome.Kill("the entry point lies behind the end of the file", "SIGBUS");
        return null;
    }

    private static bool StackIsExecutable(ReadOnlySpan<Elf64_Phdr> segments)
    {
        bool isExecutable = false;
        foreach (ref readonly Elf64_Phdr segment in segments)
        {
            if (segment.p_type == PT_GNU_STACK)
                isExecutable = (segment.p_flags & PF_X) != 0;
        }

        return isExecutable;
    }
}
