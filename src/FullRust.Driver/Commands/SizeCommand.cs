// `cargo fullrust size [FILE] [--top N] [--html PAGE]`: what takes the space.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Driver.Size;
using FullRust.Elf.Memory;

namespace FullRust.Driver.Commands;

/// <summary>Shows sizes.</summary>
internal static class SizeCommand
{
    /// <summary>Runs the command.</summary>
    internal static int Run(CargoCommandLine line, ChildEnvironment environment)
    {
        string? file = null, page = null;
        int top = 20;
        for (int at = 0; at < line.Arguments.Count; at++)
        {
            string argument = line.Arguments[at];
            string? next = at + 1 < line.Arguments.Count ? line.Arguments[at + 1] : null;
            if (argument == "--html" && next is not null)
                (page, at) = (next, at + 1);
            else if (argument == "--top" && int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out top))
                at++;
            else if (!argument.StartsWith('-') && file is null)
                file = argument;
            else
                throw new UsageException(OwnCommand.Find("size")!.Usage);
        }

        file ??= OnlyProgram(ProjectMetadata.Read(line, environment).Programs());
        return Show(file, top, page);
    }

    private static int Show(string file, int top, string? page)
    {
        if (!InputBytes.TryOpen(file, long.MaxValue, out InputBytes? input, out string error, out _))
            throw new UsageException($"cannot open {file}: {error}");
        using (input)
        {
            ProgramParts parts = ProgramParts.Read(input!.Bytes.Span) ?? throw new UsageException($"`{file}` is not an ELF file with sections");
            StandardStreams.Out($"{file}: {parts.FileSize} bytes\n\n{SizeTable.Format(parts, top)}");
            if (page is not null)
                WritePage(page, SizePage.Format(Path.GetFileName(file), parts));
        }

        return ExitCode.Success;
    }

    private static void WritePage(string path, string text)
    {
        if (TemporaryFile.WriteWhole(path, Encoding.UTF8.GetBytes(text)) is { } problem)
            throw new UsageException($"cannot write {path}: {problem}");
    }

    private static string OnlyProgram(IReadOnlyList<string> programs) => programs switch
    {
        [var only] => only,
        [] => throw new UsageException("nothing was built yet: `cargo fullrust build` first, or name a file"),
        _ => throw new UsageException("which one? " + string.Join(", ", programs.Select(static p => Path.GetRelativePath(Environment.CurrentDirectory, p)))),
    };
}
