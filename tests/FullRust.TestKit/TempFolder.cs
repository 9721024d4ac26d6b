// A folder of its own for each test, removed with everything in it.

using System;
using System.IO;

namespace FullRust.TestKit;

/// <summary>A temporary folder. Removed when disposed, also if parts of it may not be written.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Makes a folder.</summary>
    /// <param name="prefix">Begins its name, to recognise what a killed test left behind.</param>
    public TempFolder(string prefix = "fullrust-test-") => Path = Directory.CreateTempSubdirectory(prefix).FullName;

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>A path below it; does not make anything.</summary>
    /// <param name="parts">Names.</param>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file with all folders that it needs.</summary>
    /// <param name="relativePath">Its path below this folder.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Its full path.</returns>
    public string Write(string relativePath, string text)
    {
        string path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
        {
            if (new DirectoryInfo(folder).LinkTarget is null)
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Path, recursive: true);
    }
}
