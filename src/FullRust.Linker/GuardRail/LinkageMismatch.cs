// Names that would match if both sides had been declared alike: a Rust function without #[no_mangle], a C++ declaration without
// extern "C", or the same Rust item from two builds.

using System;
using System.Text;
using FullRust.Elf.Demangling;

namespace FullRust.Linker.GuardRail;

/// <summary>How a defined name relates to a wanted one.</summary>
public enum LinkageMismatchKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The definition is a Rust item whose name was mangled: <c>#[unsafe(no_mangle)]</c> is missing.</summary>
    RustDefinitionIsMangled,

    /// <summary>The definition is a C++ function whose name was mangled: <c>extern "C"</c> is missing there.</summary>
    CppDefinitionIsMangled,

    /// <summary>The definition has a C name, the reference is mangled: <c>extern "C"</c> is missing in the declaration.</summary>
    ReferenceIsMangled,

    /// <summary>Both are the same Rust item, from different versions of a crate or compiler.</summary>
    OtherBuild,

    /// <summary>Both are the same C++ function with other parameters.</summary>
    OtherParameters,
}

/// <summary>Compares one wanted name with many defined ones. Not thread-safe.</summary>
public readonly ref struct LinkageMismatch
{
    private readonly ReadOnlySpan<byte> _wanted;
    private readonly string? _demangled;
    private readonly byte[] _baseName;

    /// <summary>Prepares the comparison.</summary>
    /// <param name="wanted">The name that is missing; must stay unchanged while this lives.</param>
    public LinkageMismatch(ReadOnlySpan<byte> wanted)
    {
        _wanted = wanted;
        Demangler.TryDemangle(wanted, out _demangled);
        _baseName = _demangled == null ? wanted.ToArray() : Encoding.UTF8.GetBytes(BaseName(_demangled));
    }

    /// <summary>Compares with a defined name. Cheap for names that have nothing in common with the wanted one.</summary>
    /// <param name="candidate">A name that is defined.</param>
    /// <returns>How they relate.</returns>
    public LinkageMismatchKind Compare(ReadOnlySpan<byte> candidate)
    {
        if (_baseName.Length == 0 || candidate.IndexOf(_baseName) < 0 || candidate.SequenceEqual(_wanted))
            return LinkageMismatchKind.None;
        if (!Demangler.TryDemangle(candidate, out string? demangled))
            return _demangled != null && candidate.SequenceEqual(_baseName) ? LinkageMismatchKind.ReferenceIsMangled : LinkageMismatchKind.None;

        bool isRust = IsRust(candidate);
        if (_demangled == null)
        {
            if (BaseName(demangled) != Encoding.UTF8.GetString(_baseName))
                return LinkageMismatchKind.None;
            return isRust ? LinkageMismatchKind.RustDefinitionIsMangled : LinkageMismatchKind.CppDefinitionIsMangled;
        }

        if (isRust != IsRust(_wanted))
            return LinkageMismatchKind.None;
        if (isRust)
            return demangled == _demangled ? LinkageMismatchKind.OtherBuild : LinkageMismatchKind.None;
        bool isFunction = demangled.Contains('(') && _demangled.Contains('(');
        return isFunction && WithoutParameters(demangled) == WithoutParameters(_demangled) ? LinkageMismatchKind.OtherParameters : LinkageMismatchKind.None;
    }

    /// <summary>One sentence for a message.</summary>
    /// <param name="kind">How the names relate; not <see cref="LinkageMismatchKind.None"/>.</param>
    /// <param name="candidate">The defined name, demangled.</param>
    /// <returns>What the mismatch is and what would help.</returns>
    public static string Explain(LinkageMismatchKind kind, string candidate) => kind switch
    {
        LinkageMismatchKind.RustDefinitionIsMangled => $"`{candidate}` is defined, but under a mangled name: mark it `#[unsafe(no_mangle)] pub extern \"C\"`",
        LinkageMismatchKind.CppDefinitionIsMangled => $"`{candidate}` is defined, but as a C++ function: declare it `extern \"C\"` where it is defined",
        LinkageMismatchKind.ReferenceIsMangled => $"`{candidate}` is defined with a C name: declare it `extern \"C\"` where it is used",
        LinkageMismatchKind.OtherBuild => $"`{candidate}` is defined by another build of its crate: two versions of the crate or of the compiler were mixed; rebuild with one toolchain",
        LinkageMismatchKind.OtherParameters => $"`{candidate}` is defined, with other parameters",
        _ => "",
    };

    private static bool IsRust(ReadOnlySpan<byte> mangled)
    {
        if (mangled.StartsWith("_R"u8))
            return true;
        int hash = mangled.LastIndexOf("17h"u8);
        return hash > 0 && mangled.StartsWith("_ZN"u8) && mangled.Length > hash + 19 && mangled[hash + 19] == (byte)'E';
    }

    // "void a::b<c::d>::e::<f>(g) const" gives "e".
    private static string BaseName(string demangled)
    {
        string path = WithoutParameters(demangled);
        int depth = 0;
        int end = path.Length;
        for (int i = path.Length - 1; i >= 0; i--)
        {
            char c = path[i];
            depth += c == '>' ? 1 : c == '<' ? -1 : 0;
            if (depth != 0)
                continue;
            if (c == '<')
                end = i;
            else if (c == ' ' || (c == ':' && i + 1 < end))
                return path[(i + 1)..end];
            else if (c == ':' && i > 0)
                end = --i;
        }

        return path[..end];
    }

    private static string WithoutParameters(string demangled)
    {
        int depth = 0;
        for (int i = 0; i < demangled.Length; i++)
        {
            if (demangled[i] == '<')
                depth++;
            else if (demangled[i] == '>')
                depth--;
            else if (demangled[i] == '(' && depth <= 0 && !demangled.AsSpan(i).StartsWith("(anonymous namespace)"))
                return demangled[..i];
        }

        return demangled;
    }
}
