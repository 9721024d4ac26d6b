// Names of the sections and symbols that the linker makes itself, as native bytes that live as long as the link.

using System;
using System.Text;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Layout;

/// <summary>Constant names. One instance per link.</summary>
internal sealed class SectionNameBytes : IDisposable
{
    private readonly InputBytes _owner;
    private int _used;

    internal SectionNameBytes()
    {
        _owner = InputBytes.FromMemory(Encoding.ASCII.GetBytes(
            ".got.iplt.rela.plt.eh_frame.eh_frame_hdr.note.gnu.build-id.note.gnu.property.note.package.dynsym.dynstr.hash.rela.dyn.relr.dyn.dynamic.bss.tbss.lbss.symtab.strtab.shstrtab.comment.note.fullrust.symtab_shndx.group.note.GNU-stack.gdb_index" + "Linker: " + Linker.Identification + "\0"));
        Got = Take(".got");
        Iplt = Take(".iplt");
        RelaPlt = Take(".rela.plt");
        EhFrame = Take(".eh_frame");
        EhFrameHdr = Take(".eh_frame_hdr");
        BuildId = Take(".note.gnu.build-id");
        Property = Take(".note.gnu.property");
        Package = Take(".note.package");
        Dynsym = Take(".dynsym");
        Dynstr = Take(".dynstr");
        Hash = Take(".hash");
        RelaDyn = Take(".rela.dyn");
        RelrDyn = Take(".relr.dyn");
        Dynamic = Take(".dynamic");
        Bss = Take(".bss");
        Tbss = Take(".tbss");
        LargeBss = Take(".lbss");
        Symtab = Take(".symtab");
        Strtab = Take(".strtab");
        Shstrtab = Take(".shstrtab");
        Comment = Take(".comment");
        Provenance = Take(".note.fullrust");
        SymtabShndx = Take(".symtab_shndx");
        Group = Take(".group");
        GnuStack = Take(".note.GNU-stack");
        GdbIndex = Take(".gdb_index");
        Identification = Take("Linker: " + Linker.Identification + "\0");
    }

    internal NativeBytes Got { get; }

    internal NativeBytes Iplt { get; }

    internal NativeBytes RelaPlt { get; }

    internal NativeBytes EhFrame { get; }

    internal NativeBytes EhFrameHdr { get; }

    internal NativeBytes BuildId { get; }

    internal NativeBytes Property { get; }

    internal NativeBytes Package { get; }

    internal NativeBytes Dynsym { get; }

    internal NativeBytes Dynstr { get; }

    internal NativeBytes Hash { get; }

    internal NativeBytes RelaDyn { get; }

    internal NativeBytes RelrDyn { get; }

    internal NativeBytes Dynamic { get; }

    internal NativeBytes Bss { get; }

    internal NativeBytes Tbss { get; }

    internal NativeBytes LargeBss { get; }

    internal NativeBytes Symtab { get; }

    internal NativeBytes Strtab { get; }

    internal NativeBytes Shstrtab { get; }

    internal NativeBytes Comment { get; }

    internal NativeBytes Provenance { get; }

    internal NativeBytes SymtabShndx { get; }

    internal NativeBytes Group { get; }

    internal NativeBytes GnuStack { get; }

    internal NativeBytes GdbIndex { get; }

    /// <summary>The linker's own line in .comment, with its NUL.</summary>
    internal NativeBytes Identification { get; }

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private NativeBytes Take(string name)
    {
        NativeBytes bytes = _owner.Bytes.Slice(_used, name.Length);
        _used += name.Length;
        return bytes;
    }
}
