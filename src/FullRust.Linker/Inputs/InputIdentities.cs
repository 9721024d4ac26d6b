// The identities of all inputs as a list, without a copy of them: links of many thousand small objects feel each byte per object.

using System.Collections;
using System.Collections.Generic;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Inputs;

/// <param name="files">The files, complete.</param>
internal sealed class InputIdentities(List<InputFile> files) : IReadOnlyList<(string Path, FileIdentity Identity)>
{
    /// <inheritdoc/>
    public int Count => files.Count;

    /// <inheritdoc/>
    public (string Path, FileIdentity Identity) this[int index] => (files[index].Path, files[index].Identity);

    /// <inheritdoc/>
    public IEnumerator<(string Path, FileIdentity Identity)> GetEnumerator()
    {
        foreach (InputFile file in files)
            yield return (file.Path, file.Identity);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
