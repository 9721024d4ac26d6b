// Walks the entries of a unit and gives out the names that can be asked for from outside of functions, each with the namespaces and types
// that it stands in. A definition that continues a declaration (DW_AT_specification, DW_AT_abstract_origin) has the declaration's name,
// which may come later: such definitions wait until the unit has been read.

using System;
using System.Collections.Generic;
using System.Text;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

/// <summary>The walk over one unit.</summary>
internal sealed class UnitNames(int unit, DebugNameReceiver receiver)
{
    private static readonly byte[] s_anonymous = Encoding.ASCII.GetBytes("(anonymous namespace)");
    private readonly List<byte> _scope = [];
    private readonly List<Level> _levels = [];
    private readonly List<byte> _names = [];
    private readonly Dictionary<ulong, Declaration> _declarations = [];
    private readonly List<(ulong Origin, DebugNameKind Kind)> _waiting = [];
    private bool _isC;

    /// <summary>An open entry with children: how long the scope was outside of it, and whether names inside count.</summary>
    private readonly record struct Level(int ScopeLength, bool IsHidden);

    /// <summary>A name that a definition may continue, or a link to the entry that has it.</summary>
    private readonly record struct Declaration(int NameStart, int NameLength, ulong Origin, bool IsExternal);

    /// <summary>What the walk wants to know of an entry.</summary>
    private ref struct Entry
    {
        internal ulong Tag, Offset, Origin, Sibling;
        internal ReadOnlySpan<byte> Name;
        internal bool HasCode, HasValue, IsDeclaration, IsExternal, IsEnumClass;
    }

    /// <summary>Reads the unit.</summary>
    internal void Read(in DebugSections sections, ReadOnlySpan<byte> section, in UnitHeader header, AbbreviationTable table)
    {
        var entries = new EntryReader(sections, header);
        var reader = new DwarfReader(section[..header.End]) { Position = header.FirstEntry };
        while (!reader.IsAtEnd)
        {
            ulong offset = (ulong)reader.Position, code = reader.Uleb();
            if (code == 0)
            {
                if (!Close())
                    break;
                continue;
            }

            if (!table.TryFind(code, out Abbreviation abbreviation))
                break;
            var entry = new Entry { Tag = abbreviation.Tag, Offset = offset };
            ReadAttributes(ref reader, ref entries, table, abbreviation, ref entry);
            if (reader.HasFailed)
                break;
            bool isHidden = _levels.Count > 0 && _levels[^1].IsHidden;
            if (_levels.Count > 0 && !isHidden)
                Visit(entry);
            if (!abbreviation.HasChildren)
            {
                if (_levels.Count == 0)
                    break;
                continue;
            }

            bool hidesChildren = isHidden || (_levels.Count > 0 && !IsScope(entry.Tag));
            if (hidesChildren && entry.Sibling > (ulong)reader.Position && entry.Sibling < (ulong)header.End)
                reader.Position = (int)entry.Sibling;
            else
                Open(entry, hidesChildren);
        }

        GiveWaiting();
    }

    private void ReadAttributes(scoped ref DwarfReader reader, scoped ref EntryReader entries, AbbreviationTable table, in Abbreviation abbreviation, scoped ref Entry entry)
    {
        for (int i = 0; i < abbreviation.Count && !reader.HasFailed; i++)
        {
            AttributeSpecification specification = table.Attributes[abbreviation.First + i];
            AttributeValue value = entries.Read(ref reader, specification);
            switch (specification.Name)
            {
                case DW_AT_name:
                    entry.Name = value.Text;
                    break;
                case DW_AT_sibling:
                    entry.Sibling = value.Number;
                    break;
                case DW_AT_low_pc or DW_AT_ranges:
                    entry.HasCode = true;
                    break;
                case DW_AT_location or DW_AT_const_value:
                    entry.HasValue = true;
                    break;
                case DW_AT_declaration:
                    entry.IsDeclaration = value.Number != 0;
                    break;
                case DW_AT_external:
                    entry.IsExternal = value.Number != 0;
                    break;
                case DW_AT_enum_class:
                    entry.IsEnumClass = value.Number != 0;
                    break;
                case DW_AT_specification or DW_AT_abstract_origin:
                    entry.Origin = value.Number;
                    break;
                case DW_AT_language when _levels.Count == 0:
                    _isC = value.Number is DW_LANG_C or DW_LANG_C89 or DW_LANG_C99 or DW_LANG_C11 or DW_LANG_C17;
                    break;
                case DW_AT_str_offsets_base:
                    entries.StrOffsetsBase = value.Number;
                    break;
            }
        }
    }

    private static bool IsScope(ulong tag) => tag is DW_TAG_namespace or DW_TAG_module or DW_TAG_structure_type or DW_TAG_class_type or DW_TAG_union_type or
        DW_TAG_interface_type or DW_TAG_enumeration_type;

    private void Visit(in Entry entry)
    {
        switch (entry.Tag)
        {
            case DW_TAG_subprogram:
                VisitDefinition(entry, DebugNameKind.Function, entry.HasCode);
                break;
            case DW_TAG_variable or DW_TAG_constant:
                VisitDefinition(entry, DebugNameKind.Variable, entry.HasValue);
                break;
            case DW_TAG_enumerator:
                Give(entry.Name, DebugNameKind.Variable, isStatic: _isC);
                break;
            case DW_TAG_namespace:
                Give(NameOf(entry), DebugNameKind.Type, isStatic: false);
                break;
            case DW_TAG_structure_type or DW_TAG_class_type or DW_TAG_union_type or DW_TAG_interface_type or DW_TAG_enumeration_type or DW_TAG_typedef or
                DW_TAG_base_type or DW_TAG_subrange_type or DW_TAG_unspecified_type or DW_TAG_imported_declaration or DW_TAG_module:
                if (entry.IsDeclaration)
                    Declare(entry);
                else
                    Give(NameOf(entry), DebugNameKind.Type, isStatic: _isC || !IsScope(entry.Tag));
                break;
        }
    }

    // In a type unit the type stands outside of the namespaces that its declaration is in.
    private ReadOnlySpan<byte> NameOf(scoped in Entry entry)
    {
        if (entry.Tag == DW_TAG_namespace && entry.Name.IsEmpty)
            return s_anonymous;
        bool isElsewhere = entry.Origin != 0 && _scope.Count == 0 && _declarations.TryGetValue(entry.Origin, out Declaration declaration) && declaration.NameLength != 0;
        return isElsewhere ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_names).Slice(_declarations[entry.Origin].NameStart, _declarations[entry.Origin].NameLength) : entry.Name;
    }

    // Functions that exist only inside of others (DW_AT_inline) can be asked for too, and are what their instances name.
    private void VisitDefinition(in Entry entry, DebugNameKind kind, bool isConcrete)
    {
        if (!isConcrete)
            Declare(entry);
        if (entry.IsDeclaration)
            return;
        if (entry.Name.IsEmpty && entry.Origin != 0)
            _waiting.Add((entry.Origin, kind));
        else
            Give(entry.Name, kind, !entry.IsExternal);
    }

    private void Declare(in Entry entry)
    {
        int start = _names.Count;
        if (!entry.Name.IsEmpty)
        {
            _names.AddRange(_scope);
            _names.AddRange(entry.Name);
        }

        _declarations[entry.Offset] = new Declaration(start, _names.Count - start, entry.Origin, entry.IsExternal);
    }

    private void GiveWaiting()
    {
        // A concrete instance names its abstract one, and that the declaration in a class: longer chains do not occur.
        const int MaxLinks = 4;
        foreach ((ulong origin, DebugNameKind kind) in _waiting)
        {
            bool isExternal = false;
            ulong at = origin;
            for (int i = 0; i < MaxLinks && _declarations.TryGetValue(at, out Declaration declaration); i++)
            {
                isExternal |= declaration.IsExternal;
                if (declaration.NameLength == 0)
                {
                    at = declaration.Origin;
                    continue;
                }

                receiver(unit, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_names).Slice(declaration.NameStart, declaration.NameLength), kind, !isExternal);
                break;
            }
        }
    }

    private void Give(ReadOnlySpan<byte> name, DebugNameKind kind, bool isStatic)
    {
        if (name.IsEmpty)
            return;
        int length = _scope.Count;
        _scope.AddRange(name);
        receiver(unit, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_scope), kind, isStatic);
        _scope.RemoveRange(length, _scope.Count - length);
    }

    private void Open(in Entry entry, bool isHidden)
    {
        _levels.Add(new Level(_scope.Count, isHidden));

        // The names of an enumeration stand beside it, unless it is a scoped one.
        bool opensScope = !isHidden && _levels.Count > 1 && !_isC && (entry.Tag != DW_TAG_enumeration_type || entry.IsEnumClass);
        ReadOnlySpan<byte> name = NameOf(entry);
        if (!opensScope || name.IsEmpty)
            return;
        _scope.AddRange(name);
        _scope.AddRange("::"u8);
    }

    private bool Close()
    {
        if (_levels.Count == 0)
            return false;
        Level level = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        _scope.RemoveRange(level.ScopeLength, _scope.Count - level.ScopeLength);
        return _levels.Count > 0;
    }
}
