// The tree between parser and printer. C++ declarators are written inside out, and a part of a name may be used again by number, so
// a name cannot be printed while it is read. Nodes are rows of a table; a node is its index, 0 stands for "none".

using System.Collections.Generic;

namespace FullRust.Elf.Demangling.Itanium;

/// <summary>What a node stands for, and what its columns mean.</summary>
internal enum NodeKind : byte
{
    None,

    /// <summary>Bytes of the mangled name: A = offset, B = length.</summary>
    Name,

    /// <summary>Fixed text.</summary>
    Text,

    /// <summary>A number of the mangled name, 'n' for minus: A = offset, B = length.</summary>
    Number,

    /// <summary>A = first index in the child table, B = count.</summary>
    List,

    /// <summary>A::B.</summary>
    Nested,

    /// <summary>A::B, where A is an encoding.</summary>
    Local,

    /// <summary>::A.</summary>
    GlobalQualified,

    /// <summary>A::friend B.</summary>
    Friend,

    /// <summary>A[abi:B].</summary>
    AbiTag,

    /// <summary>A@B, the module an entity belongs to.</summary>
    ModuleEntity,

    /// <summary>A.B or A:B (partition), text is the separator; A may be 0.</summary>
    ModuleName,

    /// <summary>A&lt;…&gt;, B = TemplateArguments.</summary>
    Template,

    /// <summary>&lt;A&gt;, A = List, B = constraint.</summary>
    TemplateArguments,

    /// <summary>Arguments that stand for one pack parameter, A = List.</summary>
    ArgumentPack,

    /// <summary>The same, as the parameter refers to it: printed one element at a time inside an expansion.</summary>
    ParameterPack,

    /// <summary>A, once per element of the pack in it.</summary>
    PackExpansion,

    /// <summary>A template parameter whose arguments come later in the name: A = index, B = the node once known.</summary>
    ForwardReference,

    /// <summary>One of the standard abbreviations: A = letter, B = 1 when written out.</summary>
    StandardName,

    /// <summary>Constructor, A = the class.</summary>
    Constructor,

    /// <summary>Destructor, A = the class.</summary>
    Destructor,

    /// <summary>operator A.</summary>
    Conversion,

    /// <summary>operator"" A.</summary>
    LiteralOperator,

    /// <summary>'unnamed…', A = number.</summary>
    UnnamedType,

    /// <summary>'lambda…'&lt;A&gt;(B), C = number.</summary>
    Closure,

    /// <summary>[A], A = List.</summary>
    StructuredBinding,

    /// <summary>A function: A = result, B = name, C = List of parameters, D = constraint or attributes, flags = qualifiers.</summary>
    Function,

    /// <summary>A (text B), a clone made by the compiler.</summary>
    Clone,

    /// <summary>Text followed by A.</summary>
    Special,

    /// <summary>Construction vtable for A-in-B.</summary>
    ConstructionVtable,

    /// <summary>A with cv-qualifiers in flags.</summary>
    Qualified,

    /// <summary>A with a vendor's qualifier B and its arguments C.</summary>
    VendorQualified,

    /// <summary>A followed by text.</summary>
    Postfixed,

    /// <summary>A*.</summary>
    Pointer,

    /// <summary>A&amp; or, with flags 1, A&amp;&amp;.</summary>
    Reference,

    /// <summary>Pointer to member B of class A.</summary>
    MemberPointer,

    /// <summary>Array of A, B = dimension.</summary>
    Array,

    /// <summary>A vector of A, B = dimension.</summary>
    Vector,

    /// <summary>A function type: A = result, C = List of parameters, D = exception specification, flags = qualifiers.</summary>
    FunctionType,

    /// <summary>Text, "(", A, ")".</summary>
    Enclosed,

    /// <summary>Parameter declarations of templates and lambdas: text, A = name, B = type or List.</summary>
    TemplateParameter,

    /// <summary>A text B, precedence in flags.</summary>
    Binary,

    /// <summary>Text A.</summary>
    Prefix,

    /// <summary>A text.</summary>
    Postfix,

    /// <summary>A text B without spaces.</summary>
    Member,

    /// <summary>A[B].</summary>
    Subscript,

    /// <summary>A(B), B = List; flags 1 if A is put in parentheses.</summary>
    Call,

    /// <summary>text&lt;A&gt;(B).</summary>
    NamedCast,

    /// <summary>(A)(B), B = List.</summary>
    TypeConversion,

    /// <summary>A ? B : C.</summary>
    Conditional,

    /// <summary>new: A = placement List, B = type, C = initializer List; flags 1 global, 2 array, 4 has initializer.</summary>
    New,

    /// <summary>delete: A; flags 1 global, 2 array.</summary>
    Delete,

    /// <summary>A{B}, B = List.</summary>
    InitializerList,

    /// <summary>Designated initializer: .A = B, or [A] = B with flags 1, or [A ... B] = C with flags 2.</summary>
    Designated,

    /// <summary>Fold: text operator, A = pack, B = initial value, flags 1 = left fold.</summary>
    Fold,

    /// <summary>A literal of an integer type: text = type or suffix, B = Number.</summary>
    Integer,

    /// <summary>(A)B, an enumerator.</summary>
    CastLiteral,

    /// <summary>A floating-point literal: A = offset, B = length of its hexadecimal digits, text = suffix.</summary>
    Float,

    /// <summary>[]A{...}, A = Closure.</summary>
    LambdaExpression,

    /// <summary>fp, A = Name of the number.</summary>
    FunctionParameter,

    /// <summary>sizeof...(A).</summary>
    SizeofPack,

    /// <summary>requires (A) { B }, both Lists.</summary>
    Requires,

    /// <summary>One requirement: flags 0 simple A; 1 compound { A } noexcept? -> B; 2 type; 3 nested.</summary>
    Requirement,

    /// <summary>A.&lt;B at offset C&gt;.</summary>
    Subobject,
}

/// <summary>A row of the tree. See <see cref="NodeKind"/> for the columns.</summary>
internal readonly record struct ItaniumNode(NodeKind Kind, int A, int B, int C, int D, int Flags, string Text);

/// <summary>All nodes of one name.</summary>
internal sealed class ItaniumTree
{
    private readonly List<ItaniumNode> _nodes = [default];
    private readonly List<int> _children = [];

    public ItaniumNode this[int node] => _nodes[node];

    public int Child(int list, int index) => _children[_nodes[list].A + index];

    public int ChildAt(int index) => _children[index];

    public int Count(int list) => _nodes[list].B;

    public int Add(NodeKind kind, int a = 0, int b = 0, int c = 0, int d = 0, int flags = 0, string text = "")
    {
        _nodes.Add(new ItaniumNode(kind, a, b, c, d, flags, text));
        return _nodes.Count - 1;
    }

    public int AddText(string text) => Add(NodeKind.Text, text: text);

    /// <summary>Makes a list of the items from <paramref name="mark"/> on and takes them away from <paramref name="pending"/>.</summary>
    public int AddList(List<int> pending, int mark)
    {
        int start = _children.Count;
        for (int i = mark; i < pending.Count; i++)
            _children.Add(pending[i]);
        int count = pending.Count - mark;
        pending.RemoveRange(mark, count);
        return Add(NodeKind.List, start, count);
    }

    public void Resolve(int forwardReference, int node) => _nodes[forwardReference] = _nodes[forwardReference] with { B = node };
}
