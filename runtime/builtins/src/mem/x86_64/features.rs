//! What the processor can do, as far as these functions use it; asked once.

use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};

/// Bits of [`FEATURES`].
pub(in crate::mem) const KNOWN: u32 = 1;
/// 32-byte registers, with the system's support.
pub(in crate::mem) const AVX2: u32 = 2;

/// 64-byte registers, with the system's support.
pub(super) const AVX512: u32 = 4;

/// What is known; 0 before the first question. Read by the assembly of this folder.
pub(in crate::mem) static FEATURES: AtomicU32 = AtomicU32::new(0);
/// From this many bytes on, a block would drive everything else out of the caches: stores go past them.
pub(super) static NON_TEMPORAL: AtomicUsize = AtomicUsize::new(usize::MAX);

/// From this many bytes on `rep movsb` between aligned blocks is the fastest way.
pub(super) static REPEAT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// From this many bytes on `rep stosb` is.
pub(super) static REPEAT_FILL: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Asks the processor. Called from assembly, which keeps nothing in registers across.
pub(in crate::mem) extern "C" fn ask() {
    NON_TEMPORAL.store(shared_cache_size() * 3 / 4, Relaxed);
    const ERMS: u32 = 1 << 9;
    // Larger than the first cache: below that, the loop is faster (measured on Zen 5).
    const LEAST_REPEAT: usize = 48 << 10;
    if __cpuid(0).eax >= 7 && __cpuid_count(7, 0).ebx & ERMS != 0 {
        REPEAT.store(LEAST_REPEAT, Relaxed);
        REPEAT_FILL.store(1 << 20, Relaxed);
    }
    FEATURES.store(KNOWN | vector_features(), Relaxed);
}

fn vector_features() -> u32 {
    const OSXSAVE_AVX: u32 = 1 << 27 | 1 << 28;
    const YMM_STATE: u64 = 0b110;
    const ZMM_STATE: u64 = 0b1110_0110;
    const AVX512F_BW_VL: u32 = 1 << 16 | 1 << 30 | 1 << 31;
    if __cpuid(0).eax < 7 || __cpuid(1).ecx & OSXSAVE_AVX != OSXSAVE_AVX {
        return 0;
    }
    // SAFETY: OSXSAVE says that the instruction exists.
    let state = unsafe { _xgetbv(0) };
    let extended = __cpuid_count(7, 0).ebx;
    if state & YMM_STATE != YMM_STATE || extended & 1 << 5 == 0 {
        return 0;
    }
    let has_avx512 = state & ZMM_STATE == ZMM_STATE && extended & AVX512F_BW_VL == AVX512F_BW_VL;
    if has_avx512 { AVX2 | AVX512 } else { AVX2 }
}

/// Bytes of the last cache, by the leaf of the processor's maker (Intel: 4, AMD: 0x8000_001d); 8 MiB if unknown.
fn shared_cache_size() -> usize {
    const FALLBACK: usize = 8 << 20;
    let leaf = if __cpuid(0x8000_0000).eax >= 0x8000_001d && __cpuid(0x8000_0001).ecx & 1 << 22 != 0 {
        0x8000_001d
    } else if __cpuid(0).eax >= 4 {
        4
    } else {
        return FALLBACK;
    };
    let mut largest = 0;
    for index in 0..8 {
        let cache = __cpuid_count(leaf, index);
        // Type 0 ends the list; type 2 holds instructions only.
        match cache.eax & 0x1f {
            0 => break,
            2 => continue,
            _ => {}
        }
        let ways = (cache.ebx >> 22) + 1;
        let partitions = (cache.ebx >> 12 & 0x3ff) + 1;
        let line = (cache.ebx & 0xfff) + 1;
        largest = largest.max(ways as usize * partitions as usize * line as usize * (cache.ecx as usize + 1));
    }
    if largest == 0 { FALLBACK } else { largest }
}
