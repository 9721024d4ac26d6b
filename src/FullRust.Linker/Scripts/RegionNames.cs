// The names of memory regions over all scripts of a link: each is declared once, and an alias names one that was declared before it.

using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>Names of regions and of their aliases. Not thread-safe.</summary>
internal sealed class RegionNames
{
    private readonly HashSet<string> _names = [];

    /// <summary>Takes the names of a command and reports those that are declared twice or not at all.</summary>
    internal void Check(ScriptCommand command, DiagnosticSink sink)
    {
        if (command is MemoryCommand memory)
        {
            foreach (MemoryRegion region in memory.Regions)
            {
                if (!_names.Add(region.Name))
                    region.Place.ReportError(sink, $"region '{region.Name}' already defined");
            }
        }
        else if (command is RegionAliasCommand alias)
        {
            if (!_names.Contains(alias.Region))
                alias.Place.ReportError(sink, $"memory region '{alias.Region}' is not defined");
            else if (!_names.Add(alias.Alias))
                alias.Place.ReportError(sink, $"redefinition of memory region '{alias.Alias}'");
        }
    }
}
