// --oformat=binary: the bytes that are loaded, from the lowest load address to the highest, without any header (GNU ld manual and BFD's
// "binary" target).

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;

namespace FullRust.Linker.Writing;

internal static class BinaryImage
{
    private const ulong MaxSize = 4UL << 30;

    /// <summary>Makes the binary from the finished ELF image, which it disposes.</summary>
    /// <returns>The binary, or null after an error was reported.</returns>
    internal static OutputImage? From(OutputImage image, OutputLayout layout, DiagnosticSink sink)
    {
        using (image)
        {
            ulong low = ulong.MaxValue, high = 0;
            foreach (OutputSection section in layout.Sections)
            {
                if (!IsWritten(section))
                    continue;
                low = Math.Min(low, LoadAddress(section, layout));
                high = Math.Max(high, checked(LoadAddress(section, layout) + section.Size));
            }

            if (high > low && high - low > MaxSize)
            {
                sink.Error(DiagnosticId.Layout, $"the binary would have {high - low} bytes, from 0x{low:x} to 0x{high:x}; at most {MaxSize} are written");
                return null;
            }

            var buffer = new NativeBuffer(high > low ? (long)(high - low) : 0);
            foreach (OutputSection section in layout.Sections)
            {
                if (IsWritten(section))
                    image.Bytes.Slice((long)section.FileOffset, (long)section.Size).Span.CopyTo(buffer.Slice((long)(LoadAddress(section, layout) - low), (long)section.Size));
            }

            return new OutputImage(buffer);
        }
    }

    private static bool IsWritten(OutputSection section) => section.IsAllocated && section.SizeInFile != 0;

    private static ulong LoadAddress(OutputSection section, OutputLayout layout)
    {
        foreach (Segment segment in layout.Segments)
        {
            if (segment.LoadAddress is { } load && segment.Type == Elf.Native.ElfConstants.PT_LOAD && section.Address - segment.Address < segment.SizeInMemory)
                return load + (section.Address - segment.Address);
        }

        return section.Address;
    }
}
