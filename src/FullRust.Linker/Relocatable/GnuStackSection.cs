// .note.GNU-stack: an empty section whose SHF_EXECINSTR says whether the code needs an executable stack. The inputs' ones become one.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocatable;

/// <summary>The marker of a relocatable output.</summary>
internal sealed class GnuStackSection(NativeBytes name, SectionTable sections, LinkOptions options) : SyntheticSection
{
    internal override NativeBytes Name { get; } = name;

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags { get; } = options.ExecutableStack || sections.Objects.Exists(static o => o.AsksForExecutableStack) ? SHF_EXECINSTR : 0;

    internal override void Write(Span<byte> target)
    {
    }
}
