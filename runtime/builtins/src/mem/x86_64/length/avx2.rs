//! With 32-byte registers.

use core::arch::naked_asm;

/// Looks for zeros among 32 bytes, with `ymm0` zero: on to a label with a bit in `eax` for each.
macro_rules! find {
    ($place:literal, $found:literal) => {
        concat!("vpcmpeqb ymm1, ymm0, [", $place, "]\nvpmovmskb eax, ymm1\ntest eax, eax\njnz ", $found)
    };
}

/// As `strlen`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn length() {
    naked_asm!(
        ".cfi_startproc",
        "vpxor xmm0, xmm0, xmm0",
        "mov rdx, rdi",
        "mov eax, edi",
        "and eax, 4095",
        "cmp eax, 4096 - 32",
        "ja 30f", // what follows might be absent
        find!("rdi", "24f"),
        "and rdx, -32",
        // four single ones, then four at a time, aligned
        "10:",
        find!("rdx + 32", "23f"),
        find!("rdx + 64", "22f"),
        find!("rdx + 96", "21f"),
        find!("rdx + 128", "20f"),
        "add rdx, 160",
        "and rdx, -128",
        ".p2align 6",
        "11:",
        "vmovdqa ymm1, [rdx]",
        "vmovdqa ymm2, [rdx + 64]",
        "vpminub ymm1, ymm1, [rdx + 32]",
        "vpminub ymm2, ymm2, [rdx + 96]",
        "vpminub ymm1, ymm1, ymm2",
        "vpcmpeqb ymm1, ymm0, ymm1",
        "vpmovmskb eax, ymm1",
        "sub rdx, -128",
        "test eax, eax",
        "jz 11b",
        "add rdx, -128", // which of the four
        find!("rdx", "24f"),
        find!("rdx + 32", "23f"),
        find!("rdx + 64", "22f"),
        "vpcmpeqb ymm1, ymm0, [rdx + 96]",
        "vpmovmskb eax, ymm1",
        "jmp 21f",
        "20:",
        "add rdx, 32",
        "21:",
        "add rdx, 32",
        "22:",
        "add rdx, 32",
        "23:",
        "add rdx, 32",
        "24:",
        "tzcnt eax, eax",
        "sub rdx, rdi",
        "add rax, rdx",
        "vzeroupper",
        "ret",
        "30:", // the aligned place below, without what lies before the start
        "and rdx, -32",
        "vpcmpeqb ymm1, ymm0, [rdx]",
        "vpmovmskb eax, ymm1",
        "mov ecx, edi",
        "shr eax, cl",
        "test eax, eax",
        "jz 10b",
        "tzcnt eax, eax",
        "vzeroupper",
        "ret",
        ".cfi_endproc",
    )
}
