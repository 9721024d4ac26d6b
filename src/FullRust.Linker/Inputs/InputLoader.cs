// Phase "load inputs": finds and opens what the command line names. Order is kept; kinds are told by magic; a path is opened once.
// The C library's own names (-lc and the like) may be absent: crates pass them without calling anything, so only live references
// count, and those the guard-rail reports.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Inputs;

internal sealed class InputLoader
{
    private static readonly string[] s_cLibraryNames = ["c", "m", "rt", "pthread", "util", "dl", "gcc_s", "gcc", "gcc_eh"];
    // No text holds a NUL: what has one so early is a foreign binary and not a script with an error.
    private const long ScriptProbe = 4096;
    private const long MaxBinary = 1 << 30;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly InputSet _set;
    private readonly ScriptFiles _files;

    private InputLoader(InputSet set, LinkOptions options, DiagnosticSink sink)
    {
        _options = options;
        _sink = sink;
        _set = set;
        _files = new ScriptFiles(options);
    }

    /// <summary>Opens all inputs.</summary>
    internal static InputSet Load(LinkOptions options, DiagnosticSink sink)
    {
        using FilesAhead ahead = FilesAhead.Open(options);
        var loader = new InputLoader(new InputSet(new LinkScript(options, sink)) { Ahead = ahead }, options, sink);
        loader._set.Expect(options.Inputs.Count);
        foreach (InputArgument argument in options.Inputs)
            loader.Load(argument);
        if (options.DefaultScript is not null && !loader._set.Script.HasLayout)
            loader.LoadScript(new InputArgument(InputKind.Script, options.DefaultScript));
        if (options.Inputs.Count == 0)
            sink.Error(DiagnosticId.NoInputFiles, "no input files");
        AddressSpaceReserve.Release();
        return loader._set;
    }

    /// <summary>Adds a library that an object asks for (<c>.deplibs</c>): a path, a file in the search folders, or the name that <c>-l</c> takes.</summary>
    internal static void LoadDependent(InputSet set, string library, string namedBy, LinkOptions options, DiagnosticSink sink)
    {
        var loader = new InputLoader(set, options, sink);
        string? path = options.HasFile(library) ? library : null;
        foreach (string folder in loader.SearchFolders())
            path ??= loader.FirstFile(Path.Combine(folder, library), Path.Combine(folder, $"lib{library}.a"));
        if (path is not null)
            loader.Load(new InputArgument(InputKind.File, path));
        else if (Array.IndexOf(s_cLibraryNames, library) < 0)
            sink.Error(DiagnosticId.LibraryNotFound, $"{namedBy}: unable to find library from dependent library specifier: {library}", loader.SearchedFolders());
    }

    /// <summary>Opens a file that another input names: a thin archive's member or a script's input.</summary>
    /// <returns>The file, or null after an error was reported.</returns>
    internal static InputFile? Open(InputSet set, string path, LinkOptions options, DiagnosticSink sink, string? namedBy)
    {
        if (set.TryGet(path, out InputFile? known))
            return known;
        FilesAhead.Attempt attempt = set.Ahead.Take(path, options);
        if (options.Verbose > 0)
            set.Attempts.Add($"attempt to open {path} {(attempt.Bytes is not null ? "succeeded" : "failed")}");
        if (attempt.Bytes is null)
        {
            sink.Error(DiagnosticId.CannotOpen, namedBy is null ? $"cannot open {path}: {attempt.Error}" : $"{namedBy}: cannot open {path}: {attempt.Error}");
            return null;
        }

        var file = new InputFile(path, attempt.Bytes);
        set.Add(file);
        return file;
    }

    private void Load(InputArgument argument)
    {
        switch (argument.Kind)
        {
            case InputKind.Library:
                LoadLibrary(argument, $"lib{argument.Name}.a", $"lib{argument.Name}.so");
                break;
            case InputKind.LibraryFile:
                LoadLibrary(argument, argument.Name, sharedName: null);
                break;
            case InputKind.Script:
                LoadScript(argument);
                break;
            default:
                AddFile(argument.Name, argument);
                break;
        }
    }

    private void AddFile(string path, InputArgument argument)
    {
        if (Remap(path) is not { } used || Open(_set, used, _options, _sink, namedBy: null) is not { } file)
            return;
        if (argument.Kind == InputKind.Binary)
            AddBinary(file, argument);
        else if (argument.Kind == InputKind.JustSymbols)
            AddSymbols(file, argument);
        else
            Add(file, argument);
    }

    private void AddBinary(InputFile file, InputArgument argument)
    {
        if (file.Bytes.Length > MaxBinary)
            _sink.Error(DiagnosticId.MalformedInput, $"{file.Path}: {file.Bytes.Length} bytes are more than -b binary takes ({MaxBinary})");
        else
            _set.AddGenerated(GeneratedObject.OfBytes(file), argument);
    }

    private void AddSymbols(InputFile file, InputArgument argument)
    {
        if (GeneratedObject.OfSymbols(file) is { } symbols)
            _set.AddGenerated(symbols, argument);
        else
            _sink.Error(DiagnosticId.IncompatibleInput, $"{file.Path}: not an x86-64 ELF file with a symbol table, which --just-symbols needs");
    }

    // --remap-inputs: the first pattern that matches decides; /dev/null stands for no input at all (GNU ld manual, Options).
    private string? Remap(string path)
    {
        foreach (InputRemap rule in _options.RemapInputs)
        {
            if (new Glob(rule.Pattern).Matches(path))
                return rule.Replacement == "/dev/null" ? null : rule.Replacement;
        }

        return path;
    }

    private string? FirstFile(params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            if (_set.TryGet(path, out _) || _options.HasFile(path))
                return path;
        }

        return null;
    }

    /// <summary><c>-T</c>: the script is looked for in the search folders too (GNU ld manual, Options).</summary>
    private void LoadScript(InputArgument argument)
    {
        string? path = _files.Find(argument.Name, "", _options.LibraryPaths);
        if (TextFile.IsStream(argument.Name))
            ReadStream(argument);
        else if (path is null && !InputBytes.TryIdentify(argument.Name, out _, out _, out _))
            _sink.Error(DiagnosticId.CannotOpen, $"cannot find linker script {argument.Name}");
        else if (Open(_set, path ?? argument.Name, _options, _sink, namedBy: null) is { } file)
            ReadScript(file, argument);
    }

    private void ReadStream(InputArgument argument)
    {
        if (!TextFile.TryOpenStream(argument.Name, out InputBytes? bytes, out string error))
        {
            _sink.Error(DiagnosticId.CannotOpen, $"cannot open {argument.Name}: {error}");
            return;
        }

        var file = new InputFile(argument.Name, bytes!);
        _set.Add(file);
        ReadScript(file, argument);
    }

    private void ReadScript(InputFile file, InputArgument argument)
    {
        string text = OsText.Decode(file.Bytes.Span);
        _set.Script.Read(file.Path, text, (input, name) =>
        {
            int count = _set.Inputs.Count;
            Load(argument with { Kind = input.IsLibrary ? name.StartsWith(':') ? InputKind.LibraryFile : InputKind.Library : InputKind.File, Name = name.TrimStart(':') });
            if (input.ComesFirst)
                _set.MoveToFront(count);
        });
    }

    private void LoadLibrary(InputArgument argument, string fileName, string? sharedName)
    {
        string? shared = null;
        foreach (string folder in SearchFolders())
        {
            string path = Path.Combine(folder, fileName);
            if (_set.TryGet(path, out _) || _options.HasFile(path))
            {
                AddFile(path, argument);
                return;
            }

            if (_options.Verbose > 0)
                _set.Attempts.Add($"attempt to open {path} failed");
            if (sharedName is not null && shared is null && _options.HasFile(Path.Combine(folder, sharedName)))
                shared = Path.Combine(folder, sharedName);
        }

        if (Array.IndexOf(s_cLibraryNames, argument.Name) >= 0)
            return;
        string option = argument.Kind == InputKind.LibraryFile ? $"-l:{argument.Name}" : $"-l{argument.Name}";
        if (shared is not null)
            _sink.Error(DiagnosticId.SharedObject, $"attempted static link of dynamic object {shared} (for {option})", GuardRail.SharedObjectAdvice.Notes(argument.Name));
        else
            _sink.Report(Severity.Error, DiagnosticId.LibraryNotFound, $"unable to find library {option}",
                [.. SearchedFolders(), .. GuardRail.SharedObjectAdvice.NotesOnMissing(argument.Name)], 0, argument.Name);
    }

    private IEnumerable<string> SearchFolders() => _set.Script.SearchFolders.Count == 0 ? _options.LibraryPaths : [.. _options.LibraryPaths, .. _set.Script.SearchFolders];

    private List<string> SearchedFolders()
    {
        var notes = new List<string>();
        foreach (string folder in SearchFolders())
            notes.Add($">>> searched {folder}");
        return notes;
    }

    private void Add(InputFile file, InputArgument argument)
    {
        switch (file.Kind)
        {
            case FileKind.SharedObject:
                _sink.Error(DiagnosticId.SharedObject, $"attempted static link of dynamic object {file.Path}", GuardRail.SharedObjectAdvice.Notes(file.Path));
                break;
            case FileKind.ForeignElf:
                _sink.Error(DiagnosticId.IncompatibleInput, $"{file.Path} is incompatible with elf64-x86-64: it is {FileKinds.DescribeForeign(file.Bytes.Span)}");
                break;
            case FileKind.Bitcode:
                _sink.Error(DiagnosticId.Bitcode, $"{file.Path} holds compiler bitcode and no machine code", GuardRail.BitcodeAdvice.Notes);
                break;
            case FileKind.Empty:
                _sink.Error(DiagnosticId.MalformedInput, $"{file.Path}: file is empty");
                break;
            case FileKind.Other when !file.Bytes.Span[..(int)Math.Min(file.Bytes.Length, ScriptProbe)].Contains((byte)0):
                ReadScript(file, argument);
                break;
            case FileKind.Other:
                _sink.Error(DiagnosticId.IncompatibleInput, $"{file.Path}: not an ELF object, an archive or a linker script");
                break;
            default:
                _set.Add(file, argument);
                break;
        }
    }
}
