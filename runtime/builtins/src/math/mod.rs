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
//! keeps state. Processors with fused multiply-add get code of their own (`arch`); results may differ from others' in the
//! last place.
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

use arch::dispatch;
pub use ldexp::{ldexp, ldexpf};

dispatch! {
    /// The arc cosine.
    asin::acos(x): f64;
    /// The arc sine.
    asin::asin(x): f64;
    /// The arc tangent.
    atan::atan(x): f64;
    /// The angle of the point `(x, y)`, from -pi to pi.
    atan::atan2(y, x): f64;
    /// The cosine of an angle in radians.
    trig::cos(x): f64;
    /// The sine of an angle in radians.
    trig::sin(x): f64;
    /// The tangent of an angle in radians.
    trig::tan(x): f64;
    /// The hyperbolic cosine.
    hyperbolic::cosh(x): f64;
    /// The hyperbolic sine.
    hyperbolic::sinh(x): f64;
    /// The hyperbolic tangent.
    hyperbolic::tanh(x): f64;
    /// `e^x`.
    exp::exp(x): f64;
    /// `2^x`.
    exp::exp2(x): f64;
    /// `10^x`.
    exp::exp10(x): f64;
    /// `e^x - 1`, accurate near 0.
    exp::expm1(x): f64;
    /// The length of the hypotenuse, without undue overflow or underflow.
    hypot::hypot(x, y): f64;
    /// The natural logarithm.
    log::log(x): f64;
    /// `log(1 + x)`, accurate near 0.
    log::log1p(x): f64;
    /// The logarithm to base 2.
    log::log2(x): f64;
    /// The logarithm to base 10.
    log::log10(x): f64;
    /// `x` to the power `y`.
    pow::pow(x, y): f64;
    /// The arc cosine.
    single::acosf(x): f32;
    /// The arc sine.
    single::asinf(x): f32;
    /// The arc tangent.
    single::atanf(x): f32;
    /// The angle of the point `(x, y)`, from -pi to pi.
    single::atan2f(y, x): f32;
    /// The cosine of an angle in radians.
    single::cosf(x): f32;
    /// The sine of an angle in radians.
    single::sinf(x): f32;
    /// The tangent of an angle in radians.
    single::tanf(x): f32;
    /// The hyperbolic cosine.
    single::coshf(x): f32;
    /// The hyperbolic sine.
    single::sinhf(x): f32;
    /// The hyperbolic tangent.
    single::tanhf(x): f32;
    /// `e^x`.
    single::expf(x): f32;
    /// `2^x`.
    single::exp2f(x): f32;
    /// `10^x`.
    single::exp10f(x): f32;
    /// `e^x - 1`, accurate near 0.
    single::expm1f(x): f32;
    /// The length of the hypotenuse.
    single::hypotf(x, y): f32;
    /// The natural logarithm.
    single::logf(x): f32;
    /// `log(1 + x)`, accurate near 0.
    single::log1pf(x): f32;
    /// The logarithm to base 2.
    single::log2f(x): f32;
    /// The logarithm to base 10.
    single::log10f(x): f32;
    /// `x` to the power `y`.
    single::powf(x, y): f32;
}
