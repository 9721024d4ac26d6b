// One row of the option table, and the lookup of a row by name. Rows are plain data with a static lambda, so that what an option
// takes, does and says in --help stands in one place.

using System;

namespace FullRust.Linker.Arguments;

/// <summary>What an option takes.</summary>
internal enum Arity
{
    /// <summary>No value.</summary>
    None,

    /// <summary>A value, after <c>=</c> or as the next argument; to a one-letter spelling it may be joined.</summary>
    Required,

    /// <summary>A value only after <c>=</c>; without it the option means something by itself.</summary>
    Optional,

    /// <summary>Any argument that begins with the name.</summary>
    Prefix,
}

/// <summary>One option or <c>-z</c> keyword.</summary>
/// <param name="Names">Its spellings without dashes, separated by blanks; a one-letter spelling takes its value joined or separate.</param>
/// <param name="Arity">What it takes.</param>
/// <param name="ValueName">The value's name in <c>--help</c>.</param>
/// <param name="Help">What it does; for an option without effect, why it has none.</param>
/// <param name="Apply">Applies it; null for an option without effect.</param>
internal readonly record struct Option(string Names, Arity Arity, string ValueName, string Help, Action<CommandLineState, string?>? Apply);

/// <summary>Options that belong together in <c>--help</c>.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Options">The rows.</param>
internal readonly record struct OptionGroup(string Title, Option[] Options);

/// <summary>Finds a row by one of its names. Built once per process, in a few microseconds.</summary>
internal sealed class OptionIndex
{
    private readonly Option[] _options;
    private readonly (ushort Option, ushort Start, ushort Length)[] _slots = new (ushort, ushort, ushort)[SlotCount];
    private const int SlotCount = 1024;

    /// <summary>Indexes the rows of some groups.</summary>
    /// <param name="groups">The groups; names are unique over all of them.</param>
    internal OptionIndex(OptionGroup[] groups)
    {
        int count = 0;
        foreach (OptionGroup group in groups)
            count += group.Options.Length;
        _options = new Option[count];
        int next = 0;
        foreach (OptionGroup group in groups)
        {
            group.Options.CopyTo(_options, next);
            next += group.Options.Length;
        }

        for (int i = 0; i < _options.Length; i++)
            AddNames(i);
    }

    /// <summary>Finds a row.</summary>
    /// <param name="name">A spelling without dashes; letter case counts.</param>
    /// <param name="option">The row.</param>
    /// <returns>False if nobody has that name.</returns>
    internal bool TryFind(ReadOnlySpan<char> name, out Option option)
    {
        for (uint slot = Hash(name); ; slot++)
        {
            (ushort index, ushort start, ushort length) = _slots[slot % SlotCount];
            if (length == 0)
            {
                option = default;
                return false;
            }

            option = _options[index];
            if (name.SequenceEqual(option.Names.AsSpan(start, length)))
                return true;
        }
    }

    private void AddNames(int index)
    {
        ReadOnlySpan<char> names = _options[index].Names;
        for (int start = 0; start < names.Length;)
        {
            int length = names[start..].IndexOf(' ');
            if (length < 0)
                length = names.Length - start;
            uint slot = Hash(names.Slice(start, length));
            while (_slots[slot % SlotCount].Length != 0)
                slot++;
            _slots[slot % SlotCount] = ((ushort)index, (ushort)start, (ushort)length);
            start += length + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<char> name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
            hash = (hash ^ c) * 16777619;
        return hash ^ (hash >> 15);
    }
}
