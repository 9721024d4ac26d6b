// The path by which rustc calls our linker. The program's role follows from the name it is called by, so a link named fullrust-ld is needed;
// its folder's name identifies this very executable, so that cargo, which looks at flags only, links again after an upgrade.

using System;
using System.IO;
using System.Text;
using FullRust.Elf;

namespace FullRust.Driver.Toolchain;

/// <summary>Finds or makes the link to our linker.</summary>
internal static class LinkerPath
{
    private const string Name = "fullrust-ld";

    /// <summary>Whether the user chose no other.</summary>
    internal static bool IsOurs => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EnvironmentVariables.Linker));

    /// <summary>The linker to give to rustc: the user's choice, or ours.</summary>
    /// <param name="cache">Where the link is kept.</param>
    internal static string Find(CacheFolder cache)
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariables.Linker) is { Length: > 0 } chosen)
            return chosen;
        string executable = Environment.ProcessPath ?? throw new MissingPartException("this program's own path is unknown (is /proc mounted?)");
        string link = Path.Combine(cache.Linkers, Identity(executable), Name);
        string beside = Path.Combine(Path.GetDirectoryName(executable)!, Name);
        try
        {
            if (new FileInfo(link).LinkTarget == executable)
                return link;
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            string fresh = $"{link}.{Environment.ProcessId}";
            File.CreateSymbolicLink(fresh, executable);
            File.Move(fresh, link, overwrite: true);
            return link;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && File.Exists(beside))
        {
            return beside;
        }
    }

    /// <summary>Path, size and time of the executable: what changes when it is replaced.</summary>
    private static string Identity(string executable)
    {
        var file = new FileInfo(executable);
        string facts = $"{executable}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}";
        return Sha256.HexOf(Encoding.UTF8.GetBytes(facts))[..12];
    }
}
