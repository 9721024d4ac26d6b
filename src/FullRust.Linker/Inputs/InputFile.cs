// One opened file. Archives hand out members that point into it; nothing is opened twice.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Inputs;

/// <summary>A file that was opened for the link.</summary>
internal sealed class InputFile(string path, InputBytes owner) : IDisposable
{
    /// <summary>The path as it was given or found, for messages.</summary>
    internal string Path { get; } = path;

    /// <summary>The file's bytes.</summary>
    internal NativeBytes Bytes => owner.Bytes;

    /// <summary>The file's identity when it was opened.</summary>
    internal FileIdentity Identity => owner.Identity;

    /// <summary>What the first bytes say.</summary>
    internal FileKind Kind { get; } = FileKinds.Identify(owner.Bytes.Length > 64 ? owner.Bytes.Slice(0, 64).Span : owner.Bytes.Span);

    /// <summary>Whether it only names addresses (<c>--just-symbols</c>): definitions of other inputs are preferred.</summary>
    internal bool IsJustSymbols { get; init; }

    /// <summary>Frees the bytes.</summary>
    public void Dispose() => owner.Dispose();
}
