using System;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

/// <summary>A theory that needs a toolchain of rustup; counted as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithToolchainAttribute : TheoryAttribute
{
    /// <summary>Names the toolchain.</summary>
    /// <param name="toolchain">For example <c>nightly</c>.</param>
    public TheoryWithToolchainAttribute(string toolchain)
    {
        Toolchain = toolchain;
        if (ToolRunner.Find("rustup") is null
            || !ToolRunner.Run("rustup", ["toolchain", "list"]).Output.Contains(toolchain, StringComparison.Ordinal))
            Skip = $"the toolchain `{toolchain}` is not installed";
    }

    /// <summary>The toolchain.</summary>
    public string Toolchain { get; }
}
