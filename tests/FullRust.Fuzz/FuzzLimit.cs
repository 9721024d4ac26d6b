// How long to go on: for a time, or for a number of inputs.

using System;
using System.Globalization;

namespace FullRust.Fuzz;

/// <summary>Where fuzzing ends: after a time or after a number of inputs, whichever is given.</summary>
internal readonly record struct FuzzLimit(TimeSpan Time, long Inputs)
{
    /// <summary>Whether nothing is left.</summary>
    internal bool IsReached => Time <= TimeSpan.Zero || Inputs <= 0;

    /// <summary>Reads <c>60s</c> (seconds) or <c>1000000</c> (inputs).</summary>
    internal static FuzzLimit Parse(string text) => text.EndsWith('s')
        ? new(TimeSpan.FromSeconds(long.Parse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture)), long.MaxValue)
        : new(TimeSpan.MaxValue, long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>What is left after some time and inputs; whole seconds.</summary>
    internal FuzzLimit Without(TimeSpan time, long inputs) => Inputs == long.MaxValue
        ? this with { Time = TimeSpan.FromSeconds(Math.Ceiling((Time - time).TotalSeconds)) }
        : this with { Inputs = Inputs - inputs };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Inputs == long.MaxValue ? $"{(long)Time.TotalSeconds}s" : $"{Inputs}")}");
}
