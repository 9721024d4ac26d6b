// Finds a recorded link below artifacts/bench/links.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.Benchmarks;

internal static class RecordedLink
{
    /// <summary>The folder of a link; <c>FULLRUST_BENCH_LINK</c> names another one.</summary>
    public static string Folder(string name)
    {
        if (Environment.GetEnvironmentVariable("FULLRUST_BENCH_LINK") is { Length: > 0 } chosen)
            return chosen;
        for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            string link = Path.Combine(folder, "artifacts", "bench", "links", name);
            if (File.Exists(Path.Combine(link, "response.txt")))
                return link;
        }

        throw new DirectoryNotFoundException($"no recorded link {name}: run benchmarks/run record {name}");
    }

    /// <summary>The arguments, with the folder in front of the inputs.</summary>
    public static List<string> Arguments(string folder) =>
        File.ReadLines(Path.Combine(folder, "response.txt"))
            .Select(line => line.StartsWith("inputs/", StringComparison.Ordinal) ? Path.Combine(folder, line) : line)
            .ToList();

    /// <summary>The archives among the inputs.</summary>
    public static IEnumerable<string> Archives(string folder) => Arguments(folder).Where(path => path.EndsWith("lib", StringComparison.Ordinal) && File.Exists(path));
}
