namespace FullRust.Driver.Cargo;

/// <summary>The two names of what we build for.</summary>
internal static class TargetTriple
{
    /// <summary>The triple whose precompiled <c>core</c> and <c>alloc</c> are used; always given explicitly, so that build scripts and
    /// procedural macros stay ordinary programs of the host.</summary>
    internal const string Gnu = "x86_64-unknown-linux-gnu";

    /// <summary>The name under which finished programs appear in <c>target/</c>, and of the target made from a specification file.</summary>
    internal const string FullRust = "x86_64-fullrust-linux";
}
