// Names that programs expect from libraries which a fullrust binary does not have, and what Rust offers instead. Looked up only when a
// link has failed, so the data is plain text in the executable, grouped by advice and searched from front to back: nothing is built at
// start-up. The groups stand in WellKnownNames.C.cs and WellKnownNames.Others.cs, the families in WellKnownNames.Families.cs.

using System;
using System.Collections.Generic;
using System.Text;

namespace FullRust.Linker.GuardRail;

/// <summary>What is known about a name.</summary>
/// <param name="Library">The library that usually defines it, such as <c>the C library</c>.</param>
/// <param name="Advice">One sentence on what to use instead; empty if there is none better than another crate.</param>
public readonly record struct WellKnownName(string Library, string Advice);

/// <summary>Finds out which library a missing symbol belongs to. Thread-safe.</summary>
public static partial class WellKnownNames
{
    private const string C = "the C library";
    private const string Math = "the C math library (libm)";
    private const string Threads = "the POSIX thread library (libpthread)";
    private const string Loader = "the dynamic loader (libdl)";
    private const string RealTime = "the POSIX real-time library (librt)";
    private const string Gcc = "GCC's support library (libgcc)";
    private const string Unwinder = "the unwinder (libgcc_s, libunwind)";

    /// <summary>Names with the same advice.</summary>
    private readonly ref struct Group(string library, string advice, ReadOnlySpan<byte> names)
    {
        public string Library { get; } = library;

        public string Advice { get; } = advice;

        /// <summary>The names, separated by single spaces.</summary>
        public ReadOnlySpan<byte> Names { get; } = names;
    }

    /// <summary>Looks a name up, also under the other names that C libraries give one function (<c>open64</c>, <c>__memcpy_chk</c>, <c>sinf</c>).</summary>
    /// <param name="name">The symbol as in the symbol table; a version after <c>@</c> is ignored.</param>
    /// <param name="found">What is known about it.</param>
    /// <returns>False if the name is not known.</returns>
    public static bool TryFind(ReadOnlySpan<byte> name, out WellKnownName found)
    {
        int version = name.IndexOf((byte)'@');
        if (version >= 0)
            name = name[..version];
        return TryFindExact(name, out found) || TryFindVariant(name, out found) || TryFindFamily(name, out found);
    }

    /// <summary>All names that are known one by one.</summary>
    internal static IEnumerable<string> AllNames()
    {
        var names = new List<string>();
        for (int i = 0; TryGetGroup(i, out Group group); i++)
            names.AddRange(Encoding.ASCII.GetString(group.Names).Split(' '));
        return names;
    }

    private static bool TryFindExact(ReadOnlySpan<byte> name, out WellKnownName found)
    {
        found = default;
        if (name.IsEmpty || name.Contains((byte)' '))
            return false;
        for (int i = 0; TryGetGroup(i, out Group group); i++)
        {
            if (Contains(group.Names, name))
            {
                found = new WellKnownName(group.Library, group.Advice);
                return true;
            }
        }

        return false;
    }

    private static bool Contains(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        for (int from = 0; ;)
        {
            int at = names[from..].IndexOf(name) + from;
            if (at < from)
                return false;
            int end = at + name.Length;
            bool startsWord = at == 0 || names[at - 1] == (byte)' ';
            if (startsWord && (end == names.Length || names[end] == (byte)' '))
                return true;
            from = at + 1;
        }
    }

    // C libraries have several names for one function: large files, checked buffers, standards, float and long double.
    private static bool TryFindVariant(ReadOnlySpan<byte> name, out WellKnownName found)
    {
        ReadOnlySpan<byte> plain = WithoutPrefix(name);
        plain = WithoutSuffix(WithoutSuffix(WithoutSuffix(plain, "_chk"u8), "_finite"u8), "64"u8);
        if (plain.Length != name.Length && TryFindExact(plain, out found))
            return true;

        found = default;
        return plain.Length > 2 && plain[^1] is (byte)'f' or (byte)'l' && TryFindExact(plain[..^1], out found) && found.Library == Math;
    }

    private static ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("__isoc99_"u8) || name.StartsWith("__isoc23_"u8))
            return name[9..];
        return name.StartsWith("__libc_"u8) ? name[7..] : name.TrimStart((byte)'_');
    }

    private static ReadOnlySpan<byte> WithoutSuffix(ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix) =>
        name.EndsWith(suffix) ? name[..^suffix.Length] : name;

    private static bool TryGetGroup(int index, out Group group) =>
        TryGetGroupOfC(index, out group) || TryGetOtherGroup(index - CountOfC, out group);
}
