//! The elementary functions of C's `<math.h>` that Rust's float methods lower to and that
//! `compiler_builtins` does not define: 19 names, each for `f64` and (suffix `f`) for `f32`; and
//! `sincos`, `exp10` and `ldexp`, which the compiler makes out of calls of those.
//!
//! Results are within one unit in the last place of the exact value, mostly within 0.52; special
//! values follow C Annex F. No floating-point exception flags are promised and `errno` does not
//! exist. The rounding mode is assumed to be to nearest.
//!
//! Methods: a short table lookup brings the argument close to a point where the function is known
//! to twice the precision, a polynomial covers the rest, and the last addition is the only one
//! that rounds noticeably. `f32` functions compute in `f64`. Nothing here allocates, locks, or
//! keeps state.
//!
//! **Nothing may refer to `core` at run time**, so no index may need a check: a `no_builtins` crate
//! stays outside link-time optimisation, which drops what only such a crate refers to.

mod arch;
mod asin;
mod atan;
mod double_double;
mod exp;
#[cfg(not(test))]
mod exports;
mod hyperbolic;
mod hypot;
mod ldexp;
mod log;
mod pow;
mod reduce;
mod single;
mod tables;
mod trig;

pub use asin::{acos, asin};
pub use atan::{atan, atan2};
pub use exp::{exp, exp2, exp10, expm1};
pub use hyperbolic::{cosh, sinh, tanh};
pub use hypot::hypot;
pub use ldexp::{ldexp, ldexpf};
pub use log::{log, log1p, log2, log10};
pub use pow::pow;
pub use single::{
    acosf, asinf, atan2f, atanf, cosf, coshf, exp2f, exp10f, expf, expm1f, hypotf, log1pf, log2f, log10f, logf, powf,
    sinf, sinhf, tanf, tanhf,
};
pub use trig::{cos, sin, tan};
