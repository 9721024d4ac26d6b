//! Registers of a frame: taken at a call, and restored at a landing pad.

use core::arch::naked_asm;

/// How many registers unwind tables talk about.
pub const REGISTER_COUNT: usize = 17;
/// Where a landing pad expects the exception (`rax`) and its selector (`rdx`).
pub const EXCEPTION_REGISTERS: [usize; 2] = [0, 1];
/// The stack pointer's number.
pub const STACK_POINTER: usize = 7;
/// The return address's number.
pub const RETURN_ADDRESS: usize = 16;

/// A frame's registers by their DWARF numbers (x86-64 psABI 3.6.2): `rax rdx rcx rbx rsi rdi rbp rsp r8 … r15 rip`.
#[repr(C)]
#[derive(Clone, Debug)]
pub struct Registers(pub [usize; REGISTER_COUNT]);

/// Calls `receiver(registers, argument)` with the registers as they are in the caller when this call returns.
/// Registers that a call need not keep are zero. If the receiver returns, so does this, with its result.
///
/// # Safety
/// The receiver must be sound to call so.
#[unsafe(naked)]
pub unsafe extern "C-unwind" fn with_registers(
    argument: *mut u8,
    receiver: unsafe extern "C" fn(&mut Registers, *mut u8) -> usize,
) -> usize {
    naked_asm!(
        ".cfi_startproc",
        "mov rax, rsi",
        "mov rsi, rdi",
        "sub rsp, 136", // 17 words; aligned as at a call with the return address
        ".cfi_adjust_cfa_offset 136",
        "xor ecx, ecx",
        "mov [rsp], rcx",
        "mov [rsp + 8], rcx",
        "mov [rsp + 16], rcx",
        "mov [rsp + 24], rbx",
        "mov [rsp + 32], rcx",
        "mov [rsp + 40], rcx",
        "mov [rsp + 48], rbp",
        "lea rdx, [rsp + 144]", // the caller's stack pointer after the return
        "mov [rsp + 56], rdx",
        "mov [rsp + 64], rcx",
        "mov [rsp + 72], rcx",
        "mov [rsp + 80], rcx",
        "mov [rsp + 88], rcx",
        "mov [rsp + 96], r12",
        "mov [rsp + 104], r13",
        "mov [rsp + 112], r14",
        "mov [rsp + 120], r15",
        "mov rdx, [rsp + 136]", // the return address
        "mov [rsp + 128], rdx",
        "mov rdi, rsp",
        "call rax",
        "add rsp, 136",
        ".cfi_adjust_cfa_offset -136",
        "ret",
        ".cfi_endproc",
    )
}

/// Continues in a frame: restores its registers and jumps to its instruction pointer.
///
/// # Safety
/// The registers must be those of a frame of this thread's stack that still exists, at a landing pad of it.
#[unsafe(naked)]
pub unsafe extern "C" fn restore_registers(registers: &Registers) -> ! {
    naked_asm!(
        "mov rax, [rdi]",
        "mov rdx, [rdi + 8]",
        "mov rbx, [rdi + 24]",
        "mov rbp, [rdi + 48]",
        "mov r12, [rdi + 96]",
        "mov r13, [rdi + 104]",
        "mov r14, [rdi + 112]",
        "mov r15, [rdi + 120]",
        "mov rcx, [rdi + 128]",
        "mov rsp, [rdi + 56]",
        "jmp rcx",
    )
}
