// What repeating a link gave. Whoever embeds the verifier repeats it; rule C03 compares.

using System;
using System.Collections.Generic;

namespace FullRust.ElfVerify;

/// <summary>What repeating a link from its recorded inputs gave. Immutable.</summary>
/// <param name="Image">The image, or nothing if there is none.</param>
/// <param name="InputsDigest">The digest of the inputs that the image's own record holds (<see cref="FullRust.Elf.ProvenanceNote.InputsDigest"/>), or nothing.</param>
/// <param name="Problems">What stands in the way or explains a difference: inputs that are not the recorded ones, another linker, the link's error.</param>
public sealed record RelinkOutcome(ReadOnlyMemory<byte> Image, ReadOnlyMemory<byte> InputsDigest, IReadOnlyList<string> Problems);
