namespace FullRust.Driver;

/// <summary>This program's version. A constant, since asking the assembly costs reflection; a test compares the two.</summary>
internal static class Version
{
    /// <summary>The version.</summary>
    internal const string Text = "0.1.0";
}
