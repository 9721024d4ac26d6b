//! Arithmetic on unevaluated sums `hi + lo` of two doubles, with and without fused multiply-add. Dekker, "A floating-point
//! technique for extending the available precision", 1971.

use super::arch::Machine;

/// Clears the lower 27 bits: what stays has 26 significant bits, so its square is exact.
const UPPER_HALF: u64 = 0xffff_ffff_f800_0000;

/// `a + b` and its rounding error; needs `|a| >= |b|` or `a == 0`.
#[inline(always)]
pub(super) fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// `a + b` and its rounding error, for any order of magnitude.
#[inline(always)]
pub(super) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// `a` as a sum of its upper 26 bits and the rest.
#[inline(always)]
pub(super) fn split(a: f64) -> (f64, f64) {
    let upper = f64::from_bits(a.to_bits() & UPPER_HALF);
    (upper, a - upper)
}

/// `a * b` and its rounding error, if nothing overflows or underflows.
#[inline(always)]
pub(super) fn two_product<M: Machine>(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    if M::FUSED {
        return (product, M::linear(-product, a, b));
    }
    let (a_hi, a_lo) = split(a);
    let (b_hi, b_lo) = split(b);
    let error = ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
    (product, error)
}

/// `a^2 / 2` in two parts.
#[inline(always)]
pub(super) fn half_square<M: Machine>(a: f64) -> (f64, f64) {
    if M::FUSED {
        return two_product::<M>(a, 0.5 * a);
    }
    let (upper, rest) = split(a);
    (0.5 * (upper * upper), 0.5 * (rest * (a + upper)))
}

/// `c - a * b`, exact if it and the product's halves allow it: for remainders of quotients and roots.
#[inline(always)]
pub(super) fn minus_product<M: Machine>(c: f64, a: f64, b: f64) -> f64 {
    if M::FUSED {
        return M::linear(c, -a, b);
    }
    let (product, error) = two_product::<M>(a, b);
    (c - product) - error
}

/// The quotient of two sums, to about 100 bits less the rounding of the low part.
#[inline(always)]
pub(super) fn divide<M: Machine>(n_hi: f64, n_lo: f64, d_hi: f64, d_lo: f64) -> (f64, f64) {
    let quotient = n_hi / d_hi;
    let rest = M::linear(minus_product::<M>(n_hi, quotient, d_hi) + n_lo, -quotient, d_lo);
    (quotient, rest / d_hi)
}

/// `2^e` for a normal exponent, -1022 to 1023.
#[inline(always)]
pub(super) fn power_of_two(e: i64) -> f64 {
    f64::from_bits(((e + 1023) as u64) << 52)
}

/// `(1 + rest) * power * 2^e` for a power from 1 to 2 and an exponent for which that is a normal number.
#[inline(always)]
pub(super) fn scale_normal<M: Machine>(power: f64, rest: f64, e: i64) -> f64 {
    let scaled = f64::from_bits(power.to_bits().wrapping_add((e as u64) << 52));
    M::linear(scaled, scaled, rest)
}

/// `(hi + lo) * 2^e` with one rounding, also where the result is subnormal or infinite. The sum
/// must be near 1 (between 1/2 and 4).
#[inline(always)]
pub(super) fn scale(hi: f64, lo: f64, e: i64) -> f64 {
    if (-1021..=1023).contains(&e) { (hi + lo) * power_of_two(e) } else { scale_at_the_ends(hi, lo, e) }
}

#[cold]
fn scale_at_the_ends(hi: f64, lo: f64, e: i64) -> f64 {
    if e > 0 {
        let e = e.min(1200);
        return (hi + lo) * power_of_two(1023) * power_of_two((e - 1023).min(1023));
    }
    if e < -1080 {
        return power_of_two(-1022) * power_of_two(-1022);
    }
    if e == -1022 && hi + lo >= 1.0 {
        return (hi + lo) * power_of_two(-1022);
    }
    // The last place of the result is 2^-1074, which before scaling is 2^(-1074 - e). Adding 2^52
    // of these makes the addition round there, once.
    let magnet = power_of_two(52) * power_of_two(-1074 - e);
    let (sum, error) = two_sum(magnet, hi);
    let rounded = (sum + (error + lo)) - magnet;
    rounded * power_of_two(-1022) * power_of_two(e + 1022)
}
