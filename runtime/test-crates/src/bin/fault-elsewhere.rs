//! A memory fault that is no stack overflow keeps its meaning: death by SIGSEGV.
//# status: 139
#![no_std]
#![no_main]

fn main() {
    fullrust_rt::signal::set_up();
    // SAFETY: none; the fault is the point.
    unsafe { core::arch::asm!("mov byte ptr [{}], 0", in(reg) 16usize) };
}

fullrust::entry!(main);
