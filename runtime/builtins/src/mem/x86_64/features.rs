//! What the processor can do, as far as these functions use it; asked once.
//!
//! In assembly like all of this folder: this crate stays outside link-time optimisation, so it must not call what is inside.

use core::arch::{asm, naked_asm};
use core::sync::atomic::{AtomicU32, AtomicUsize};

/// Bits of [`FEATURES`].
pub(in crate::mem) const KNOWN: u32 = 1;
/// 32-byte registers, with the system's support, and what always comes with them (BMI1 and BMI2).
pub(in crate::mem) const AVX2: u32 = 2;

/// 64-byte registers, with the system's support.
pub(in crate::mem) const AVX512: u32 = 4;

/// Fused multiply-add beside AVX2.
pub(in crate::mem) const FMA: u32 = 8;

/// What is known; 0 before the first question. Read by the assembly of this folder.
pub(in crate::mem) static FEATURES: AtomicU32 = AtomicU32::new(0);
/// From this many bytes on, a block would drive everything else out of the caches: stores go past them.
pub(super) static NON_TEMPORAL: AtomicUsize = AtomicUsize::new(usize::MAX);

/// From this many bytes on a loop of this crate is not the fastest way to an aligned place, but `rep movsb` or, where there is
/// none that is quick, from [`NON_TEMPORAL`] on.
pub(super) static REPEAT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// From this many bytes on `rep stosb` is.
pub(super) static REPEAT_FILL: AtomicUsize = AtomicUsize::new(usize::MAX);

/// `rep movsb` pays from here on (measured on Zen 5: slower than a loop up to 12 KiB, as fast at 16 KiB, faster above).
const LEAST_REPEAT: usize = 16 << 10;
/// `rep stosb` pays from here on (Zen 5: 1.4 times as slow as a loop up to 512 KiB).
const LEAST_REPEAT_FILL: usize = 1 << 20;
/// The size of the last cache where the processor does not tell it.
const USUAL_CACHE: usize = 8 << 20;

/// [`FEATURES`]. Not by the atomic's own function, and so in [`forget`]: where this crate is compiled without optimisation and the
/// others are optimised as one, that would be a call of something that is not there any more.
#[inline(always)]
fn known_features() -> u32 {
    let features;
    // SAFETY: reads an aligned word, which no thread sees half written.
    unsafe {
        asm!(
            "mov {features:e}, [rip + {word}]",
            features = lateout(reg) features,
            word = sym FEATURES,
            options(pure, readonly, nostack, preserves_flags)
        );
    }
    features
}

/// Takes bits out of [`FEATURES`].
pub(super) fn forget(unwanted: u32) {
    // SAFETY: changes an aligned word whose every value is allowed.
    unsafe {
        asm!("and dword ptr [rip + {word}], {kept:e}", kept = in(reg) !unwanted, word = sym FEATURES, options(nostack))
    }
}

/// Whether there is fused multiply-add (and AVX2); `None` before anybody has [`ask`]ed.
#[inline(always)]
pub(crate) fn fused_multiply_add() -> Option<bool> {
    let features = known_features();
    if features & FMA != 0 {
        Some(true)
    } else if features == 0 {
        None
    } else {
        Some(false)
    }
}

const _: () = assert!(FMA == 1 << 3); // as below

/// Asks the processor (`cpuid`, `xgetbv`: Intel SDM volume 2A; AMD APM volume 3, appendix E).
#[unsafe(naked)]
pub(crate) extern "C" fn ask() {
    naked_asm!(
        ".cfi_startproc",
        "push rbx", // cpuid overwrites it
        ".cfi_adjust_cfa_offset 8",
        ".cfi_rel_offset rbx, 0",
        "mov r8d, {known}",
        "xor eax, eax",
        "cpuid",
        "mov r9d, eax", // the last leaf
        "cmp eax, 7",
        "jb 30f",
        "mov eax, 7",
        "xor ecx, ecx",
        "cpuid",
        "mov r10d, ebx",
        "bt r10d, 9", // ERMS
        "jnc 20f",
        "mov qword ptr [rip + {repeat}], {least_repeat}",
        "mov qword ptr [rip + {repeat_fill}], {least_repeat_fill}",
        "20:",
        "mov eax, 1",
        "cpuid",
        "mov r11d, ecx",
        "and ecx, 0x18000000", // OSXSAVE, AVX
        "cmp ecx, 0x18000000",
        "jne 30f",
        "xor ecx, ecx",
        "xgetbv",
        "mov ecx, eax",
        "and ecx, 0x06", // the system keeps 32-byte registers
        "cmp ecx, 0x06",
        "jne 30f",
        "mov ecx, r10d",
        "and ecx, 0x128", // BMI1, AVX2, BMI2
        "cmp ecx, 0x128",
        "jne 30f",
        "or r8d, {avx2}",
        "and r11d, 1 << 12", // FMA
        "shr r11d, 12 - 3",
        "or r8d, r11d",
        "and eax, 0xe6", // and 64-byte ones
        "cmp eax, 0xe6",
        "jne 30f",
        "and r10d, 0xc0010000", // AVX512F, BW, VL
        "cmp r10d, 0xc0010000",
        "jne 30f",
        "or r8d, {avx512}",
        // the largest cache: leaf 0x8000001d on AMD, 4 on Intel
        "30:",
        "mov r10d, 4",
        "mov eax, 0x80000000",
        "cpuid",
        "cmp eax, 0x8000001d",
        "jb 31f",
        "mov eax, 0x80000001",
        "cpuid",
        "bt ecx, 22", // topology extensions
        "jnc 31f",
        "mov r10d, 0x8000001d",
        "jmp 32f",
        "31:",
        "cmp r9d, 4",
        "mov r11d, {usual_cache}",
        "jb 36f",
        "32:",
        "xor r11d, r11d", // the largest so far
        "xor r9d, r9d",   // which cache
        "33:",
        "mov eax, r10d",
        "mov ecx, r9d",
        "cpuid",
        "and eax, 0x1f", // its type: 0 ends the list, 2 holds instructions
        "jz 35f",
        "cmp eax, 2",
        "je 34f",
        "mov eax, ebx", // (ways + 1) (partitions + 1) (line + 1) (sets + 1)
        "shr eax, 22",
        "inc eax",
        "mov edx, ebx",
        "shr edx, 12",
        "and edx, 0x3ff",
        "inc edx",
        "imul rax, rdx",
        "and ebx, 0xfff",
        "inc ebx",
        "imul rax, rbx",
        "inc ecx",
        "imul rax, rcx",
        "cmp rax, r11",
        "cmova r11, rax",
        "34:",
        "inc r9d",
        "cmp r9d, 8",
        "jb 33b",
        "35:",
        "test r11, r11",
        "mov eax, {usual_cache}",
        "cmovz r11, rax",
        "36:",
        "lea rax, [r11 + r11 * 2]", // three quarters
        "shr rax, 2",
        "mov [rip + {non_temporal}], rax",
        "cmp rax, [rip + {repeat}]",
        "cmova rax, [rip + {repeat}]",
        "mov [rip + {repeat}], rax",
        "mov [rip + {features}], r8d", // last: it says that the rest is there
        "pop rbx",
        ".cfi_adjust_cfa_offset -8",
        ".cfi_restore rbx",
        "ret",
        ".cfi_endproc",
        known = const KNOWN,
        avx2 = const AVX2,
        avx512 = const AVX512,
        least_repeat = const LEAST_REPEAT,
        least_repeat_fill = const LEAST_REPEAT_FILL,
        usual_cache = const USUAL_CACHE,
        repeat = sym REPEAT,
        repeat_fill = sym REPEAT_FILL,
        non_temporal = sym NON_TEMPORAL,
        features = sym FEATURES,
    )
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use core::sync::atomic::Ordering::Relaxed;

    #[test]
    fn the_answers_are_those_of_the_standard_library() {
        ask();
        let features = FEATURES.load(Relaxed);
        assert_eq!(features & KNOWN, KNOWN);
        let has_avx2 = std::is_x86_feature_detected!("avx2")
            && std::is_x86_feature_detected!("bmi1")
            && std::is_x86_feature_detected!("bmi2");
        assert_eq!(features & AVX2 != 0, has_avx2);
        assert_eq!(features & FMA != 0, has_avx2 && std::is_x86_feature_detected!("fma"));
        let has_avx512 = std::is_x86_feature_detected!("avx512bw") && std::is_x86_feature_detected!("avx512vl");
        assert_eq!(features & AVX512 != 0, has_avx512);
        assert!((256 << 10..4 << 30).contains(&NON_TEMPORAL.load(Relaxed)));
    }
}
