//! `log`, `log2`, `log10`, `log1p`: `x = 2^k z` with z from 0.703 to 1.406; a table gives a short
//! `c` near `1/z`, so `z c - 1 = r` is exact in two doubles and `log z = log1p(r) - log c`.

use super::arch::Machine;
use super::double_double::{fast_two_sum, power_of_two, split, two_product, two_sum};
use super::exp::to_float;
use super::tables::log::{LOG, LOG2, LOG10};

/// The pattern of 0.703125, where the first bucket begins.
const FIRST_BUCKET: u64 = 0x3fe6_8000_0000_0000;
/// The first parts are multiples of 2^-42, as those in the tables: with an exponent's product they add up without error.
const LN2: (f64, f64) = (0.6931471805598903, 5.497923018708371e-14);
const LOG10_2: (f64, f64) = (0.3010299956640665, -8.532344317057107e-14);
/// The first parts have 26 bits.
const LOG2_E: (f64, f64) = (1.4426950216293335, 1.9259629911266175e-08);
const LOG10_E: (f64, f64) = (0.4342944771051407, 4.798111141615973e-09);

/// A positive finite number, normal after scaling by a power of two whose exponent comes with it; or, of other numbers,
/// what any logarithm is.
#[inline(always)]
fn ordinary(x: f64) -> Result<(f64, i64), f64> {
    const LEAST: u64 = 1 << 52;
    if x.to_bits().wrapping_sub(LEAST) < f64::INFINITY.to_bits() - LEAST { Ok((x, 0)) } else { rare(x) }
}

#[cold]
fn rare(x: f64) -> Result<(f64, i64), f64> {
    if x > 0.0 && x < 1.0 { Ok((x * power_of_two(52), -52)) } else { Err(log_special(x)) }
}

/// Exponent, bucket and mantissa of a positive normal number.
#[inline(always)]
pub(super) fn decompose(x: f64) -> (i64, usize, f64) {
    let bits = x.to_bits();
    let offset = bits.wrapping_sub(FIRST_BUCKET);
    let exponent = (offset as i64) >> 52;
    let bucket = ((offset >> 45) & 127) as usize;
    let mantissa = f64::from_bits(bits.wrapping_sub((exponent as u64) << 52));
    (exponent, bucket, mantissa)
}

/// `z c - 1` for a mantissa: two parts without error. The second is below 2^-53, whatever the first is.
#[inline(always)]
fn close_to_zero<M: Machine>(c: f64, z: f64) -> (f64, f64) {
    if M::FUSED {
        let (product, error) = two_product::<M>(z, c);
        return (product - 1.0, error);
    }
    let (z_upper, z_rest) = split(z);
    fast_two_sum(z_upper * c - 1.0, z_rest * c)
}

/// `(log1p(r) - r) / r^2`, to about 2^-64 / r.
#[inline(always)]
fn beyond_linear<M: Machine>(r: f64, r2: f64) -> f64 {
    let low = M::linear(M::linear(-0.5, 1.0 / 3.0, r), M::linear(-0.25, 0.2, r), r2);
    let high = M::linear(M::linear(-1.0 / 6.0, 1.0 / 7.0, r), -0.125, r2);
    M::linear(low, high, r2 * r2)
}

/// The natural logarithm of `2^k z` as a sum, with an error of about 2^-62 of the whole. The parts may overlap.
#[inline(always)]
fn natural<M: Machine>(k: i64, bucket: usize, z: f64) -> (f64, f64) {
    let k = to_float(k);
    let (c, log_hi, log_lo) = LOG[bucket];
    let (r, r_lo) = close_to_zero::<M>(c, z);
    let r_lo = M::linear(r_lo, -r, r_lo); // its part in log1p(r + r_lo)
    let (sum, error) = fast_two_sum(M::linear(log_hi, LN2.0, k), r);
    let r2 = r * r;
    let known = error + (r_lo + M::linear(log_lo, LN2.1, k));
    (sum, M::linear(known, r2, beyond_linear::<M>(r, r2)))
}

/// The natural logarithm.
#[inline(always)]
pub(super) fn log<M: Machine>(x: f64) -> f64 {
    let (x, e) = match ordinary(x) {
        Ok(parts) => parts,
        Err(result) => return result,
    };
    let (k, bucket, z) = decompose(x);
    let (sum, rest) = natural::<M>(k + e, bucket, z);
    sum + rest
}

/// `(r + r_lo)` times a factor whose first part has 26 bits.
#[inline(always)]
fn times<M: Machine>(r: f64, r_lo: f64, factor: (f64, f64)) -> (f64, f64) {
    if M::FUSED {
        let whole = factor.0 + factor.1;
        let (product, error) = two_product::<M>(r, whole);
        let missing = (factor.0 - whole) + factor.1;
        return (product, M::linear(M::linear(error, r, missing), r_lo, whole));
    }
    let (r_upper, r_rest) = split(r);
    (r_upper * factor.0, M::linear((r_rest + r_lo) * factor.0, r, factor.1))
}

/// A logarithm to another base, of which the table is given, the logarithm of 2, and that of e.
#[inline(always)]
fn to_base<M: Machine>(x: f64, table: &[(f64, f64, f64); 128], of_2: (f64, f64), of_e: (f64, f64)) -> f64 {
    let (x, e) = match ordinary(x) {
        Ok(parts) => parts,
        Err(result) => return result,
    };
    let (k, bucket, z) = decompose(x);
    let k = to_float(k + e);
    let (c, log_hi, log_lo) = table[bucket];
    let (r, r_lo) = close_to_zero::<M>(c, z);
    let (first, second) = times::<M>(r, M::linear(r_lo, -r, r_lo), of_e);
    let (sum, error) = fast_two_sum(M::linear(log_hi, of_2.0, k), first);
    let r2 = r * r;
    let k_lo = if of_2.1 == 0.0 { log_lo } else { M::linear(log_lo, of_2.1, k) };
    let known = error + (second + k_lo);
    sum + M::linear(known, r2 * (of_e.0 + of_e.1), beyond_linear::<M>(r, r2))
}

/// The logarithm to base 2.
#[inline(always)]
pub(super) fn log2<M: Machine>(x: f64) -> f64 {
    to_base::<M>(x, &LOG2, (1.0, 0.0), LOG2_E)
}

/// The logarithm to base 10.
#[inline(always)]
pub(super) fn log10<M: Machine>(x: f64) -> f64 {
    to_base::<M>(x, &LOG10, LOG10_2, LOG10_E)
}

/// `log(1 + x)`, accurate near 0.
#[inline(always)]
pub(super) fn log1p<M: Machine>(x: f64) -> f64 {
    if !(x > -1.0 && x < f64::INFINITY) {
        return if x == -1.0 { f64::NEG_INFINITY } else { log_special(x) };
    }
    if x.abs() < 1e-14 {
        return if x.abs() < 1e-17 { x } else { x - 0.5 * (x * x) };
    }
    let (u, u_lo) = two_sum(1.0, x);
    let (k, bucket, z) = decompose(u);
    // Beyond 2^60 the lost part of `1 + x` no longer matters, and its scale could underflow.
    let z_lo = if k < 60 { u_lo * power_of_two(-k) } else { 0.0 };
    let (sum, rest) = natural::<M>(k, bucket, z);
    let c = LOG[bucket].0;
    sum + M::linear(rest, z_lo * c, M::linear(2.0, -z, c)) // log(z + z_lo) - log z = z_lo/z, and 1/z is nearly (2 - z c) c
}

/// `log x` as a sum for a positive finite number, to about 68 bits relative to the result.
#[inline(always)]
pub(super) fn log_parts<M: Machine>(x: f64) -> (f64, f64) {
    let (x, e) = if x < f64::MIN_POSITIVE { (x * power_of_two(52), -52) } else { (x, 0) };
    let (k, bucket, z) = decompose(x);
    let k = to_float(k + e);
    let (c, log_hi, log_lo) = LOG[bucket];
    let (r, r_lo) = close_to_zero::<M>(c, z);
    // log1p(r) = r - r^2/2 + r^3 P(r), the square in two parts.
    let (half_square, half_square_lo) = half_square::<M>(r, r_lo);
    let r2 = r * r;
    let low = M::linear(M::linear(1.0 / 3.0, -0.25, r), M::linear(0.2, -1.0 / 6.0, r), r2);
    let high = M::linear(M::linear(1.0 / 7.0, -0.125, r), M::linear(1.0 / 9.0, -0.1, r), r2);
    let (sum, error) = fast_two_sum(M::linear(log_hi, LN2.0, k), r);
    let (sum, error2) = fast_two_sum(sum, -half_square);
    let known = (error + error2) + (M::linear(log_lo, LN2.1, k) + (r_lo - half_square_lo));
    fast_two_sum(sum, M::linear(known, r * r2, M::linear(low, high, r2 * r2)))
}

/// `(r + r_lo)^2 / 2` in two parts.
#[inline(always)]
fn half_square<M: Machine>(r: f64, r_lo: f64) -> (f64, f64) {
    if M::FUSED {
        let (square, error) = two_product::<M>(r, 0.5 * r);
        return (square, M::linear(error, r, r_lo));
    }
    let (r_upper, r_rest) = split(r);
    (0.5 * (r_upper * r_upper), 0.5 * (r_rest * (r + r_upper)) + r * r_lo)
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
