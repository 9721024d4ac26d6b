// A random small program of several assembled objects, made so that every linker must come to the same result: each name is defined
// strongly once, or weakly any number of times before, or in copies of a COMDAT group; all that main reaches is defined somewhere.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using FullRust.TestKit.Linking;

namespace FullRust.LinkCases.Tests;

internal sealed class RandomProgram
{
    private readonly StringBuilder[] _objects;
    private readonly bool _isCollected;
    private readonly int _archived;
    private readonly List<string> _options = [];
    private readonly Choices _choices;

    internal RandomProgram(ProgramModel model)
    {
        _choices = new Choices(model.Shape.Choices);
        _objects = [.. Enumerable.Range(0, _choices.Next(3, 6)).Select(static _ => new StringBuilder())];
        _isCollected = _choices.Next(2) != 0;
        _archived = _choices.Next(0, _objects.Length - 1);
        for (int function = 0; function < model.Functions.Count; function++)
        {
            _choices = new Choices(model.Functions[function].Choices);
            AddFunction(function, model.Functions[function].Kind);
        }

        _choices = new Choices(model.Main.Choices);
        AddMain(model.Features);
    }

    /// <summary>Assembles, makes the archive, and gives the arguments.</summary>
    internal string[] Prepare(LinkFolder folder)
    {
        folder.Start();
        for (int i = 0; i < _objects.Length; i++)
            folder.Assemble($"o{i}.o", _objects[i].ToString());
        string[] names = [.. Enumerable.Range(0, _objects.Length).Select(static i => $"o{i}.o")];
        var arguments = new List<string> { "crt.o" };
        arguments.AddRange(names[..^_archived]);
        if (_archived > 0)
        {
            folder.Archive("lib.a", "rcs", names[^_archived..]);
            arguments.AddRange(["--start-group", "lib.a", "--end-group"]);
        }

        arguments.AddRange(_options);
        if (_isCollected)
            arguments.Add("--gc-sections");
        return [.. arguments];
    }

    internal string Sources => string.Join('\n', _objects.Select(static (o, i) => $"--- o{i}.s\n{o}"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // A function returns a constant mixed with what a later function and its data give: calls go upwards only, so that they end.
    private void AddFunction(int number, int kind)
    {
        int owner = _choices.Next(_objects.Length);
        string visibility = _choices.Next(4) switch { 2 => $".hidden f{number}\n", 3 => $".protected f{number}\n", _ => "" };
        switch (kind % 5)
        {
            case 4: // copies of a COMDAT group
                for (int i = 0; i < _objects.Length; i++)
                {
                    if (i == owner || _choices.Next(2) == 0)
                        Define(i, number, $".section .text.f{number},\"axG\",@progbits,f{number},comdat\n.weak f{number}\n", number * 3);
                }

                break;
            case 3: // a weak definition, and a strong one that wins
                int weak = _choices.Next(_objects.Length - _archived);
                Define(weak, number, $".section .text.f{number},\"ax\",@progbits\n.weak f{number}\n", number * 5);
                if (owner != weak && owner < _objects.Length - _archived)
                    Define(owner, number, $".section .text.f{number},\"ax\",@progbits\n.globl f{number}\n", number * 7);
                break;
            default:
                Define(owner, number, $".section .text.f{number},\"ax\",@progbits\n.globl f{number}\n{visibility}", number * 11);
                break;
        }
    }

    private void Define(int owner, int number, string head, int constant)
    {
        StringBuilder text = _objects[owner];
        text.Append(head).Append(CultureInfo.InvariantCulture, $".type f{number}, @function\nf{number}: push %rbx\n mov ${constant + 1}, %ebx\n");
        if (number + 1 < ProgramModel.FunctionCount && _choices.Next(3) > 0)
            AddCall(text, _choices.Next(number + 1, ProgramModel.FunctionCount));
        AddDataUse(owner, number);
        text.Append(CultureInfo.InvariantCulture, $" imul $31, %ebx, %eax\n pop %rbx\n ret\n.size f{number}, .-f{number}\n");
        if (_pendingData.Length > 0)
            text.Append(_pendingData);
        _pendingData.Clear();
    }

    private readonly StringBuilder _pendingData = new();

    private void AddCall(StringBuilder text, int target)
    {
        text.Append(_choices.Next(5) switch
        {
            0 => $" call f{target}\n",
            1 => $" call *f{target}@GOTPCREL(%rip)\n",
            2 => $" mov f{target}@GOTPCREL(%rip), %rax\n call *%rax\n",
            3 => $" mov $f{target}, %eax\n call *%rax\n",
            _ => $" call f{target}@plt\n",
        });
        text.Append(" add %eax, %ebx\n");
    }

    private void AddDataUse(int owner, int number)
    {
        StringBuilder text = _objects[owner];
        string label = Number((owner * 100) + number);
        switch (_choices.Next(7))
        {
            case 0:
                break;
            case 6:
                text.Append(CultureInfo.InvariantCulture, $" add d{label}(%rip), %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .data.d{label},\"aw\",@progbits\n.balign {1 << _choices.Next(6)}\nd{label}: .long {_choices.Next(1000)}\n");
                break;
            case 1:
                text.Append(CultureInfo.InvariantCulture, $" movzbl s{label}+1, %eax\n add %eax, %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .rodata.str1.1,\"aMS\",@progbits,1\ns{label}: .asciz \"text {_choices.Next(4)}\"\n");
                break;
            case 2:
                text.Append(CultureInfo.InvariantCulture, $" add c{label}(%rip), %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .rodata.cst8,\"aM\",@progbits,8\n.balign 8\nc{label}: .quad {_choices.Next(4)}\n");
                break;
            case 3:
                text.Append(CultureInfo.InvariantCulture, $" add %fs:t{label}@tpoff, %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .tdata.t{label},\"awT\",@progbits\n.balign {1 << _choices.Next(6)}\nt{label}: .long {_choices.Next(1000)}\n");
                break;
            case 4:
                text.Append(CultureInfo.InvariantCulture, $" mov u{label}@gottpoff(%rip), %rax\n movl ${_choices.Next(99)}, %fs:(%rax)\n add %fs:(%rax), %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .tbss.u{label},\"awT\",@nobits\n.balign {1 << _choices.Next(6)}\nu{label}: .skip {_choices.Next(4, 50)}\n");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $" add list_word{label}(%rip), %ebx\n");
                _pendingData.Append(CultureInfo.InvariantCulture, $".section .list,\"a\",@progbits\n.balign 4\nlist_word{label}: .long {_choices.Next(1000)}\n");
                break;
        }
    }

    private void AddMain(IReadOnlyList<ProgramPiece> pieces)
    {
        StringBuilder text = _objects[0];
        text.Append(".section .text.main,\"ax\",@progbits\n.globl main\nmain: push %rbx\n xor %ebx, %ebx\n");
        for (int function = 0; function < ProgramModel.FunctionCount; function++)
        {
            if (_choices.Next(3) > 0)
                AddCall(text, function);
        }

        var features = new RandomFeatures(text, _objects, _objects.Length - _archived);
        foreach (ProgramPiece piece in pieces)
            features.Add(piece);
        _options.AddRange(features.Options);

        // The sum as text, so that all 32 bits are compared.
        text.Append(".section .text.main,\"ax\"\n mov $buffer, %rdi\n mov $8, %ecx\n1: mov %ebx, %eax\n and $15, %eax\n add $'a', %eax\n movb %al, (%rdi)\n inc %rdi\n shr $4, %ebx\n dec %ecx\n jnz 1b\n");
        text.Append(" mov $buffer, %edi\n call put\n pop %rbx\n xor %eax, %eax\n ret\n.section .bss.buffer,\"aw\",@nobits\nbuffer: .skip 9\n");
    }
}
