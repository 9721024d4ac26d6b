// --reproduce: a tar with every file that was read under its full path, their digests, the command line rewritten to those paths, and the
// linker's version. Unpacked, "ld @response.txt" inside its folder repeats the link, and "sha256sum -c inputs.sha256" tells whether the
// inputs are still the same. Dates, owners and order are fixed, so that the tar itself is the same for the same link.

using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Text;
using FullRust.Elf;
using FullRust.Linker.Arguments;
using FullRust.Linker.Inputs;

namespace FullRust.Linker.Reports;

/// <summary>Makes the tar.</summary>
public sealed class ReproduceFile
{
    /// <summary>The file with the command line.</summary>
    public const string ResponseName = "response.txt";

    /// <summary>The file with the linker's version.</summary>
    public const string VersionName = "version.txt";

    /// <summary>The file with the inputs' digests, as sha256sum writes them.</summary>
    public const string DigestsName = "inputs.sha256";

    // Options whose value is a path that the link reads.
    private static readonly HashSet<string> s_pathOptions =
    [
        "L", "library-path", "T", "script", "dT", "default-script", "R", "just-symbols", "version-script", "dynamic-list", "export-dynamic-symbol-list",
        "symbol-ordering-file", "call-graph-ordering-file", "retain-symbols-file", "sysroot", "remap-inputs-file",
    ];

    // Options whose value is a path that the link writes, or that must not be repeated.
    private static readonly HashSet<string> s_dropped =
        ["reproduce", "repro", "Map", "dependency-file", "why-extract", "print-archive-stats", "C", "directory", "time-trace-file"];

    private readonly MemoryStream _bytes = new();
    private readonly TarWriter _tar;
    private readonly string _top;
    private readonly StringBuilder _digests = new();

    private ReproduceFile(string path)
    {
        _top = Path.GetFileNameWithoutExtension(path);
        _tar = new TarWriter(_bytes, TarEntryFormat.Gnu, leaveOpen: true);
    }

    /// <summary>Makes the tar of a link.</summary>
    internal static LinkReport Make(InputSet inputs, LinkOptions options)
    {
        var reproduce = new ReproduceFile(options.ReproduceFile!);
        var seen = new HashSet<string>();
        foreach (InputFile file in inputs.Files)
        {
            if (seen.Add(Path.GetFullPath(file.Path)))
                reproduce.AddInput(InTar(file.Path), file.Bytes.Span.ToArray());
        }

        foreach (string path in DependencyFile.Paths(inputs, options))
        {
            if (seen.Add(Path.GetFullPath(path)) && !IsResponseFile(path, options) && TextFile.TryRead(path, out string text, out _))
                reproduce.AddInput(InTar(path), Encoding.UTF8.GetBytes(text));
        }

        reproduce.Add(DigestsName, Encoding.UTF8.GetBytes(reproduce._digests.ToString()));
        reproduce.Add(ResponseName, Encoding.UTF8.GetBytes(Rewrite(options.Arguments)));
        reproduce.Add(VersionName, Encoding.UTF8.GetBytes(LinkerVersion.Line + "\n"));
        reproduce._tar.Dispose();
        return new LinkReport(options.ReproduceFile!, reproduce._bytes.ToArray());
    }

    private static bool IsResponseFile(string path, LinkOptions options)
    {
        foreach (string file in options.ResponseFiles)
        {
            if (file == path)
                return true;
        }

        return false;
    }

    private static string InTar(string path) => Path.GetFullPath(path).TrimStart('/');

    private void AddInput(string name, byte[] bytes)
    {
        Add(name, bytes);
        _digests.Append(DigestList.Line(Sha256.HexOf(bytes), name));
    }

    private void Add(string name, byte[] bytes) => _tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, _top + "/" + name)
    {
        DataStream = new MemoryStream(bytes),
        ModificationTime = DateTimeOffset.UnixEpoch,
        AccessTime = DateTimeOffset.UnixEpoch,
        ChangeTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
    });

    private static string Rewrite(IReadOnlyList<string> arguments)
    {
        var text = new StringBuilder();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-')
            {
                AppendLine(text, RewritePath(argument));
                continue;
            }

            string body = argument.TrimStart('-');
            int equals = body.IndexOf('=');
            string name = equals < 0 ? body : body[..equals];
            bool isShort = argument[1] != '-' && (body[0] == 'o' || (body[0] is 'L' or 'T' or 'R' or 'C' && !OptionTable.Index.TryFind(name, out _)));
            if (isShort)
                (name, equals) = (body[..1], body.Length > 1 ? 0 : -1);
            string? value = equals >= 0 ? body[(equals + 1)..] : null;
            bool isOutput = name is "o" or "output";
            if (!isOutput && !s_pathOptions.Contains(name) && !s_dropped.Contains(name))
            {
                AppendLine(text, argument);
                continue;
            }

            if (value is null && i + 1 < arguments.Count)
                value = arguments[++i];
            if (s_dropped.Contains(name))
                continue;
            AppendLine(text, argument[..(argument.Length - body.Length)] + name);
            AppendLine(text, isOutput ? Path.GetFileName(value ?? "") : RewritePath(value ?? ""));
        }

        return text.ToString();
    }

    /// <summary>A path becomes one relative to the tar's folder; what begins with the system root's sign stays.</summary>
    private static string RewritePath(string path) => path.StartsWith('=') || path.StartsWith("$SYSROOT", StringComparison.Ordinal) ? path : InTar(path);

    private static void AppendLine(StringBuilder text, string argument)
    {
        foreach (char c in argument)
        {
            if (char.IsWhiteSpace(c) || c is '\\' or '\'' or '"')
                text.Append('\\');
            text.Append(c);
        }

        text.Append(argument.Length == 0 ? "''\n" : "\n");
    }
}
