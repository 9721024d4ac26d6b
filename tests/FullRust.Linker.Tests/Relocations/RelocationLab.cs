// One relocation under test, with everything that it may refer to, built byte by byte:
//
//   .text     _start: ret
//   .data     field: the relocated bytes
//   .rodata   target (hidden from folding by its size)
//   .tdata    pad, tls_target

using System;
using FullRust.Elf.Native;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Tests.Relocations;

internal static class RelocationLab
{
    internal const ulong TargetSize = 24;

    /// <summary>Links one relocation in .data and gives the outcome; the field is at symbol <c>field</c>.</summary>
    internal static LinkOutcome InData(LinkFolder folder, uint type, string symbol, long addend, params string[] options)
    {
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
        data.Alignment = 8;
        builder.Symbol("field", (uint)data.Index, size: 16, type: STT_OBJECT);
        data.Reloc(0, type, builder.Undefined(symbol), addend);
        return Link(folder, builder, options);
    }

    /// <summary>Links one relocation in code; the code is at symbol <c>code</c>.</summary>
    internal static LinkOutcome InCode(LinkFolder folder, byte[] code, ulong field, uint type, string symbol, long addend, params string[] options)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text.code", code);
        text.Alignment = 16;
        builder.Symbol("code", (uint)text.Index, size: (ulong)code.Length, type: STT_FUNC);
        text.Reloc(field, type, builder.Undefined(symbol), addend);
        return Link(folder, builder, options);
    }

    /// <summary>Links an object with the targets.</summary>
    internal static LinkOutcome Link(LinkFolder folder, ObjectBuilder builder, params string[] options)
    {
        folder.Write("field.o", builder.Build()).Write("targets.o", Targets());
        return folder.Link(["field.o", "targets.o", .. options]);
    }

    private static byte[] Targets()
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", 0xc3);
        BuiltSection rodata = builder.Section(".rodata", SHF_ALLOC, new byte[32]);
        rodata.Alignment = 16;
        BuiltSection tdata = builder.Section(".tdata", SHF_ALLOC | SHF_WRITE | SHF_TLS, new byte[24]);
        tdata.Alignment = 8;
        builder.Symbol("_start", (uint)text.Index, size: 1, type: STT_FUNC);
        builder.Symbol("target", (uint)rodata.Index, 8, TargetSize, type: STT_OBJECT);
        builder.Symbol("tls_target", (uint)tdata.Index, 16, 4, type: STT_TLS);
        builder.Symbol("absolute", SHN_ABS, 0x1234);
        builder.Symbol("far", SHN_ABS, 0x123456789abcdef0);
        builder.Symbol("just_below", SHN_ABS, 0x7fffffff);
        builder.Symbol("just_above", SHN_ABS, 0x80000000);
        builder.Symbol("top", SHN_ABS, 0xffffffff);
        builder.Symbol("over", SHN_ABS, 0x100000000);
        builder.Symbol("negative", SHN_ABS, unchecked((ulong)-0x80000000L));
        builder.Symbol("too_negative", SHN_ABS, unchecked((ulong)-0x80000001L));
        builder.Symbol("zero", SHN_ABS, 0);
        return builder.Build();
    }

    /// <summary>The offset of a thread-local symbol from the thread pointer (ELF Handling for TLS, variant II).</summary>
    internal static long TpOffset(ElfReader elf, string symbol)
    {
        ElfSegment tls = elf.Segment(PT_TLS);
        ulong size = (tls.SizeInMemory + tls.Alignment - 1) & ~(tls.Alignment - 1);
        return (long)elf.Symbol(symbol).Value - (long)size;
    }

    /// <summary>The value of a GOT slot at an address.</summary>
    internal static ulong Slot(ElfReader elf, ulong address) => BitConverter.ToUInt64(elf.At(address, 8));
}
