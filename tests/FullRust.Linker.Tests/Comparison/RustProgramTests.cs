// Real links of rustc, recorded and done by ours and by the toolchain's rust-lld: the programs run alike, define the same symbols, and
// have the same code.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Tests.Comparison;

public sealed class RustProgramTests
{
    private const string Source = """
        #![no_std]
        #![no_main]
        extern crate alloc;
        use alloc::{collections::BTreeMap, format, string::String, vec::Vec, boxed::Box};
        use core::alloc::{GlobalAlloc, Layout};
        use core::sync::atomic::{AtomicUsize, Ordering};

        struct Bump;
        static mut HEAP: [u8; 1 << 20] = [0; 1 << 20];
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        unsafe impl GlobalAlloc for Bump {
            unsafe fn alloc(&self, l: Layout) -> *mut u8 {
                let base = (&raw mut HEAP) as usize;
                let at = (base + NEXT.load(Ordering::Relaxed) + l.align() - 1) & !(l.align() - 1);
                NEXT.store(at + l.size() - base, Ordering::Relaxed);
                at as *mut u8
            }
            unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
        }
        #[global_allocator]
        static ALLOCATOR: Bump = Bump;

        trait Shape { fn area(&self) -> u64; fn name(&self) -> &'static str; }
        struct Square(u64); struct Strip(u64, u64);
        impl Shape for Square { fn area(&self) -> u64 { self.0 * self.0 } fn name(&self) -> &'static str { "square" } }
        impl Shape for Strip { fn area(&self) -> u64 { self.0 * self.1 } fn name(&self) -> &'static str { "strip" } }

        unsafe fn syscall(n: usize, a: usize, b: usize, c: usize) -> isize {
            let r: isize;
            core::arch::asm!("syscall", inlateout("rax") n as isize => r, in("rdi") a, in("rsi") b, in("rdx") c, out("rcx") _, out("r11") _);
            r
        }
        fn print(s: &str) { unsafe { syscall(1, 1, s.as_ptr() as usize, s.len()); } }

        core::arch::global_asm!(".globl _start", "_start: xor %ebp, %ebp", "and $-16, %rsp", "call rust_main", "hlt", options(att_syntax));

        #[no_mangle]
        extern "C" fn rust_main() -> ! {
            let shapes: Vec<Box<dyn Shape>> = alloc::vec![Box::new(Square(7)), Box::new(Strip(3, 5))];
            let mut by_name: BTreeMap<String, u64> = BTreeMap::new();
            for s in &shapes { by_name.insert(String::from(s.name()), s.area()); }
            print(&format!("{:?} {:>8.3} {:#x} {}\n", by_name, 3.14159f64, 48879u64, u128::MAX / 12345));
            let mut words: Vec<&str> = "the quick brown fox jumps over the lazy dog".split(' ').collect();
            words.sort();
            print(&format!("{}\n", words.join(",")));
            unsafe { syscall(231, shapes.iter().map(|s| s.area()).sum::<u64>() as usize, 0, 0); }
            loop {}
        }
        #[panic_handler]
        fn panic(info: &core::panic::PanicInfo) -> ! { print(&format!("{info}\n")); unsafe { syscall(231, 134, 0, 0); } loop {} }
        #[no_mangle] extern "C" fn rust_eh_personality() {}
        #[no_mangle] extern "C" fn _Unwind_Resume() {}
        #[no_mangle] unsafe extern "C" fn memcpy(d: *mut u8, s: *const u8, n: usize) -> *mut u8 { let mut i = 0; while i < n { d.add(i).write_volatile(*s.add(i)); i += 1; } d }
        #[no_mangle] unsafe extern "C" fn memmove(d: *mut u8, s: *const u8, n: usize) -> *mut u8 {
            if (d as usize) < s as usize { memcpy(d, s, n) } else { let mut i = n; while i > 0 { i -= 1; d.add(i).write_volatile(*s.add(i)); } d }
        }
        #[no_mangle] unsafe extern "C" fn memset(d: *mut u8, c: i32, n: usize) -> *mut u8 { let mut i = 0; while i < n { d.add(i).write_volatile(c as u8); i += 1; } d }
        #[no_mangle] unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
            let mut i = 0; while i < n { let (x, y) = (a.add(i).read_volatile(), b.add(i).read_volatile()); if x != y { return x as i32 - y as i32; } i += 1; } 0
        }
        #[no_mangle] unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, n: usize) -> i32 { memcmp(a, b, n) }
        #[no_mangle] unsafe extern "C" fn strlen(s: *const u8) -> usize { let mut n = 0; while s.add(n).read_volatile() != 0 { n += 1; } n }
        """;

    private const string Expected = "{\"square\": 49, \"strip\": 15}    3.142 0xbeef 27564387761922921301204909471994184\nbrown,dog,fox,jumps,lazy,over,quick,the,the\n";

    public static TheoryData<string> Profiles => ["-g", "-O", "-Copt-level=s -Clto=fat", "-O -Cstrip=symbols -Clto=fat", "-Crelocation-model=pic -O", "-Ccode-model=large -O"];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Program_RunsAlikeAndHasTheSameCode(string flags)
    {
        if (ToolRunner.Find("rustc") is null)
            return;
        using RecordedLink link = RecordedLink.OfRustc(Source, flags.Split(' '));
        LinkOutcome ours = link.Link().ShouldSucceed();
        CheckRun(ours.Run());
        link.Link("-o", link.Folder + "/again", "--threads=1").ShouldSucceed().Bytes.Should().Equal(ours.Bytes, "the same inputs give the same bytes");
        if (ReferenceLinker.Get("rust-lld") is not { } reference)
            return;
        (ToolResult result, string output) = link.LinkWith(reference);
        result.ExitCode.Should().Be(0, result.ToString());
        CheckRun(ToolRunner.Run(output, []));
        Compare(ours.Elf, ElfReader.Open(output));
    }

    private static void CheckRun(ToolResult result)
    {
        result.Output.Should().Be(Expected);
        result.ExitCode.Should().Be(64);
    }

    private static void Compare(ElfReader ours, ElfReader theirs)
    {
        Globals(ours).Should().BeEquivalentTo(Globals(theirs));
        IReadOnlyDictionary<string, string> a = new CodeComparer(ours).Functions(), b = new CodeComparer(theirs).Functions();
        a.Keys.Should().BeEquivalentTo(b.Keys);
        foreach ((string name, string code) in a)
            FirstDifference(code, b[name]).Should().BeEmpty("the code of {0} is the same", name);
    }

    private static string FirstDifference(string ours, string theirs)
    {
        string[] a = ours.Split('\n'), b = theirs.Split('\n');
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            if (a.ElementAtOrDefault(i) != b.ElementAtOrDefault(i))
                return $"instruction {i}: {a.ElementAtOrDefault(i)} | {b.ElementAtOrDefault(i)}";
        }

        return "";
    }

    private static IEnumerable<string> Globals(ElfReader elf) =>
        elf.Symbols.Where(static s => !s.IsUndefined && s.Type is STT_FUNC or STT_OBJECT).Select(static s => s.Name).Distinct();
}
