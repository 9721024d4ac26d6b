//! `log`, `log2`, `log10`, `log1p`: `x = 2^k z` with z from 0.703 to 1.406; a table gives a short
//! `c` near `1/z`, so `z c - 1 = r` is exact in two doubles and `log z = log1p(r) - log c`.

use super::double_double::{fast_two_sum, split, two_product, two_sum};
use super::exp::to_float;
use super::tables::log::LOG;

/// The pattern of 0.703125, where the first bucket begins.
const FIRST_BUCKET: u64 = 0x3fe6_8000_0000_0000;
/// ln2; the upper part has 42 bits, so its product with an exponent is exact.
const LN2_HI: f64 = 0.6931471805598903;
const LN2_LO: f64 = 5.497923018708371e-14;
const LOG10_2_HI: f64 = 0.30102999566395283;
const LOG10_2_LO: f64 = 2.8363394551044964e-14;
const LOG2_E: (f64, f64) = (1.4426950408889634, 2.0355273740931033e-17);
const LOG10_E: (f64, f64) = (0.4342944819032518, 1.098319650216765e-17);

/// Exponent, bucket and mantissa of a positive number, subnormal or not.
#[inline(always)]
pub(super) fn decompose(x: f64) -> (i64, usize, f64) {
    if x < f64::MIN_POSITIVE {
        let (exponent, bucket, mantissa) = decompose_normal(x * 4503599627370496.0);
        return (exponent - 52, bucket, mantissa);
    }
    decompose_normal(x)
}

/// The same for a number that is known not to be subnormal.
#[inline(always)]
pub(super) fn decompose_normal(x: f64) -> (i64, usize, f64) {
    let bits = x.to_bits();
    let offset = bits.wrapping_sub(FIRST_BUCKET);
    let exponent = (offset as i64) >> 52;
    let bucket = ((offset >> 45) & 127) as usize;
    let mantissa = f64::from_bits(bits.wrapping_sub((exponent as u64) << 52));
    (exponent, bucket, mantissa)
}

/// `z c - 1` for a mantissa: two parts without error.
#[inline(always)]
fn close_to_zero(c: f64, z: f64) -> (f64, f64) {
    let (z_upper, z_rest) = split(z);
    fast_two_sum(z_upper * c - 1.0, z_rest * c)
}

/// `log(z + z_lo)` of a mantissa as a sum whose upper part is exact and whose lower part has an
/// error of about 2^-62 of the whole. The parts may overlap.
#[inline(always)]
fn log_mantissa(bucket: usize, z: f64, z_lo: f64) -> (f64, f64) {
    let (c, log_hi, log_lo) = LOG[bucket];
    let (r, r_lo) = close_to_zero(c, z);
    let r2 = r * r;
    let (sum, error) = fast_two_sum(log_hi, r);
    let low = (-0.5 + r * (1.0 / 3.0)) + r2 * (-0.25 + r * 0.2);
    let high = (-1.0 / 6.0 + r * (1.0 / 7.0)) + r2 * (-0.125 + r * (1.0 / 9.0));
    (sum, r2 * (low + r2 * r2 * high) + (error + (r_lo + z_lo * c * (1.0 - r) + log_lo)))
}

/// `k * (hi + lo) + (h + l)` as a sum; `k * hi` must be exact.
#[inline(always)]
fn add_exponent(k: i64, unit: (f64, f64), h: f64, l: f64) -> (f64, f64) {
    let k = to_float(k);
    let (sum, error) = fast_two_sum(k * unit.0, h);
    (sum, error + (l + k * unit.1))
}

/// `log x` as a sum for a positive finite number, to about 68 bits relative to the result.
#[inline(always)]
pub(super) fn log_parts(x: f64) -> (f64, f64) {
    let (k, bucket, z) = decompose(x);
    let k = to_float(k);
    let (c, log_hi, log_lo) = LOG[bucket];
    let (r, r_lo) = close_to_zero(c, z);
    // log1p(r) = r - r^2/2 + r^3 P(r), the square in two parts.
    let (r_upper, r_rest) = split(r);
    let half_square = 0.5 * (r_upper * r_upper);
    let half_square_lo = 0.5 * (r_rest * (r + r_upper)) + r * r_lo;
    let r2 = r * r;
    let low = (1.0 / 3.0 - r * 0.25) + r2 * (0.2 - r * (1.0 / 6.0));
    let high = (1.0 / 7.0 - r * 0.125) + r2 * (1.0 / 9.0 - r * 0.1);
    let cubic = r * r2 * (low + r2 * r2 * high);
    let (sum, error) = fast_two_sum(k * LN2_HI, log_hi);
    let (sum, error2) = fast_two_sum(sum, r);
    let (sum, error3) = fast_two_sum(sum, -half_square);
    let known = (log_lo + k * LN2_LO) + (r_lo - half_square_lo);
    fast_two_sum(sum, ((error + error2) + (error3 + known)) + cubic)
}

/// What any logarithm is for 0, infinity, NaN and negative numbers.
#[cold]
pub(super) fn log_special(x: f64) -> f64 {
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x < 0.0 {
        f64::NAN
    } else {
        x + x
    }
}

#[inline(always)]
fn is_ordinary(x: f64) -> bool {
    x > 0.0 && x < f64::INFINITY
}

/// The natural logarithm.
#[must_use]
pub fn log(x: f64) -> f64 {
    if !is_ordinary(x) {
        return log_special(x);
    }
    let (k, bucket, z) = decompose(x);
    let (h, l) = log_mantissa(bucket, z, 0.0);
    let (sum, rest) = add_exponent(k, (LN2_HI, LN2_LO), h, l);
    sum + rest
}

/// `factor * (h + l)` as a sum.
#[inline(always)]
fn times(factor: (f64, f64), h: f64, l: f64) -> (f64, f64) {
    let (p, e) = two_product(factor.0, h);
    (p, e + (factor.0 * l + factor.1 * h))
}

/// The logarithm to base 2.
#[must_use]
pub fn log2(x: f64) -> f64 {
    if !is_ordinary(x) {
        return log_special(x);
    }
    let (k, bucket, z) = decompose(x);
    let (h, l) = log_mantissa(bucket, z, 0.0);
    let (h, l) = times(LOG2_E, h, l);
    let (sum, rest) = add_exponent(k, (1.0, 0.0), h, l);
    sum + rest
}

/// The logarithm to base 10.
#[must_use]
pub fn log10(x: f64) -> f64 {
    if !is_ordinary(x) {
        return log_special(x);
    }
    let (k, bucket, z) = decompose(x);
    let (h, l) = log_mantissa(bucket, z, 0.0);
    let (h, l) = times(LOG10_E, h, l);
    let (sum, rest) = add_exponent(k, (LOG10_2_HI, LOG10_2_LO), h, l);
    sum + rest
}

/// `log(1 + x)`, accurate near 0.
#[must_use]
pub fn log1p(x: f64) -> f64 {
    if !(x > -1.0 && x < f64::INFINITY) {
        return if x == -1.0 { f64::NEG_INFINITY } else { log_special(x) };
    }
    if x.abs() < 1e-14 {
        return if x.abs() < 1e-17 { x } else { x - 0.5 * (x * x) };
    }
    let (u, u_lo) = two_sum(1.0, x);
    let (k, bucket, z) = decompose(u);
    // Beyond 2^60 the lost part of `1 + x` no longer matters, and its scale could underflow.
    let z_lo = if k < 60 { u_lo * super::double_double::power_of_two(-k) } else { 0.0 };
    let (h, l) = log_mantissa(bucket, z, z_lo);
    let (sum, rest) = add_exponent(k, (LN2_HI, LN2_LO), h, l);
    sum + rest
}
