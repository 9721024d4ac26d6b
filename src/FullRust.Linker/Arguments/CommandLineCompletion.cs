// What can be judged only when the whole command line is known: the kind of output, paths below the sysroot, the map's name, and
// whether there is anything to link.

using System;
using System.IO;
using FullRust.Elf.Memory;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Arguments;

/// <summary>Ends a parse.</summary>
internal static class CommandLineCompletion
{
    /// <summary>Completes the options and decides what to do.</summary>
    internal static ParsedCommandLine Complete(CommandLineState state, string toolName)
    {
        LinkOptions options = state.Options;
        state.FlushWarnings();
        if (state.ShowHelp)
            return new ParsedCommandLine(CommandLineAction.Exit, HelpText.Write(toolName), options);
        if (state.ShowVersionOnly)
            return new ParsedCommandLine(CommandLineAction.Exit, state.Output.ToString(), options);
        if (state.PrintsSysroot)
            state.Output.Append(options.Sysroot).Append('\n');
        if (state.PrintsOutputFormat)
            state.Output.Append(LinkerVersion.Target).Append('\n');
        DecideOutputKind(state);
        ReplaceSysroot(options);
        DecideMapFile(state);
        RefuseContradictions(state);
        DecideDebugFile(state);
        ReducePageSize(state);
        CheckScripts(state);
        if (options.HasImageBase && options.ImageBase % options.MaxPageSize != 0)
            state.Sink.Warning(DiagnosticId.Layout, $"--image-base: address isn't multiple of page size: 0x{options.ImageBase:x}");
        bool hasNothingToLink = options.Inputs.Count == 0;
        if (hasNothingToLink && !state.HasPrintRequest && !state.Sink.HasErrors)
            state.Error(DiagnosticId.NoInputFiles, "no input files");
        CommandLineAction action = state.Sink.HasErrors ? CommandLineAction.Fail
            : state.AsksForShared ? CommandLineAction.LeaveOut
            : hasNothingToLink || state.PrintsSysroot || state.PrintsOutputFormat ? CommandLineAction.Exit
            : CommandLineAction.Link;
        return new ParsedCommandLine(action, state.Output.ToString(), options);
    }

    /// <summary><c>-pie</c> alone asks for a program that the dynamic loader relocates; with <c>-static</c> or
    /// <c>--no-dynamic-linker</c> for one that relocates itself.</summary>
    private static void DecideOutputKind(CommandLineState state)
    {
        if (state.AsksForShared && !state.SkipsShared)
        {
            state.Refuse(
                "-shared asks for a shared object, and this linker makes static executables only",
                "= for a program, drop -shared: rustc takes --crate-type bin, gcc and clang take -static -no-pie");
        }
        else if (state.AsksForRelocatable)
        {
            BecomeRelocatable(state);
        }
        else if (state.AsksForStaticPie || (state.AsksForPie && (state.AsksForStatic || state.AsksForNoInterpreter)))
        {
            state.Options.OutputKind = OutputKind.StaticPie;
            if (!state.Options.HasImageBase)
                state.Options.ImageBase = 0;
        }
        else if (state.AsksForPie)
        {
            state.Refuse(
                "-pie asks for an executable that a dynamic loader relocates, and this linker makes static executables only",
                "= rustc: pass -Crelocation-model=static",
                "= gcc and clang: pass -static -no-pie",
                "= libtool, which keeps -static for itself: pass LDFLAGS=-all-static to make");
        }
    }

    private static void RefuseContradictions(CommandLineState state)
    {
        if (state.Options.EmitRelocations && (state.Options.Strip == StripPolicy.All || !state.Options.SectionHeaders))
            state.Error(DiagnosticId.InvalidOptionValue, $"--emit-relocs needs a symbol table and cannot be used with {(state.Options.SectionHeaders ? "--strip-all" : "-z nosectionheader")}");
    }

    // The debug file has everything; -s and -S speak of the program.
    private static void DecideDebugFile(CommandLineState state)
    {
        LinkOptions options = state.Options;
        if (options.SeparateDebugFile is null)
            return;
        (options.ProgramStrip, options.Strip) = (options.Strip, StripPolicy.None);
        if (options.EmitRelocations || !options.SectionHeaders || options.OutputFormat == OutputFormat.Binary)
            state.Error(DiagnosticId.UnsupportedOption, $"--separate-debug-file and {(options.EmitRelocations ? "--emit-relocs" : options.SectionHeaders ? "--oformat=binary" : "-z nosectionheader")} may not be used together");
    }

    // What only a program can have contradicts -r; of -s remains what the next link does not need.
    private static void BecomeRelocatable(CommandLineState state)
    {
        LinkOptions options = state.Options;
        options.OutputKind = OutputKind.Relocatable;
        string? contradiction = state.AsksForPie || state.AsksForStaticPie ? "-pie"
            : options.Icf != IcfPolicy.None ? "--icf"
            : options.OutputFormat == OutputFormat.Binary ? "--oformat=binary"
            : !options.SectionHeaders ? "-z nosectionheader"
            : options.SeparateDebugFile is not null ? "--separate-debug-file"
            : null;
        if (contradiction is not null)
            state.Error(DiagnosticId.UnsupportedOption, $"-r and {contradiction} may not be used together");
        if (options.GcSections && options.Entry is null && options.UndefinedSymbols.Count == 0 && options.RequiredSymbols.Count == 0 && !options.GcKeepExported)
            state.Error(DiagnosticId.UnsupportedOption, "-r and --gc-sections need a root: pass -e, -u or --gc-keep-exported");
        if (options.Strip == StripPolicy.All)
            (options.Strip, options.Discard) = (StripPolicy.Debug, DiscardPolicy.All);
    }

    private static void ReplaceSysroot(LinkOptions options)
    {
        for (int i = 0; i < options.LibraryPaths.Count; i++)
            options.LibraryPaths[i] = WithSysroot(options.LibraryPaths[i], options.Sysroot);
    }

    /// <summary>Replaces a leading <c>=</c> or <c>$SYSROOT</c> by the system root (GNU ld manual, <c>-L</c>).</summary>
    /// <param name="path">A path of an option or a script.</param>
    /// <param name="sysroot">The root, perhaps empty.</param>
    /// <returns>The path to use.</returns>
    internal static string WithSysroot(string path, string sysroot)
    {
        if (path.StartsWith('='))
            return sysroot + path[1..];
        return path.StartsWith("$SYSROOT", StringComparison.Ordinal) ? sysroot + path["$SYSROOT".Length..] : path;
    }

    private static void DecideMapFile(CommandLineState state)
    {
        LinkOptions options = state.Options;
        if (state.PrintsMap)
            options.MapFile ??= "-";
        if (options.MapFile is null or "-")
            return;
        int percent = options.MapFile.IndexOf('%');
        if (percent >= 0 && options.MapFile.IndexOf('%', percent + 1) >= 0)
            state.Error(DiagnosticId.InvalidOptionValue, $"invalid value '{options.MapFile}' for '-Map': more than one '%'");
        else if (percent >= 0)
            options.MapFile = options.MapFile.Replace("%", options.OutputPath) + (percent + 1 == options.MapFile.Length ? ".map" : "");
        else if (InputBytes.TryIdentify(options.MapFile, out _, out _, out bool isFolder) && isFolder)
            options.MapFile = Path.Combine(options.MapFile, Path.GetFileName(options.OutputPath) + ".map");
    }

    /// <summary>Version scripts and dynamic lists are read before <c>-C</c> takes effect, so their paths are completed here.</summary>
    private static void CheckScripts(CommandLineState state)
    {
        foreach (string path in state.Options.CheckedScripts)
            VersionScript.Check(Path.Combine(state.Options.WorkingDirectory ?? "", path), state.Sink);
    }

    private static void ReducePageSize(CommandLineState state)
    {
        LinkOptions options = state.Options;
        if (options.CommonPageSize > options.MaxPageSize)
            options.CommonPageSize = options.MaxPageSize;
    }
}
