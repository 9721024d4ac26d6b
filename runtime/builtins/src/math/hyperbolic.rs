//! `sinh`, `cosh`, `tanh` from the parts of `exp` and `expm1`.

use super::arch::Machine;
use super::double_double::{divide, fast_two_sum, power_of_two, scale};
use super::exp::{exp_parts, expm1_parts};

/// `e^a` scaled by `2^-e`, `e^-a` scaled the same, and `e`, for `0 <= a < 800`.
#[inline(always)]
fn both_powers<M: Machine>(a: f64) -> ((f64, f64), (f64, f64), i64) {
    let (power, rest, e) = exp_parts::<M>(a, 0.0);
    if e >= 32 {
        return ((power, power * rest), (0.0, 0.0), e);
    }
    let (inverse, inverse_rest, inverse_e) = exp_parts::<M>(-a, 0.0);
    let inverse = inverse * power_of_two(inverse_e - e);
    ((power, power * rest), (inverse, inverse * inverse_rest), e)
}

/// The hyperbolic sine.
#[inline(always)]
pub(super) fn sinh<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.3 {
        if a < 1e-9 {
            return x;
        }
        let z = x * x;
        let z2 = z * z;
        let low = M::linear(M::linear(1.0 / 6.0, 1.0 / 120.0, z), M::linear(1.0 / 5040.0, 1.0 / 362_880.0, z), z2);
        let high = M::linear(1.0 / 39_916_800.0, 1.0 / 6_227_020_800.0, z);
        return M::linear(x, x * z, M::linear(low, high, z2 * z2));
    }
    if !(a < 711.0) {
        return x * power_of_two(1023);
    }
    let ((hi, lo), (inverse, inverse_lo), e) = both_powers::<M>(a);
    let (sum, error) = fast_two_sum(hi, -inverse);
    scale(sum, error + (lo - inverse_lo), e - 1).copysign(x)
}

/// The hyperbolic cosine.
#[inline(always)]
pub(super) fn cosh<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if !(a < 711.0) {
        return a * power_of_two(1023);
    }
    let ((hi, lo), (inverse, inverse_lo), e) = both_powers::<M>(a);
    let (sum, error) = fast_two_sum(hi, inverse);
    scale(sum, error + (lo + inverse_lo), e - 1)
}

/// The hyperbolic tangent.
#[inline(always)]
pub(super) fn tanh<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 1e-9 {
        return x;
    }
    if !(a < 20.0) {
        return if x.is_nan() { x } else { 1.0f64.copysign(x) };
    }
    let (hi, lo) = expm1_parts::<M>(2.0 * a);
    let (d_hi, d_lo) = if hi > 2.0 { fast_two_sum(hi, 2.0) } else { fast_two_sum(2.0, hi) };
    let (q, rest) = divide::<M>(hi, lo, d_hi, d_lo + lo);
    (q + rest).copysign(x)
}
