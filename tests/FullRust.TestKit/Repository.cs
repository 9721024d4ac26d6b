using System;
using System.IO;

namespace FullRust.TestKit;

/// <summary>Where things are in the repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The native executable that <c>./x</c> makes before it builds or tests anything.</summary>
    /// <exception cref="FileNotFoundException">It was not made yet.</exception>
    public static string Executable => Existing(Path.Combine(Root, "artifacts", "bin", "fullrust"));

    /// <summary>The same executable by another of its names.</summary>
    /// <param name="name">For example <c>fullrust-ld</c>.</param>
    public static string ExecutableAs(string name) => Existing(Path.Combine(Root, "artifacts", "bin", name));

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"`{path}` is not there: run `./x doctor` first, which builds it");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FullRust.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
