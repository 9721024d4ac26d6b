// From what the command line names to the files to judge: a file is itself, a folder is every ELF executable below it in sorted
// order. Each file counts once, however many links lead to it; a folder that is its own ancestor through a link is not entered again.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class InputList
{
    private const int MaxFiles = 1_000_000;

    /// <summary>Lists the files to judge.</summary>
    /// <param name="named">What the command line names.</param>
    /// <param name="problems">Filled with what stands in the way, such as folders without an executable.</param>
    /// <returns>Paths in the order in which they are reported.</returns>
    internal static List<string> Expand(IReadOnlyList<string> named, List<VerifiedFile> problems)
    {
        var files = new List<string>();
        foreach (string path in named)
        {
            if (path == "-" || !InputBytes.TryIdentify(path, out _, out _, out bool isFolder) || !isFolder)
                files.Add(path);
            else
                AddFolder(path, files, problems);
        }

        return files;
    }

    private static void AddFolder(string root, List<string> files, List<VerifiedFile> problems)
    {
        var seen = new HashSet<(ulong Device, ulong Inode)>();
        var pending = new Stack<string>();
        int before = files.Count, problemsBefore = problems.Count;
        pending.Push(root);
        while (pending.Count != 0 && files.Count < MaxFiles)
            ScanFolder(pending.Pop(), seen, pending, files, problems);
        if (files.Count == before && problems.Count == problemsBefore)
            problems.Add(VerifiedFile.Undecided(root, RuleId.I04, "the folder holds no ELF executable"));
        else if (files.Count >= MaxFiles)
            problems.Add(VerifiedFile.Undecided(root, RuleId.I04, $"the folder holds more than {MaxFiles} executables"));
    }

    private static void ScanFolder(string folder, HashSet<(ulong Device, ulong Inode)> seen, Stack<string> pending, List<string> files, List<VerifiedFile> problems)
    {
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(VerifiedFile.Undecided(folder, RuleId.I01, problem.Message));
            return;
        }

        Array.Sort(entries, StringComparer.Ordinal);
        var folders = new List<string>();
        foreach (string entry in entries)
        {
            bool isKnown = InputBytes.TryIdentify(entry, out FileIdentity identity, out bool isRegular, out bool isFolder);
            if (!isKnown || (!isRegular && !isFolder) || !seen.Add((identity.Device, identity.Inode)))
                continue;
            if (isFolder)
                folders.Add(entry);
            else if (IsExecutable(entry, problems))
                files.Add(entry);
        }

        for (int i = folders.Count - 1; i >= 0; i--)
            pending.Push(folders[i]);
    }

    // What execve would take as ELF (e_type 2 or 3, whatever else the header says). A file of type 3 may be a shared library; a mode or
    // an interpreter says that it is a program.
    private static bool IsExecutable(string path, List<VerifiedFile> problems)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[4096];
            start = start[..RandomAccess.Read(handle, start, 0)];
            if (start.Length < 18 || !start.StartsWith("\u007fELF"u8))
                return false;
            const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            return start[17] == 0 && (start[16] == ElfConstants.ET_EXEC
                || (start[16] == ElfConstants.ET_DYN && ((File.GetUnixFileMode(handle) & AnyExecute) != 0 || HasInterpreter(start))));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(VerifiedFile.Undecided(path, RuleId.I01, problem.Message));
            return false;
        }
    }

    // Looked for where linkers put the table; a file with a table elsewhere counts when it may be executed.
    private static bool HasInterpreter(ReadOnlySpan<byte> start)
    {
        var file = new ElfSpan(start);
        if (!file.TryRead(0, out Elf64_Ehdr header) || header.e_phoff > (ulong)start.Length)
            return false;
        for (int i = 0; i < header.e_phnum && file.TryRead(header.e_phoff + (ulong)(i * Elf64_Phdr.Size), out Elf64_Phdr segment); i++)
        {
            if (segment.p_type == ElfConstants.PT_INTERP)
                return true;
        }

        return false;
    }
}
