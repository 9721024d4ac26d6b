//! The one machine instruction the math functions need by name: the square root.

use core::arch::x86_64::{_mm_cvtsd_f64, _mm_set_sd, _mm_setzero_pd, _mm_sqrt_sd};

/// The correctly rounded square root.
#[inline(always)]
pub(super) fn sqrt(x: f64) -> f64 {
    // SAFETY: SSE2 is part of the x86-64 baseline.
    unsafe { _mm_cvtsd_f64(_mm_sqrt_sd(_mm_setzero_pd(), _mm_set_sd(x))) }
}
