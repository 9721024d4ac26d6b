// Members of archives as objects: their bytes, which a thin archive has in files of their own, and what becomes of members that are none.

using System;
using System.IO;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>Makes objects of archives' members.</summary>
internal sealed class MemberLoader(InputSet inputs, LinkOptions options, DiagnosticSink sink, ObjectSet loaded)
{
    /// <summary>Reads a member's tables without loading it.</summary>
    /// <returns>The object, outside of the link; null if the member is none, or malformed, which was reported.</returns>
    internal ObjectFile? Probe(LazySource source, ArchiveMember member)
    {
        NativeBytes bytes = Bytes(source, member);
        if (FileKinds.Identify(bytes.Span) != FileKind.Object)
            return null;
        ObjectFile probe = NewObject(source, member, bytes);
        return ObjectParser.Parse(probe, sink) ? probe : null;
    }

    /// <summary>A member's object, not yet read.</summary>
    internal static ObjectFile NewObject(LazySource source, ArchiveMember member, NativeBytes bytes) =>
        new() { File = source.File, MemberName = member.Name, Bytes = bytes, Priority = source.Priority + member.Offset };

    /// <summary>Loads a member, once. One that is no object is an error where it was asked for or claims to be code.</summary>
    internal void Load(LazySource source, ArchiveMember member, bool isAskedFor)
    {
        if (source.Loaded.ContainsKey(member.Offset))
            return;
        NativeBytes bytes = Bytes(source, member);
        FileKind kind = FileKinds.Identify(bytes.Span);
        ObjectFile? file = null;
        if (kind == FileKind.Object)
            file = loaded.Add(source.Prepared.Remove(member.Offset, out ObjectFile? prepared) ? prepared : NewObject(source, member, bytes));
        else if (kind == FileKind.Bitcode)
            sink.Error(DiagnosticId.Bitcode, $"{source.File.Path}({member.Name}) holds compiler bitcode and no machine code", GuardRail.BitcodeAdvice.Notes);
        else if (kind is FileKind.ForeignElf or FileKind.SharedObject)
            sink.Error(DiagnosticId.IncompatibleInput, $"{source.File.Path}({member.Name}) is incompatible with elf64-x86-64: it is {FileKinds.DescribeForeign(bytes.Span)}");
        else if (isAskedFor)
            sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}({member.Name}): the archive's index names it, but it is no object");
        source.Loaded[member.Offset] = file;
    }

    private NativeBytes Bytes(LazySource source, ArchiveMember member)
    {
        if (source.File.Kind != FileKind.ThinArchive)
            return member.Contents;
        string name = Encoding.UTF8.GetString(member.Name.Span);
        string path = Path.IsPathRooted(name) ? name : Path.Combine(Path.GetDirectoryName(source.File.Path) ?? "", name);
        return InputLoader.Open(inputs, path, options, sink, source.File.Path)?.Bytes ?? default;
    }
}
