// One generated file: a named change, and what must follow from it.

using System.Collections.Generic;
using FullRust.ElfVerify;

namespace FullRust.HostileElf;

/// <summary>One generated file.</summary>
/// <param name="Name">The change, as a file name.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Rules">The rules that must fire, and no others.</param>
/// <param name="OutcomeVaries">Whether what it does is not judged: it runs other code than the sample's, or chance decides.</param>
public sealed record HostileCase(string Name, byte[] Bytes, IReadOnlyList<RuleId> Rules, bool OutcomeVaries = false);
