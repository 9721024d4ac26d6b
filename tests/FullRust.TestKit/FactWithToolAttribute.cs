using System;
using System.Linq;
using Xunit;

namespace FullRust.TestKit;

/// <summary>A test that needs programs which a machine may lack; there it is counted as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithToolAttribute : FactAttribute
{
    /// <summary>Names the programs.</summary>
    /// <param name="tools">Names in PATH.</param>
    public FactWithToolAttribute(params string[] tools)
    {
        Tools = tools;
        if (tools.FirstOrDefault(static t => ToolRunner.Find(t) is null) is { } missing)
            Skip = $"`{missing}` is not installed";
    }

    /// <summary>The programs.</summary>
    public string[] Tools { get; }
}
