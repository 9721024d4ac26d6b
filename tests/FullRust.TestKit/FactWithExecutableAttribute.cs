using System;
using System.IO;
using System.Linq;
using Xunit;

namespace FullRust.TestKit;

/// <summary>A test of the native executable as a process: limits, signals, descriptors. Skipped, with the reason, where it is not built,
/// a program is missing, or the system does not let users have namespaces of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithExecutableAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_mayUnshare = new(static () =>
        ToolRunner.Find("unshare") is not null && ToolRunner.Run("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).ExitCode == 0);

    /// <summary>Names what the test needs besides the executable.</summary>
    /// <param name="tools">Programs in PATH; <c>unshare</c> asks for user and mount namespaces too.</param>
    public FactWithExecutableAttribute(params string[] tools)
    {
        Tools = tools;
        if (!File.Exists(Path.Combine(Repository.Root, "artifacts", "bin", "fullrust")))
            Skip = "the native executable is not built (./x tool)";
        else if (tools.FirstOrDefault(static t => ToolRunner.Find(t) is null) is { } missing)
            Skip = $"`{missing}` is not installed";
        else if (tools.Contains("unshare") && !s_mayUnshare.Value)
            Skip = "the system allows no user namespaces with mounts";
    }

    /// <summary>The programs.</summary>
    public string[] Tools { get; }
}
