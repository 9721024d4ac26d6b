// A folder that lives as long as a test.

using System;
using System.IO;

namespace FullRust.Elf.Tests.Tools;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fullrust-elf-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
