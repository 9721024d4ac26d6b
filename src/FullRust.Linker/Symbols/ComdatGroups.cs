// Which copy of a COMDAT group stays: that of the first object in input order (gABI, Section Groups). Objects claim their groups in any
// order and on any thread, the lowest claim is kept; then each can be asked whether its copy lost. A signature is nearly always a global
// symbol, so a claim is a number in a column by symbol id, and no name is hashed or compared again.

using System;
using System.Collections.Generic;
using System.Threading;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

/// <summary>The claims on COMDAT groups. <see cref="Claim(ObjectFile)"/> is thread-safe with itself; so are the questions, once all have claimed.</summary>
internal sealed class ComdatGroups : IDisposable
{
    private readonly SymbolTable _symbols;

    // Index of the object whose copy stays, plus one; by symbol id, and by number in _otherNames.
    private readonly NativeList<int> _owners = new(), _otherOwners = new();
    private readonly NameTable _otherNames = new();
    private readonly HashSet<(int File, int Section)> _repeated = [];

    /// <summary>Prepares for the groups of objects whose names are all in the table.</summary>
    internal ComdatGroups(List<ObjectFile> objects, SymbolTable symbols)
    {
        _symbols = symbols;
        if (objects.Exists(static file => file.HasGroups))
            _owners.AddZeroed(symbols.Count);
    }

    /// <summary>Whether any object has groups.</summary>
    internal bool Exist => _owners.Count > 0;

    /// <summary>Enters an object's groups; malformed ones are left out.</summary>
    internal void Claim(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; file.HasGroups && i < headers.Length; i++)
        {
            if (headers[i].sh_type == SHT_GROUP && IsComdat(file, i) && headers[i].sh_info < (uint)file.SymbolCount && !Claim(file, (int)headers[i].sh_info))
                AddRepeated(file.Index, i);
        }
    }

    /// <summary>Whether the members of a COMDAT group are not part of the link.</summary>
    /// <param name="file">The object.</param>
    /// <param name="section">Header index of its SHT_GROUP section.</param>
    internal bool Loses(ObjectFile file, int section)
    {
        int symbol = (int)file.Sections[section].sh_info, id = GlobalId(file, symbol);
        int owner = id >= 0 ? _owners[id] : OtherOwner(NameOf(file, symbol).Span);
        return owner != file.Index + 1 || (_repeated.Count > 0 && _repeated.Contains((file.Index, section)));
    }

    /// <summary>Whether there is a group of this name.</summary>
    internal bool Contains(ReadOnlySpan<byte> name) =>
        Exist && ((_symbols.Find(name) is int id and >= 0 && _owners[id] != 0) || OtherOwner(name) != 0);

    /// <summary>Whether a group is one of which one copy stays.</summary>
    internal static bool IsComdat(ObjectFile file, int section)
    {
        ReadOnlySpan<uint> words = file.SectionBytes(section).Cast<uint>();
        return words.Length > 0 && (words[0] & GRP_COMDAT) != 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owners.Dispose();
        _otherOwners.Dispose();
        _otherNames.Dispose();
    }

    // False if the object has claimed the name before.
    private bool Claim(ObjectFile file, int symbol)
    {
        int id = GlobalId(file, symbol);
        if (id >= 0)
            return Claim(ref _owners[id], file.Index + 1);
        NativeBytes name = NameOf(file, symbol);
        lock (_otherNames)
        {
            int other = _otherNames.GetOrAdd(name, StringHash.Compute(name.Span), out bool isNew);
            if (isNew)
                _otherOwners.Add(0);
            return Claim(ref _otherOwners[other], file.Index + 1);
        }
    }

    private static bool Claim(ref int owner, int claim)
    {
        int seen = Volatile.Read(ref owner);
        while (seen == 0 || seen > claim)
        {
            int before = Interlocked.CompareExchange(ref owner, claim, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return seen != claim;
    }

    private void AddRepeated(int file, int section)
    {
        lock (_repeated)
            _repeated.Add((file, section));
    }

    // A definition's id is that of its name. What is not defined here may stand under another name (--wrap), so that the name decides.
    private int GlobalId(ObjectFile file, int symbol)
    {
        bool isDefinition = symbol >= file.FirstGlobal && file.Symbols[symbol].st_shndx != SHN_UNDEF;
        return isDefinition ? _symbols.IdOf(file, symbol) : _symbols.Find(NameOf(file, symbol).Span);
    }

    private int OtherOwner(ReadOnlySpan<byte> name) => _otherNames.Count > 0 && _otherNames.Find(name) is int other and >= 0 ? _otherOwners[other] : 0;

    private static NativeBytes NameOf(ObjectFile file, int symbolIndex)
    {
        ref readonly Elf64_Sym symbol = ref file.Symbols[symbolIndex];
        uint section = file.SectionOf(symbolIndex, symbol);
        if (symbol.Type == STT_SECTION && section < (uint)file.SectionCount)
            return file.SectionName((int)section);
        return file.SymbolName(symbol);
    }
}
