// Maps the PT_LOADs of one file as the kernel does. Since 6.7 each segment brings its own zero-filled part (elf_load); before, the
// loader kept the highest end of file bytes and of memory so far and filled the space between them when the next segment came, and
// once more at the end (set_brk, padzero).

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Loading;

internal sealed class SegmentMapper(long fileLength, bool isPositionDependent, LoaderEnvironment environment, ulong lowestStackAddress)
{
    private const ulong TaskSize = ElfBinary.UserMemoryEnd;

    private readonly bool _isSegmentwise = environment.Kernel.IsAtLeast(KernelVersion.SegmentwiseZeroFill);
    private ulong _fileEnd;
    private ulong _memoryEnd;
    private uint _lastFlags;

    internal AddressSpace Space { get; } = new();

    internal ulong HighestAddress => _memoryEnd;

    /// <summary>Maps one segment; returns why the process is killed, or null.</summary>
    internal string? Map(in Elf64_Phdr segment)
    {
        string? failure = _isSegmentwise ? MapSegmentwise(segment) : MapBefore67(segment);
        failure ??= CheckSizes(segment);
        if (failure is not null)
            return failure;
        _fileEnd = Math.Max(_fileEnd, segment.p_vaddr + segment.p_filesz);
        _memoryEnd = Math.Max(_memoryEnd, segment.p_vaddr + segment.p_memsz);
        _lastFlags = segment.p_flags;
        return null;
    }

    /// <summary>What the loader does after the last segment; returns why the process is killed, or null.</summary>
    internal string? Finish()
    {
        // Failure to zero the tail of the last file page is ignored here too, by the stable kernels of 6.1 (tests/kernels).
        return _isSegmentwise || _memoryEnd <= _fileEnd ? null : MapZeros(ElfBinary.PageEnd(_fileEnd), ElfBinary.PageEnd(_memoryEnd), _lastFlags);
    }

    private string? MapSegmentwise(in Elf64_Phdr segment)
    {
        ulong inPage = segment.p_vaddr % ElfBinary.PageSize;
        ulong start = ElfBinary.PageStart(segment.p_vaddr);
        ulong zeroStart = start, zeroEnd = unchecked(start + inPage + segment.p_memsz);
        if (segment.p_filesz != 0)
        {
            string? failure = MapFile(segment);
            if (failure is not null)
                return failure;
            zeroStart = unchecked(start + inPage + segment.p_filesz);
            bool mustZero = segment.p_memsz > segment.p_filesz && (segment.p_flags & PF_W) != 0;
            if (mustZero && !CanZeroTail(zeroStart))
                return "the tail of the last file page cannot be zeroed";
        }

        return segment.p_memsz > segment.p_filesz
            ? MapZeros(ElfBinary.PageEnd(zeroStart), ElfBinary.PageEnd(zeroEnd), segment.p_flags)
            : null;
    }

    private string? MapBefore67(in Elf64_Phdr segment)
    {
        // Failure to zero the tail between two segments is ignored here.
        string? failure = _memoryEnd > _fileEnd ? MapZeros(ElfBinary.PageEnd(_fileEnd), ElfBinary.PageEnd(_memoryEnd), _lastFlags) : null;
        bool hasPages = segment.p_filesz != 0 || segment.p_vaddr % ElfBinary.PageSize != 0;
        return failure ?? (hasPages ? MapFile(segment) : null);
    }

    private string? MapFile(in Elf64_Phdr segment)
    {
        ulong inPage = segment.p_vaddr % ElfBinary.PageSize;
        ulong start = ElfBinary.PageStart(segment.p_vaddr);
        ulong offset = unchecked(segment.p_offset - inPage);
        if (segment.p_filesz > TaskSize)
            return "the segment is larger than user memory";
        ulong size = ElfBinary.PageEnd(segment.p_filesz + inPage);
        if (offset % ElfBinary.PageSize != 0)
            return "file offset and address are not congruent modulo the page size";
        if (offset > long.MaxValue - size)
            return "the file offset is out of range";
        string? failure = CheckRange(start, size, (segment.p_flags & PF_W) != 0);
        if (failure is not null)
            return failure;
        Space.Map(new Mapping(start, start + size, segment.p_flags & (PF_R | PF_W | PF_X), true, offset));
        return null;
    }

    private string? MapZeros(ulong start, ulong end, uint flags)
    {
        ulong size = unchecked(end - start);
        if (size == 0)
            return null;
        if (end < start)
            return "the zero-filled part wraps around";
        string? failure = CheckRange(start, size, isPrivate: true);
        if (failure is not null)
            return failure;
        Space.Map(new Mapping(start, end, PF_R | PF_W | (flags & PF_X), false, 0));
        return null;
    }

    private string? CheckRange(ulong start, ulong size, bool isPrivate)
    {
        if (start >= TaskSize || size > TaskSize - start)
            return "the segment reaches beyond user memory";
        if (isPrivate && size > environment.MemoryLimit)
            return "the segment asks for more memory than there is";
        if (!isPositionDependent)
            return null;
        if (start < environment.LowestAddress)
            return "the segment begins below vm.mmap_min_addr";
        return start + size > lowestStackAddress ? "the segment lies where the stack may be" : null;
    }

    private static string? CheckSizes(in Elf64_Phdr segment)
    {
        if (segment.p_vaddr >= TaskSize || segment.p_memsz > TaskSize || TaskSize - segment.p_memsz < segment.p_vaddr)
            return "the segment reaches beyond user memory";
        return segment.p_filesz > segment.p_memsz ? "p_filesz exceeds p_memsz" : null;
    }

    // The kernel writes zeros from an address to the end of its page: the page must be mapped, writable and inside the file.
    private bool CanZeroTail(ulong address)
    {
        if (address % ElfBinary.PageSize == 0)
            return true;
        if (!Space.TryFind(address, out Mapping mapping) || (mapping.Rights & PF_W) == 0)
            return false;
        ulong offset = mapping.FileOffset + (ElfBinary.PageStart(address) - mapping.Start);
        return !mapping.IsFileBacked || offset < ElfBinary.PageEnd((ulong)fileLength);
    }
}
