// An object that has a little of everything that a linker treats specially: where damaged inputs begin.

namespace FullRust.TestKit.Elf;

/// <summary>Its assembly source.</summary>
public static class RichObject
{
    /// <summary>COMDAT, unwind records, all kinds of thread-local accesses, an IFUNC, merged, ordered, retained and debug sections.</summary>
    public const string Source = """
        .section .text.f,"axG",@progbits,f,comdat
        .weak f
        f: .cfi_startproc
         .cfi_personality 0x3, personality
         .cfi_lsda 0x3, lsda
         mov g@GOTPCREL(%rip), %rax
         call *g@GOTPCREL(%rip)
         ret
         .cfi_endproc
        .section .gcc_except_table,"a",@progbits
        lsda: .quad 1
        .text
        .globl _start, g, personality, helper
        .type _start, @function
        _start: .cfi_startproc
         lea text(%rip), %rdi
         mov t@gottpoff(%rip), %rax
         lea t@tlsdesc(%rip), %rax
         call *t@tlscall(%rax)
         data16 lea t@tlsgd(%rip), %rdi
         .value 0x6666
         rex64 call __tls_get_addr@plt
         mov __start_things, %eax
         call f
         call i
        g: ret
         .cfi_endproc
        .size _start, .-_start
        .type i, @gnu_indirect_function
        i: ret
        personality: ret
        helper: ret
        .section .rodata.str1.1,"aMS",@progbits,1
        text: .asciz "text"
        .asciz "more text"
        .section .rodata.cst8,"aM",@progbits,8
        .quad 1, 2, 1
        .section .tdata,"awT",@progbits
        .globl t
        t: .quad 5
        .section .tbss,"awT",@nobits
        .skip 24
        .section things,"awR",@progbits
        .quad f, text + 2
        .section .init_array.5,"aw",@init_array
        .quad g
        .section .note.mine,"a",@note
        .long 4, 4, 1, 0x636261, 1
        .section .debug_info,"",@progbits
        .quad f, g
        .section .debug_str,"MS",@progbits,1
        .asciz "debug"
        .section follows,"ao",@progbits,.text
        .quad 7
        .comm common, 32, 16
        .bss
        .skip 64
        """;
}
