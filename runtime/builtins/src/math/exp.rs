//! `exp`, `exp2`, `exp10`, `expm1`: `x = (128 e + i) ln2/128 + r`, so `exp(x) = 2^e * 2^(i/128) * exp(r)`
//! with `|r| < 0.00271`.

use super::arch::Machine;
use super::double_double::{fast_two_sum, half_square, power_of_two, scale, scale_normal, two_product};
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
fn beyond_linear<M: Machine>(r: f64) -> f64 {
    let r2 = r * r;
    r2 * M::linear(M::linear(0.5, 1.0 / 6.0, r), M::linear(1.0 / 24.0, 1.0 / 120.0, r), r2)
}

/// `exp(x + x_lo)` as `(power, rest, e)`, meaning `(1 + rest) * power * 2^e`, the power from 1 to 2. The
/// argument must be within ±800.
#[inline(always)]
pub(super) fn exp_parts<M: Machine>(x: f64, x_lo: f64) -> (f64, f64, i64) {
    let (steps, n) = nearest(x * STEPS_PER_LN2);
    let r = M::linear(x, -STEP_HI, steps) + M::linear(x_lo, -STEP_LO, steps);
    let (power, missing) = EXP2[(n & 127) as usize];
    (power, missing + (r + beyond_linear::<M>(r)), n >> 7)
}

/// `e^x`.
#[inline(always)]
pub(super) fn exp<M: Machine>(x: f64) -> f64 {
    if !(x.abs() < 708.0) {
        return exp_far::<M>(x);
    }
    let (power, rest, e) = exp_parts::<M>(x, 0.0);
    scale_normal::<M>(power, rest, e)
}

/// `e^x` where the result is close to the ends of the range, or beyond.
#[cold]
fn exp_far<M: Machine>(x: f64) -> f64 {
    if x > 710.0 || x.is_nan() {
        return x * power_of_two(1023);
    }
    if x < -746.0 {
        return if x == f64::NEG_INFINITY { 0.0 } else { scale(1.0, 0.0, -2000) };
    }
    let (power, rest, e) = exp_parts::<M>(x, 0.0);
    scale(power, power * rest, e)
}

/// `2^x`.
#[inline(always)]
pub(super) fn exp2<M: Machine>(x: f64) -> f64 {
    if !(x.abs() < 1020.0) {
        return exp2_far::<M>(x);
    }
    let (power, rest, e) = exp2_parts::<M>(exp2_step(x));
    scale_normal::<M>(power, rest, e)
}

/// `2^x` where the result is close to the ends of the range, or beyond.
#[cold]
fn exp2_far<M: Machine>(x: f64) -> f64 {
    if x >= 1024.0 || x.is_nan() {
        return x * power_of_two(1023);
    }
    if x < -1076.0 {
        return if x == f64::NEG_INFINITY { 0.0 } else { scale(1.0, 0.0, -2000) };
    }
    let (power, rest, e) = exp2_parts::<M>(exp2_step(x));
    scale(power, power * rest, e)
}

/// The multiple of 1/128 nearest to `x`, counted in those, and what is left of `x`; both without error, for `|x| < 2^43`.
#[inline(always)]
pub(super) fn exp2_step(x: f64) -> (i64, f64) {
    const ROUNDER_128: f64 = ROUNDER / 128.0;
    let shifted = x + ROUNDER_128;
    (shifted.to_bits().wrapping_sub(ROUNDER_128.to_bits()) as i64, x - (shifted - ROUNDER_128))
}

/// `2^(n/128 + t)` as [`exp_parts`] has it.
#[inline(always)]
fn exp2_parts<M: Machine>((n, t): (i64, f64)) -> (f64, f64, i64) {
    let t2 = t * t;
    let low = M::linear(0.24022650695910072, 0.05550410866482158, t);
    let high = M::linear(0.009618129107628477, 0.0013333558146428443, t);
    let (power, missing) = EXP2[(n & 127) as usize];
    (power, M::linear(M::linear(missing, 0.6931471805599453, t), M::linear(low, high, t2), t2), n >> 7)
}

/// `10^x`.
#[inline(always)]
pub(super) fn exp10<M: Machine>(x: f64) -> f64 {
    if !(x.abs() < 330.0) {
        return if x < 0.0 { exp::<M>(x) } else { x * power_of_two(1023) };
    }
    // 10^x = 2^(x log2 10), the product in two parts, from which steps of 1/128 are taken without error.
    let (product, error) = two_product::<M>(x, LOG2_10.0);
    let (n, t) = exp2_step(product);
    let (power, rest, e) = exp2_parts::<M>((n, t + M::linear(error, x, LOG2_10.1)));
    scale(power, power * rest, e)
}

/// `e^x - 1` as `hi + lo` for `|x| < 1/8`.
#[inline(always)]
fn expm1_small<M: Machine>(x: f64) -> (f64, f64) {
    let x2 = x * x;
    let low = M::linear(M::linear(1.0 / 6.0, 1.0 / 24.0, x), M::linear(1.0 / 120.0, 1.0 / 720.0, x), x2);
    let high =
        M::linear(M::linear(1.0 / 5040.0, 1.0 / 40320.0, x), M::linear(1.0 / 362_880.0, 1.0 / 3_628_800.0, x), x2);
    let (half_square, half_square_lo) = half_square::<M>(x);
    let (sum, error) = fast_two_sum(x, half_square);
    (sum, error + M::linear(half_square_lo, x * x2, M::linear(low, high, x2 * x2)))
}

/// Likewise for `-40 < x < 60` beyond.
#[inline(always)]
fn expm1_large<M: Machine>(x: f64) -> (f64, f64) {
    let (power, rest, e) = exp_parts::<M>(x, 0.0);
    let hi = power * power_of_two(e);
    let (sum, error) = if hi > 1.0 { fast_two_sum(hi, -1.0) } else { fast_two_sum(-1.0, hi) };
    (sum, M::linear(error, hi, rest))
}

/// `e^x - 1` as `hi + lo` for `-40 < x < 60`, not overlapping.
#[inline(always)]
pub(super) fn expm1_parts<M: Machine>(x: f64) -> (f64, f64) {
    let (hi, lo) = if x.abs() < 0.125 { expm1_small::<M>(x) } else { expm1_large::<M>(x) };
    fast_two_sum(hi, lo)
}

/// `e^x - 1`, accurate near 0.
#[inline(always)]
pub(super) fn expm1<M: Machine>(x: f64) -> f64 {
    // One comparison tells what is neither tiny nor large.
    const TINY: u64 = 1e-17f64.to_bits() << 1;
    const SMALL: u64 = 0.125f64.to_bits() << 1;
    let magnitude = x.to_bits() << 1;
    if magnitude.wrapping_sub(TINY) < SMALL - TINY {
        let (hi, lo) = expm1_small::<M>(x);
        return hi + lo;
    }
    if magnitude < TINY {
        return x;
    }
    if !(x > -38.0 && x < 57.0) {
        return if x < 0.0 { -1.0 } else { exp::<M>(x) };
    }
    let (hi, lo) = expm1_large::<M>(x);
    hi + lo
}
