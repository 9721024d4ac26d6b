// The part of the options that says where inputs come from and how they are read.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>One <c>--remap-inputs</c> rule.</summary>
/// <param name="Pattern">A glob over file names as given, or over the path that a <c>-l</c> search found.</param>
/// <param name="Replacement">The file to use instead; <c>/dev/null</c> drops the input.</param>
public readonly record struct InputRemap(string Pattern, string Replacement);

public sealed partial class LinkOptions
{
    /// <summary>The arguments after expansion of response files, without <c>-flavor</c>; what <c>--reproduce</c> writes down.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>Response files in the order in which they were read.</summary>
    public IReadOnlyList<string> ResponseFiles { get; set; } = [];

    /// <summary><c>-C</c>/<c>--directory</c>: the folder to change to before anything is opened, or null.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary><c>--sysroot</c>, or an empty string: put before paths that scripts begin with <c>=</c> or <c>$SYSROOT</c>.</summary>
    public string Sysroot { get; set; } = "";

    /// <summary><c>-nostdlib</c>: <c>SEARCH_DIR</c> of linker scripts is not followed.</summary>
    public bool CommandLineFoldersOnly { get; set; }

    /// <summary><c>-dT</c>/<c>--default-script</c>: the layout script used when no <c>-T</c> is given, or null.</summary>
    public string? DefaultScript { get; set; }

    /// <summary><c>--remap-inputs</c>: first match wins.</summary>
    public IList<InputRemap> RemapInputs { get; } = [];

    /// <summary><c>--fortran-common</c> (default): a common symbol extracts an archive member that defines it.</summary>
    public bool FortranCommon { get; set; } = true;

    /// <summary><c>--dependent-libraries</c> (default): <c>.deplibs</c> sections name further inputs.</summary>
    public bool DependentLibraries { get; set; } = true;

    /// <summary>Version scripts and dynamic lists, which a static executable has no use for; they must open and be well-formed.</summary>
    public IList<string> CheckedScripts { get; } = [];
}
