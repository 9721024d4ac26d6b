// Phase "resolve symbols", first half: which objects take part. Everything named on the command line does; archive members and lazy
// objects join when a strong reference asks for a name that only they define, until nothing changes. Only names are looked at:
// which definition wins is decided afterwards (DefinitionChooser), when the set of objects is fixed and COMDAT losers are known.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Symbols;

internal sealed class InputResolver
{
    private readonly InputSet _inputs;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly ObjectSet _loaded;
    private readonly LazyObjects _lazy;
    private readonly HashSet<string> _dependentLibraries = [];
    private int _nextInput, _nextObject;

    private InputResolver(InputSet inputs, LinkOptions options, DiagnosticSink sink, ObjectSet loaded, LazyObjects lazy)
    {
        _inputs = inputs;
        _options = options;
        _sink = sink;
        _loaded = loaded;
        _lazy = lazy;
    }

    /// <summary>Loads all objects that take part.</summary>
    /// <param name="inputs">The opened inputs.</param>
    /// <param name="options">Roots, wrapped names.</param>
    /// <param name="sink">Takes malformed inputs.</param>
    /// <param name="symbols">Receives every name.</param>
    /// <param name="names">How names of inputs become names of the table.</param>
    /// <param name="assigned">Names that options and scripts define.</param>
    /// <returns>The objects by priority, <see cref="ObjectFile.Index"/> set.</returns>
    internal static List<ObjectFile> Load(InputSet inputs, LinkOptions options, DiagnosticSink sink, SymbolTable symbols, SymbolNameRules names, AssignedSymbols assigned)
    {
        using var loaded = new ObjectSet(symbols, names, sink);
        var lazy = new LazyObjects(inputs, options, sink, symbols, names, loaded);
        var resolver = new InputResolver(inputs, options, sink, loaded, lazy);
        var roots = new RootNames(inputs.Script, options, symbols, names, loaded.Wanted);
        resolver.AddInputs();
        roots.Add(assigned);
        lazy.AddNames();
        roots.AddMatches();
        do
        {
            lazy.ExtractWanted();
            resolver.AddDependentLibraries();
        }
        while (assigned.WantProvided(symbols, roots.Want) || loaded.Wanted.Count > 0);
        lazy.ReportBackReferences();
        return loaded.InOrder();
    }

    private void AddInputs()
    {
        var objects = new List<ObjectFile>(_inputs.Inputs.Count - _nextInput);
        var objectOf = new ObjectFile?[_inputs.Inputs.Count];
        for (int i = _nextInput; i < objectOf.Length; i++)
        {
            Input input = _inputs.Inputs[i];
            if (input.File.Kind == FileKind.Object && !input.IsLazy)
                objects.Add(objectOf[i] = new ObjectFile { File = input.File, MemberName = default, Bytes = input.File.Bytes, Priority = PriorityOf(i) });
        }

        _loaded.Objects.EnsureCapacity(_loaded.Objects.Count + objects.Count);
        NamePreparation.RunAhead(objects, _loaded, _options, () =>
        {
            for (; _nextInput < objectOf.Length; _nextInput++)
            {
                if (objectOf[_nextInput] is { } file)
                    _loaded.Add(file);
                else
                    _lazy.Add(_inputs.Inputs[_nextInput], PriorityOf(_nextInput));
            }
        });
    }

    private static long PriorityOf(int input) => (long)(input + 1) << 40;

    // .deplibs names libraries as "#pragma comment(lib, ...)" wrote them (LLVM "Extensions"); they come behind all other inputs.
    private void AddDependentLibraries()
    {
        if (!_options.DependentLibraries || _options.OutputKind == OutputKind.Relocatable)
            return;
        for (; _nextObject < _loaded.Objects.Count; _nextObject++)
        {
            ObjectFile file = _loaded.Objects[_nextObject];
            if (file.DependentLibraries == 0)
                continue;
            foreach (string library in Encoding.UTF8.GetString(file.SectionBytes(file.DependentLibraries).Span).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                if (_dependentLibraries.Add(library))
                    InputLoader.LoadDependent(_inputs, library, file.DisplayName, _options, _sink);
            }
        }

        AddInputs();
        _lazy.AddNames();
    }
}
