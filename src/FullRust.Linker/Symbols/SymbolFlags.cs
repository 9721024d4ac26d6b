// One bit per fact about a global name. Set while inputs are loaded, when definitions are chosen, and (atomically) when live
// relocations are scanned.

using System;

namespace FullRust.Linker.Symbols;

[Flags]
internal enum SymbolFlags : uint
{
    None = 0,

    /// <summary>A loaded object or an option asks for it with a strong reference.</summary>
    Referenced = 1,

    /// <summary>A loaded object asks for it with a weak reference.</summary>
    WeakReferenced = 1 << 1,

    /// <summary>Some loaded object defines it (while loading; the choice comes later).</summary>
    HasDefinition = 1 << 2,

    /// <summary>Some loaded object has it as COMMON.</summary>
    HasCommon = 1 << 3,

    /// <summary>An archive or lazy object defines it; <see cref="Symbol.File"/> and <see cref="Symbol.Value"/> say where until the choice.</summary>
    HasLazy = 1 << 4,

    /// <summary>Chosen: a definition.</summary>
    Defined = 1 << 5,

    /// <summary>Chosen: a weak definition.</summary>
    Weak = 1 << 6,

    /// <summary>Chosen: a COMMON block.</summary>
    Common = 1 << 7,

    /// <summary>Its value does not move.</summary>
    Absolute = 1 << 8,

    /// <summary>STT_GNU_IFUNC.</summary>
    Ifunc = 1 << 9,

    /// <summary>STT_TLS.</summary>
    Tls = 1 << 10,

    /// <summary>Made by the linker; its address is known after layout.</summary>
    LinkerDefined = 1 << 11,

    /// <summary>A root of garbage collection (entry, <c>-u</c>, …).</summary>
    Root = 1 << 12,

    /// <summary>A slot in the GOT with its address.</summary>
    NeedsGot = 1 << 13,

    /// <summary>A slot in the GOT with its offset from the thread pointer.</summary>
    NeedsGotTp = 1 << 14,

    /// <summary>An IFUNC stub.</summary>
    NeedsIplt = 1 << 15,

    /// <summary>The IFUNC stub is its address everywhere.</summary>
    CanonicalIplt = 1 << 16,

    /// <summary>Live code refers to it and nobody defines it.</summary>
    LiveUndefined = 1 << 17,

    /// <summary>Defined by an option or script; its value is known after layout.</summary>
    Assigned = 1 << 18,

    /// <summary><c>__start_X</c> or <c>__stop_X</c>: its use keeps the sections named X.</summary>
    StartStop = 1 << 19,

    /// <summary><c>--trace-symbol</c>.</summary>
    Traced = 1 << 20,

    /// <summary>Live code or a root refers to it.</summary>
    Reached = 1 << 21,

    /// <summary>Two bits: the most constraining visibility met, as STV_ values reordered so that more is stricter.</summary>
    VisibilityMask = 3u << 24,
}
