//! What the math functions need of the machine: the square root, and the fused multiply-add where the processor has it.
//!
//! Every function exists twice, as generic code over [`Machine`]: for any x86-64 processor, and compiled for those with
//! FMA and AVX2. [`dispatch`] chooses at each call by one bit.

use core::arch::x86_64::{_mm_cvtsd_f64, _mm_fmadd_sd, _mm_set_sd, _mm_setzero_pd, _mm_sqrt_sd};

/// The correctly rounded square root.
#[inline(always)]
pub(super) fn sqrt(x: f64) -> f64 {
    // SAFETY: SSE2 is part of the x86-64 baseline.
    unsafe { _mm_cvtsd_f64(_mm_sqrt_sd(_mm_setzero_pd(), _mm_set_sd(x))) }
}

/// How a product is added.
pub(super) trait Machine {
    /// Whether [`Machine::linear`] rounds once only.
    const FUSED: bool;

    /// `a + b * x`.
    fn linear(a: f64, b: f64, x: f64) -> f64;
}

/// Any x86-64 processor.
pub(super) struct Baseline;

impl Machine for Baseline {
    const FUSED: bool = false;

    #[inline(always)]
    fn linear(a: f64, b: f64, x: f64) -> f64 {
        a + b * x
    }
}

/// A processor with FMA and AVX2. Only for code that [`dispatch`] compiles for one.
pub(super) struct Fused;

impl Machine for Fused {
    const FUSED: bool = true;

    #[inline(always)]
    fn linear(a: f64, b: f64, x: f64) -> f64 {
        // SAFETY: this type is used where the processor is known to have FMA.
        unsafe { _mm_cvtsd_f64(_mm_fmadd_sd(_mm_set_sd(b), _mm_set_sd(x), _mm_set_sd(a))) }
    }
}

/// Public functions under the names by which compiled code finds them, each by the generic one of the same name in a module; and
/// the same for any processor in `baseline`. Until the processor has been asked, each is its own second try: nothing that
/// is called in between needs a frame where it is known.
macro_rules! dispatch {
    ($($(#[$doc:meta])* $module:ident::$name:ident($($arg:ident),+): $float:ty;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            // SAFETY: the name and the signature are those of C's `<math.h>`; nothing else in the program may define them.
            #[cfg_attr(not(test), unsafe(no_mangle))]
            pub extern "C" fn $name($($arg: $float),+) -> $float {
                #[target_feature(enable = "fma,avx2,bmi1,bmi2")]
                fn fused($($arg: $float),+) -> $float {
                    $module::$name::<arch::Fused>($($arg),+)
                }
                #[cold]
                #[inline(never)]
                extern "C" fn ask_first($($arg: $float),+) -> $float {
                    crate::mem::ask();
                    $name($($arg),+)
                }
                match crate::mem::fused_multiply_add() {
                    // SAFETY: the processor has these features.
                    Some(true) => unsafe { fused($($arg),+) },
                    Some(false) => $module::$name::<arch::Baseline>($($arg),+),
                    None => ask_first($($arg),+),
                }
            }
        )*

        /// The same functions as they are on a processor without FMA.
        pub mod baseline {
            use super::{arch::Baseline, *};

            $(
                $(#[$doc])*
                #[must_use]
                pub extern "C" fn $name($($arg: $float),+) -> $float {
                    $module::$name::<Baseline>($($arg),+)
                }
            )*
        }
    };
}

pub(super) use dispatch;
