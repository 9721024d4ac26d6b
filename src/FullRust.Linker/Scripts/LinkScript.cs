// What all scripts of a link say together: those given by -T and those found among the inputs. Inputs they name are handed to the
// loader at once, so that order is kept; the rest is collected for the phases.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>The scripts of a link. Filled by the loader, read-only afterwards.</summary>
/// <param name="options">Folders and system root.</param>
/// <param name="sink">Receives errors.</param>
internal sealed class LinkScript(LinkOptions options, DiagnosticSink sink)
{
    private const int NestingLimit = 32;
    private readonly ScriptFiles _files = new(options);
    private readonly List<ScriptCommand> _commands = [];
    private readonly RegionNames _regions = new();
    private readonly List<string> _paths = [];
    private readonly List<string> _externSymbols = [];
    private readonly List<string> _searchFolders = [];
    private int _nesting;

    /// <summary>Assignments, assertions, SECTIONS, MEMORY, PHDRS and region aliases in the order in which they were read.</summary>
    internal IReadOnlyList<ScriptCommand> Commands => _commands;

    /// <summary>All script files read, included ones too.</summary>
    internal IReadOnlyList<string> Paths => _paths;

    /// <summary>Symbols of <c>EXTERN</c>.</summary>
    internal IReadOnlyList<string> ExternSymbols => _externSymbols;

    /// <summary>Folders of <c>SEARCH_DIR</c>, after those of <c>-L</c>; empty under <c>-nostdlib</c>.</summary>
    internal IReadOnlyList<string> SearchFolders => _searchFolders;

    /// <summary>The symbol of the last <c>ENTRY</c>, or null. <c>-e</c> wins over it.</summary>
    internal string? Entry { get; private set; }

    /// <summary>Whether <c>OUTPUT_FORMAT(binary)</c> was read.</summary>
    internal bool AsksForBinary { get; private set; }

    /// <summary>Whether a <c>SECTIONS</c> that is no mere <c>INSERT</c> replaces the default layout.</summary>
    internal bool HasLayout { get; private set; }

    /// <summary>Whether SECTIONS of any kind was read, so that the layout follows a script.</summary>
    internal bool DecidesLayout => _commands.Exists(static c => c is SectionsCommand);

    /// <summary>Everything inside and beside SECTIONS in the order in which it takes effect: INSERT is carried out, and what only
    /// inserts does so into the default layout, written as a script.</summary>
    /// <returns>Assignments, assertions and output sections.</returns>
    internal List<ScriptCommand> LayoutItems()
    {
        var items = new List<ScriptCommand>();
        if (!HasLayout)
            AddItems(ScriptParser.TryParse(new ScriptFile("default layout", DefaultLayout.TextFor(options.ImageBase)), null, sink)!.Commands, items);
        AddItems(_commands, items);
        foreach (ScriptCommand command in _commands)
        {
            if (command is SectionsCommand { InsertAnchor: { } anchor } insert)
                Insert(insert, anchor, items);
        }

        return items;
    }

    private static void AddItems(IReadOnlyList<ScriptCommand> commands, List<ScriptCommand> items)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is SectionsCommand { InsertAnchor: null } sections)
                items.AddRange(sections.Items);
            else if (command is AssignmentCommand or AssertCommand)
                items.Add(command);
        }
    }

    private void Insert(SectionsCommand insert, string anchor, List<ScriptCommand> items)
    {
        int at = items.FindIndex(i => i is OutputSectionCommand section && section.Name == anchor);
        if (at < 0)
            insert.Place.ReportErrorAbovePlace(sink, $"unable to insert {FirstSection(insert)} {(insert.InsertsAfter ? "after" : "before")} {anchor}");
        else
            items.InsertRange(insert.InsertsAfter ? at + 1 : at, insert.Items);
    }

    private static string FirstSection(SectionsCommand insert)
    {
        foreach (ScriptCommand item in insert.Items)
        {
            if (item is OutputSectionCommand section)
                return section.Name;
        }

        return "nothing";
    }

    /// <summary>Reads a script and takes over what it says.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="load">Called for every input with its resolved path or library name.</param>
    internal void Read(string path, string text, Action<ScriptInput, string> load)
    {
        var file = new ScriptFile(path, text);
        if (_nesting >= NestingLimit)
        {
            new ScriptPlace(file, 0).ReportError(sink, "scripts that name each other as inputs");
            return;
        }

        _paths.Add(path);
        if (ScriptParser.TryParse(file, _files, sink) is not { } script)
            return;
        _paths.AddRange(script.Includes);
        _nesting++;
        foreach (ScriptCommand command in script.Commands)
            Take(command, path, load);
        _nesting--;
    }

    private void Take(ScriptCommand command, string scriptPath, Action<ScriptInput, string> load)
    {
        switch (command)
        {
            case InputCommand inputs:
                foreach (ScriptInput input in inputs.Inputs)
                    LoadInput(input, scriptPath, load);
                break;
            case EntryCommand entry:
                Entry = entry.Symbol;
                break;
            case ExternCommand names:
                _externSymbols.AddRange(names.Symbols);
                break;
            case SearchDirCommand search:
                if (!options.CommandLineFoldersOnly)
                    _searchFolders.Add(CommandLineCompletion.WithSysroot(search.Folder, options.Sysroot));
                break;
            case OutputFormatCommand format:
                CheckFormat(format);
                break;
            case OutputArchCommand { Architecture: not ("i386:x86-64" or "x86_64") } architecture:
                architecture.Place.ReportError(sink, $"OUTPUT_ARCH({architecture.Architecture}): this linker makes i386:x86-64 executables only");
                break;
            case OutputArchCommand or OutputCommand:
                break;
            default:
                if (command is SectionsCommand sections)
                    TakeSections(sections);
                _regions.Check(command, sink);
                _commands.Add(command);
                break;
        }
    }

    private void TakeSections(SectionsCommand sections)
    {
        HasLayout |= sections.InsertAnchor is null;
        foreach (ScriptCommand item in sections.Items)
        {
            if (item is EntryCommand entry)
                Entry = entry.Symbol;
        }
    }

    /// <summary>Shared objects that would be linked only as needed are what a static link leaves out.</summary>
    private void LoadInput(ScriptInput input, string scriptPath, Action<ScriptInput, string> load)
    {
        if (input.IsLibrary)
        {
            load(input, input.Name);
            return;
        }

        bool isShared = input.Name.EndsWith(".so", StringComparison.Ordinal) || input.Name.Contains(".so.", StringComparison.Ordinal);
        if (input.IsAsNeeded && isShared)
            return;
        string? path = _files.Find(input.Name, scriptPath, [.. options.LibraryPaths, .. _searchFolders]);
        if (path is null)
            input.Place.ReportError(sink, $"unable to find {input.Name}");
        else
            load(input, path);
    }

    private void CheckFormat(OutputFormatCommand format)
    {
        string name = format.Formats.Count > 0 ? format.Formats[0] : "";
        if (name == "binary")
            AsksForBinary = true;
        else if (name is not (LinkerVersion.Target or "elf64-little" or "default"))
            format.Place.ReportError(sink, $"unknown output format name: {name}: this linker makes {LinkerVersion.Target} files only");
    }
}
