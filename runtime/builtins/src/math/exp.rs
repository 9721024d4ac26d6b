//! `exp`, `exp2`, `expm1`: `x = (128 e + i) ln2/128 + r`, so `exp(x) = 2^e * 2^(i/128) * exp(r)`
//! with `|r| < 0.00271`.

use super::double_double::{fast_two_sum, power_of_two, scale, split, two_product};
use super::tables::exp2::EXP2;

const STEPS_PER_LN2: f64 = 184.6649652337873;
/// ln2/128; the upper part has 34 bits, so its product with a step number is exact.
const STEP_HI: f64 = 0.005415212347998022;
const STEP_LO: f64 = 1.2655086083325438e-13;
const LOG2_10: (f64, f64) = (3.321928094887362, 1.661617516973592e-16);
/// Adding and subtracting this rounds to an integer, which stands in the low bits in between.
pub(super) const ROUNDER: f64 = 6755399441055744.0;

/// The nearest integer, as a float and as an integer; `|x| < 2^50`.
#[inline(always)]
pub(super) fn nearest(x: f64) -> (f64, i64) {
    let shifted = x + ROUNDER;
    (shifted - ROUNDER, shifted.to_bits().wrapping_sub(ROUNDER.to_bits()) as i64)
}

/// An integer below 2^50 as a float. The conversion instruction would do, but it keeps the upper
/// half of its target register and so waits for whatever wrote that last.
#[inline(always)]
pub(super) fn to_float(n: i64) -> f64 {
    f64::from_bits(ROUNDER.to_bits().wrapping_add(n as u64)) - ROUNDER
}

/// `exp(r) - 1` for a small `r`, without its first term: `exp(r) - 1 - r`.
#[inline(always)]
fn beyond_linear(r: f64) -> f64 {
    let r2 = r * r;
    r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)))
}

/// `exp(x + x_lo)` as `(hi, lo, e)`, meaning `(hi + lo) * 2^e`, hi between 0.99 and 2. The
/// argument must be within ±800.
#[inline(always)]
pub(super) fn exp_parts(x: f64, x_lo: f64) -> (f64, f64, i64) {
    let (steps, n) = nearest(x * STEPS_PER_LN2);
    let r = (x - steps * STEP_HI) + (x_lo - steps * STEP_LO);
    let (power, power_lo) = EXP2[(n & 127) as usize];
    (power, power_lo + power * (r + beyond_linear(r)), n >> 7)
}

/// `e^x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    if !(x.abs() < 708.0) {
        if x > 710.0 || x.is_nan() {
            return x * power_of_two(1023);
        }
        if x < -746.0 {
            return if x == f64::NEG_INFINITY { 0.0 } else { scale(1.0, 0.0, -2000) };
        }
    }
    if x.abs() < 1e-17 {
        return 1.0 + x;
    }
    let (hi, lo, e) = exp_parts(x, 0.0);
    scale(hi, lo, e)
}

/// `2^x`.
#[must_use]
pub fn exp2(x: f64) -> f64 {
    if !(x.abs() < 1020.0) {
        if x >= 1024.0 || x.is_nan() {
            return x * power_of_two(1023);
        }
        if x < -1076.0 {
            return if x == f64::NEG_INFINITY { 0.0 } else { scale(1.0, 0.0, -2000) };
        }
    }
    let (steps, n) = nearest(x * 128.0);
    scale_step(n, beyond_one(x - steps * (1.0 / 128.0)))
}

/// `2^t - 1` for `|t| <= 1/256`.
#[inline(always)]
fn beyond_one(t: f64) -> f64 {
    let t2 = t * t;
    t * 0.6931471805599453
        + t2 * ((0.24022650695910072 + t * 0.05550410866482158)
            + t2 * (0.009618129107628477 + t * 0.0013333558146428443))
}

/// `2^(n/128) * (1 + p)`.
#[inline(always)]
fn scale_step(n: i64, p: f64) -> f64 {
    let (power, power_lo) = EXP2[(n & 127) as usize];
    scale(power, power_lo + power * p, n >> 7)
}

/// `10^x`.
#[must_use]
pub fn exp10(x: f64) -> f64 {
    if !(x.abs() < 330.0) {
        return if x < 0.0 { exp(x) } else { x * power_of_two(1023) };
    }
    if x.abs() < 1e-17 {
        return 1.0 + x;
    }
    // 10^x = 2^(x log2 10), the product in two parts, from which steps of 1/128 are taken without error.
    let (product, rest) = two_product(x, LOG2_10.0);
    let (steps, n) = nearest(product * 128.0);
    let t = (product - steps * (1.0 / 128.0)) + (rest + x * LOG2_10.1);
    scale_step(n, beyond_one(t))
}

/// `e^x - 1` as `hi + lo` for `-40 < x < 60`.
#[inline(always)]
pub(super) fn expm1_parts(x: f64) -> (f64, f64) {
    if x.abs() < 0.125 {
        let (upper, rest) = split(x);
        let x2 = x * x;
        let x4 = x2 * x2;
        let low = (1.0 / 6.0 + x * (1.0 / 24.0)) + x2 * (1.0 / 120.0 + x * (1.0 / 720.0));
        let high = (1.0 / 5040.0 + x * (1.0 / 40320.0)) + x2 * (1.0 / 362_880.0 + x * (1.0 / 3_628_800.0));
        let (sum, error) = fast_two_sum(x, 0.5 * (upper * upper));
        let rest = 0.5 * (rest * (x + upper)) + (x * x2) * (low + x4 * high);
        return fast_two_sum(sum, error + rest);
    }
    let (hi, lo, e) = exp_parts(x, 0.0);
    let unit = power_of_two(e);
    let (hi, lo) = (hi * unit, lo * unit);
    let (sum, error) = if hi > 1.0 { fast_two_sum(hi, -1.0) } else { fast_two_sum(-1.0, hi) };
    fast_two_sum(sum, error + lo)
}

/// `e^x - 1`, accurate near 0.
#[must_use]
pub fn expm1(x: f64) -> f64 {
    if x.abs() < 1e-17 {
        return x;
    }
    if !(x > -38.0 && x < 57.0) {
        return if x < 0.0 { -1.0 } else { exp(x) };
    }
    let (hi, lo) = expm1_parts(x);
    hi + lo
}
