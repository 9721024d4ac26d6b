// Values of options about inputs that need more than a line.

using FullRust.Elf.Memory;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>Applies options about inputs.</summary>
internal static class InputFormats
{

    /// <summary><c>-R</c>: for a folder it means <c>-rpath</c>, which a static executable has no use for (GNU ld manual).</summary>
    internal static void AddJustSymbols(CommandLineState state, string path)
    {
        if (!InputBytes.TryIdentify(path, out _, out _, out bool isFolder) || !isFolder)
            state.Add(InputKind.JustSymbols, path);
    }

    /// <summary><c>-m</c>.</summary>
    internal static void CheckEmulation(CommandLineState state, string emulation)
    {
        if (emulation != LinkerVersion.Emulation)
            state.Refuse($"unknown emulation '{emulation}': this linker makes {LinkerVersion.Emulation} executables only");
    }

    /// <summary><c>--remap-inputs</c>.</summary>
    internal static void AddRemap(CommandLineState state, string rule)
    {
        int equals = rule.IndexOf('=');
        if (equals <= 0 || equals + 1 == rule.Length)
            state.InvalidValue(rule, "GLOB=FILE");
        else
            state.Options.RemapInputs.Add(new InputRemap(rule[..equals], rule[(equals + 1)..]));
    }

    /// <summary><c>--remap-inputs-file</c>: a rule a line, pattern and file separated by blanks or <c>=</c>; <c>#</c> begins a comment.</summary>
    internal static void ReadRemaps(CommandLineState state, string path)
    {
        if (!TextFile.TryRead(path, out string text, out string error))
            state.Error(DiagnosticId.CannotOpen, $"cannot open {path}: {error}");
        foreach (string line in text.Split('\n'))
        {
            string rule = line.Split('#')[0].Trim();
            if (rule.Length == 0)
                continue;
            int separator = rule.IndexOfAny([' ', '\t', '=']);
            if (separator <= 0)
                state.InvalidValue(rule, "GLOB FILE");
            else
                AddRemap(state, rule[..separator] + "=" + rule[separator..].TrimStart(' ', '\t', '='));
        }
    }
}
