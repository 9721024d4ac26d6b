// Gives a finished program its promised place: target/x86_64-fullrust-linux/<profile>/<name>, beside the folder that cargo built it in.

using System;
using System.IO;
using FullRust.Driver.Platform;
using FullRust.Elf.Memory;

namespace FullRust.Driver.Cargo;

/// <summary>Places programs.</summary>
internal static class ProgramPlacer
{
    private const string CargoFolder = "/" + TargetTriple.Gnu + "/";
    private const string OurFolder = "/" + TargetTriple.FullRust + "/";

    /// <summary>What rustc appends to a program's name for debug information of its own (rustc book, "split-debuginfo").</summary>
    private const string DebugPackage = ".dwp";

    /// <summary>Where a program belongs; its own path if it is not below cargo's folder for our target, or is a test harness in <c>deps</c>.</summary>
    internal static string PlaceOf(string path)
    {
        int at = path.LastIndexOf(CargoFolder, StringComparison.Ordinal);
        if (at < 0 || path.IndexOf("/deps/", at, StringComparison.Ordinal) >= 0)
            return path;
        return string.Concat(path.AsSpan(0, at), OurFolder, path.AsSpan(at + CargoFolder.Length));
    }

    /// <summary>Whether a test harness is the host's, such as that of a procedural macro: cargo keeps those outside of every target's folder, but gives them
    /// to the runner too, since the host has our target's name.</summary>
    internal static bool IsOfHost(string path) =>
        path.Contains("/deps/", StringComparison.Ordinal) && !$"/{path}".Contains(CargoFolder, StringComparison.Ordinal) && !$"/{path}".Contains(OurFolder, StringComparison.Ordinal);

    /// <summary>Puts a program in its place, at once: whoever looks sees the old one or the new one.</summary>
    /// <returns>The place.</returns>
    internal static string Place(string path)
    {
        string place = PlaceOf(path);
        if (place == path)
            return path;
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        PutInPlace(path, place);
        string package = path + DebugPackage;
        // Debuggers look for it beside the program. Cargo leaves old ones where they were; rustc writes it after the program.
        if (File.Exists(package) && File.GetLastWriteTimeUtc(package) >= File.GetLastWriteTimeUtc(path))
            PutInPlace(package, place + DebugPackage);
        else
            File.Delete(place + DebugPackage);
        return place;
    }

    private static void PutInPlace(string path, string place)
    {
        string fresh = $"{place}.{Environment.ProcessId}.tmp";
        File.Delete(fresh);
        if (Libc.Link(OsText.EncodeTerminated(path), OsText.EncodeTerminated(fresh)) != 0)
            File.Copy(path, fresh);
        // rename(2) of two links to one file does nothing and leaves both.
        File.Move(fresh, place, overwrite: true);
        File.Delete(fresh);
    }
}
