// Pieces of random programs that exercise one feature of linking each: main gets code that leaves a number in %eax, other objects what
// it needs. Every linker must come to the same number.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FullRust.LinkCases.Tests;

/// <summary>Adds features to a random program.</summary>
/// <param name="main">Code of main.</param>
/// <param name="objects">All objects; main is in the first.</param>
/// <param name="loaded">How many of them are always loaded; the others are members of an archive.</param>
internal sealed class RandomFeatures(StringBuilder main, StringBuilder[] objects, int loaded)
{
    private int _number;
    private Choices _choices = new([]);

    /// <summary>Options for the linker.</summary>
    internal List<string> Options { get; } = [];

    /// <summary>Adds a feature.</summary>
    /// <param name="piece">Which one, and how.</param>
    internal void Add(ProgramPiece piece)
    {
        Action[] all = [Common, WeakUndefined, Ifunc, IfuncInTable, Constructors, OldConstructors, StartStop, Table, Wrap, Alias, GeneralDynamic, LocalDynamic, Descriptor, WideStrings, Difference, Large, Groups];
        _choices = new Choices(piece.Choices);
        _number++;
        all[piece.Kind % all.Length]();
        Main($" imul $31, %ebx\n add %eax, %ebx");
    }

    private StringBuilder Loaded => objects[_choices.Next(loaded)];

    private static void Write(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    // The other features may have left main's object in another section.
    private void Main(FormattableString code) => Write(main, $".section .text.main,\"ax\"\n{code}");

    // The largest size and alignment win; what lies behind the block is not touched.
    private void Common()
    {
        int size = 0, alignment = 1;
        for (int i = 0; i < 3; i++)
        {
            int s = _choices.Next(4, 200), a = 1 << _choices.Next(2, 8);
            Write(Loaded, $".comm cm{_number}_, 0, 1\n.comm cm{_number}, {s}, {a}");
            (size, alignment) = (Math.Max(size, s), Math.Max(alignment, a));
        }

        Main($" .comm cm{_number}, {size}, {alignment}\n mov $cm{_number}, %ecx\n and ${alignment - 1}, %ecx\n addl $3, cm{_number}(%rip)\n mov cm{_number}(%rip), %eax\n add %ecx, %eax");
    }

    private void WeakUndefined()
    {
        bool isDefined = _choices.Next(2) == 0;
        if (isDefined)
            Write(Loaded, $".section .text.w{_number},\"ax\"\n.globl w{_number}\nw{_number}: mov $77, %eax\n ret");
        Main($" .weak w{_number}\n mov $w{_number}, %eax\n test %eax, %eax\n jz 9f\n call w{_number}\n9:\n mov w{_number}@GOTPCREL(%rip), %rcx\n test %rcx, %rcx\n setne %cl\n movzbl %cl, %ecx\n add %ecx, %eax");
    }

    private void Ifunc()
    {
        string visibility = _choices.Next(3) == 0 ? $".hidden i{_number}\n" : "";
        Write(Loaded, $".section .text.i{_number},\"ax\"\n.globl i{_number}\n{visibility}.type i{_number}, @gnu_indirect_function\ni{_number}: lea target{_number}(%rip), %rax\n ret\ntarget{_number}: mov ${_number + 40}, %eax\n ret");
        int kind = _choices.Next(3);
        Main(kind == 0 ? $" call i{_number}" : kind == 1 ? $" call *i{_number}@GOTPCREL(%rip)" : (FormattableString)$" mov $i{_number}, %eax\n call *%rax");
    }

    // Function pointers of one function are equal, wherever they come from.
    private void IfuncInTable()
    {
        Ifunc();
        Write(Loaded, $".section .data.p{_number},\"aw\"\n.balign 8\n.globl p{_number}\np{_number}: .quad i{_number}");
        Main($" mov p{_number}(%rip), %rcx\n mov $i{_number}, %edx\n cmp %rdx, %rcx\n sete %cl\n movzbl %cl, %ecx\n shl $8, %ecx\n add %ecx, %eax");
    }

    private void Constructors() => Constructors(".init_array", "init_array");

    // The order of constructors, with priorities; each mixes its number into one sum.
    private void Constructors(string section, string type)
    {
        string name = $"c{_number}";
        for (int i = 0; i < 4; i++)
        {
            int priority = _choices.Next(3) == 0 ? -1 : _choices.Next(101, 65000);
            string full = priority < 0 ? section : section == ".ctors" ? $".ctors.{65535 - priority:d5}" : $"{section}.{priority}";
            Write(Loaded, $".section .text.{name}_{i},\"ax\"\n{name}_{i}: imul $31, sum_{name}(%rip), %eax\n add ${i + 1}, %eax\n mov %eax, sum_{name}(%rip)\n ret\n.section {full},\"aw\",@{type}\n.balign 8\n.quad {name}_{i}");
        }

        Main($" mov sum_{name}(%rip), %eax\n .comm sum_{name}, 4, 4");
    }

    // One per object: how several of one priority mix with .init_array is each linker's own affair.
    private void OldConstructors()
    {
        string name = $"o{_number}";
        Write(Loaded, $".section .text.{name},\"ax\"\n{name}: addl $5, sum_{name}(%rip)\n ret\n.section .init_array.00{_choices.Next(200, 900)},\"aw\",@init_array\n.balign 8\n.quad {name}");
        Main($" mov sum_{name}(%rip), %eax\n .comm sum_{name}, 4, 4");
    }

    private void StartStop()
    {
        for (int i = 0; i < 5; i++)
            Write(Loaded, $".section set{_number},\"aw\"\n.balign 4\n.long {_choices.Next(1000)}");
        Options.AddRange(["-z", "nostart-stop-gc"]);
        Main($" .section set{_number},\"aw\"\n .balign 4\n .long 1\n .section .text.main,\"ax\"\n xor %eax, %eax\n mov $__start_set{_number}, %ecx\n8: cmp $__stop_set{_number}, %ecx\n jae 9f\n imul $7, %eax\n add (%rcx), %eax\n add $4, %ecx\n jmp 8b\n9:");
    }

    private void Table()
    {
        Write(main, $".section .data.rel.ro.tab{_number},\"aw\"\n .balign 8\ntab{_number}: .quad f{_choices.Next(14)}, f{_choices.Next(14)}");
        Main($" call *tab{_number}+{8 * _choices.Next(2)}(%rip)");
    }

    // The wrapped function is alone in its object's section and nobody there calls it.
    private void Wrap()
    {
        string name = $"wr{_number}";
        Write(objects[1], $".section .text.{name},\"ax\"\n.globl {name}\n{name}: mov $5, %eax\n ret");
        Main($" .section .text.__wrap_{name},\"ax\"\n.globl __wrap_{name}\n__wrap_{name}: sub $8, %rsp\n call __real_{name}\n imul $3, %eax\n add $8, %rsp\n ret\n .section .text.main,\"ax\"\n call {name}");
        Options.Add($"--wrap={name}");
    }

    private void Alias()
    {
        Write(Loaded, $".section .text.al{_number},\"ax\"\n.globl al{_number}\nal{_number}: mov $9, %eax\n ret");
        Main(_choices.Next(2) == 0 ? $" call alias{_number}" : (FormattableString)$" mov alias{_number}@GOTPCREL(%rip), %rax\n call *%rax");
        Options.Add($"--defsym=alias{_number}=al{_number}");
    }

    private string ThreadLocal(StringBuilder text, string binding)
    {
        string name = $"tv{_number}";
        string section = _choices.Next(2) == 0 ? ".section .tbss.x,\"awT\",@nobits" : ".section .tdata.x,\"awT\",@progbits";
        int size = 4 * _choices.Next(1, 20);
        string contents = section.Contains("tbss", StringComparison.Ordinal) ? $".skip {size}" : $".fill {size / 4}, 4, {_choices.Next(1000)}";
        Write(text, $"{section}\n.balign {4 << _choices.Next(5)}\n{binding}\n.type {name}, @object\n{name}: {contents}");
        return name;
    }

    private void GeneralDynamic()
    {
        string name = ThreadLocal(Loaded, $".globl tv{_number}");
        Main(_choices.Next(2) == 0
            ? $" data16 lea {name}@tlsgd(%rip), %rdi\n .word 0x6666\n rex64\n call __tls_get_addr@PLT\n addl $3, (%rax)\n mov (%rax), %eax"
            : (FormattableString)$" data16 lea {name}@tlsgd(%rip), %rdi\n .byte 0x66\n rex64\n call *__tls_get_addr@GOTPCREL(%rip)\n addl $3, (%rax)\n mov (%rax), %eax");
    }

    private void LocalDynamic()
    {
        string name = ThreadLocal(main, "");
        Main($" .section .text.main,\"ax\"\n lea {name}@tlsld(%rip), %rdi\n call __tls_get_addr@PLT\n lea {name}@dtpoff(%rax), %rax\n addl $4, (%rax)\n mov (%rax), %eax");
    }

    private void Descriptor()
    {
        string name = ThreadLocal(Loaded, $".globl tv{_number}");
        Main($" lea {name}@tlsdesc(%rip), %rax\n call *{name}@tlscall(%rax)\n addl $5, %fs:(%rax)\n mov %fs:(%rax), %eax");
    }

    private void WideStrings()
    {
        string text = $"wide{_choices.Next(3)}";
        foreach (StringBuilder text32 in new[] { Loaded, main })
            Write(text32, $".section .rodata.str4.4,\"aMS\",@progbits,4\n.balign 4\n.string32 \"{text}\"");
        Write(main, $"ws{_number}: .string32 \"xy{text}\"");
        Main($" mov ws{_number}+{4 * _choices.Next(5)}(%rip), %eax");
    }

    private void Difference()
    {
        Main($" .section .rodata.df{_number},\"a\"\n .balign 4\ndf{_number}: .long f{_choices.Next(14)}-.\n .section .text.main,\"ax\"\n movslq df{_number}(%rip), %rax\n lea df{_number}(%rip), %rcx\n add %rcx, %rax\n call *%rax");
    }

    private void Large()
    {
        Write(Loaded, $".section .ldata.l{_number},\"awl\"\n.balign 8\n.globl l{_number}\nl{_number}: .long {_choices.Next(1000)}\n.section .lbss.m{_number},\"awl\",@nobits\n.globl m{_number}\nm{_number}: .skip 4096");
        Main($" movabs $l{_number}, %rax\n movabs $m{_number}, %rcx\n mov (%rax), %eax\n add (%rcx), %eax");
    }

    // A COMDAT group with code, data and a local reference; the copies differ, so that the first must win for all parts.
    private void Groups()
    {
        for (int i = 0; i < loaded; i++)
        {
            if (i == 0 || _choices.Next(2) == 0)
                Write(objects[i], $".section .text.g{_number},\"axG\",@progbits,g{_number},comdat\n.weak g{_number}\ng{_number}: mov gd{_number}(%rip), %eax\n ret\n.section .data.gd{_number},\"awG\",@progbits,g{_number},comdat\n.weak gd{_number}\ngd{_number}: .long {i + 50}\n.section .text.main,\"ax\"");
        }

        Main($" .section .text.main,\"ax\"\n call g{_number}");
    }
}
