// Values of layout options that need more than a line.

using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>Applies layout options.</summary>
internal static class LayoutValues
{
    private const uint DefaultSeed = 1;

    /// <summary><c>--image-base</c> and <c>-Ttext-segment</c>: GNU ld's first segment begins with the headers, so both mean one address.</summary>
    internal static void SetImageBase(CommandLineState state, ulong address)
    {
        state.Options.ImageBase = address;
        state.Options.HasImageBase = true;
    }

    /// <summary><c>-Ttext</c> and its like.</summary>
    internal static void SetAddress(CommandLineState state, string section, string value) =>
        state.Options.SectionAddresses.Add(new SectionAddress(section, state.Address(value)));

    /// <summary><c>--section-start</c>.</summary>
    internal static void SetSectionStart(CommandLineState state, string value)
    {
        int equals = value.LastIndexOf('=');
        if (equals <= 0)
            state.Error(DiagnosticId.InvalidOptionValue, $"invalid argument: {state.CurrentArgument}", "= expected SECTION=ADDRESS");
        else
            SetAddress(state, value[..equals], value[(equals + 1)..]);
    }

    /// <summary><c>--no-omagic</c> and <c>--no-nmagic</c>.</summary>
    internal static void ClearMagic(CommandLineState state, MagicPolicy policy)
    {
        if (state.Options.Magic == policy)
            state.Options.Magic = MagicPolicy.Paged;
    }

    /// <summary><c>--unique</c>.</summary>
    internal static void AddUnique(CommandLineState state, string? pattern)
    {
        if (pattern is null)
            state.Options.UniqueOrphans = true;
        else
            state.Options.UniqueSections.Add(pattern);
    }

    /// <summary><c>--shuffle-sections</c>: <c>GLOB=SEED</c> (lld), <c>SEED</c> or nothing (mold). A seed of -1 reverses.</summary>
    internal static void AddShuffle(CommandLineState state, string? rule)
    {
        int equals = rule?.LastIndexOf('=') ?? -1;
        string pattern = equals > 0 ? rule![..equals] : "*";
        string seedText = equals > 0 ? rule![(equals + 1)..] : rule ?? "";
        uint seed = DefaultSeed;
        if (seedText == "-1")
            seed = uint.MaxValue;
        else if (seedText.Length > 0 && Number.TryParse(seedText, out ulong number) && number <= uint.MaxValue)
            seed = (uint)number;
        else if (rule is not null)
            state.InvalidValue(rule, "GLOB=SEED or SEED");
        state.Options.ShuffleSections.Add(new ShuffleRule(pattern, seed));
    }
}
