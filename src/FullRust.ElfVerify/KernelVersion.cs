// A kernel's major and minor number; what the loader does changed at a few of them.

using System;

namespace FullRust.ElfVerify;

/// <summary>A version of Linux, such as 6.12.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
public readonly record struct KernelVersion(int Major, int Minor) : IComparable<KernelVersion>
{
    /// <summary>The oldest version that the loader model knows, and the default.</summary>
    public static KernelVersion Oldest => new(6, 1);

    /// <summary>The first version that loads each segment with its own zero-filled part.</summary>
    public static KernelVersion SegmentwiseZeroFill => new(6, 7);

    /// <summary>The first version that takes a program header table of more than one page.</summary>
    public static KernelVersion LargeProgramHeaderTable => new(6, 17);

    /// <summary>The newest version whose loader the model was compared with.</summary>
    public static KernelVersion Newest => new(6, 18);

    /// <summary>Orders by major, then minor number.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(KernelVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Whether this version has everything that <paramref name="other"/> introduced.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>True if this version is the same or later.</returns>
    public bool IsAtLeast(KernelVersion other) => CompareTo(other) >= 0;

    /// <summary>Reads <c>MAJOR.MINOR</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version, or its default.</param>
    /// <returns>False if the text has another form.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out KernelVersion version)
    {
        version = default;
        int dot = text.IndexOf('.');
        if (dot < 0 || !IsNumber(text[..dot]) || !IsNumber(text[(dot + 1)..]))
            return false;
        version = new KernelVersion(int.Parse(text[..dot]), int.Parse(text[(dot + 1)..]));
        return true;
    }

    /// <summary>The version as people write it.</summary>
    /// <returns>E.g. <c>6.12</c>.</returns>
    public override string ToString() => $"{Major}.{Minor}";

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 6 && !text.ContainsAnyExceptInRange('0', '9');
}
