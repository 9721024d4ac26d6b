//! `sinh`, `cosh`, `tanh` from the parts of `exp` and `expm1`.

use super::double_double::{divide, fast_two_sum, power_of_two, scale};
use super::exp::{exp_parts, expm1_parts};

/// `e^a` scaled by `2^-e`, `e^-a` scaled the same, and `e`, for `0 <= a < 800`.
#[inline(always)]
fn both_powers(a: f64) -> ((f64, f64), (f64, f64), i64) {
    let (hi, lo, e) = exp_parts(a, 0.0);
    let (hi, lo) = fast_two_sum(hi, lo);
    if e >= 32 {
        return ((hi, lo), (0.0, 0.0), e);
    }
    let (inverse, rest) = divide(1.0, 0.0, hi, lo);
    let unit = power_of_two(-2 * e);
    ((hi, lo), (inverse * unit, rest * unit), e)
}

/// The hyperbolic sine.
#[must_use]
pub fn sinh(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.3 {
        if a < 1e-9 {
            return x;
        }
        let z = x * x;
        let z2 = z * z;
        let low = (1.0 / 6.0 + z * (1.0 / 120.0)) + z2 * (1.0 / 5040.0 + z * (1.0 / 362_880.0));
        let high = 1.0 / 39_916_800.0 + z * (1.0 / 6_227_020_800.0);
        return x + x * z * (low + z2 * z2 * high);
    }
    if !(a < 711.0) {
        return x * power_of_two(1023);
    }
    let ((hi, lo), (inverse, inverse_lo), e) = both_powers(a);
    let (sum, error) = fast_two_sum(hi, -inverse);
    scale(sum, error + (lo - inverse_lo), e - 1).copysign(x)
}

/// The hyperbolic cosine.
#[must_use]
pub fn cosh(x: f64) -> f64 {
    let a = x.abs();
    if !(a < 711.0) {
        return a * power_of_two(1023);
    }
    let ((hi, lo), (inverse, inverse_lo), e) = both_powers(a);
    let (sum, error) = fast_two_sum(hi, inverse);
    scale(sum, error + (lo + inverse_lo), e - 1)
}

/// The hyperbolic tangent.
#[must_use]
pub fn tanh(x: f64) -> f64 {
    let a = x.abs();
    if a < 1e-9 {
        return x;
    }
    if !(a < 20.0) {
        return if x.is_nan() { x } else { 1.0f64.copysign(x) };
    }
    let (hi, lo) = expm1_parts(2.0 * a);
    let (d_hi, d_lo) = if hi > 2.0 { fast_two_sum(hi, 2.0) } else { fast_two_sum(2.0, hi) };
    let (q, rest) = divide(hi, lo, d_hi, d_lo + lo);
    (q + rest).copysign(x)
}
