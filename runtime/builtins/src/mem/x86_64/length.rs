//! `strlen`: which variant counts. Whole registers are loaded, but never from a page that the string does not reach: after
//! the first ones only aligned ones.

mod avx2;
mod avx512;
mod sse2;

use core::ffi::c_char;

use super::features::{AVX2, AVX512, FEATURES};

unsafe extern "C" {
    /// C's `strlen`.
    ///
    /// # Safety
    /// `text` must be readable up to and including a NUL.
    pub fn strlen(text: *const c_char) -> usize;
}

function! {
    "strlen";
    "test byte ptr [rip + {features}], {avx512}",
    "jnz {with_avx512}",
    "test byte ptr [rip + {features}], {avx2}",
    "jnz {with_avx2}",
    "jmp {with_sse2}",
    ;
    features = sym FEATURES,
    avx2 = const AVX2,
    avx512 = const AVX512,
    with_avx512 = sym avx512::length,
    with_avx2 = sym avx2::length,
    with_sse2 = sym sse2::length,
}
