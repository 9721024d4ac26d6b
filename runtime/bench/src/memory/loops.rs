//! Loops that call one function many times, in assembly, so that the same instructions surround both sides.
//!
//! Ours is called directly, as in every program of this project. The C library's is called through a stub that jumps to
//! what a word of memory holds: what a static program has for a function that an IFUNC chose (gABI, psABI 5.2).

use std::arch::naked_asm;
use std::sync::atomic::AtomicPtr;

use fullrust_builtins as _;

/// What a function is called with: its arguments in order, and [`MIXED`] sizes for the loops that take them in turn.
#[repr(C)]
pub struct Arguments {
    pub values: [usize; 3],
    pub sizes: *const usize,
}

/// How many sizes a loop with changing ones goes through before it begins again: more than a processor can learn the branches of.
pub const MIXED: usize = 1 << 16;

/// Calls a function so many times.
pub type Loop = unsafe extern "C" fn(usize, &Arguments);

/// The loops for one side of one function.
#[derive(Clone, Copy)]
pub struct Loops {
    /// Calls that do not depend on each other.
    pub independent: Loop,
    /// Each call's first address depends on what the call before has done.
    pub dependent: Loop,
    /// The size changes from call to call.
    pub mixed: Loop,
}

macro_rules! repeat {
    ($call:expr, $slot:ident, $size:literal, $link:literal) => {{
        #[unsafe(naked)]
        unsafe extern "C" fn repeat(_count: usize, _arguments: &Arguments) {
            naked_asm!(
                "push rbx",
                "push rbp",
                "push r12",
                "push r13",
                "push r14",
                "push r15",
                "sub rsp, 8", // psABI 3.2.2
                "mov rbx, rdi",
                "mov r12, [rsi]",
                "mov r13, [rsi + 8]",
                "mov r14, [rsi + 16]",
                "mov r15, [rsi + 24]",
                "xor ebp, ebp",
                ".p2align 6",
                "2:",
                "mov rdi, r12",
                "mov rsi, r13",
                $size,
                $call,
                $link,
                "dec rbx",
                "jnz 2b",
                "add rsp, 8",
                "pop r15",
                "pop r14",
                "pop r13",
                "pop r12",
                "pop rbp",
                "pop rbx",
                "ret",
                ".p2align 4",
                "3:",
                "jmp [rip + {slot}]",
                slot = sym $slot,
            )
        }
        repeat as Loop
    }};
}

macro_rules! loops {
    ($call:expr, $slot:ident, $link:literal) => {
        Loops {
            independent: repeat!($call, $slot, "mov rdx, r14", ""),
            dependent: repeat!($call, $slot, "mov rdx, r14", $link),
            mixed: repeat!($call, $slot, "mov rdx, [r15 + rbp * 8]\ninc ebp\nand ebp, 65535", ""),
        }
    };
}

macro_rules! functions {
    ($($function:ident = $name:literal $slot:ident, $link:literal;)*) => {
        $(
            static $slot: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

            /// The loops for our function of that name, and those for the C library's.
            pub fn $function(library: *mut ()) -> [Loops; 2] {
                $slot.store(library, std::sync::atomic::Ordering::Relaxed);
                [loops!(concat!("call ", $name), $slot, $link), loops!("call 3f", $slot, $link)]
            }
        )*
    };
}

// What links a call with the next: nothing is added to an address, but the processor does not know that.
functions! {
    memcpy = "memcpy" MEMCPY, "movzx eax, byte ptr [r12 + r14 - 1]\nand eax, 0\nadd r13, rax";
    memmove = "memmove" MEMMOVE, "movzx eax, byte ptr [r12 + r14 - 1]\nand eax, 0\nadd r13, rax";
    memset = "memset" MEMSET, "movzx eax, byte ptr [r12 + r14 - 1]\nand eax, 0\nadd r12, rax";
    memcmp = "memcmp" MEMCMP, "and eax, 0\nadd r12, rax";
    bcmp = "bcmp" BCMP, "and eax, 0\nadd r12, rax";
    strlen = "strlen" STRLEN, "and eax, 0\nadd r12, rax";
}
