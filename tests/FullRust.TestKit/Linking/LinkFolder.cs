// A folder for one link: objects are made by the system's assembler and compiler, archives by ar. What was once compiled in this
// process is copied when the same source comes again.

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace FullRust.TestKit.Linking;

/// <summary>A temporary folder with what a link needs. Not thread-safe; any number may be used side by side.</summary>
public sealed class LinkFolder : IDisposable
{
    /// <summary>Flags for C without a library.</summary>
    public static readonly IReadOnlyList<string> FreestandingC =
        ["-O1", "-ffreestanding", "-nostdlib", "-fno-pic", "-fno-pie", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fno-common", "-w"];

    /// <summary>A start that calls <c>main</c> and exits with its result.</summary>
    public const string StartSource = """
        .globl _start
        .section .text._start,"ax",@progbits
        .type _start, @function
        _start:
            xor %ebp, %ebp
            mov %rsp, %rdi
            and $-16, %rsp
            call main
            mov %eax, %edi
            mov $231, %eax
            syscall
        .size _start, .-_start
        .section .note.GNU-stack,"",@progbits
        """;

    /// <summary>
    /// A start in C for programs with more: applies IRELATIVE relocations, makes the thread-local block as the TLS documents say, runs
    /// the constructor arrays, <c>main</c> and the destructor array. Offers <c>put(text)</c>.
    /// </summary>
    public const string CrtSource = """
        typedef unsigned long u64;
        typedef struct { unsigned type, flags; u64 offset, vaddr, paddr, filesz, memsz, align; } Phdr;
        typedef struct { u64 offset, info; long addend; } Rela;
        typedef void (*Function)(int, char **, char **);
        extern char __ehdr_start[];
        extern __attribute__((weak, visibility("hidden"))) Rela __rela_iplt_start[], __rela_iplt_end[];
        extern __attribute__((weak, visibility("hidden"))) Function __preinit_array_start[], __preinit_array_end[];
        extern __attribute__((weak, visibility("hidden"))) Function __init_array_start[], __init_array_end[];
        extern __attribute__((weak, visibility("hidden"))) Function __fini_array_start[], __fini_array_end[];
        int main(int, char **);
        static char tls_area[1 << 20];
        static long call(long n, long a, long b, long c) {
          long r; __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory"); return r;
        }
        void put(const char *s) { long n = 0; while (s[n]) n++; call(1, 1, (long)s, n); }
        static void tls(const Phdr *p) {
          u64 align = p && p->align > 64 ? p->align : 64;
          u64 tp = ((u64)tls_area + sizeof tls_area - 4096) & ~(align - 1);
          if (p) {
            u64 own = p->align ? p->align : 1, size = (p->memsz + own - 1) & ~(own - 1);
            for (u64 i = 0; i < p->filesz; i++) ((volatile char *)tp - size)[i] = ((char *)p->vaddr)[i];
          }
          *(u64 *)tp = tp;
          call(158, 0x1002, tp, 0);
        }
        __attribute__((used)) void start_c(long *sp) {
          int argc = (int)*sp; char **argv = (char **)(sp + 1), **envp = argv + argc + 1;
          const Phdr *p = (Phdr *)(__ehdr_start + *(u64 *)(__ehdr_start + 32)), *found = 0;
          for (int i = 0; i < *(unsigned short *)(__ehdr_start + 56); i++) if (p[i].type == 7) found = p + i;
          tls(found);
          for (Rela *r = __rela_iplt_start; r < __rela_iplt_end; r++) *(u64 *)r->offset = ((u64 (*)(void))r->addend)();
          for (Function *f = __preinit_array_start; f < __preinit_array_end; f++) (*f)(argc, argv, envp);
          for (Function *f = __init_array_start; f < __init_array_end; f++) (*f)(argc, argv, envp);
          int code = main(argc, argv);
          for (Function *f = __fini_array_end; f > __fini_array_start;) (*--f)(argc, argv, envp);
          call(231, code, 0, 0);
        }
        __asm__(".globl _start; .text; _start: xor %ebp, %ebp; mov %rsp, %rdi; and $-16, %rsp; call start_c; hlt");
        """;

    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> s_compiled = new();
    private readonly TempFolder _folder = new();

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    /// <summary>A path in the folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Writes a file.</summary>
    public LinkFolder Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this;
    }

    /// <summary>Writes a text file.</summary>
    public LinkFolder Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Assembles AT&amp;T syntax; a .note.GNU-stack section is added.</summary>
    public LinkFolder Assemble(string name, string source, params string[] flags) => Write(name, AssembleBytes(source, flags));

    /// <summary>Assembles without a folder; the bytes are the caller's own.</summary>
    public static byte[] AssembleBytes(string source, params string[] flags) =>
        Make("as", flags, "s", source.Contains(".note.GNU-stack", StringComparison.Ordinal) ? source + "\n" : source + "\n.section .note.GNU-stack,\"\",@progbits\n");

    /// <summary>Adds <c>start.o</c> with <see cref="StartSource"/> and <c>crt.o</c> with <see cref="CrtSource"/>.</summary>
    public LinkFolder Start() => Assemble("start.o", StartSource).Compile("crt.o", CrtSource, "-fno-tree-loop-distribute-patterns");

    /// <summary>Compiles C with <see cref="FreestandingC"/> and further flags.</summary>
    public LinkFolder Compile(string name, string source, params string[] flags) => Write(name, Make("gcc", [.. FreestandingC, .. flags, "-c"], "c", source));

    /// <summary>Compiles with a compiler and nothing but the given flags.</summary>
    public LinkFolder CompileWith(string compiler, string name, string extension, string source, params string[] flags) =>
        Write(name, Make(compiler, [.. flags, "-c"], extension, source));

    /// <summary>Makes an archive.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="operation">ar's operation letters.</param>
    /// <param name="members">Names of files in the folder.</param>
    public LinkFolder Archive(string name, string operation, params string[] members)
    {
        Check(ToolRunner.Run("ar", [operation, name, .. members], Path), "ar");
        return this;
    }

    /// <summary>Links with our linker; the output is <c>out</c>.</summary>
    public LinkOutcome Link(params string[] arguments) => LinkerUnderTest.Link(arguments, Path);

    /// <summary>Links with another linker; the output is <c>out.NAME</c>.</summary>
    /// <returns>What the linker did, and the path of its output.</returns>
    public (ToolResult Result, string Output) LinkWith(ReferenceLinker linker, params string[] arguments)
    {
        string output = this["out." + linker.Name];
        return (linker.Link([.. arguments, "-o", output], Path), output);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static byte[] Make(string program, IReadOnlyList<string> flags, string extension, string source)
    {
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', [program, .. flags, extension, source]))));
        return [.. s_compiled.GetOrAdd(key, _ => new Lazy<byte[]>(() => MakeNow(program, flags, extension, source))).Value];
    }

    private static byte[] MakeNow(string program, IReadOnlyList<string> flags, string extension, string source)
    {
        using var folder = new TempFolder();
        folder.Write("source." + extension, source);
        Check(ToolRunner.Run(program, [.. flags, "source." + extension, "-o", "object.o"], folder.Path), program);
        return File.ReadAllBytes(folder["object.o"]);
    }

    private static void Check(ToolResult result, string program)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {result}");
    }
}
